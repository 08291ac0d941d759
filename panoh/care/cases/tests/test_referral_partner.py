"""The partner desk: an officer sees what was sent to their own agency, and answers there."""

from typing import Any

import pytest
from django.test import Client

from panoh.care.cases.errors import ReferralRefusedError
from panoh.care.cases.models import Referral
from panoh.care.cases.services import partner
from panoh.care.cases.tests.referral_cast import NAME, a_case, a_draft, a_yes, agency, fresh, go, their, works_at
from panoh.ground.accounts.public import User
from panoh.ground.organisations.public import Membership

pytestmark = pytest.mark.django_db
VERBS = ("acknowledge", "accept", "decline", "ask", "start", "complete")


@pytest.fixture
def jasur(officer: User) -> User:
    """An officer who reads English at the social service."""
    User.objects.filter(pk=officer.pk).update(language="en")
    works_at(officer, agency("inson", route="account"))
    return User.objects.get(pk=officer.pk)


@pytest.fixture
def sent(jasur: User, supervisor: User) -> Referral:
    to = Membership.objects.get(user=jasur).organisation
    case = a_case(supervisor)
    a_yes(case, by=supervisor)
    return go(a_draft(case, to, supervisor), by=supervisor).referral


@pytest.fixture
def desk(client: Client, jasur: User) -> Client:
    client.force_login(jasur)
    return client


def test_an_agency_whose_officers_have_accounts_gets_no_link(sent: Referral) -> None:
    assert sent.via == "desk"
    assert not sent.links.exists()


def test_an_agency_with_accounts_nobody_uses_gets_a_link(supervisor: User) -> None:
    case, to = a_case(supervisor), agency("empty", route="account")
    a_yes(case, by=supervisor)
    assert go(a_draft(case, to, supervisor), by=supervisor).link is not None


def test_the_list_shows_their_own_referrals_only(sent: Referral, desk: Client, supervisor: User) -> None:
    assert sent.case is not None
    other = go(a_draft(sent.case, agency("hospital"), supervisor), by=supervisor).referral
    page = desk.get("/desk/partner/").content.decode()
    assert sent.reference in page
    assert other.reference not in page
    assert NAME not in page


def test_a_draft_is_not_theirs_yet(sent: Referral, desk: Client, supervisor: User) -> None:
    assert sent.case is not None
    draft = a_draft(sent.case, sent.to, supervisor)
    assert draft.reference not in desk.get("/desk/partner/").content.decode()
    assert desk.get(f"/desk/partner/{draft.reference}/").status_code == 404


def test_the_page_shows_the_packet_and_the_reading_is_on_record(sent: Referral, desk: Client, jasur: User) -> None:
    assert NAME in desk.get(f"/desk/partner/{sent.reference}/").content.decode()
    assert sent.changes.get(verb="read").by == jasur


def test_another_agencys_referral_and_a_missing_one_look_the_same(sent: Referral, client: Client, person: Any) -> None:
    client.force_login(works_at(person("partner_officer", name="Timur"), agency("hospital", route="account")))
    for path in ("", "packet.json", "packet.pdf"):
        hidden, missing = (client.get(f"/desk/partner/{name}/{path}") for name in (sent.reference, "F-NOSUCH22"))
        assert hidden.status_code == missing.status_code == 404
    for verb in VERBS:
        assert client.post(f"/desk/partner/{sent.reference}/{verb}/", {"code": "other"}).status_code == 404
    assert fresh(sent).status == "sent"


def test_an_officer_who_left_sees_nothing(sent: Referral, desk: Client, jasur: User) -> None:
    from django.utils import timezone

    Membership.objects.filter(user=jasur).update(until=timezone.now())
    assert desk.get(f"/desk/partner/{sent.reference}/").status_code == 404
    with pytest.raises(ReferralRefusedError):
        partner.accept_referral(sent, by=their(sent, "desk", jasur))


@pytest.mark.parametrize("role", ["counsellor", "caseworker", "hotline_analyst", "administrator", "viewer"])
def test_the_partner_desk_is_shut_to_our_own(sent: Referral, client: Client, person: Any, role: str) -> None:
    client.force_login(person(role, name="Somebody"))
    assert client.get("/desk/partner/").status_code == 403


def test_our_desk_is_shut_to_officers(sent: Referral, desk: Client) -> None:
    for path in ("referrals/", f"referrals/{sent.reference}/", f"referrals/{sent.reference}/packet.json"):
        assert desk.get(f"/desk/cases/{path}").status_code == 403


def test_an_officer_takes_it_to_its_end(sent: Referral, desk: Client) -> None:
    base = f"/desk/partner/{sent.reference}/"
    desk.post(f"{base}acknowledge/")
    desk.post(f"{base}accept/")
    desk.post(f"{base}start/")
    wrong = desk.post(f"{base}complete/", {"code": "", "words": "What I typed"})
    assert wrong.status_code == 422
    assert "What I typed" in wrong.content.decode()
    desk.post(f"{base}complete/", {"code": "service_given", "words": "Done"})
    assert fresh(sent).status == "completed"
    assert sent.changes.filter(side="them", via="desk", by__isnull=False).count() >= 4


def test_the_list_costs_the_same_for_one_and_for_many(
    sent: Referral, desk: Client, supervisor: User, django_assert_max_num_queries: Any
) -> None:
    assert sent.case is not None
    for _more in range(6):
        go(a_draft(sent.case, sent.to, supervisor), by=supervisor)
    with django_assert_max_num_queries(12):
        desk.get("/desk/partner/")
