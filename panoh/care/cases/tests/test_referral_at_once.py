"""Two at the same moment, on PostgreSQL: one has it, the other is told; nobody waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections

from panoh.care.cases.errors import LinkRefusedError, ReferralRefusedError, ReferralTakenError
from panoh.care.cases.models import PartnerLink, Referral
from panoh.care.cases.queries.sections import case_sections
from panoh.care.cases.services import partner, withdraw_consent
from panoh.care.cases.services.links import enter_code
from panoh.care.cases.services.referral import offer_referral
from panoh.care.cases.services.referral_clock import run_referral_clock
from panoh.care.cases.tests.referral_cast import a_case, a_draft, a_yes, agency, fresh, go, path_of, their
from panoh.ground.accounts.public import User

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _only_on_postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each came to: its result, or its refusal."""

    def run(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except ReferralRefusedError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_agencies_that_accept_at_once_one_has_it(supervisor: User) -> None:
    case = a_case(supervisor)
    a_yes(case, by=supervisor)
    several = [agency(code, route="api") for code in ("one", "two", "three")]
    offers = offer_referral(
        case=case, source=case.reference, sections=case_sections(case), to=several, urgency=2, reason="x", by=supervisor
    )
    sent = [go(offer, by=supervisor).referral for offer in offers]
    came = at_once(*[lambda one=one: partner.accept_referral(one, by=their(one)) for one in sent])
    assert sorted(type(one).__name__ for one in came) == ["Referral", "ReferralTakenError", "ReferralTakenError"]
    assert sorted(fresh(one).status for one in sent) == ["accepted", "revoked", "revoked"]
    assert [one for one in came if isinstance(one, ReferralTakenError)]


def test_accepting_and_declining_at_once_ends_in_one_of_the_two(supervisor: User) -> None:
    case, to = a_case(supervisor), agency(route="api")
    a_yes(case, by=supervisor)
    sent = go(a_draft(case, to, supervisor), by=supervisor).referral
    came = at_once(
        lambda: partner.accept_referral(sent, by=their(sent)),
        lambda: partner.decline_referral(sent, code="other", by=their(sent)),
    )
    assert sum(isinstance(one, ReferralRefusedError) for one in came) == 1
    assert fresh(sent).status in {"accepted", "declined"}


def test_a_yes_taken_back_while_they_accept_holds_nobody_up(supervisor: User) -> None:
    case, to = a_case(supervisor), agency(route="api")
    consent = a_yes(case, by=supervisor)
    sent = go(a_draft(case, to, supervisor), by=supervisor).referral
    at_once(
        lambda: partner.accept_referral(sent, by=their(sent)),
        lambda: withdraw_consent(consent, by=supervisor),
    )
    with pytest.raises(ReferralRefusedError):
        partner.read_packet(fresh(sent), by=their(sent))


def test_a_link_entered_twice_at_once_opens_once(supervisor: User) -> None:
    case = a_case(supervisor)
    a_yes(case, by=supervisor)
    sent = go(a_draft(case, agency(), supervisor), by=supervisor)
    assert sent.link is not None
    token, code = path_of(sent.link.url).rstrip("/").rsplit("/", 1)[1], sent.link.code
    came = at_once(*[lambda: enter_code(token, code)] * 4)
    assert sum(isinstance(one, str) for one in came) == 1
    assert all(one.why == "used" for one in came if isinstance(one, LinkRefusedError))


def test_wrong_codes_tried_at_once_are_all_counted(supervisor: User) -> None:
    case = a_case(supervisor)
    a_yes(case, by=supervisor)
    sent = go(a_draft(case, agency(), supervisor), by=supervisor)
    assert sent.link is not None
    token = path_of(sent.link.url).rstrip("/").rsplit("/", 1)[1]
    wrong = "00000000" if sent.link.code != "00000000" else "11111111"
    at_once(*[lambda: enter_code(token, wrong)] * 8)
    link = PartnerLink.objects.get()
    assert link.failures == 5
    assert link.locked_at is not None


def test_two_workers_remind_once(supervisor: User) -> None:
    case = a_case(supervisor)
    a_yes(case, by=supervisor)
    sent = go(a_draft(case, agency(), supervisor), by=supervisor).referral
    later = sent.status_at + timedelta(hours=5)
    at_once(*[lambda: run_referral_clock(later)] * 3)
    assert Referral.objects.get().changes.filter(verb="remind").count() == 1
