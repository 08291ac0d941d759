"""Data keys: held for a minute, gone when destroyed, wrapped again on live data."""

import threading
import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from .. import public as vault
from .. import sealing
from ..models import LOOKUP, DataKey
from ..services import keys

OLD, NEW = f"old:{'0a' * 32}", f"new:{'0b' * 32}"


def sealed_with(key: UUID, text: str = "salom") -> bytes:
    return vault.seal(key, text, where="test:1")


def readable(key: UUID, sealed: bytes) -> str:
    return vault.unseal(key, sealed, where="test:1")


@pytest.mark.django_db
def test_any_text_comes_back_as_it_was() -> None:
    key = vault.new_key("test")
    for text in ("", "o‘zbekcha қазақша 🙂", "\x00\u202e\ud83d", "a" * 100_000):
        assert readable(key, sealed_with(key, text)) == text


@pytest.mark.django_db
def test_sealing_and_unsealing_ask_no_database() -> None:
    key = vault.new_key("test")
    with CaptureQueriesContext(connections["keys"]) as asked, CaptureQueriesContext(connections["default"]) as too:
        readable(key, sealed_with(key))
    assert (len(asked), len(too)) == (0, 0)


@pytest.mark.django_db
def test_a_key_outlives_the_callers_rollback() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 (the act, then its failure)
        key = vault.new_key("test")
        raise RuntimeError
    vault_row = DataKey.objects.get(pk=key)
    keys.let_go()
    assert readable(vault_row.pk, sealed_with(key)) == "salom"


@pytest.mark.django_db
def test_the_wrapped_key_is_not_the_key() -> None:
    key = vault.new_key("test")
    assert keys.plain_key(key) not in bytes(DataKey.objects.get(pk=key).wrapped)


@pytest.mark.django_db
def test_a_key_that_never_was_reads_as_erased() -> None:
    with pytest.raises(vault.ErasedError):
        sealed_with(uuid4())


def test_a_held_key_is_let_go_after_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    held, key = keys.HeldKeys(), uuid4()
    held.keep(key, b"k", epoch=held.epoch)
    assert held.get(key) == b"k"
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 60.1)
    assert held.get(key) is None


def test_held_keys_are_bounded_and_the_oldest_goes_first() -> None:
    held = keys.HeldKeys()
    made = [uuid4() for _ in range(keys.HELD_AT_MOST + 1)]
    for key in made:
        held.keep(key, b"k", epoch=held.epoch)
    assert held.get(made[0]) is None
    assert held.get(made[1]) == b"k"


def test_a_key_read_just_before_its_end_is_not_held_again() -> None:
    held, key = keys.HeldKeys(), uuid4()
    epoch = held.epoch
    held.drop({key})
    held.keep(key, b"k", epoch=epoch)
    assert held.get(key) is None


def test_a_passphrase_is_refused_in_plain_words(settings: Settings) -> None:
    settings.VAULT_KEYS = "a passphrase"
    with pytest.raises(ImproperlyConfigured, match="PANOH_VAULT_KEYS"):
        keys.ring()


@pytest.mark.django_db
def test_a_changed_row_of_the_key_store_is_noticed() -> None:
    key, other = vault.new_key("test"), vault.new_key("test")
    DataKey.objects.filter(pk=key).update(wrapped=DataKey.objects.get(pk=other).wrapped)
    keys.let_go()
    with pytest.raises(vault.TamperedError):
        sealed_with(key)


@pytest.mark.django_db
def test_after_a_rotation_the_old_master_key_may_leave(settings: Settings) -> None:
    settings.VAULT_KEYS = OLD
    key, found = vault.new_key("test"), vault.lookup("998", purpose="phone")
    sealed = sealed_with(key)
    settings.VAULT_KEYS = f"{NEW},{OLD}"
    assert keys.rotate_keys() == 2
    settings.VAULT_KEYS = NEW
    keys.let_go()
    assert readable(key, sealed) == "salom"
    assert vault.lookup("998", purpose="phone") == found


@pytest.mark.django_db
def test_a_missing_master_key_is_named(settings: Settings) -> None:
    settings.VAULT_KEYS = OLD
    key = vault.new_key("test")
    settings.VAULT_KEYS = NEW
    keys.let_go()
    with pytest.raises(ImproperlyConfigured, match="'old'"):
        sealed_with(key)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("shared")
def test_rotation_runs_beside_sealing(settings: Settings) -> None:
    settings.VAULT_KEYS = OLD
    made = [(key, sealed_with(key, str(key))) for key in [vault.new_key("test") for _ in range(300)]]
    settings.VAULT_KEYS = f"{NEW},{OLD}"
    stop, failed, rounds = threading.Event(), [], []

    def talk() -> None:
        try:
            while not stop.is_set():
                keys.let_go()
                fresh = vault.new_key("test")
                made.append((fresh, sealed_with(fresh, str(fresh))))
                rounds.append([readable(key, sealed) for key, sealed in made[:5]])
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    talker = threading.Thread(target=talk)
    talker.start()
    rotated = keys.rotate_keys()
    stop.set()
    talker.join()
    settings.VAULT_KEYS = NEW
    keys.let_go()
    assert (failed, rotated) == ([], 300)
    assert rounds
    assert all(readable(key, sealed) == str(key) for key, sealed in made)


@pytest.mark.django_db
def test_rotation_does_not_bring_back_what_was_destroyed_meanwhile(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAULT_KEYS = OLD
    key = vault.new_key("test")
    settings.VAULT_KEYS = f"{NEW},{OLD}"
    wrap = sealing.wrap

    def destroyed_between(*args: Any, **kwargs: Any) -> tuple[bytes, str]:
        DataKey.objects.filter(pk=key).delete()
        return wrap(*args, **kwargs)

    monkeypatch.setattr(sealing, "wrap", destroyed_between)
    assert keys.rotate_keys() == 0
    assert not DataKey.objects.filter(pk=key).exists()


@pytest.mark.django_db
def test_look_ups_find_the_same_again_and_differ_by_purpose() -> None:
    one = vault.lookup("+998 90", purpose="phone")
    keys.let_go()
    assert vault.lookup("+998 90", purpose="phone") == one
    assert vault.lookup("+998 90", purpose="telegram") != one
    assert (len(one), DataKey.objects.filter(kind=LOOKUP).count()) == (64, 1)


@pytest.mark.django_db
def test_many_keys_are_made_in_one_statement_and_read_in_one(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with CaptureQueriesContext(connections["keys"]) as made:
        fresh = vault.new_keys("test", 50)
    assert len([row for row in made if row["sql"].startswith("INSERT")]) == 1
    assert len(set(fresh)) == 50
    sealed = [vault.seal(key, str(key), where="test") for key in fresh]
    keys.let_go()
    with django_capture_on_commit_callbacks(execute=True):
        vault.destroy_keys([fresh[0]], reason="test")
    with CaptureQueriesContext(connections["keys"]) as read:
        vault.hold_keys(fresh)
        opened = [vault.unseal(key, text, where="test") for key, text in zip(fresh[1:], sealed[1:], strict=True)]
    assert len(read) == 1
    assert opened == [str(key) for key in fresh[1:]]
    with pytest.raises(vault.ErasedError):
        vault.unseal(fresh[0], sealed[0], where="test")
