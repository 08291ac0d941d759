"""One report at the desk: read, judged, answered, ended; what looks like the same; a case, another agency."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panoh.care.cases import public as cases
from panoh.care.reports.errors import ReportRefusedError
from panoh.care.reports.models import Judgement, Report, ReportStatus, WorkCell
from panoh.care.reports.services import ending, triage
from panoh.care.reports.services.handing_over import follow_hand_overs
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.organisations.public import Organisation
from panoh.ground.vault import public as vault

from .form_cast import filed
from .triage_cast import at, browser_of, bullying, found_online, fresh, later, taken, words

pytestmark = pytest.mark.django_db
Cast = Callable[..., User]


@pytest.fixture
def report(counsellor: User) -> Report:
    return taken(bullying(), counsellor)


@pytest.fixture
def mine(counsellor: User) -> Client:
    return browser_of(counsellor)


def spoken(report: Report) -> list[str]:
    """What the person can read of us."""
    return [line.text for line in talks.all_lines(report.conversation) if line.direction == "out"]


def decided(report: Report, by: User, outcome: str = "actioned") -> Report:
    return ending.decide_report(report, outcome=outcome, by=by)


def closed(report: Report, by: User) -> Report:
    decided(report, by)
    return ending.close_report(report, body="Biz yordam berdik.", key=uuid.uuid4(), by=by)


def looks_at(report: Report) -> list[str]:
    """Who opened it, by the ledger."""
    return [entry.actor for entry in audit.trail(report.reference) if entry.verb == "report.viewed"]


# --- reading ---------------------------------------------------------------------------------------------------------


def test_answers_stand_under_the_questions_as_they_were_asked(mine: Client, report: Report) -> None:
    page = mine.get(at("report", report)).content.decode()
    assert "Ustimdan kulishdi" in page
    assert f"questionnaire {report.questionnaire}" in page


def test_looking_is_on_record_once_for_some_minutes(mine: Client, report: Report, counsellor: User) -> None:
    for _again in range(3):
        mine.get(at("report", report))
    assert looks_at(report) == [counsellor.code]
    with later(minutes=11):
        triage.note_view(fresh(report), by=counsellor)
    assert looks_at(report) == [counsellor.code] * 2


def test_the_first_look_meets_its_clock_and_the_person_reads_it(counsellor: User) -> None:
    report = bullying()
    assert report.shown_status == "received"
    browser_of(counsellor).get(at("report", report))
    assert fresh(report).shown_status == "read"
    assert report.clocks.get(kind="first_look").met_at is not None


def test_an_address_is_text_and_nothing_loads_from_it(mine: Client, report: Report) -> None:
    page = mine.get(at("report", report)).content.decode()
    assert "https://t.me/yomon" in page
    assert 'href="https://t.me/yomon' not in page
    assert 'src="https://t.me' not in page


def test_words_of_a_person_cannot_become_markup(mine: Client, counsellor: User) -> None:
    evil = "<script>alert(1)</script>"
    report = bullying(story=evil, addresses=f"https://example.test/{evil}")
    assert evil not in mine.get(at("report", report)).content.decode()


def test_a_closed_report_is_opened_only_for_a_reason(report: Report, counsellor: User, supervisor: User) -> None:
    closed(report, counsellor)
    theirs = browser_of(supervisor)
    asked = theirs.get(at("report", report)).content.decode()
    assert "Ustimdan kulishdi" not in asked
    assert theirs.post(at("open_closed", report), {"purpose": " "}).status_code == 422
    theirs.post(at("open_closed", report), {"purpose": "Shikoyat tekshiruvi"})
    assert "Ustimdan kulishdi" in theirs.get(at("report", report)).content.decode()
    entry = next(one for one in audit.trail(report.reference) if one.verb == "report.viewed" and one.purpose)
    where = f"reports.purpose:{report.pk}"
    assert entry.purpose
    assert vault.unseal(report.conversation.data_key, entry.purpose, where=where) == "Shikoyat tekshiruvi"


def test_a_finished_report_is_lost_after_some_hours_to_who_held_it(
    report: Report, counsellor: User, mine: Client
) -> None:
    closed(report, counsellor)
    assert mine.get(at("report", report)).status_code == 200
    Report.objects.filter(pk=report.pk).update(closed_at="2020-01-01T00:00Z")
    assert mine.get(at("report", report)).status_code == 404


# --- judging ---------------------------------------------------------------------------------------------------------


def test_lowering_needs_a_reason_and_what_was_typed_stays(mine: Client, report: Report) -> None:
    refused = mine.post(at("set_urgency", report), {"urgency": "4", "reason": ""})
    assert refused.status_code == 422
    assert "write down why" in refused.content.decode()
    assert mine.post(at("set_urgency", report), {"urgency": "4", "reason": "Boshqa gap"}).status_code == 302
    assert fresh(report).urgency == 4
    assert "Boshqa gap" in mine.get(at("report", report)).content.decode()


def test_raising_needs_no_word(mine: Client, report: Report) -> None:
    mine.post(at("set_urgency", report), {"urgency": "1", "reason": ""})
    assert fresh(report).urgency == 1


def test_the_database_refuses_a_lowering_without_a_reason(report: Report, counsellor: User) -> None:
    row = Judgement(report=report, what="urgency", before="2", after="4", by=counsellor, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_report_that_turns_out_to_be_the_hotlines_leaves_my_hands(mine: Client, report: Report) -> None:
    answer = mine.post(at("set_kind", report), {"kind": "abuse_material", "reason": ""})
    assert answer["Location"] == reverse("reports:list")
    assert fresh(report).assignee is None
    assert mine.get(at("report", report)).status_code == 404


def test_who_does_not_hold_it_cannot_judge_it(report: Report, person: Cast) -> None:
    theirs = browser_of(person("counsellor", name="Timur"))
    assert theirs.post(at("set_urgency", report), {"urgency": "1", "reason": ""}).status_code == 422
    assert theirs.post(at("say", report), words("Salom")).status_code == 422
    assert theirs.post(at("decide_report", report), {"outcome": "unfounded"}).status_code == 422
    assert fresh(report).status == ReportStatus.RECEIVED
    assert spoken(report) == []


def test_assessing_meets_its_clock(mine: Client, report: Report) -> None:
    mine.post(at("assess_report", report))
    assert fresh(report).status == ReportStatus.ASSESSED
    assert fresh(report).assessed_at is not None
    assert report.clocks.get(kind="assessed").met_at is not None


def test_what_the_person_reads_can_be_set_but_not_that_it_is_over(mine: Client, report: Report) -> None:
    mine.post(at("set_shown_status", report), {"shown": "passed_on"})
    assert fresh(report).shown_status == "passed_on"
    assert mine.post(at("set_shown_status", report), {"shown": "closed"}).status_code == 422


# --- saying ----------------------------------------------------------------------------------------------------------


def test_what_we_say_reaches_the_person_once_however_often_it_is_sent(mine: Client, report: Report) -> None:
    sent = words("Yozganingiz yaxshi boʻldi.")
    for _again in range(3):
        assert mine.post(at("say", report), sent).status_code == 302
    assert spoken(report) == ["Yozganingiz yaxshi boʻldi."]
    assert report.clocks.get(kind="answered").met_at is not None


def test_a_note_stays_among_staff(mine: Client, report: Report) -> None:
    mine.post(at("add_note", report), words("Maktabga qoʻngʻiroq qilish kerak"))
    assert "Maktabga" in mine.get(at("report", report)).content.decode()
    assert not any("Maktabga" in line.text for line in talks.all_lines(report.conversation))


def test_too_many_words_are_kept_and_not_sent(mine: Client, report: Report) -> None:
    answer = mine.post(at("say", report), words("salom " * 800))
    assert answer.status_code == 422
    assert answer.content.decode().count("salom salom") >= 1
    assert spoken(report) == []


# --- ending ----------------------------------------------------------------------------------------------------------


def test_a_report_closes_with_what_was_done(mine: Client, report: Report, counsellor: User) -> None:
    mine.post(at("decide_report", report), {"outcome": "actioned", "reason": ""})
    mine.post(at("close_report", report), words("Hisob yopildi, maktab biladi."))
    ended = fresh(report)
    assert (ended.status, ended.shown_status) == (ReportStatus.CLOSED, "closed")
    assert spoken(report) == ["Hisob yopildi, maktab biladi."]
    assert not ended.clocks.filter(met_at=None).exists()
    assert ended.due_at is None
    assert ended.counted
    assert sum(WorkCell.objects.filter(outcome="actioned").values_list("n", flat=True)) == 1


def test_closing_needs_an_outcome_and_a_word(mine: Client, report: Report, counsellor: User) -> None:
    assert mine.post(at("close_report", report), words("Tamom")).status_code == 422
    decided(report, counsellor)
    assert mine.post(at("close_report", report), words(" ")).status_code == 422
    assert fresh(report).closed_at is None


def test_nothing_is_done_with_a_closed_report(report: Report, counsellor: User, supervisor: User) -> None:
    closed(report, counsellor)
    for act in (
        lambda: triage.set_urgency(report, urgency=1, by=supervisor),
        lambda: triage.say(report, text="Yana", key=uuid.uuid4(), by=supervisor),
        lambda: ending.decide_report(report, outcome="unfounded", by=supervisor),
        lambda: ending.open_case_of(report, by=supervisor),
        lambda: triage.assign_report(report, to=supervisor, by=supervisor),
    ):
        with pytest.raises(ReportRefusedError):
            act()
    assert fresh(report).status == ReportStatus.CLOSED


def test_the_same_page_reported_twice_is_found_whatever_its_spelling(mine: Client, counsellor: User) -> None:
    first = bullying(addresses="https://www.instagram.com/p/AbC/?igsh=1")
    second = taken(bullying(addresses="hxxp://instagram[.]com/p/AbC"), counsellor)
    assert first.reference in mine.get(at("report", second)).content.decode()
    assert second.reference in mine.get(at("report", first)).content.decode()


def test_a_like_report_that_is_not_mine_to_see_is_not_suggested(mine: Client, counsellor: User) -> None:
    hidden = found_online("https://example.test/same")
    report = taken(bullying(addresses="example.test/same"), counsellor)
    assert hidden.reference not in mine.get(at("report", report)).content.decode()


def test_a_repeated_report_names_the_other_one(mine: Client, report: Report, counsellor: User) -> None:
    other, hidden = bullying(), found_online()
    refused = mine.post(at("decide_report", report), {"outcome": "duplicate", "original": ""})
    assert refused.status_code == 422
    for wrong in (hidden.reference, "R-NOTHING", report.reference):
        answer = mine.post(at("decide_report", report), {"outcome": "duplicate", "original": wrong})
        assert answer.status_code == 404
    mine.post(at("decide_report", report), {"outcome": "duplicate", "original": other.reference.lower()})
    assert fresh(report).duplicate_of == other
    assert fresh(report).status == ReportStatus.DUPLICATE


def test_two_reports_cannot_repeat_each_other(supervisor: User) -> None:
    one, other = bullying(), bullying()
    ending.decide_report(one, outcome="duplicate", original=other, by=supervisor)
    with pytest.raises(ReportRefusedError):
        ending.decide_report(other, outcome="duplicate", original=one, by=supervisor)


# --- further ---------------------------------------------------------------------------------------------------------


def test_a_case_is_opened_once_and_the_report_hangs_on_it(mine: Client, report: Report) -> None:
    for _twice in range(2):
        mine.post(at("open_case", report))
    found = list(cases.cases_of(report.conversation))
    assert len(found) == 1
    assert (found[0].kind, found[0].alias) == ("cyberbullying", report.conversation.alias)
    assert found[0].reference in mine.get(at("report", report)).content.decode()
    assert fresh(report).shown_status == "working"


def test_an_analyst_opens_no_case(person: Cast) -> None:
    analyst = person("hotline_analyst", name="Anvar")
    report = taken(bullying(), analyst)
    browser_of(analyst).post(at("open_case", report))
    assert not cases.cases_of(report.conversation).exists()


def test_a_report_is_tied_to_a_case_of_mine_and_to_no_other(
    mine: Client, report: Report, counsellor: User, supervisor: User
) -> None:
    theirs = cases.open_case(alias="Humo-1", language="uz", by=supervisor, owner=supervisor)
    own = cases.open_case(alias="Humo-2", language="uz", by=counsellor)
    assert mine.post(at("link_case", report), {"reference": theirs.reference}).status_code == 404
    assert mine.post(at("link_case", report), {"reference": own.reference}).status_code == 302
    assert list(cases.cases_of(report.conversation)) == [own]


@pytest.fixture
def police(db: None) -> Organisation:
    names = {"en": "Example police unit", "uz": "Namuna"}
    return Organisation.objects.create(code="example-police", names=names, kind="police")


def handed(client: Client, report: Report, to: Organisation, fields: list[str]) -> Any:
    said = {"to": to.code, "fields_out": fields, "reason": "Tekshirish kerak"}
    return client.post(at("hand_over", report), said, follow=True)


def test_a_hand_over_freezes_what_was_ticked_and_nothing_else(
    mine: Client, report: Report, police: Organisation
) -> None:
    page = handed(mine, report, police, ["report.kind", "addresses.address_1"])
    referral = cases.Referral.objects.get(source=report.reference)
    assert referral.reference in page.content.decode()
    packet = cases.packet_json(cases.latest_packet(referral))
    assert "t.me/yomon" in str(packet)
    assert "Ustimdan kulishdi" not in str(packet)


def test_nothing_that_leads_to_the_person_is_ticked_at_first(
    mine: Client, counsellor: User, police: Organisation
) -> None:
    report = taken(bullying(contact="phone", phone="+998901112233"), counsellor)
    page = mine.get(at("hand_over", report)).content.decode()
    box = page[page.index('value="answers.phone"') :][:80]
    assert "checked" not in box


def test_what_was_sent_shows_here_and_to_the_person(counsellor: User, supervisor: User, police: Organisation) -> None:
    report = taken(filed(kind="attack", about="known"), supervisor)
    handed(browser_of(supervisor), report, police, ["report.kind"])
    assert follow_hand_overs() == 0
    referral = cases.Referral.objects.get()
    cases.send_referral(cases.approve_referral(referral, by=supervisor), by=supervisor)
    assert follow_hand_overs() == 1
    assert follow_hand_overs() == 0
    passed = fresh(report)
    assert (passed.status, passed.shown_status) == (ReportStatus.REFERRED, "passed_on")
    assert report.clocks.get(kind="police").met_at is not None
