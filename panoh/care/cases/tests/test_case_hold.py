"""A legal hold on a case, and its erasure before its days are over: a supervisor's acts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panoh.care.cases import services
from panoh.care.cases.models import Case
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .case_cast import at, browser, fresh

pytestmark = pytest.mark.django_db
COURT = "Toshkent sudi soʻradi"


@pytest.fixture
def ended(case: Case, worker: User, supervisor: User) -> Case:
    asked = services.ask_closing(case, reason="opened_in_error", words="", by=worker)
    services.decide_approval(asked, approve=True, by=supervisor)
    return fresh(case)


def looking(supervisor: User, case: Case) -> Client:
    """A supervisor who said what they open it for."""
    client = browser(supervisor)
    client.post(at("give_purpose", case), {"purpose": "approval", "reason": "The court wrote"})
    return client


def test_a_held_case_is_not_forgotten_until_the_hold_is_lifted(ended: Case, supervisor: User) -> None:
    desk = looking(supervisor, ended)
    assert desk.post(at("hold_case", ended), {"reason": COURT}).status_code == 302
    page = desk.get(at("case", ended)).content.decode()
    assert COURT in page
    assert "Lift the hold" in page
    services.forget(timezone.now() + timedelta(days=1))
    assert fresh(ended).forgotten_at is None
    desk.post(at("lift_hold", ended))
    services.forget(timezone.now() + timedelta(days=1))
    assert fresh(ended).forgotten_at is not None
    verbs = [entry.verb for entry in audit.trail(ended.reference)]
    assert verbs.index("thing.held") < verbs.index("thing.hold_lifted") < verbs.index("case.forgotten")


def test_a_hold_needs_a_reason(ended: Case, supervisor: User) -> None:
    assert looking(supervisor, ended).post(at("hold_case", ended), {"reason": " "}).status_code == 422
    assert not vault.is_held(ended.reference, kind="legal")


def test_an_ended_case_is_erased_now_and_an_open_one_is_not(case: Case, worker: User, supervisor: User) -> None:
    desk = looking(supervisor, case)
    assert "Erase now" not in desk.get(at("case", case)).content.decode()
    assert desk.post(at("erase_case", case), {"reason": "asked"}).status_code == 422
    services.decide_approval(
        services.ask_closing(case, reason="opened_in_error", words="", by=worker), approve=True, by=supervisor
    )
    assert "Erase now" in desk.get(at("case", case)).content.decode()
    assert desk.post(at("erase_case", case), {"reason": "asked"}).status_code == 302
    assert fresh(case).forgotten_at is not None


def test_what_is_erased_under_a_hold_goes_in_the_night_after(ended: Case, supervisor: User) -> None:
    desk = looking(supervisor, ended)
    desk.post(at("hold_case", ended), {"reason": COURT})
    page = desk.post(at("erase_case", ended), {"reason": "asked"}, follow=True).content.decode()
    assert "first night after the hold" in page
    assert fresh(ended).forgotten_at is None
    desk.post(at("lift_hold", ended))
    services.forget(timezone.now() - timedelta(days=1))
    assert fresh(ended).forgotten_at is not None


@pytest.mark.parametrize("name", ["hold_case", "lift_hold", "erase_case"])
def test_only_supervisors_hold_and_erase(ended: Case, worker: User, name: str) -> None:
    desk = browser(worker)
    assert desk.post(at(name, ended), {"reason": "asked"}).status_code == 403
    assert "Put on hold" not in desk.get(reverse("cases:case", args=[ended.reference])).content.decode()
    assert not vault.is_held(ended.reference, kind="legal")
    assert fresh(ended).forgotten_at is None
