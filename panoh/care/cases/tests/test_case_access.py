"""Who reads a case, what of it, why and until when."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from panoh.care.cases import policy, services
from panoh.care.cases import public as cases
from panoh.care.cases.forms.labels import LABELS
from panoh.care.cases.models import Access, Case, Field, Look
from panoh.ground.accounts.public import Role, User
from panoh.ground.audit import public as audit

from .case_cast import CHILD, a_case, a_talk, at, browser

pytestmark = pytest.mark.django_db
WHY = {"purpose": "cover", "reason": "Gulnora is on leave until Monday."}
POSTS = [
    "give_purpose", "take_case", "transfer_case", "set_urgency", "set_codes", "ask_closing", "reopen_case",
    "grant_access", "add_person", "record_consent", "save_assessment", "set_goal", "plan_action", "submit_plan",
    "start_service", "plan_follow_up", "add_note", "add_document", "tell_child", "ask_reveal", "break_glass",
]  # fmt: skip


@pytest.mark.parametrize("name", ["case", "print_case", *POSTS])
def test_a_stranger_cannot_tell_that_the_case_exists(case: Case, second_worker: User, name: str) -> None:
    theirs = browser(second_worker)
    ask = theirs.get if name in {"case", "print_case"} else theirs.post
    hidden = ask(at(name, case))
    missing = ask(at(name, case).replace(case.reference, "C-ZZZZZZZZ"))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.content.replace(case.reference.encode(), b"") == missing.content.replace(b"C-ZZZZZZZZ", b"")


@pytest.mark.parametrize("role", [role for role in Role.values if role not in policy.DESK])
def test_other_roles_do_not_enter_the_room(case: Case, person: Callable[..., User], role: str) -> None:
    user = person(role, name=role.title())
    assert browser(user).get(at("case", case)).status_code == 403
    assert browser(user).get(reverse("cases:cases")).status_code == 403
    assert not policy.visible_cases(user).exists()


def test_a_row_of_another_case_is_not_reached_through_ones_own(case: Case, worker: User, second_worker: User) -> None:
    other = a_case(second_worker, owner=second_worker)
    note = services.add_note(other, body="Hidden", by=second_worker)
    child = other.people.get()
    mine = browser(worker)
    assert mine.post(at("change_note", case, note.pk), {"body": "Mine"}).status_code == 404
    assert mine.post(at("set_detail", case, child.pk), {"field": "phone", "value": "1"}).status_code == 404
    assert mine.post(at("withhold_detail", case, child.details.all()[0].pk)).status_code == 404


# --- purpose ----------------------------------------------------------------------------------------------------------


def test_a_supervisor_says_why_before_anything_is_shown(case: Case, supervisor: User) -> None:
    theirs = browser(supervisor)
    asked = theirs.get(at("case", case)).content.decode()
    assert "Say why you open it" in asked
    assert "Karimova" not in asked
    assert audit.count_views(case.reference) == 0
    assert theirs.get(at("print_case", case)).status_code == 302
    theirs.post(at("give_purpose", case), WHY)
    assert "Karimova" in theirs.get(at("case", case)).content.decode()
    entry = next(one for one in audit.trail(case.reference) if one.verb == "case.viewed")
    assert entry.codes["why"] == "cover"
    assert b"Gulnora" not in bytes(entry.purpose or b"")
    assert "Gulnora is on leave" in theirs.get(at("case", case) + "?part=timeline").content.decode()


def test_a_refused_form_shows_nothing_to_who_has_not_said_why(case: Case, supervisor: User) -> None:
    answer = browser(supervisor).post(at("set_urgency", case), {"urgency": "9", "reason": ""})
    assert answer.status_code == 422
    assert "Karimova" not in answer.content.decode()


def test_no_purpose_without_words(case: Case, supervisor: User) -> None:
    theirs = browser(supervisor)
    assert theirs.post(at("give_purpose", case), {"purpose": "cover", "reason": "  "}).status_code == 422
    assert theirs.post(at("give_purpose", case), {"purpose": "own", "reason": "It is mine"}).status_code == 422
    assert not Look.objects.exists()


def test_the_purpose_is_asked_again_after_its_hours(case: Case, supervisor: User) -> None:
    theirs = browser(supervisor)
    theirs.post(at("give_purpose", case), WHY)
    Look.objects.update(at=timezone.now() - timedelta(hours=2))
    assert "Karimova" in theirs.get(at("case", case)).content.decode()
    assert Look.objects.count() == 2  # a new hour, the same purpose
    Look.objects.update(at=timezone.now() - timedelta(hours=9))
    assert "Say why you open it" in theirs.get(at("case", case)).content.decode()


# --- field by field ---------------------------------------------------------------------------------------------------


def relations(case: Case, worker: User, supervisor: User, guest: User, stranger: User) -> dict[str, User]:
    until = timezone.now() + timedelta(days=2)
    services.grant_access(case, to=guest, reason="Joint visit", until=until, by=worker)
    return {policy.OWNER: worker, policy.LEAD: supervisor, policy.GUEST: guest, policy.NOBODY: stranger}


@pytest.mark.parametrize("field", Field.values)
def test_each_reads_the_fields_of_their_relation_and_no_other(
    worker: User, supervisor: User, second_worker: User, stranger: User, counsellor: User, field: str
) -> None:
    value = "secret-value-of-this-field"
    case = a_case(counsellor, details={field: value})
    services.assign_case(case, to=worker, by=supervisor)
    case.refresh_from_db()
    people = relations(case, worker, supervisor, second_worker, stranger) | {policy.OPENER: counsellor}
    for relation, user in people.items():
        assert policy.relation(user, case) == relation
        client = browser(user)
        client.post(at("give_purpose", case), WHY)
        seen = [client.get(at("case", case) + query) for query in ("", "?part=people")] + [
            client.get(at("print_case", case))
        ]
        shown = any(value in page.content.decode() for page in seen)
        assert shown == (field in policy.FIELDS[relation]), relation


def test_nobody_writes_a_detail_they_may_not_read(counsellor: User) -> None:
    case = a_case(counsellor)
    theirs = browser(counsellor)
    answer = theirs.post(at("set_detail", case, case.people.get().pk), {"field": "address", "value": "elsewhere"})
    assert answer.status_code == 422
    assert "17" in CHILD["address"]
    assert "elsewhere" not in theirs.get(at("case", case) + "?part=people").content.decode()


# --- let in for a time ------------------------------------------------------------------------------------------------


def test_somebody_let_in_reads_and_notes_until_the_time_is_over(case: Case, worker: User, second_worker: User) -> None:
    until = timezone.localdate() + timedelta(days=2)
    told = {"to": second_worker.code, "reason": "Joint visit", "until": until.isoformat()}
    assert browser(worker).post(at("grant_access", case), told).status_code == 302
    theirs = browser(second_worker)
    theirs.post(at("give_purpose", case), WHY)
    assert theirs.post(at("add_note", case), {"body": "We went together."}).status_code == 302
    assert theirs.post(at("set_urgency", case), {"urgency": "1", "reason": "x"}).status_code == 422
    Access.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert theirs.get(at("case", case)).status_code == 404


def test_access_has_an_end_and_the_end_has_a_limit(case: Case, worker: User, second_worker: User) -> None:
    for days in (-1, 31):
        until = timezone.localdate() + timedelta(days=days)
        told = {"to": second_worker.code, "reason": "Visit", "until": until.isoformat()}
        assert browser(worker).post(at("grant_access", case), told).status_code == 422
    assert not Access.objects.exists()


def test_access_is_ended_before_its_time(case: Case, worker: User, second_worker: User) -> None:
    row = services.grant_access(
        case, to=second_worker, reason="Visit", until=timezone.now() + timedelta(days=2), by=worker
    )
    browser(worker).post(at("end_access", case, row.pk))
    assert not policy.visible_cases(second_worker).exists()


def test_a_talk_stays_open_to_who_has_it_on_an_open_case(case: Case, worker: User, second_worker: User) -> None:
    conversation = a_talk(case, by=worker)
    assert conversation.pk in cases.conversations_open_to(worker)
    assert conversation.pk not in cases.conversations_open_to(second_worker)


def test_a_case_and_its_tabs_take_few_queries(
    case: Case, worker: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser(worker)
    client.get(at("case", case))
    for part in LABELS["part"]:
        with django_assert_max_num_queries(26):
            assert client.get(f"{at('case', case)}?part={part}").status_code == 200


def test_pages_are_kept_in_no_cache(case: Case, worker: User) -> None:
    assert browser(worker).get(at("case", case))["Cache-Control"] == "no-store"


def test_the_counsellor_who_opened_it_meets_no_form_for_what_others_do(counsellor: User, desk: Client) -> None:
    case = a_case(counsellor)
    page = browser(counsellor).get(at("case", case)).content.decode()
    assert at("add_person", case) in browser(counsellor).get(at("case", case) + "?part=people").content.decode()
    assert at("assign_case", case) not in page
    assert desk.post(at("assign_case", case), {}).status_code == 403
