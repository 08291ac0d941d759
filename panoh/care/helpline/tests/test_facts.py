"""What is counted when a contact is final: once, moved by corrections, the same when every word is gone."""

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.common.cells import Cell
from panoh.ground.vault import public as vault

from .. import facts, services
from ..models import Amendment, Contact, Talk
from ..models.facts import FACTS, DemandCell
from ..services.counting import count_contact
from .desk_cast import on, waiting

pytestmark = pytest.mark.django_db
EVER = (date(2020, 1, 1), date(2040, 1, 1))
CODES: dict[str, Any] = {
    "contact_type": "child_self",
    "subject": "self",
    "age_band": "13-15",
    "sex": "girl",
    "region": "UZ-TK",
    "reasons": ["cyberbullying"],
    "harms": [],
    "place": "",
    "platform": "",
    "outcome": "",
    "actions": [],
}


@pytest.fixture(autouse=True)
def any_code() -> Any:
    """The lists of this centre may change; what is counted does not depend on them."""
    with patch("panoh.care.helpline.services.wrapping.check_codes"):
        yield


@pytest.fixture
def ready(counsellor: User, supervisor: User) -> User:
    return on(counsellor, by=supervisor)


def finished(by: User, **codes: Any) -> Contact:
    """A whole talk, answered and written up."""
    talk = services.accept_talk(waiting("salom"), by=by)
    services.say(talk, text="Salom!", by=by, key=talk.pk)
    return services.finish_talk(talk, summary="Qisqa", by=by, **{**CODES, **codes})


def totals() -> dict[str, list[Any]]:
    """Every fact there is, as the rooms above would read it."""
    return {
        "by": facts.facts(EVER, ("channel", "contact_type", "subject", "age_band", "sex", "region")),
        "served": facts.facts(EVER, ("channel", "language", "urgency", "ended", "waited", "lasted")),
        "reasons": facts.facts(EVER, ("month", "reason", "age_band", "sex", "region")),
        "harms": facts.facts(EVER, ("harm", "age_band", "sex", "region")),
        "places": facts.facts(EVER, ("harm", "place", "platform")),
        "actions": facts.facts(EVER, ("action", "outcome", "contact_type")),
        "demand": facts.demand(EVER, ("month", "weekday", "hour", "channel", "answered")),
    }


def test_a_finished_talk_is_counted_once_in_every_table(ready: User) -> None:
    contact = finished(ready, harms=["sextortion", "cyberbullying"], platform="telegram", place="messaging")
    assert facts.facts(EVER) == [(1,)]
    assert facts.facts(EVER, ("month", "region", "age_band")) == [
        (timezone.localdate().replace(day=1), "UZ-TK", "13-15", 1)
    ]
    assert facts.facts(EVER, ("ended", "waited", "lasted")) == [("finished", "1m", "5m", 1)]
    assert facts.facts(EVER, ("harm", "platform")) == [("cyberbullying", "telegram", 1), ("sextortion", "telegram", 1)]
    assert facts.facts(EVER, ("action",)) == [("", 1)]
    assert facts.demand(EVER, ("channel", "answered")) == [("web", "yes", 1)]
    before = totals()
    assert count_contact(contact) is False
    assert totals() == before


def test_a_call_by_hand_is_counted_when_it_is_final_and_not_before(counsellor: User) -> None:
    contact = services.log_call(channel="phone", language="ru", by=counsellor)
    assert facts.facts(EVER) == [(0,)]
    services.finish_contact(contact, by=counsellor, **CODES)
    assert facts.facts(EVER, ("channel", "language", "ended")) == [("phone", "ru", "finished", 1)]


def test_who_left_before_anybody_came_is_counted_too(ready: User) -> None:
    services.person_left(waiting("salom"))
    services.person_left(waiting())
    assert facts.facts(EVER, ("ended", "waited")) == [("left_before_answer", "", 1), ("left_before_answer", "never", 1)]
    assert facts.demand(EVER, ("answered",)) == [("no", 2)]


def test_a_call_nobody_answered_is_demand_without_a_contact(supervisor: User) -> None:
    calls = "id,started_at,caller,answered,waited_seconds\n1,2026-05-04T10:30:00+05:00,+998901112233,no,20\n"
    services.import_missed_calls(calls, by=supervisor)
    services.import_missed_calls(calls, by=supervisor)
    assert facts.demand(EVER, ("month", "weekday", "hour", "channel", "answered")) == [
        (date(2026, 5, 1), 1, 10, "phone", "no", 1)
    ]
    assert facts.facts(EVER) == [(0,)]


def test_a_correction_moves_the_count_and_changes_no_total(ready: User, supervisor: User) -> None:
    contact = finished(ready)
    services.amend_contact(
        contact,
        reason="boshqa yosh",
        by=supervisor,
        **{**CODES, "age_band": "16-17", "reasons": ["bullying", "runaway"]},
    )
    assert facts.facts(EVER, ("age_band",)) == [("16-17", 1)]
    assert facts.facts(EVER, ("reason", "age_band")) == [("bullying", "16-17", 1), ("runaway", "16-17", 1)]
    assert facts.facts(EVER) == [(1,)]


def test_a_correction_counts_in_the_month_of_the_contact(ready: User, supervisor: User) -> None:
    contact = finished(ready)
    long_ago = timezone.now() - timedelta(days=70)
    Contact.objects.filter(pk=contact.pk).update(counted=False, finalized_at=long_ago)
    for model in FACTS:
        model._default_manager.all().delete()
    count_contact(contact)
    (before,) = facts.facts(EVER, ("month",))
    services.amend_contact(contact, reason="x", by=supervisor, **{**CODES, "sex": "boy"})
    assert facts.facts(EVER, ("month", "sex")) == [(before[0], "boy", 1)]


def test_a_finish_that_fails_counts_nothing(ready: User) -> None:
    talk = services.accept_talk(waiting("salom"), by=ready)
    with (
        patch("panoh.care.helpline.services.arriving.audit.record", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        services.finish_talk(talk, by=ready, **CODES)
    assert facts.facts(EVER) == [(0,)]
    assert facts.demand(EVER, ()) == [(0,)]


def test_facts_are_the_same_before_and_after_every_word_is_gone(
    ready: User, supervisor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    kept = finished(ready, harms=["grooming"], platform="instagram")
    services.amend_contact(kept, reason="Dilnoza dedi", by=supervisor, **{**CODES, "region": "UZ-SA"})
    services.person_left(waiting("yordam"))
    services.forget_talk(waiting("oʻchiring"))
    services.finish_contact(services.log_call(channel="phone", language="uz", by=ready), by=ready, **CODES)
    before = totals()
    assert before["by"]
    assert before["demand"]
    with django_capture_on_commit_callbacks(execute=True):
        assert services.forget(timezone.now() + timedelta(days=400)) >= 3
    assert totals() == before
    services.settle_facts()
    assert totals() == before
    for contact in Contact.objects.all():
        assert (contact.region, contact.age_band, contact.sex, contact.reasons, contact.harms) == ("", "", "", [], [])
    assert [amendment.changes for amendment in Amendment.objects.all()] == [{}]


def test_a_contact_that_was_final_before_there_were_facts_is_counted_by_the_night(ready: User) -> None:
    contact = finished(ready)
    before = totals()
    tables: list[type[Cell]] = [*FACTS, DemandCell]
    for model in tables:
        model._default_manager.all().delete()
    Contact.objects.filter(pk=contact.pk).update(counted=False)
    services.settle_facts()
    assert totals() == before


def test_codes_that_would_single_somebody_out_are_never_counted_together() -> None:
    for together in (("region", "platform"), ("age_band", "waited"), ("reason", "harm"), ("hour", "reason")):
        with pytest.raises(ValueError, match="never counted together"):
            facts.facts(EVER, together)


@pytest.mark.parametrize("model", [*FACTS, DemandCell])
def test_a_fact_holds_no_id_no_moment_and_no_way_back(model: type[Cell]) -> None:
    assert [field.name for field in model._meta.get_fields() if field.is_relation] == []
    names = {field.name for field in model._meta.concrete_fields}
    assert names == {"month", "slot", "n", *model.dimensions()}
    assert not {"id", "reference", "at", "created_at"} & names
    if model is not DemandCell:
        assert not {"hour", "weekday"} & names
    assert len(model.dimensions()) <= 6


def test_the_last_breath_of_a_talk_costs_one_statement_a_table(
    ready: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    contact = finished(ready, harms=["a", "b", "c", "d"], reasons=["a", "b", "c", "d"])
    Contact.objects.filter(pk=contact.pk).update(counted=False)
    with django_assert_max_num_queries(9):
        count_contact(contact)
    assert facts.facts(EVER, ("harm",)) == [(harm, 2) for harm in "abcd"]


# --- holds ----------------------------------------------------------------------------------------------------------


def test_what_a_hold_stands_on_keeps_its_words_and_its_write_up(
    ready: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    held, free = finished(ready), finished(ready)
    assert held.talk
    vault.hold(held.talk.conversation.reference, reason="sud", by="K7QH2M9P")
    with django_capture_on_commit_callbacks(execute=True):
        services.forget(timezone.now() + timedelta(days=400))
    held.refresh_from_db()
    free.refresh_from_db()
    assert (held.forgotten_at, held.region) == (None, "UZ-TK")
    assert free.forgotten_at is not None
    vault.lift_hold(held.talk.conversation.reference, by="K7QH2M9P")
    services.forget(timezone.now() + timedelta(days=400))
    held.refresh_from_db()
    assert held.forgotten_at is not None


def test_a_talk_on_legal_hold_that_its_person_deletes_is_shut_and_erased_after_the_hold(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    talk = waiting("salom")
    token = talks.start_visit(talk.conversation)
    vault.hold(talk.conversation.reference, reason="sud", by="K7QH2M9P")
    services.forget_talk(talk)
    assert talks.conversation_by_visit(token) is None
    assert [line.text for line in talks.all_lines(talk.conversation)] == ["salom"]
    assert talks.forget(timezone.now() - timedelta(days=90)) == 0
    vault.lift_hold(talk.conversation.reference, by="K7QH2M9P")
    with django_capture_on_commit_callbacks(execute=True):
        assert talks.forget(timezone.now() - timedelta(days=90)) == 1
    assert talks.all_lines(talk.conversation) == []
    assert Talk.objects.get(pk=talk.pk).close_reason == "deleted"
