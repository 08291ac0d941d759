"""Coming back: where it stands, words both ways, who looked, safe hours, Telegram, and deleting at once."""

import uuid
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client

from panoh.care.reports import queries, services
from panoh.care.reports.errors import ReportRefusedError
from panoh.care.reports.models import Report, ReportStatus
from panoh.care.reports.tests.form_cast import begin, browser, enter_with, filed, goods_on, new_draft
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    return filed()


@pytest.fixture
def child(report: Report) -> Client:
    """A browser that holds a sent report."""
    cache.clear()
    client = browser()
    enter_with(client, report)
    return client


def says(client: Client, text: str, language: str = "en") -> int:
    said = {"text": text, "key": str(uuid.uuid4())}
    return client.post(f"/{language}/report/say/", said).status_code


def now(client: Client, language: str = "en") -> str:
    return client.get(f"/{language}/report/now/").content.decode()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("received", "Nobody has read it yet"),
        ("read", "We have read it"),
        ("working", "We are working on it"),
        ("passed_on", "We passed it on"),
        ("closed", "We have finished"),
        ("a_code_of_tomorrow", "We have it"),
    ],
)
def test_the_status_is_said_in_plain_words(child: Client, report: Report, code: str, said: str) -> None:
    Report.objects.filter(pk=report.pk).update(shown_status=code)
    assert said in now(child)


def test_words_go_both_ways(child: Client, report: Report, counsellor: User) -> None:
    assert says(child, "Yana bir narsa") == 302
    talks.append_message(report.conversation, direction="out", body="Rahmat, oʻqidik", author=counsellor)
    page = now(child)
    assert "Yana bir narsa" in page
    assert "Rahmat, oʻqidik" in page


def test_a_note_of_ours_is_not_shown(child: Client, report: Report) -> None:
    talks.append_message(report.conversation, direction="note", body="faqat biz uchun", audience="staff")
    assert "faqat biz uchun" not in now(child)


def test_a_replayed_form_says_it_once(child: Client, report: Report) -> None:
    said = {"text": "Bir marta", "key": str(uuid.uuid4())}
    child.post("/uz/report/say/", said)
    child.post("/uz/report/say/", said)
    assert [line.text for line in talks.all_lines(report.conversation)].count("Bir marta") == 1


@pytest.mark.parametrize(("text", "status"), [("", 400), ("\u202e\u200b", 400), ("z" * 4001, 400)])
def test_words_we_cannot_take_come_back_in_the_field(child: Client, text: str, status: int) -> None:
    page = child.post("/en/report/say/", {"text": text, "key": "nonsense"})
    assert page.status_code == status
    assert text.strip("\u202e\u200b") in page.content.decode()


def test_a_flood_of_words_waits_and_nothing_typed_is_lost(child: Client) -> None:
    codes = [says(child, f"soʻz {number}") for number in range(25)]
    assert codes[0] == 302
    assert codes[-1] == 429
    assert "kept words" in child.post("/en/report/say/", {"text": "kept words"}).content.decode()


def test_how_often_our_people_opened_it_is_told(child: Client, report: Report, counsellor: User) -> None:
    assert "Nobody has opened it yet" in now(child)
    audit.record("report.viewed", thing=report.reference, actor=counsellor.code)
    assert "opened it: 1." in now(child)


def test_looking_again_keeps_what_was_typed(child: Client) -> None:
    page = child.post("/en/report/now/", {"text": "half a sentence"})
    assert "half a sentence" in page.content.decode()


def test_a_finished_report_takes_no_more_words_and_gives_them_back(child: Client, report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(status=ReportStatus.CLOSED, closed_at=report.sent_at)
    page = child.post("/en/report/say/", {"text": "too late?"})
    assert page.status_code == 409
    assert "too late?" in page.content.decode()
    assert "too late?" not in [line.text for line in talks.all_lines(report.conversation)]


def test_words_to_a_draft_are_refused() -> None:
    with pytest.raises(ReportRefusedError):
        services.receive_report_words(new_draft(), "x", uuid.uuid4())


# --- the code -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru", "en", "kaa"])
def test_a_code_opens_it_from_another_device_in_any_language(child: Client, language: str) -> None:
    code = goods_on(child.post("/uz/report/code/"))
    other = browser()
    assert other.post(f"/{language}/report/back/", {"code": code}).headers["Location"] == f"/{language}/report/now/"
    assert "Meni qoʻrqityapti" in other.get(f"/{language}/report/now/").content.decode()


def test_a_wrong_code_and_no_code_look_the_same(child: Client) -> None:
    wrong = child.post("/en/report/back/", {"code": "3 bread, 4 milk, 5 salt, 6 eggs, 7 soap, 8 rice"})
    assert wrong.status_code == child.post("/en/report/back/", {"code": "x" * 900}).status_code == 404
    assert "We do not find this list" in wrong.content.decode()


def test_too_many_at_once_are_asked_to_wait(child: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_given: object) -> None:
        raise vault.BusyError

    monkeypatch.setattr("panoh.care.talks.public.conversation_by_receipt", busy)
    assert child.post("/en/report/back/", {"code": "3 bread"}).status_code == 503


def test_the_code_of_a_talk_opens_the_talk() -> None:
    conversation = talks.open_conversation(channel="web", language="uz")
    code = talks.issue_receipt(conversation)
    other = browser()
    page = other.post("/uz/report/back/", {"code": code})
    assert page.headers["Location"] == "/uz/talk/now/"
    assert talks.conversation_by_visit(other.cookies["talk"].value) == conversation
    assert "report" not in other.cookies


def test_the_code_of_a_draft_goes_on_where_it_stopped() -> None:
    first = browser()
    begin(first)
    code = goods_on(first.post("/uz/report/code/"))
    other = browser()
    assert other.post("/uz/report/back/", {"code": code}).headers["Location"] == "/uz/report/step/"
    assert 'name="q" value="about"' in other.get("/uz/report/step/").content.decode()


def test_sending_does_not_end_a_code_that_was_made_before() -> None:
    first = browser()
    begin(first)
    code = goods_on(first.post("/uz/report/code/"))
    page = first.post("/en/report/send/")
    assert "Your code still works" in page.content.decode()
    assert browser().post("/uz/report/back/", {"code": code}).status_code == 302


def test_help_now_stands_first_until_somebody_answered(child: Client, report: Report, counsellor: User) -> None:
    """After that their words come first, and the numbers to call below them."""
    Report.objects.filter(pk=report.pk).update(urgency=1)
    page = now(child)
    assert page.index("notice-danger") < page.index("<h1")
    talks.append_message(report.conversation, direction="out", body="Siz bilan gaplashamiz.", author=counsellor)
    page = now(child)
    assert page.index("Siz bilan gaplashamiz.") < page.index("notice-danger")


# --- safe hours and Telegram ----------------------------------------------------------------------------------------


def test_safe_hours_can_be_changed_later(child: Client, report: Report) -> None:
    child.post("/uz/report/hours/", {"answer": "18_21"})
    fresh = Report.objects.select_related("conversation").get(pk=report.pk)
    assert queries.safe_hours_code(fresh) == "18_21"
    child.post("/uz/report/hours/", {"answer": "any"})
    fresh.conversation.refresh_from_db()
    assert queries.safe_hours_code(fresh) == "any"


def test_at_any_time_is_at_any_time_in_telegram_too(child: Client, report: Report) -> None:
    """Said before the chat is there, it is not taken for hours that were never named."""
    child.post("/uz/report/hours/", {"answer": "any"})
    identity = talks.identity_for("telegram", "700200")
    chat = talks.follow_by_code(talks.new_follow_code(report.conversation), identity)
    assert chat is not None
    night = datetime(2027, 3, 1, 22, tzinfo=UTC)
    assert talks.next_safe_moment(chat, night) == night


def test_an_invented_hour_changes_nothing(child: Client, report: Report) -> None:
    assert child.post("/uz/report/hours/", {"answer": "00:00-24:00"}).status_code == 400
    report.conversation.refresh_from_db()
    assert report.conversation.safe_from is None


def test_a_code_brings_the_answer_to_telegram_too(child: Client, report: Report) -> None:
    page = child.post("/en/report/follow/").content.decode()
    identity = talks.identity_for("telegram", "4711")
    words = page.split("<strong>")
    code = next(word.split("<")[0] for word in words if len(word.split("<")[0]) == 8)
    assert talks.follow_by_code(code, identity) is not None
    assert talks.follow_by_code(code, identity) is None


# --- deleting -------------------------------------------------------------------------------------------------------


def test_deleting_is_asked_once_and_then_nothing_is_left(child: Client, report: Report) -> None:
    assert child.get("/uz/report/delete/").status_code == 200
    assert Report.objects.get().forgotten_at is None
    page = child.post("/uz/report/delete/")
    assert page.status_code == 200
    assert page.cookies["report"].value == ""
    held = Report.objects.get()
    assert held.forgotten_at is not None
    assert held.status == ReportStatus.CLOSED
    assert held.due_at is None
    assert held.answers.count() == held.addresses.count() == 0
    assert talks.all_lines(held.conversation) == []
    assert queries.answers_of(held) == {}


def test_a_draft_is_deleted_and_counts_as_left(child: Client) -> None:
    draft = new_draft()
    services.answer_question(draft, "kind", "fraud")
    assert services.delete_report(draft)
    held = Report.objects.get(pk=draft.pk)
    assert held.status == ReportStatus.DRAFT
    assert held.counted


def test_a_deleted_report_is_counted_once(report: Report) -> None:
    services.delete_report(report)
    services.delete_report(report)
    assert Report.objects.get().counted
    assert [entry.verb for entry in audit.trail(report.reference)].count("report.forgotten") == 1


def test_a_legal_hold_shuts_it_and_says_so(child: Client, report: Report, supervisor: User) -> None:
    vault.hold(report.reference, kind="legal", reason="court_order", by=supervisor.code)
    page = child.post("/en/report/delete/").content.decode()
    assert "A court or the police asked us to keep it" in page
    held = Report.objects.get()
    assert held.forgotten_at is None
    assert held.closed_at is None
    assert child.get("/en/report/now/").status_code == 302


def test_after_deleting_the_code_opens_nothing(child: Client) -> None:
    code = goods_on(child.post("/uz/report/code/"))
    child.post("/uz/report/delete/")
    assert browser().post("/uz/report/back/", {"code": code}).status_code == 404


@pytest.mark.parametrize("path", ["step/", "board/", "review/", "sent/", "now/", "delete/", "code/"])
def test_without_a_report_every_page_leads_to_the_first(path: str) -> None:
    assert browser().get(f"/uz/report/{path}").headers["Location"] == "/uz/report/"


@pytest.mark.parametrize("path", ["send/", "say/", "hours/", "follow/", "code/", "delete/"])
def test_without_a_report_every_form_gets_its_words_back(path: str) -> None:
    page = browser().post(f"/en/report/{path}", {"text": "Do not lose this"})
    assert page.status_code == 410
    assert "Do not lose this" in page.content.decode()


def test_one_browser_never_sees_the_report_of_another(child: Client, report: Report) -> None:
    other = browser()
    enter_with(other, filed(story="Boshqa bola"))
    assert "Boshqa bola" not in now(child)
    assert "Meni qoʻrqityapti" not in now(other)
