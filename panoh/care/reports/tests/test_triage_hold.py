"""A legal hold on a report, and its erasure before its days are over: a supervisor's acts."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from panoh.care.reports import services
from panoh.care.reports.models import Report
from panoh.care.reports.services import ending
from panoh.ground.accounts.public import User
from panoh.ground.vault import public as vault

from .triage_cast import at, browser_of, bullying, fresh, taken

pytestmark = pytest.mark.django_db
COURT = "Toshkent sudi soʻradi"


@pytest.fixture
def ended(supervisor: User) -> Report:
    report = taken(bullying(), supervisor)
    ending.decide_report(report, outcome="unfounded", reason="x", by=supervisor)
    ending.close_report(report, body="Rahmat", key=uuid.uuid4(), by=supervisor)
    return fresh(report)


def looking(supervisor: User, report: Report) -> Client:
    """A supervisor who said why they open what is closed."""
    client = browser_of(supervisor)
    client.post(at("open_closed", report), {"purpose": "The court wrote"})
    return client


def test_a_held_report_is_not_forgotten_until_the_hold_is_lifted(ended: Report, supervisor: User) -> None:
    desk = looking(supervisor, ended)
    assert desk.post(at("hold_report", ended), {"reason": COURT}).status_code == 302
    assert COURT in desk.get(at("report", ended)).content.decode()
    services.forget(timezone.now() + timedelta(days=1))
    assert fresh(ended).forgotten_at is None
    desk.post(at("lift_hold", ended))
    services.forget(timezone.now() + timedelta(days=1))
    assert fresh(ended).forgotten_at is not None


def test_a_closed_report_is_erased_now_and_an_open_one_is_not(ended: Report, supervisor: User) -> None:
    open_one = bullying()
    assert browser_of(supervisor).post(at("erase_report", open_one), {"reason": "asked"}).status_code == 422
    assert fresh(open_one).forgotten_at is None
    desk = looking(supervisor, ended)
    assert "Erase now" in desk.get(at("report", ended)).content.decode()
    assert desk.post(at("erase_report", ended), {"reason": "asked"}).status_code == 302
    assert fresh(ended).forgotten_at is not None


def test_under_a_hold_the_erasure_is_owed(ended: Report, supervisor: User) -> None:
    desk = looking(supervisor, ended)
    desk.post(at("hold_report", ended), {"reason": COURT})
    page = desk.post(at("erase_report", ended), {"reason": "court"}, follow=True).content.decode()
    assert "first night after the hold" in page
    assert fresh(ended).forgotten_at is None


@pytest.mark.parametrize("name", ["hold_report", "lift_hold", "erase_report"])
def test_only_supervisors_hold_and_erase(counsellor: User, name: str) -> None:
    report = taken(bullying(), counsellor)
    desk = browser_of(counsellor)
    assert desk.post(at(name, report), {"reason": "asked"}).status_code == 403
    assert "Put on hold" not in desk.get(at("report", report)).content.decode()
    assert not vault.is_held(report.reference)
