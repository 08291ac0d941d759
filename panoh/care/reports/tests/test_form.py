"""The form as a person meets it: three taps, plain forms, every answer kept, nothing lost, sent once."""

import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from panoh.care.reports import queries, services
from panoh.care.reports.errors import AnswerRefusedError, ReportRefusedError
from panoh.care.reports.models import Answer, Report, ReportStatus
from panoh.care.reports.tests.form_cast import (
    ALL,
    answer,
    begin,
    browser,
    enter_with,
    filed,
    goods_on,
    new_draft,
    said,
    skip,
)
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify
from panoh.ground.organisations.public import load_numbers
from panoh.ground.vault import public as vault

pytestmark = pytest.mark.django_db
LANGUAGES = ["uz", "uz-cyrl", "ru", "en", "kaa"]


@pytest.fixture
def child() -> Client:
    cache.clear()
    return browser()


def fill(child: Client, **changes: str) -> Report:
    """Answer what is asked, question by question, as the pages lead; what is not in the answers is left out."""
    said = {**ALL, **changes}
    report = begin(child, said["danger"])
    for _turn in range(30):
        report.refresh_from_db()
        question = queries.next_question(report)
        if question is None:
            return report
        if question.code in said:
            answer(child, question.code, said[question.code])
        else:
            skip(child, question.code)
    raise AssertionError("the questions do not end")


# --- beginning ------------------------------------------------------------------------------------------------------


def test_no_cookie_and_no_row_before_the_first_answer(child: Client) -> None:
    assert not child.get("/uz/report/").cookies
    assert Report.objects.count() == 0
    begin(child)
    assert child.cookies["report"]["samesite"] == "Strict"
    assert child.cookies["report"]["httponly"]
    assert Report.objects.get().status == ReportStatus.DRAFT


def test_a_double_tap_begins_one_report(child: Client) -> None:
    said = {"answer": "no", "key": str(uuid.uuid4())}
    child.post("/uz/report/", said)
    child.post("/uz/report/", said)
    assert Report.objects.count() == 1


def test_the_same_key_is_the_same_report_and_is_never_kept() -> None:
    key = uuid.uuid4()
    one = services.start_report(channel="web", language="uz", key=key)
    assert services.start_report(channel="web", language="uz", key=key) == one
    assert one.pk != key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_way_can_be_gone_in_every_language_without_scripts(child: Client, language: str) -> None:
    begin(child, language=language)
    for question, value in [("about", "self"), ("kind", "cyberbullying"), ("story", "Ular kulishyapti")]:
        page = child.get(f"/{language}/report/step/")
        assert page.status_code == 200
        assert f'name="q" value="{question}"' in page.content.decode()
        assert answer(child, question, value, language).status_code == 302
    assert child.get(f"/{language}/report/board/").status_code == 200
    assert "Ular kulishyapti" in child.get(f"/{language}/report/review/").content.decode()
    page = child.post(f"/{language}/report/send/")
    assert len(goods_on(page).splitlines()) == 6
    assert child.get(f"/{language}/report/now/").status_code == 200
    assert Report.objects.get().status == ReportStatus.RECEIVED
    assert Report.objects.get().language == language


def test_a_page_says_where_we_are_and_nothing_in_the_tab_tells_what_it_is(child: Client) -> None:
    begin(child, language="en")
    page = child.get("/en/report/step/")
    assert re.search(r"Question 2 of about \d+", page.content.decode())
    assert "<title>Page</title>" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert 'id="exit"' in page.content.decode()


@pytest.mark.parametrize(
    "path", ["", "step/", "board/", "review/", "sent/", "all/", "back/", "now/", "delete/", "code/"]
)
def test_no_page_stands_in_a_language_but_its_own(child: Client, path: str) -> None:
    """An English word on a Russian page would be a text nobody translated; drafts count until they are merged."""
    begin(child, language="ru")
    page = child.get(f"/ru/report/{path}", follow=True)
    assert page.status_code == 200
    assert 'lang="ru"' in page.content.decode()


# --- answering ------------------------------------------------------------------------------------------------------


def test_every_answer_is_kept_as_it_is_given_so_that_an_abandoned_form_counts(child: Client) -> None:
    begin(child)
    answer(child, "about", "known")
    answer(child, "kind", "grooming")
    report = Report.objects.get()
    assert (report.danger, report.about, report.kind) == ("no", "known", "grooming")
    assert report.urgency == 2
    assert report.sent_at is None


def test_words_are_sealed_and_bound_to_their_question(child: Client) -> None:
    report = begin(child)
    answer(child, "story", "Uning ismi Bobur")
    row = Answer.objects.get(question="story")
    assert b"Bobur" not in bytes(row.value)
    moved = queries.where_answer(report.pk, "addresses")
    with pytest.raises(vault.TamperedError):
        vault.unseal(report.conversation.data_key, bytes(row.value), where=moved)
    assert queries.answers_of(report)["story"] == "Uning ismi Bobur"


def test_a_changed_answer_takes_the_place_of_the_old(child: Client) -> None:
    begin(child)
    answer(child, "about", "self")
    answer(child, "about", "seen")
    assert Answer.objects.filter(question="about").count() == 1
    assert Report.objects.get().about == "seen"


def test_urgency_is_only_raised(child: Client) -> None:
    begin(child, "yes")
    answer(child, "danger", "no")
    report = Report.objects.get()
    assert (report.urgency, report.danger) == (1, "no")


def test_what_is_left_out_is_not_asked_again_and_can_be_answered_later(child: Client) -> None:
    begin(child)
    skip(child, "about")
    assert 'name="q" value="kind"' in child.get("/uz/report/step/").content.decode()
    assert 'name="q" value="about"' in child.get("/uz/report/step/?q=about").content.decode()


def test_two_tabs_write_into_one_report(child: Client) -> None:
    report = begin(child)
    answer(child, "kind", "fraud")
    answer(child, "about", "self")
    assert queries.answers_of(report) == {"danger": "no", "kind": "fraud", "about": "self"}


@pytest.mark.parametrize(
    ("question", "typed", "says"),
    [
        ("story", "", "Write a few words"),
        ("story", "\u202e\u200f\u0000", "Write a few words"),
        ("story", "z" * 6001, "longer than 6000"),
        ("addresses", "\n".join(f"https://example.test/{n}" for n in range(21)), "20 lines"),
        ("phone", "call me please", "does not look like a phone number"),
        ("kind", "gossip", "choose one of the answers"),
    ],
)
def test_an_answer_we_cannot_keep_comes_back_with_what_to_do(
    child: Client, question: str, typed: str, says: str
) -> None:
    begin(child, language="en")
    page = answer(child, question, typed, "en")
    assert page.status_code == 400
    assert says in page.content.decode()
    assert question == "kind" or typed[:5000].strip("\u202e\u200f\u0000") in page.content.decode()


def test_a_hundred_pages_of_text_come_back_whole(child: Client) -> None:
    begin(child)
    typed = "Uzun hikoya. " * 25_000
    page = answer(child, "story", typed)
    assert page.status_code == 400
    assert page.content.decode().count("Uzun hikoya.") == 25_000


def test_direction_marks_and_half_signs_are_harmless(child: Client) -> None:
    report = begin(child)
    answer(child, "story", "\u202eмол\u200fas a" + "\u0301" * 30)
    kept = queries.answers_of(report)["story"]
    assert isinstance(kept, str)
    assert kept.startswith("молas")
    assert len(kept) < 15


def test_bytes_that_are_no_text_break_nothing(child: Client) -> None:
    begin(child)
    body = b"q=story&answer=%ff%fe%00%80abc"
    page = child.post("/uz/report/step/", body, content_type="application/x-www-form-urlencoded")
    assert page.status_code in {302, 400}


def test_markup_is_shown_as_it_was_typed_and_never_run(child: Client) -> None:
    begin(child)
    answer(child, "story", "<script>alert(1)</script>")
    page = child.get("/uz/report/review/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_question_nobody_asked_changes_nothing(child: Client) -> None:
    report = begin(child)
    assert answer(child, "password", "x").status_code == 302
    assert set(queries.answers_of(report)) == {"danger"}


def test_a_browser_without_its_cookie_gets_its_words_back(child: Client) -> None:
    page = child.post("/en/report/step/", {"q": "story", "answer": "I wrote this"})
    assert page.status_code == 410
    assert "I wrote this" in page.content.decode()


def test_an_invented_cookie_opens_nothing(child: Client) -> None:
    begin(child)
    child.cookies["report"] = "x" * 32
    assert child.get("/uz/report/now/").headers["Location"] == "/uz/report/"
    child.cookies["report"] = "x" * 4000
    assert child.get("/uz/report/step/").status_code == 302


def test_another_site_cannot_answer_for_a_child(child: Client) -> None:
    report = begin(child)
    said = {"q": "kind", "answer": "fraud"}
    for path in ("", "step/", "send/", "all/", "say/", "delete/", "code/", "follow/", "hours/", "back/"):
        page = child.post(f"/uz/report/{path}", said, headers={"sec-fetch-site": "cross-site"})
        assert page.status_code == 403, path
    assert set(queries.answers_of(report)) == {"danger"}


def test_danger_shows_numbers_and_a_person_above_the_next_question(child: Client) -> None:
    load_numbers()
    begin(child, "yes", "en")
    page = child.get("/en/report/step/").content.decode()
    danger = page[page.index("notice-danger") : page.index('id="question"')]
    assert 'href="/en/talk/"' in danger
    assert 'href="tel:112"' in danger


def test_the_last_pages_end_with_numbers_to_call(child: Client) -> None:
    load_numbers()
    fill(child)
    for page in ("review/", "step/?q=contact"):
        assert 'href="tel:112"' in child.get(f"/en/report/{page}").content.decode()


def test_self_harm_shows_them_too_and_a_calm_report_does_not_begin_with_them(child: Client) -> None:
    begin(child)
    answer(child, "about", "self")
    assert "notice-danger" not in child.get("/uz/report/step/").content.decode()
    answer(child, "kind", "self_harm")
    assert "notice-danger" in child.get("/uz/report/step/").content.decode()


def test_the_board_has_a_drawing_and_a_name_for_every_kind(child: Client) -> None:
    begin(child, language="en")
    page = child.get("/en/report/board/").content.decode()
    assert page.count('name="answer"') == 13
    assert page.count('width="84"') == 13
    assert 'aria-label="Someone wants to die or hurts themselves"' in page
    assert answer(child, "kind", "missing").status_code == 302


def test_pictures_and_fingerprints_are_pages_of_their_own(child: Client) -> None:
    begin(child)
    answer(child, "kind", "cyberbullying")
    assert child.get("/uz/report/step/?q=files").headers["Location"] == "/uz/report/files/"
    child.post("/uz/report/step/", {"answer": "done"})
    report = Report.objects.get()
    assert queries.answers_of(report)["files"] == "done"
    assert "done" not in [value for code, value in queries.answers_of(report).items() if code != "files"]


def test_done_is_no_answer_where_no_pictures_are_asked_for(child: Client) -> None:
    report = begin(child)
    answer(child, "kind", "abuse_material")
    assert child.get("/uz/report/step/?q=files").status_code == 200  # the next question, no page for pictures
    child.post("/uz/report/step/", {"answer": "done"})
    assert set(queries.answers_of(report)) == {"danger", "kind"}


# --- looking over and sending ---------------------------------------------------------------------------------------


def test_the_platform_may_be_told_too_and_need_not_be(child: Client) -> None:
    fill(child, kind="cyberbullying", platform="tiktok")
    page = child.get("/en/report/review/").content.decode()
    assert "You can also tell TikTok" in page
    assert "You do not have to" in page


@pytest.mark.parametrize("kind", ["images", "sextortion", "abuse_material", "self_harm"])
def test_nobody_is_sent_away_to_a_platform_with_the_worst(child: Client, kind: str) -> None:
    fill(child, kind=kind)
    assert "You can also tell" not in child.get("/en/report/review/").content.decode()


def test_sent_is_ours_its_clocks_run_and_its_story_stands_in_the_talk_once(child: Client) -> None:
    report = fill(child)
    child.post("/uz/report/send/")
    child.post("/uz/report/send/")
    report.refresh_from_db()
    assert report.status == ReportStatus.RECEIVED
    assert report.due_at is not None
    assert report.clocks.exists()
    assert [line.text for line in talks.all_lines(report.conversation)] == ["Meni qoʻrqityapti"]
    assert [entry.verb for entry in audit.trail(report.reference)] == ["report.started", "report.sent"]


def test_the_code_is_shown_once_and_sending_again_does_not_end_it(child: Client) -> None:
    fill(child)
    code = goods_on(child.post("/uz/report/send/"))
    again = child.post("/uz/report/send/")
    assert again.headers["Location"] == "/uz/report/now/"
    other = browser()
    assert other.post("/uz/report/back/", {"code": code}).headers["Location"] == "/uz/report/now/"


def test_a_report_is_sent_also_when_no_code_can_be_made_now(child: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(child)

    def busy(*_given: object) -> str:
        raise vault.BusyError

    monkeypatch.setattr("panoh.care.talks.public.issue_receipt", busy)
    page = child.post("/uz/report/send/")
    assert page.status_code == 200
    assert 'action="/uz/report/code/"' in page.content.decode()
    assert Report.objects.get().status == ReportStatus.RECEIVED


def test_an_empty_report_is_not_sent_and_says_what_to_do(child: Client) -> None:
    begin(child, language="en")
    skip(child, "danger", "en")
    page = child.post("/en/report/send/")
    assert page.status_code == 400
    assert "no answer in it yet" in page.content.decode()


def test_danger_alone_is_enough_to_send(child: Client) -> None:
    begin(child, "yes")
    assert child.post("/uz/report/send/").status_code == 200
    assert Report.objects.get().urgency == 1


def test_an_answer_after_sending_changes_nothing_and_its_words_stay_on_the_page(child: Client) -> None:
    report = fill(child)
    child.post("/en/report/send/")
    page = answer(child, "story", "Something new", "en")
    assert page.status_code == 409
    assert "Something new" in page.content.decode()
    assert queries.answers_of(report)["story"] == ALL["story"]


def test_answers_off_the_path_are_not_sent(child: Client) -> None:
    fill(child, contact="phone", phone="+998901234567")
    answer(child, "contact", "receipt")
    child.post("/uz/report/send/")
    assert not Answer.objects.filter(question="phone").exists()


def test_safe_hours_hold_for_the_conversation(child: Client) -> None:
    report = fill(child, contact="phone", phone="+998901234567", safe_hours="15_18")
    child.post("/uz/report/send/")
    conversation = Report.objects.select_related("conversation").get(pk=report.pk).conversation
    assert f"{conversation.safe_from:%H:%M}-{conversation.safe_until:%H:%M}" == "15:00-18:00"


def test_supervisors_are_told_of_danger_by_codes_only(child: Client, supervisor: User) -> None:
    fill(child)
    child.post("/uz/report/send/")
    notify.deliver_due()
    assert mail.outbox == []
    report = filed(danger="yes", story="Uni otasi urgan")
    notify.deliver_due()
    (letter,) = mail.outbox
    assert letter.to == [supervisor.email]
    assert report.reference in letter.body
    assert "otasi" not in f"{letter.subject} {letter.body}"


def test_without_its_audit_entry_nothing_is_sent(child: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(child)

    def broken(*_given: object, **_codes: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("panoh.ground.audit.public.record", broken)
    with pytest.raises(DatabaseError):
        child.post("/uz/report/send/")
    assert Report.objects.get().status == ReportStatus.DRAFT


# --- all at once ----------------------------------------------------------------------------------------------------


def test_all_questions_on_one_page_are_one_report(child: Client) -> None:
    assert child.get("/en/report/all/").status_code == 200
    page = child.post("/en/report/all/", {**ALL, "key": str(uuid.uuid4())})
    assert page.headers["Location"] == "/en/report/sent/"
    report = Report.objects.get()
    assert (report.kind, report.platform, report.region, report.urgency) == ("sextortion", "telegram", "UZ-TK", 2)
    assert queries.answers_of(report)["addresses"] == ["https://t.me/yomon", "@yomon"]
    assert [line.text for line in talks.all_lines(report.conversation)] == [ALL["story"]]
    assert report.addresses.count() == 1  # two spellings of one account
    assert len(goods_on(child.post("/en/report/code/")).splitlines()) == 6


def test_one_answer_that_cannot_be_kept_keeps_all_back_and_every_word_stands_there(child: Client) -> None:
    page = child.post("/en/report/all/", {**ALL, "contact": "phone", "phone": "abc", "story": "Keep this"})
    assert page.status_code == 400
    assert "Keep this" in page.content.decode()
    assert "does not look like a phone number" in page.content.decode()
    assert Report.objects.count() == 0


def test_nothing_at_all_is_not_sent(child: Client) -> None:
    page = child.post("/en/report/all/", {"story": " \u200b"})
    assert page.status_code == 400
    assert "no answer in it yet" in page.content.decode()
    assert talks.Conversation.objects.count() == 0


def test_answers_that_do_not_belong_together_are_not_kept() -> None:
    report = filed(phone="+998901234567", files="done", kind="abuse_material")
    assert {"phone", "files"}.isdisjoint(queries.answers_of(report))


def test_a_replayed_whole_report_is_one(child: Client) -> None:
    said = {**ALL, "key": str(uuid.uuid4())}
    child.post("/uz/report/all/", said)
    child.post("/uz/report/all/", said)
    assert Report.objects.count() == 1
    assert len(talks.all_lines(Report.objects.get().conversation)) == 1


def test_a_whole_report_costs_few_queries(child: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """At most ten statements, and one more for each bell that PostgreSQL rings and for its transactions here."""
    filed()  # what a process learns once is learned
    queries.is_flooded()  # asked once a second
    child.get("/uz/report/all/")
    said = {name: value for name, value in ALL.items() if name != "addresses"}
    bells = 2 if connection.vendor == "postgresql" else 0
    savepoints = 2
    with django_assert_max_num_queries(10 + bells + savepoints):
        page = child.post("/uz/report/all/", said)
    assert page.status_code == 302


def test_answers_are_one_statement(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    report = new_draft()
    with django_assert_max_num_queries(6):
        services.answer_question(report, "kind", "fraud")


# --- services, as other doors call them -----------------------------------------------------------------------------


def test_a_chat_writes_its_story_itself() -> None:
    identity = talks.identity_for("telegram", "77")
    report = services.start_report(channel="telegram", language="uz", key=uuid.uuid4(), identity=identity)
    services.answer_question(report, "story", "Chatda yozilgan")
    services.send_report(report)
    assert talks.all_lines(report.conversation) == []


def test_a_wrong_answer_is_refused_with_its_code() -> None:
    with pytest.raises(AnswerRefusedError) as refused:
        services.answer_question(new_draft(), "kind", "gossip")
    assert refused.value.codes == {"kind": "choose"}


def test_an_unknown_question_is_refused() -> None:
    with pytest.raises(ReportRefusedError):
        services.skip_question(new_draft(), "x")
    with pytest.raises(ReportRefusedError):
        services.answer_question(new_draft(), "x", "y")


def test_an_answer_is_json_under_its_seal() -> None:
    report = filed()
    row = report.answers.get(question="addresses")
    where = queries.where_answer(report.pk, "addresses")
    assert json.loads(vault.unseal(report.conversation.data_key, bytes(row.value), where=where)) == [
        "https://t.me/yomon",
        "@yomon",
    ]


# --- for somebody who calls -----------------------------------------------------------------------------------------


def test_a_counsellor_writes_it_down_and_the_code_must_be_changed(desk: Client, counsellor: User) -> None:
    assert desk.get("/desk/reports/new/").status_code == 200
    said = {**ALL, "channel": "phone", "language": "ru", "key": str(uuid.uuid4())}
    page = desk.post("/desk/reports/new/", said)
    report = Report.objects.get()
    assert (report.channel, report.language, report.taken_by) == ("phone", "ru", counsellor)
    assert report.receipt_to_change
    assert "report" not in page.cookies
    caller = browser()
    assert caller.post("/ru/report/back/", {"code": goods_on(page)}).headers["Location"] == "/ru/report/code/"
    assert caller.get("/ru/report/now/").headers["Location"] == "/ru/report/code/"
    assert caller.post("/ru/report/say/", {"text": "x"}).headers["Location"] == "/ru/report/code/"
    own = goods_on(caller.post("/ru/report/code/"))
    assert caller.get("/ru/report/now/").status_code == 200
    other = browser()
    assert other.post("/ru/report/back/", {"code": goods_on(page)}).status_code == 404
    assert other.post("/ru/report/back/", {"code": own}).headers["Location"] == "/ru/report/now/"


def test_intake_asks_in_the_callers_language_and_speaks_to_us_in_ours(desk: Client) -> None:
    page = desk.get("/desk/reports/new/?language=ru").content.decode()
    assert "Кто-то сейчас в опасности?" in page or "Is someone in danger right now?" in page
    assert said("Write a report for somebody") in page


def test_intake_keeps_what_was_typed_and_takes_the_same_form_once(desk: Client) -> None:
    said = {**ALL, "channel": "phone", "language": "uz", "key": str(uuid.uuid4())}
    wrong = desk.post("/desk/reports/new/", {**said, "channel": "pigeon"})
    assert wrong.status_code == 422
    assert ALL["story"] in wrong.content.decode()
    desk.post("/desk/reports/new/", said)
    desk.post("/desk/reports/new/", said)
    assert Report.objects.count() == 1


def test_only_the_desk_takes_reports_for_others(client: Client, officer: User, anonymous: Client) -> None:
    client.force_login(officer)
    assert client.get("/desk/reports/new/").status_code == 403
    assert anonymous.get("/desk/reports/new/").status_code == 302


def test_a_held_draft_is_gone_on_with_from_the_first_page(child: Client) -> None:
    report = new_draft()
    enter_with(child, report)
    assert 'href="/uz/report/step/"' in child.get("/uz/report/").content.decode()


# --- at the same time -----------------------------------------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_send_at_once_send_one_report() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("rows are locked only there")
    report = new_draft()
    services.answer_question(report, "story", "Bir marta")

    def send(_tab: int) -> str:
        try:
            return services.send_report(Report.objects.get(pk=report.pk)).status
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as tabs:
        assert set(tabs.map(send, range(4))) == {ReportStatus.RECEIVED}
    assert [line.text for line in talks.all_lines(report.conversation)] == ["Bir marta"]
    assert [entry.verb for entry in audit.trail(report.reference)].count("report.sent") == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_form_sent_by_many_thumbs_is_one_report() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("rows are locked only there")
    key = uuid.uuid4()

    def file(_thumb: int) -> str:
        try:
            return services.file_report(channel="web", language="uz", key=key, answers=dict(ALL)).reference
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as thumbs:
        assert len(set(thumbs.map(file, range(6)))) == 1
    assert Report.objects.count() == 1
