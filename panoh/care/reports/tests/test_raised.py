"""Words typed in a report wake somebody: the lexicon raises its urgency, and never lowers it."""

import uuid

import pytest
from django.core.cache import cache

from panoh.care.reports import services
from panoh.care.reports.models import Report
from panoh.care.reports.services.files import keep_file
from panoh.care.reports.tests.file_cast import draft_of, sent_with_file
from panoh.care.reports.tests.file_corpus import png
from panoh.care.reports.tests.form_cast import answer, begin, browser, filed
from panoh.care.reports.tests.triage_cast import at, browser_of, fresh, later, letters
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

pytestmark = pytest.mark.django_db
DYING = "Мен ўлмоқчиман, ҳеч кимга айтманг"


def raised(report: Report) -> list[audit.Entry]:
    return list(audit.Entry.objects.filter(thing=report.reference, verb="report.raised"))


def test_a_story_in_uzbek_cyrillic_raises_to_the_first_place() -> None:
    report = draft_of("cyberbullying")
    assert report.urgency > 1
    report = services.answer_question(report, "story", DYING)
    assert (report.urgency, report.lexicon_classes) == (1, "suicide_self_harm")
    assert fresh(report).urgency == 1
    [entry] = raised(report)
    assert entry.codes["source"] == "lexicon"
    assert entry.codes["seen_1"] == "suicide_self_harm"
    assert "ўлмоқчи" not in str(entry.codes)


def test_ordinary_words_raise_nothing() -> None:
    report = filed(kind="cyberbullying", story="Sinfdoshlarim ustimdan kulishdi")
    assert report.urgency > 1
    assert not raised(report)
    before = report.urgency
    services.receive_report_words(report, "Bugun darsga bordim, ob-havo yaxshi", uuid.uuid4())
    assert fresh(report).urgency == before


def test_a_later_answer_lowers_nothing() -> None:
    report = services.answer_question(draft_of("cyberbullying"), "story", DYING)
    assert services.answer_question(report, "story", "Hazil edi").urgency == 1
    assert services.send_report(report).urgency == 1


def test_supervisors_hear_of_it_when_it_is_sent(supervisor: User) -> None:
    report = services.answer_question(draft_of("cyberbullying"), "story", DYING)
    assert letters() == []
    report = services.send_report(report)
    told = [body for to, body in letters() if to == supervisor.email]
    assert len(told) == 1
    assert report.reference in told[0]
    assert "ўлмоқчи" not in told[0]


def test_a_report_filed_at_once_is_read_too(supervisor: User) -> None:
    report = filed(kind="cyberbullying", story=DYING)
    assert fresh(report).urgency == 1
    assert [to for to, _body in letters()] == [supervisor.email]


def test_words_added_later_raise_it_move_its_clocks_and_tell_supervisors_once(supervisor: User) -> None:
    report = filed(kind="cyberbullying")
    due = fresh(report).due_at
    assert letters() == []
    with later(minutes=1):
        services.receive_report_words(report, DYING, uuid.uuid4())
        services.receive_report_words(report, DYING, uuid.uuid4())
    report = fresh(report)
    assert report.urgency == 1
    assert report.due_at
    assert due
    assert report.due_at < due
    assert [to for to, _body in letters()] == [supervisor.email]
    assert [entry.codes["after"] for entry in raised(report)].count(1) == 1


def test_the_desk_sees_what_was_seen(supervisor: User) -> None:
    page = browser_of(supervisor).get(at("report", filed(story=DYING))).content.decode()
    assert "Seen in the words" in page
    assert "Suicide, self-harm" in page


def test_whoever_types_it_is_offered_a_person_on_the_next_page() -> None:
    cache.clear()
    child = browser()
    report = begin(child)
    answer(child, "about", "self")
    answer(child, "kind", "cyberbullying")
    page = child.get("/uz/report/step/", follow=True).content.decode()
    assert "notice-danger" not in page
    answer(child, "story", DYING)
    assert fresh(report).urgency == 1
    assert "notice-danger" in child.get("/uz/report/step/", follow=True).content.decode()


def test_an_address_is_no_word() -> None:
    report = services.answer_question(draft_of("cyberbullying"), "addresses", "https://example.test/я-хочу-умереть")
    assert report.urgency > 1


def test_another_kind_takes_the_pictures_of_a_draft_away() -> None:
    report = draft_of("cyberbullying")
    keep_file(report, content=png())
    assert report.attachments.count() == 1
    services.answer_question(report, "kind", "images")
    assert report.attachments.count() == 0


def test_a_sent_report_keeps_its_pictures() -> None:
    assert sent_with_file().attachments.count() == 1
