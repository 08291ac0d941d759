"""A caseworker reads the report that is tied to a case they lead, and no other; each look says for which case."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from panoh.care.cases import public as cases
from panoh.care.reports import policy
from panoh.care.reports.errors import ReportRefusedError
from panoh.care.reports.models import Report
from panoh.care.reports.services import ending, triage
from panoh.ground.accounts.public import Role, User
from panoh.ground.audit import public as audit

from .triage_cast import at, browser_of, bullying, found_online, fresh, taken, words

pytestmark = pytest.mark.django_db
Cast = Callable[..., User]


@pytest.fixture
def worker(person: Cast) -> User:
    return person(Role.CASEWORKER, name="Gulnora")


@pytest.fixture
def theirs(worker: User) -> Client:
    return browser_of(worker)


@pytest.fixture
def report(counsellor: User) -> Report:
    return taken(bullying(), counsellor)


@pytest.fixture
def case(report: Report, worker: User, counsellor: User) -> cases.Case:
    return tied(report, worker, counsellor)


def tied(report: Report, owner: User, by: User) -> cases.Case:
    case = cases.open_case(language="uz", by=by, owner=owner)
    ending.link_report(report, case, by=by)
    return case


def test_the_report_of_ones_case_is_read_and_the_look_says_for_which(
    theirs: Client, worker: User, case: cases.Case, report: Report
) -> None:
    assert "Ustimdan kulishdi" in theirs.get(at("report", report)).content.decode()
    look = next(one for one in audit.trail(report.reference) if one.verb == "report.viewed")
    assert (look.actor, look.codes["why"], look.codes["through"]) == (worker.code, "case", case.reference)


def test_a_report_of_nobodys_case_or_of_a_colleagues_looks_like_none(
    theirs: Client, case: cases.Case, counsellor: User, person: Cast
) -> None:
    loose, other = bullying(), bullying()
    tied(other, person(Role.CASEWORKER, name="Timur"), counsellor)
    assert theirs.get(at("report", loose)).status_code == 404
    assert theirs.get(at("report", other)).status_code == 404


def test_it_ends_with_the_case_and_when_a_colleague_leads_it(
    theirs: Client, worker: User, case: cases.Case, report: Report, person: Cast
) -> None:
    cases.Case.objects.filter(pk=case.pk).update(owner=person(Role.CASEWORKER, name="Timur"))
    assert theirs.get(at("report", report)).status_code == 404
    cases.Case.objects.filter(pk=case.pk).update(owner=worker)
    assert theirs.get(at("report", report)).status_code == 200
    cases.Case.objects.filter(pk=case.pk).update(status="closed", closed_at="2026-01-01T00:00Z")
    assert theirs.get(at("report", report)).status_code == 404


def test_a_closed_report_of_ones_case_is_opened_for_a_written_reason(
    theirs: Client, case: cases.Case, report: Report, counsellor: User
) -> None:
    ending.decide_report(report, outcome="actioned", by=counsellor)
    ending.close_report(report, body="Tamom", key=case.pk, by=counsellor)
    assert "Ustimdan kulishdi" not in theirs.get(at("report", report)).content.decode()
    theirs.post(at("open_closed", report), {"purpose": "Reja uchun"})
    assert "Ustimdan kulishdi" in theirs.get(at("report", report)).content.decode()


def test_material_of_the_hotline_stays_with_the_hotline(theirs: Client, worker: User, supervisor: User) -> None:
    hidden = found_online()
    tied(hidden, worker, supervisor)
    assert theirs.get(at("report", hidden)).status_code == 404


def test_reading_is_all_they_do_with_it(theirs: Client, worker: User, case: cases.Case, report: Report) -> None:
    page = theirs.get(at("report", report)).content.decode()
    for verb in ("say", "add_note", "take_report", "open_case", "link_case", "set_kind", "close_report"):
        assert at(verb, report) not in page
        assert theirs.post(at(verb, report), words("Salom")).status_code == 403
    with pytest.raises(ReportRefusedError):
        triage.add_note(report, text="Salom", key=case.pk, by=worker)
    assert f'href="{reverse("reports:list")}"' not in page


def test_their_look_is_no_first_look_of_the_desk(worker: User, supervisor: User) -> None:
    report = bullying()
    tied(report, worker, supervisor)
    Report.objects.filter(pk=report.pk).update(shown_status="received")
    triage.note_view(fresh(report), by=worker)
    assert report.clocks.get(kind="first_look").met_at is None


def test_the_page_of_the_case_leads_there_only_who_may_go(
    theirs: Client, case: cases.Case, report: Report, supervisor: User, counsellor: User
) -> None:
    hidden = found_online()
    ending.link_report(hidden, case, by=supervisor)
    page = theirs.get(reverse("cases:case", args=[case.reference])).content.decode()
    assert f'href="{at("report", report)}"' in page
    assert hidden.reference in page
    assert at("report", hidden) not in page


def test_the_search_of_the_desk_finds_it_for_them(theirs: Client, case: cases.Case, report: Report) -> None:
    other = bullying()
    page = theirs.post(reverse("desk:search"), {"words": f"{report.reference} {other.reference}"}).content.decode()
    assert at("report", report) in page
    assert at("report", other) not in page


def test_a_break_is_theirs_to_take(theirs: Client) -> None:
    page = theirs.get(reverse("reports:rest")).content.decode()
    assert reverse("cases:cases") in page
    assert theirs.post(reverse("reports:stop_looking"))["Location"] == reverse("cases:cases")


def test_an_analyst_who_is_a_caseworker_too_still_reads_all(person: Cast) -> None:
    both = person(Role.CASEWORKER, Role.HOTLINE_ANALYST, name="Anvar")
    assert policy.visible_reports(both).filter(pk=found_online().pk).exists()
