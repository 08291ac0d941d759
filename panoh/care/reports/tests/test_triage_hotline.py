"""The hotline: a class by the scheme, a second person for the worst, and what a platform is told."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from panoh.care.reports import desk_rules
from panoh.care.reports.directory import Directory
from panoh.care.reports.errors import ReportRefusedError
from panoh.care.reports.models import Classification, Notice, Report
from panoh.care.reports.queries.desk import report_counters
from panoh.care.reports.services import classifying, ending, notices
from panoh.ground.accounts.public import User
from panoh.ground.vault import public as vault

from .triage_cast import at, browser_of, bullying, found_online, fresh, later, letters, taken

pytestmark = pytest.mark.django_db
Cast = Callable[..., User]
WORST, MILD = "young_child_abused", "grown_ups"


@pytest.fixture
def analyst(person: Cast) -> User:
    return person("hotline_analyst", name="Anvar")


@pytest.fixture
def other(person: Cast) -> User:
    return person("hotline_analyst", name="Feruza")


@pytest.fixture
def report(analyst: User) -> Report:
    return taken(found_online("https://t.me/yomon/1\nhttps://example.test/b"), analyst)


@pytest.fixture
def desk(analyst: User) -> Client:
    return browser_of(analyst)


def classified(report: Report, label: str, by: User, number: int = 1) -> Classification:
    address = report.addresses.get(number=number)
    return classifying.classify(report, address=address, label=label, minutes=2, by=by)


# --- classifying ------------------------------------------------------------------------------------------------------


def test_an_address_is_classified_under_a_version_of_the_scheme(desk: Client, report: Report, analyst: User) -> None:
    said = {"label": "passed_on", "also": ["live", "teenager"], "minutes": "3"}
    assert desk.post(at("classify", report) + "?address=2", said).status_code == 302
    found = Classification.objects.get()
    assert (found.scheme, found.verdict, found.also) == ("2026-1", "nationally_illegal", "live teenager")
    assert (found.address, found.minutes, found.needs_second) == (report.addresses.get(number=2), 3, False)
    page = desk.get(at("report", report)).content.decode()
    assert "passed on without their yes" in page
    assert "proposal, not checked" in page
    assert fresh(report).status == "assessed"


@pytest.mark.parametrize("query", ["?address=9", "?address=x", "?address=99999999999999999999"])
def test_an_address_that_is_not_of_this_report_is_missing(desk: Client, report: Report, query: str) -> None:
    assert desk.get(at("classify", report) + query).status_code == 404


def test_a_label_of_another_section_decides_nothing(report: Report, analyst: User) -> None:
    with pytest.raises(ReportRefusedError):
        classifying.classify(report, label="live", minutes=1, by=analyst)


def test_a_counsellor_does_not_classify(counsellor: User) -> None:
    report = taken(bullying(), counsellor)
    assert browser_of(counsellor).get(at("classify", report)).status_code == 403
    with pytest.raises(ReportRefusedError):
        classifying.classify(report, label=MILD, minutes=1, by=counsellor)


def test_an_address_has_one_class_at_a_time(report: Report, analyst: User) -> None:
    classified(report, "passed_on", analyst)
    classified(report, MILD, analyst)
    assert report.classifications.filter(withdrawn_at=None).count() == 1
    assert report.classifications.count() == 2


# --- the second person ------------------------------------------------------------------------------------------------


def test_the_worst_waits_for_a_second_person(desk: Client, report: Report, analyst: User, other: User) -> None:
    found = classified(report, WORST, analyst)
    with pytest.raises(ReportRefusedError, match="second person"):
        ending.decide_report(report, outcome="actioned", by=analyst)
    assert report_counters(other)["second_person"] == 1
    assert report_counters(analyst)["second_person"] == 0
    browser_of(other).post(at("confirm_classification", report, found.pk), {"agree": "yes"})
    found.refresh_from_db()
    assert found.second_by == other
    assert ending.decide_report(report, outcome="actioned", by=analyst).status == "actioned"


def test_nobody_is_their_own_second_person(desk: Client, report: Report, analyst: User) -> None:
    found = classified(report, WORST, analyst)
    desk.post(at("confirm_classification", report, found.pk), {"agree": "yes"})
    found.refresh_from_db()
    assert found.second_by is None
    found.second_by, found.second_at = analyst, found.at
    with pytest.raises(IntegrityError), transaction.atomic():
        found.save()


def test_the_database_knows_that_the_worst_needs_two(report: Report, analyst: User) -> None:
    found = classified(report, WORST, analyst)
    found.needs_second = False
    with pytest.raises(IntegrityError), transaction.atomic():
        found.save()


def test_who_does_not_agree_sends_it_back(report: Report, analyst: User, other: User) -> None:
    found = classified(report, WORST, analyst)
    classifying.confirm_classification(found, agree=False, by=other)
    assert not report.classifications.filter(withdrawn_at=None).exists()
    with pytest.raises(ReportRefusedError, match="Classify"):
        ending.decide_report(report, outcome="actioned", by=analyst)


def test_the_worst_is_not_taken_away_by_one_person_either(report: Report, analyst: User, other: User) -> None:
    classifying.confirm_classification(classified(report, WORST, analyst), agree=True, by=other)
    assert classified(report, MILD, analyst).needs_second
    with pytest.raises(ReportRefusedError, match="second person"):
        ending.decide_report(report, outcome="unfounded", by=analyst)


def test_a_class_that_waits_stops_the_closing_too(report: Report, analyst: User) -> None:
    classified(report, MILD, analyst)
    ending.decide_report(report, outcome="out_of_remit", by=analyst)
    classified(report, WORST, analyst, number=2)
    with pytest.raises(ReportRefusedError, match="second person"):
        ending.close_report(report, body="Tamom", key=uuid.uuid4(), by=analyst)


def test_a_counsellor_is_no_second_person(report: Report, analyst: User, counsellor: User) -> None:
    found = classified(report, WORST, analyst)
    assert (
        browser_of(counsellor).post(at("confirm_classification", report, found.pk), {"agree": "yes"}).status_code == 403
    )
    with pytest.raises(ReportRefusedError):
        classifying.confirm_classification(found, agree=True, by=counsellor)


# --- notices ----------------------------------------------------------------------------------------------------------


def drafted(report: Report, by: User, number: int = 1, contact: str = "telegram") -> Notice:
    address = report.addresses.get(number=number)
    return notices.draft_notice(report, contact=contact, template="remove", language="en", address=address, by=by)


def body(notice: Notice) -> str:
    key = notice.report.conversation.data_key
    return vault.unseal(key, notice.body, where=f"reports.notice:{notice.pk}")


def test_a_draft_says_which_address_and_what_was_found_and_no_more(desk: Client, report: Report, analyst: User) -> None:
    classified(report, "passed_on", analyst)
    said = {"address": "1", "contact": "telegram", "template": "remove", "language": "en"}
    page = desk.post(at("draft_notice", report), said, follow=True).content.decode()
    text = body(Notice.objects.get())
    assert "https://t.me/yomon/1" in text
    assert "passed on without their yes" in text
    assert report.reference in text
    assert "Meni qoʻrqityapti" not in text
    assert "Nobody has checked this contact" in page


def test_the_platform_of_an_address_is_suggested(desk: Client, report: Report) -> None:
    assert "Write to Telegram" in desk.get(at("report", report)).content.decode()


def test_no_e_mail_leaves_to_an_address_that_nobody_checked(desk: Client, report: Report, analyst: User) -> None:
    notice = drafted(report, analyst)
    letters()
    assert "Send it by e-mail" not in desk.get(at("notice", report, notice.pk)).content.decode()
    page = desk.post(at("send_notice", report, notice.pk), {"way": "email"}, follow=True).content.decode()
    assert "Nobody has checked this e-mail address" in page
    assert letters() == []
    notice.refresh_from_db()
    assert notice.sent_at is None


def test_a_checked_address_gets_the_letter(
    report: Report, analyst: User, monkeypatch: pytest.MonkeyPatch, desk: Client
) -> None:
    with later() as now:
        day = now.date().isoformat()
    row = {"code": "telegram", "name": "T", "hosts": ["t.me"], "form": "", "email": "abuse@example.test"}
    checked = {**row, "verified_on": day, "verified_by": "Rustam"}
    made = Directory.from_data({"check_every_days": 180, "contact": [checked]})
    monkeypatch.setattr(notices, "contacts", lambda: made)
    notice = drafted(report, analyst)
    letters()
    notices.send_notice(notice, way="email", by=analyst)
    ((to, text),) = letters()
    assert to == "abuse@example.test"
    assert "https://t.me/yomon/1" in text


def test_sent_by_hand_keeps_who_and_when_and_meets_the_clock(desk: Client, report: Report, analyst: User) -> None:
    notice = drafted(report, analyst)
    desk.post(at("send_notice", report, notice.pk), {"way": "by_hand"})
    notice.refresh_from_db()
    assert (notice.way, notice.sent_by) == ("by_hand", analyst)
    assert report.clocks.get(kind="host_notice").met_at is not None
    assert report.clocks.get(kind="removal_check", notice=notice).met_at is None


def test_a_notice_about_the_worst_waits_for_the_second_person(report: Report, analyst: User) -> None:
    classified(report, WORST, analyst)
    with pytest.raises(ReportRefusedError, match="second person"):
        notices.send_notice(drafted(report, analyst), way="by_hand", by=analyst)


def test_gone_is_gone_only_when_somebody_looked(desk: Client, report: Report, analyst: User) -> None:
    notice = drafted(report, analyst)
    notices.send_notice(notice, way="by_hand", by=analyst)
    desk.post(at("note_answer", report, notice.pk), {"answer": "acknowledge"})
    desk.post(at("note_answer", report, notice.pk), {"answer": "removed"})
    desk.post(at("check_removal", report, notice.pk), {"gone": "no"})
    notice.refresh_from_db()
    assert (notice.removed_at, notice.verified_at, notice.checks) == (None, None, 1)
    desk.post(at("check_removal", report, notice.pk), {"gone": "yes"})
    notice.refresh_from_db()
    assert notice.verified_by == analyst
    assert report.clocks.get(kind="removal_check", notice=notice).met_at is not None


def test_still_there_starts_the_clock_anew(report: Report, analyst: User) -> None:
    notice = drafted(report, analyst)
    notices.send_notice(notice, way="by_hand", by=analyst)
    first = report.clocks.get(kind="removal_check").due_at
    with later(hours=40):
        notices.check_removal(notice, is_gone=False, by=analyst)
    assert report.clocks.get(kind="removal_check").due_at > first


def test_what_is_out_is_not_rewritten(desk: Client, report: Report, analyst: User) -> None:
    notice = drafted(report, analyst)
    desk.post(at("notice", report, notice.pk), {"text": "Boshqa soʻzlar"})
    notice.refresh_from_db()
    assert body(notice) == "Boshqa soʻzlar"
    notices.send_notice(notice, way="by_hand", by=analyst)
    assert desk.post(at("notice", report, notice.pk), {"text": "Uchinchi"}).status_code == 422
    notice.refresh_from_db()
    assert body(notice) == "Boshqa soʻzlar"


def test_a_notice_of_another_report_is_missing(desk: Client, report: Report, analyst: User) -> None:
    elsewhere = drafted(taken(found_online("https://x.com/b"), analyst), analyst)
    assert desk.get(at("notice", report, elsewhere.pk)).status_code == 404
    assert desk.post(at("send_notice", report, elsewhere.pk), {"way": "by_hand"}).status_code == 404


def test_the_database_refuses_a_notice_answered_before_it_was_sent(report: Report, analyst: User) -> None:
    notice = drafted(report, analyst)
    notice.acknowledged_at = notice.drafted_at
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save()


def test_the_official_list_is_said_to_be_somewhere_else(desk: Client, report: Report) -> None:
    page = desk.get(at("classify", report) + "?address=1").content.decode()
    assert "INHOPE gives its official list to its members on request" in page
    assert 'href="https://t.me' not in page


def test_every_label_can_be_chosen(desk: Client, report: Report) -> None:
    page = desk.get(at("classify", report) + "?address=1").content.decode()
    rules: Any = desk_rules.scheme()
    assert all(f'value="{label.code}"' in page for label in rules.labels)
