"""What is on hold is not forgotten, and what was asked for meanwhile is not forgotten either."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from panoh.ground.audit import public as audit

from .. import public as vault
from ..models import Hold

pytestmark = pytest.mark.django_db
BY = "K7QH2M9P"


def test_a_hold_stands_until_somebody_lifts_it() -> None:
    vault.hold("T-1", reason="Prosecutor's letter 17", by=BY)
    assert vault.is_held("T-1")
    assert not vault.is_held("T-2")
    assert vault.lift_hold("T-1", by=BY) == 1
    assert not vault.is_held("T-1")
    assert [entry.verb for entry in audit.trail("T-1")] == ["thing.held", "thing.hold_lifted"]


def test_a_hold_ends_by_itself_and_can_then_be_put_again() -> None:
    first = vault.hold("T-1", reason="until the hearing", by=BY, until=timezone.now() + timedelta(days=1))
    Hold.objects.filter(pk=first.pk).update(until=timezone.now() - timedelta(seconds=1))
    assert not vault.is_held("T-1")
    assert vault.hold("T-1", reason="again", by=BY).pk != first.pk
    assert [hold.lifted_by for hold in vault.holds_on("T-1")] == ["", "system"]


def test_held_twice_for_the_same_cause_is_held_once() -> None:
    first, second = (vault.hold("T-1", reason=said, by=BY) for said in ("one", "two"))
    assert first.pk == second.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.create(thing="T-1", kind="legal", reason=b"x", by=BY)


def test_two_cases_hold_and_each_lifts_only_its_own() -> None:
    for case in ("C-1", "C-2"):
        vault.hold("T-1", kind="case", holder=case, by=BY)
        vault.hold("R-1", kind="case", holder=case, by=BY)
    assert vault.lift_holds_of("C-1", by="system") == 2
    assert vault.is_held("T-1")
    vault.lift_holds_of("C-2", by="system")
    assert set(vault.held_things()) == set()


def test_the_reason_is_sealed_needed_and_forgotten_after_the_hold(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with pytest.raises(ValueError, match="says why"):
        vault.hold("T-1", reason=" ", by=BY)
    held = vault.hold("T-1", reason="Karimov, dalil 17", by=BY)
    assert b"Karimov" not in bytes(held.reason or b"")
    assert vault.reason_of(held) == "Karimov, dalil 17"
    vault.lift_hold("T-1", by=BY)
    with django_capture_on_commit_callbacks(execute=True):
        assert vault.forget_holds(timezone.now() + timedelta(seconds=1)) == 1
    after = Hold.objects.get(pk=held.pk)
    assert (vault.reason_of(after), bytes(after.reason or b"")) == ("", b"")
    with pytest.raises(vault.ErasedError):
        vault.reason_of(held)


def test_held_things_are_named_by_their_prefix() -> None:
    for thing in ("T-1", "C-1", "R-1"):
        vault.hold(thing, reason="x", by=BY)
    assert set(vault.held_things("T-")) == {"T-1"}
    assert set(vault.held_things()) == {"T-1", "C-1", "R-1"}


def test_an_erasure_asked_for_under_a_hold_is_owed_when_the_last_hold_falls() -> None:
    vault.hold("T-1", reason="x", by=BY)
    vault.hold("T-1", kind="case", holder="C-1", by=BY)
    vault.erase_when_lifted("T-1")
    assert set(vault.owed_things("T-")) == set()
    vault.lift_hold("T-1", by=BY)
    assert set(vault.owed_things("T-")) == set()
    vault.lift_holds_of("C-1", by=BY)
    assert set(vault.owed_things("T-")) == {"T-1"}
