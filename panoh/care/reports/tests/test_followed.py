"""What the room below does with a report, or with the case it is tied to, shows to the person who reported."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from panoh.care.cases import public as cases
from panoh.care.reports.models import Report, ReportStatus
from panoh.care.reports.services import ending
from panoh.care.reports.services import returning as coming_back
from panoh.care.reports.services.handing_over import follow_hand_overs, hand_over_report, tell_outcomes
from panoh.care.reports.services.holding import hold_report
from panoh.care.reports.services.triage import set_shown_status
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import Role, User
from panoh.ground.languages.public import word
from panoh.ground.organisations.public import Organisation

from .form_cast import filed
from .triage_cast import bullying, fresh, later, taken

pytestmark = pytest.mark.django_db
Cast = Callable[..., User]


def agency(kind: str) -> Organisation:
    return Organisation.objects.create(code=f"example-{kind}", names={"en": kind}, kind=kind, route="api")


@pytest.fixture
def worker(person: Cast) -> User:
    return person(Role.CASEWORKER, name="Gulnora")


@pytest.fixture
def report(supervisor: User) -> Report:
    return taken(filed(kind="missing", about="known"), supervisor)


@pytest.fixture
def case(worker: User, supervisor: User, report: Report) -> cases.Case:
    case = cases.open_case(language="uz", by=supervisor, owner=worker)
    ending.link_report(report, case, by=supervisor)
    return case


def sent_from(case: cases.Case, kind: str, by: User) -> cases.Referral:
    """Written by who leads the case, without a yes; ``by`` decides to do without."""
    told: dict[str, Any] = {"source": case.reference, "sections": cases.case_sections(case), "urgency": 2}
    told |= {"override_basis": "vital_interest", "override_reason": "Hayoti xavf ostida"}
    assert case.owner
    drafted = cases.draft_referral(case=case, to=agency(kind), reason="Yordam kerak", by=case.owner, **told)
    return cases.send_referral(cases.approve_referral(drafted, by=by), by=by).referral


def sent_of(report: Report, by: User, kind: str = "police") -> cases.Referral:
    number = hand_over_report(report, to=agency(kind), fields=["report.kind"], reason="Tekshirish", by=by)
    referral = cases.Referral.objects.get(reference=number)
    return cases.send_referral(cases.approve_referral(referral, by=by), by=by).referral


def completed(referral: cases.Referral, code: str, words: str = "Faqat xodimlarga") -> None:
    party = cases.Party(referral.to, via="api")
    cases.accept_referral(referral, by=party)
    cases.complete_referral(referral, code=code, words=words, by=party)


def said_to(report: Report) -> list[str]:
    return [line.text for line in talks.all_lines(report.conversation) if line.direction == "out"]


# --- a referral of the case -----------------------------------------------------------------------------------------


def test_what_goes_out_from_the_case_is_passed_on_for_every_report_of_it(
    case: cases.Case, report: Report, supervisor: User
) -> None:
    second, loose = taken(bullying(), supervisor), bullying()
    ending.link_report(second, case, by=supervisor)
    sent_from(case, "social", supervisor)
    assert follow_hand_overs() == 2
    assert follow_hand_overs() == 0
    for one in (report, second):
        assert (fresh(one).status, fresh(one).shown_status) == (ReportStatus.REFERRED, "passed_on")
    assert fresh(loose).shown_status == "received"


def test_nothing_is_passed_on_before_it_is_sent_or_once_it_was_taken_back(
    case: cases.Case, report: Report, supervisor: User
) -> None:
    referral = sent_from(case, "social", supervisor)
    cases.revoke_referral(referral, code="mistake", by=supervisor)
    assert follow_hand_overs() == 0
    assert fresh(report).shown_status == "working"


def test_a_report_tied_later_did_not_go_with_it(case: cases.Case, supervisor: User) -> None:
    sent_from(case, "social", supervisor)
    late = taken(bullying(), supervisor)
    with later(minutes=1):
        ending.link_report(late, case, by=supervisor)
    follow_hand_overs()
    assert fresh(late).shown_status == "working"


def test_what_a_person_sets_after_that_stays(case: cases.Case, report: Report, supervisor: User) -> None:
    sent_from(case, "social", supervisor)
    follow_hand_overs()
    set_shown_status(report, shown="working", by=supervisor)
    assert follow_hand_overs() == 0
    assert fresh(report).shown_status == "working"


def test_a_referral_of_the_case_meets_only_the_clock_that_is_about_its_agency(
    case: cases.Case, report: Report, supervisor: User
) -> None:
    sent_from(case, "school", supervisor)
    follow_hand_overs()
    assert report.clocks.get(kind="police").met_at is None


# --- what came of a hand-over ---------------------------------------------------------------------------------------


def test_the_outcome_is_told_once_in_the_words_of_the_centre(report: Report, supervisor: User) -> None:
    completed(sent_of(report, supervisor), "investigation_opened")
    assert tell_outcomes() == 1
    assert tell_outcomes() == 0
    assert said_to(report) == [word("report.outcome.investigation_opened", "uz")]


@pytest.mark.parametrize("code", ["no_ground", "not_reached", "declined_by_child", "other"])
def test_what_needs_a_person_to_explain_it_is_not_explained_by_a_machine(
    report: Report, supervisor: User, code: str
) -> None:
    completed(sent_of(report, supervisor), code)
    tell_outcomes()
    assert said_to(report) == [word("report.outcome.other", "uz")]


def test_in_telegram_it_waits_for_the_safe_hour(report: Report, supervisor: User) -> None:
    identity = talks.identity_for("telegram", "771234567")
    talks.follow_by_code(talks.new_follow_code(report.conversation), identity, language="uz")
    now = timezone.localtime()
    begin, end = now + timedelta(hours=2), now + timedelta(hours=3)
    talks.set_safe_hours(talks.Conversation.objects.get(pk=report.pk), begin.time(), end.time())
    completed(sent_of(report, supervisor), "service_given")
    tell_outcomes()
    told = talks.Message.objects.get(conversation__identity=identity, direction="out")
    assert told.not_before is not None
    assert abs(told.not_before - begin) < timedelta(minutes=2)
    assert said_to(report) == [word("report.outcome.service_given", "uz")]


def test_a_decline_or_an_unsent_one_tells_nothing(report: Report, supervisor: User) -> None:
    referral = sent_of(report, supervisor)
    cases.decline_referral(referral, code="no_capacity", by=cases.Party(referral.to, via="api"))
    assert tell_outcomes() == 0
    assert said_to(report) == []


def test_nobody_who_asked_for_deletion_is_written_to(report: Report, supervisor: User) -> None:
    referral = sent_of(report, supervisor)
    hold_report(report, reason="Sud", by=supervisor)
    coming_back.delete_report(report)
    completed(referral, "service_given")
    assert tell_outcomes() == 0
    assert said_to(report) == []


def test_words_that_nobody_reviewed_are_not_sent(report: Report, supervisor: User, settings: Settings) -> None:
    completed(sent_of(report, supervisor), "service_given")
    settings.PRODUCTION = True
    assert tell_outcomes() == 0


def test_a_referral_of_a_case_is_told_by_who_leads_it(case: cases.Case, report: Report, supervisor: User) -> None:
    completed(sent_from(case, "social", supervisor), "service_given")
    assert tell_outcomes() == 0
    assert said_to(report) == []
