"""Words of ours that could lead a person away from the centre wait for a second one of us, on a report as in a talk."""

import uuid
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panoh.care.reports.errors import ReportRefusedError
from panoh.care.reports.models import Report
from panoh.care.reports.queries.desk import report_counters
from panoh.care.reports.services import ending, triage
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .triage_cast import at, browser_of, bullying, fresh, taken, words

pytestmark = pytest.mark.django_db
AWAY = "Menga yozing: +998 90 123-45-67"
HERE = "Yozganingiz yaxshi boʻldi. 112 ga qoʻngʻiroq qiling."


@pytest.fixture
def report(counsellor: User) -> Report:
    return taken(bullying(), counsellor)


@pytest.fixture
def mine(counsellor: User) -> Client:
    return browser_of(counsellor)


def reads(report: Report) -> list[str]:
    """What the person can read of us."""
    return [line.text for line in talks.all_lines(report.conversation) if line.direction != "in"]


def held(report: Report) -> talks.HeldWords:
    return talks.HeldWords.objects.get(conversation=report.conversation)


def decide(client: Client, report: Report, decision: str) -> None:
    client.post(at("decide_held", report, held(report).pk), {"decision": decision})


@pytest.mark.parametrize(
    "text",
    [AWAY, "t.me/dilnoza_yordam", "https://example.test/abc", "Ertaga soat 5 da uchrashamiz, Navoiy koʻchasi 12"],
)
def test_what_leads_away_is_not_seen_by_the_person(mine: Client, report: Report, text: str) -> None:
    sent = words(text)
    for _again in range(2):
        page = mine.post(at("say", report), sent, follow=True).content.decode()
    assert "Held for the supervisor" in page
    assert reads(report) == []
    assert talks.HeldWords.objects.count() == 1
    assert report.clocks.get(kind="answered").met_at is None
    assert [entry.verb for entry in audit.trail(report.reference)].count("words.held") >= 1


def test_plain_words_go_out_at_once(mine: Client, report: Report) -> None:
    mine.post(at("say", report), words(HERE))
    assert reads(report) == [HERE]
    assert not talks.HeldWords.objects.exists()


def test_a_supervisor_releases_them_once_and_as_their_authors(
    mine: Client, report: Report, counsellor: User, supervisor: User
) -> None:
    mine.post(at("say", report), words(AWAY))
    theirs = browser_of(supervisor)
    assert AWAY in theirs.get(at("report", report)).content.decode()
    for _again in range(2):
        decide(theirs, report, "release")
    assert reads(report) == [AWAY]
    assert talks.Message.objects.get(conversation=report.conversation, direction="out").author == counsellor
    assert report.clocks.get(kind="answered").met_at is not None


def test_what_is_kept_back_never_goes_out(mine: Client, report: Report, supervisor: User) -> None:
    mine.post(at("say", report), words(AWAY))
    decide(browser_of(supervisor), report, "refuse")
    decide(browser_of(supervisor), report, "release")
    assert reads(report) == []
    assert held(report).decision == "refused"


def test_nobody_releases_their_own(report: Report, supervisor: User, person: Callable[..., User]) -> None:
    triage.say(report, text=AWAY, key=uuid.uuid4(), by=supervisor)
    decide(browser_of(supervisor), report, "release")
    assert reads(report) == []
    rows = talks.HeldWords.objects.filter(pk=held(report).pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(decided_by=supervisor, decided_at=timezone.now(), decision="released")
    decide(browser_of(person("supervisor", name="Nodira")), report, "release")
    assert reads(report) == [AWAY]


def test_words_of_another_report_are_not_reached_through_this_one(
    mine: Client, report: Report, counsellor: User, supervisor: User
) -> None:
    mine.post(at("say", report), words(AWAY))
    other = taken(bullying(), counsellor)
    answer = browser_of(supervisor).post(at("decide_held", other, held(report).pk), {"decision": "release"})
    assert answer.status_code == 404
    with pytest.raises(ReportRefusedError):
        triage.decide_held(other, held(report), release=True, by=supervisor)


def test_they_stand_among_what_waits_for_supervisors(mine: Client, report: Report, supervisor: User) -> None:
    mine.post(at("say", report), words(AWAY))
    assert report_counters(supervisor)["held_words"] == 1
    assert "1 message to a person waits" in browser_of(supervisor).get(reverse("desk:home")).content.decode()
    decide(browser_of(supervisor), report, "refuse")
    assert report_counters(supervisor)["held_words"] == 0


def test_the_last_words_of_a_report_lead_nowhere_either(report: Report, counsellor: User) -> None:
    ending.decide_report(report, outcome="actioned", by=counsellor)
    with pytest.raises(ReportRefusedError):
        ending.close_report(report, body=AWAY, key=uuid.uuid4(), by=counsellor)
    assert fresh(report).closed_at is None
    ending.close_report(report, body=HERE, key=uuid.uuid4(), by=counsellor)
    assert reads(report) == [HERE]
