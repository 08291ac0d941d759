"""Where an agency has nobody we can write to, no page says that they were told, and it stands among what is to do."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from panoh.care.cases.models import Case, Referral
from panoh.care.cases.queries.referrals import my_referrals, referral_counters
from panoh.care.cases.services import partner
from panoh.care.cases.services.recording import record_answer
from panoh.care.cases.services.referral_clock import run_referral_clock
from panoh.care.cases.tests.referral_cast import (
    a_case,
    a_draft,
    a_yes,
    agency,
    fresh,
    go,
    opened_by_link,
    their,
    works_at,
)
from panoh.ground.accounts.public import Role, User

pytestmark = pytest.mark.django_db
TOLD, UNTOLD = "they were told", "nobody could be told"


@pytest.fixture
def lead(supervisor: User) -> User:
    User.objects.filter(pk=supervisor.pk).update(language="en")
    return User.objects.get(pk=supervisor.pk)


@pytest.fixture
def desk(client: Client, lead: User) -> Client:
    client.force_login(lead)
    return client


@pytest.fixture
def case(lead: User) -> Case:
    case = a_case(lead)
    a_yes(case, by=lead)
    return case


def asked_by_link(case: Case, lead: User, **agency_has: str) -> Referral:
    """They came by the link and asked; their page is still open, so no new link is made for our answer."""
    sent = go(a_draft(case, agency(**agency_has), lead), by=lead)
    opened_by_link(sent)
    partner.ask_about_referral(sent.referral, text="Qaysi maktab?", key=uuid.uuid4(), by=their(sent.referral, "link"))
    return sent.referral


def answered(desk: Client, one: Referral) -> str:
    said = {"text": "12-maktab", "key": str(uuid.uuid4())}
    page = desk.post(f"/desk/cases/referrals/{one.reference}/reply/", said, follow=True)
    return page.content.decode()


def test_an_answer_that_reaches_nobody_is_not_said_to_have_reached_them(desk: Client, case: Case, lead: User) -> None:
    one = asked_by_link(case, lead)
    page = answered(desk, one)
    assert TOLD not in page
    assert UNTOLD in page
    assert fresh(one).untold_at is not None


def test_where_there_is_a_named_person_they_were_told(desk: Client, case: Case, lead: User) -> None:
    one = asked_by_link(case, lead, email="focal@police.test")
    page = answered(desk, one)
    assert TOLD in page
    assert UNTOLD not in page
    assert fresh(one).untold_at is None


def test_it_stands_in_the_list_the_counters_and_the_home(desk: Client, case: Case, lead: User) -> None:
    one = asked_by_link(case, lead)
    assert referral_counters(lead)["untold"] == 0
    answered(desk, one)
    assert referral_counters(lead)["untold"] == 1
    assert [found.reference for found in my_referrals(lead, "untold")] == [one.reference]
    assert one.reference in desk.get("/desk/cases/referrals/?tab=untold").content.decode()
    assert "?tab=untold" in desk.get("/desk/").content.decode()
    assert "Nobody could be told" in desk.get(f"/desk/cases/referrals/{one.reference}/").content.decode()


def test_a_link_that_went_to_nobody_says_so(desk: Client, case: Case, lead: User) -> None:
    one = a_draft(case, agency(), lead)
    desk.post(f"/desk/cases/referrals/{one.reference}/approve/")
    page = desk.post(f"/desk/cases/referrals/{one.reference}/send/").content.decode()
    assert "the link went to nobody" in page
    assert "by e-mail" not in page


def test_it_is_over_once_they_act_or_open_the_link(desk: Client, case: Case, lead: User) -> None:
    sent = go(a_draft(case, agency(), lead), by=lead)
    assert fresh(sent.referral).untold_at is not None
    opened_by_link(sent)
    assert fresh(sent.referral).untold_at is None
    by_phone = go(a_draft(case, agency("school", route="phone"), lead), by=lead).referral
    assert fresh(by_phone).untold_at is not None
    record_answer(by_phone, verb="acknowledge", by=lead)
    assert fresh(by_phone).untold_at is None


def test_a_desk_whose_officers_left_was_not_told(case: Case, lead: User, person: Any) -> None:
    unit = agency("social", route="account")
    officer = works_at(person(Role.PARTNER_OFFICER, name="Jasur"), unit)
    draft = a_draft(case, unit, lead)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert fresh(go(draft, by=lead).referral).untold_at is not None


def test_a_system_without_a_webhook_was_not_told(case: Case, lead: User) -> None:
    assert fresh(go(a_draft(case, agency("api", route="api"), lead), by=lead).referral).untold_at is not None


@pytest.mark.parametrize(("email", "verb"), [("", "escalate_here"), ("focal@police.test", "escalate")])
def test_the_history_does_not_say_that_a_person_was_told_who_is_not_there(
    case: Case, lead: User, email: str, verb: str
) -> None:
    one = go(a_draft(case, agency(email=email), lead), by=lead).referral
    run_referral_clock(one.status_at + timedelta(hours=17))
    assert list(one.changes.order_by("pk").values_list("verb", flat=True))[-1] == verb


def test_what_is_over_is_on_nobodys_list(case: Case, lead: User, desk: Client) -> None:
    one = go(a_draft(case, agency(), lead), by=lead).referral
    desk.post(f"/desk/cases/referrals/{one.reference}/revoke/", {"code": "mistake"})
    assert fresh(one).ended_at is not None
    assert referral_counters(lead)["untold"] == 0
