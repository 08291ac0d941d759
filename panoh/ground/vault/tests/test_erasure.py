"""Erased is erased: after a crash, after a restore, in every copy."""

import shutil
from datetime import datetime
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from .. import erasures
from .. import public as vault
from ..models import LOOKUP, DataKey, Erasure
from ..services import erasure, keys

WORDS = "men qoʻrqyapman, manzilim Chilonzor 7"


def copy_databases(source: Path, target: Path) -> None:
    """A cold copy of both databases, as a backup or a restore makes it; the erasure list is not among them."""
    target.mkdir(exist_ok=True)
    for alias in ("default", "keys"):
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections[alias].close()
        shutil.copy(source / f"{alias}.sqlite3", target / f"{alias}.sqlite3")


def restore(backup: Path, centre: Path) -> None:
    for alias in ("default", "keys"):
        connections[alias].close()
        for file in centre.glob(f"{alias}.sqlite3*"):
            file.unlink()
        shutil.copy(backup / f"{alias}.sqlite3", centre / f"{alias}.sqlite3")
    keys.let_go()


def test_a_restore_brings_nothing_back(disk: Path) -> None:
    erased, kept = vault.new_key("talk"), vault.new_key("talk")
    sealed = {key: vault.seal(key, WORDS, where="t:1") for key in (erased, kept)}
    copy_databases(disk, disk / "backup")
    assert vault.destroy_keys([erased], reason="retention") == 1
    restore(disk / "backup", disk)
    assert vault.unseal(erased, sealed[erased], where="t:1") == WORDS  # the restore was a real one
    assert vault.replay_erasures() == 1
    with pytest.raises(vault.ErasedError):
        vault.unseal(erased, sealed[erased], where="t:1")
    assert vault.unseal(kept, sealed[kept], where="t:1") == WORDS
    assert vault.replay_erasures() == 0
    assert Erasure.objects.get().key == erased


def test_the_words_stand_readable_in_no_file(disk: Path) -> None:
    key = vault.new_key("talk")
    Erasure.objects.create(key=uuid4(), reason="probe")
    DataKey.objects.filter(pk=key).update(wrapped=vault.seal(key, WORDS, where="t:1"))
    copy_databases(disk, disk / "backup")
    assert not [path for path in disk.rglob("*") if path.is_file() and b"Chilonzor" in path.read_bytes()]


def test_a_lost_list_is_written_again_from_the_table(disk: Path) -> None:
    key = vault.new_key("talk")
    vault.destroy_keys([key], reason="retention")
    erasure.list_file().unlink()
    vault.replay_erasures()
    assert [line.key for line in erasures.read(erasure.list_file())] == [key]


def test_nothing_is_destroyed_when_the_caller_fails(disk: Path) -> None:
    key = vault.new_key("talk")
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 (the act, then its failure)
        vault.destroy_keys([key], reason="retention")
        raise RuntimeError
    assert vault.seal(key, WORDS, where="t:1")
    assert not erasure.list_file().exists()


def test_a_crash_between_decision_and_deed_is_made_good(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = vault.new_key("talk")
    with monkeypatch.context() as patch:
        patch.setattr(erasure, "_note_on_file", lambda keys: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError, match="disk full"), transaction.atomic():
            vault.destroy_keys([key], reason="retention")
    assert DataKey.objects.filter(pk=key).exists()
    assert vault.finish_erasures() == 1
    with pytest.raises(vault.ErasedError):
        vault.seal(key, WORDS, where="t:1")
    assert vault.finish_erasures() == 0


@pytest.mark.django_db
def test_a_destroyed_key_is_not_held_in_this_process(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    key = vault.new_key("talk")
    sealed = vault.seal(key, WORDS, where="t:1")
    with django_capture_on_commit_callbacks(execute=True):
        vault.destroy_keys([key, key], reason="person_asked")
    with pytest.raises(vault.ErasedError):
        vault.unseal(key, sealed, where="t:1")


@pytest.mark.django_db
def test_the_look_up_key_cannot_be_destroyed() -> None:
    vault.lookup("x", purpose="p")
    assert vault.destroy_keys([DataKey.objects.get(kind=LOOKUP).pk], reason="mistake") == 0


@pytest.mark.django_db
def test_a_reason_is_a_code_and_not_a_sentence() -> None:
    with pytest.raises(ValueError):
        vault.destroy_keys([uuid4()], reason="because Dilnoza asked")


def test_a_line_torn_by_a_power_cut_swallows_no_other(tmp_path: Path) -> None:
    path = tmp_path / "erasures.log"
    path.write_text(f"{uuid4()} rete")
    line = erasures.Line(uuid4(), "retention", datetime.fromisoformat("2026-11-21T10:00:00+05:00"))
    erasures.append(path, [line])
    assert erasures.read(path) == [line]


def test_replay_by_hand_says_what_it_did(disk: Path) -> None:
    vault.destroy_keys([vault.new_key("talk")], reason="retention")
    said = StringIO()
    call_command("vault", "replay", stdout=said)
    call_command("vault", "status", stdout=said)
    assert "0 keys had come back" in said.getvalue()
    assert "erased for good: 1" in said.getvalue()
