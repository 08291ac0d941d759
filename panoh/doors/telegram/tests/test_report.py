"""Telling us something in the chat: one question at a time, by buttons and words, sent, added to, answered."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from panoh.care.helpline import public as helpline
from panoh.care.reports import public as reports
from panoh.care.talks import public as talks
from panoh.doors.telegram import queries
from panoh.doors.telegram.line import Line
from panoh.doors.telegram.models import ChatState, Errand, InboundUpdate
from panoh.doors.telegram.receiver import Receiver
from panoh.doors.telegram.report_steps import LONGEST, answer, option_rows, page_of, read, verb
from panoh.doors.telegram.sender import Sender
from panoh.doors.telegram.services.errands import where_errand
from panoh.ground.languages.public import word
from panoh.ground.vault import public as vault

from .conftest import Emulator, Phone

MORNING = datetime(2026, 11, 10, 4, tzinfo=UTC)  # 9:00 in Tashkent
PHOTO = [{"file_id": "AgAD-1", "file_unique_id": "u", "file_size": 12345}]
Travel = Callable[[datetime], None]


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    def to(moment: datetime) -> None:
        ticks = count()  # no two things happen in the same instant: what came later stays later
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment + timedelta(microseconds=next(ticks)))

    to(MORNING)
    return to


def report_of(phone: Phone) -> Any:
    return queries.reports_of(phone.identity).first()


def answers(phone: Phone) -> dict[str, Any]:
    return reports.answers_of(report_of(phone))


def buttons(phone: Phone) -> list[str]:
    """What the newest message of the bot would send back."""
    last = [line for line in phone.lines if line.direction == "bot" and line.meta.get("buttons")][-1]
    return [button["data"] for row in last.meta["buttons"] for button in row]


def press(phone: Phone, ending: str) -> int:
    """Taps the button under the newest message whose data ends so; if need be on the next page."""
    for _ in range(3):
        if found := [data for data in buttons(phone) if data.endswith(ending)]:
            return phone.taps(found[0])
        phone.taps(next(data for data in buttons(phone) if ":.page:" in data))
    raise AssertionError(ending)


def begin(phone: Phone, language: str = "uz") -> None:
    phone.says("/report")
    phone.taps(f"lang:{language}")


def asked(phone: Phone) -> str:
    return ChatState.objects.get().question


def fill(phone: Phone) -> None:
    """From the first question to the review, the short way."""
    press(phone, ":danger:no")
    press(phone, ":about:self")
    press(phone, ":kind:other")
    phone.says("Meni haqorat qilishdi")
    while asked(phone) != ".review":
        press(phone, f".skip:{asked(phone)}")


def sent(phone: Phone) -> Any:
    begin(phone)
    fill(phone)
    press(phone, ".send:")
    return report_of(phone)


def toasts() -> list[str]:
    rows = Errand.objects.filter(method="answer").order_by("created_at")
    return [json.loads(vault.unseal(row.data_key, row.payload, where=where_errand(row.pk)))["text"] for row in rows]


def leaving() -> list[str]:
    """What leaves the house now, as the sender would take it."""
    found = []
    while claimed := talks.claim_outgoing("telegram"):
        for out in claimed:
            found.append(out.body)
            talks.mark_sent(out.message_id, external_id=9000 + out.message_id)
    return found


def test_a_whole_report_in_uzbek_cyrillic_by_buttons(phone: Phone) -> None:
    begin(phone, "uz-cyrl")
    press(phone, ":danger:no")
    press(phone, ":about:self")
    press(phone, ":kind:sextortion")
    phone.says("Пул сўраяпти, расмимни тарқатаман деяпти")
    press(phone, ":platform:telegram")
    phone.says("@yomon_odam\nhttps://t.me/yomon")
    press(phone, ":when:today")
    while asked(phone) != ".review":
        press(phone, f".skip:{asked(phone)}" if asked(phone) != "safe_hours" else ":safe_hours:15_18")
    press(phone, ".send:")
    report = report_of(phone)
    assert (report.status, report.language, report.channel) == ("received", "uz-cyrl", "telegram")
    assert (report.kind, report.about, report.danger, report.platform) == ("sextortion", "self", "no", "telegram")
    assert answers(phone)["story"] == "Пул сўраяпти, расмимни тарқатаман деяпти"
    assert answers(phone)["addresses"] == ["@yomon_odam", "https://t.me/yomon"]
    assert (report.conversation.safe_from.hour, report.conversation.safe_until.hour) == (15, 18)
    assert "telegram_report.sent" in phone.codes
    assert asked(phone) == ""


def test_the_words_are_said_in_the_chosen_language(phone: Phone) -> None:
    begin(phone, "ru")
    last = [line for line in phone.lines if line.direction == "bot"][-1]
    assert last.meta["question"] == "danger"
    assert last.text == word("report.danger", "ru")
    assert last.meta["buttons"][-1][0]["text"] == "Нужен человек"


def test_the_first_menu_has_a_button_for_it(phone: Phone) -> None:
    phone.says("/start")
    phone.taps("lang:uz")
    press(phone, "report")
    assert asked(phone) == "danger"


def test_a_report_and_a_talk_are_two_conversations_of_one_person(phone: Phone) -> None:
    phone.says("Salom")
    phone.taps("lang:uz")
    phone.says("/report")
    assert report_of(phone).conversation.purpose == "report"
    assert phone.talk.conversation != report_of(phone).conversation
    assert phone.talk.status == helpline.Status.WAITING


def test_a_button_of_an_earlier_question_changes_nothing_and_says_so(phone: Phone) -> None:
    begin(phone)
    old = next(data for data in buttons(phone) if data.endswith(":danger:yes"))
    press(phone, ":danger:no")
    said = len(phone.lines)
    phone.taps(old)
    assert answers(phone)["danger"] == "no"
    assert len(phone.lines) == said
    assert toasts()[-1] == word("telegram_report.old_button", "uz")


def test_the_same_button_twice_is_one_answer(phone: Phone) -> None:
    begin(phone)
    data = next(data for data in buttons(phone) if data.endswith(":danger:no"))
    phone.taps(data)
    said = len(phone.lines)
    phone.taps(data)
    assert (len(phone.lines), toasts()[-1]) == (said, "")


def test_an_update_that_comes_twice_answers_once(webhook: Callable[..., Any], phone: Phone) -> None:
    begin(phone)
    data = next(data for data in buttons(phone) if data.endswith(":danger:no"))
    query = {"id": "q", "from": {"id": phone.chat}, "message": phone.message(), "data": data, "chat_instance": "1"}
    for _ in range(2):
        assert webhook({"update_id": 5000, "callback_query": query}, "right-secret-of-the-centre").status_code == 200
        Receiver(hold_gaps=False).drain()
    assert [line.meta["question"] for line in phone.lines if line.kind == "button" and line.meta] == ["danger"]
    assert asked(phone) == "about"


def test_somebody_elses_button_is_nobodys(phone: Phone) -> None:
    begin(phone)
    data = next(data for data in buttons(phone) if data.endswith(":danger:yes"))
    number = Phone(chat=666, numbers=phone.numbers).taps(data)
    assert InboundUpdate.objects.get(pk=number).reason == "old_button"
    assert "danger" not in answers(phone)


@pytest.mark.parametrize(
    "data", ["r:", "r::::", "r:zzzzzz:danger:yes", "r:{tag}:danger:maybe", "r:{tag}:nothing:yes", "r:{tag}:.fly:x"]
)
def test_a_forged_button_does_nothing(phone: Phone, data: str) -> None:
    begin(phone)
    number = phone.taps(data.replace("{tag}", report_of(phone).pk.hex[:6]))
    assert InboundUpdate.objects.get(pk=number).reason == "old_button"
    assert answers(phone) == {}


def test_danger_shows_numbers_and_is_urgent_at_once(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    number = SimpleNamespace(name="Namuna", number="000", is_example=True)
    monkeypatch.setattr("panoh.doors.telegram.services.says.numbers_to_call", lambda *_: [number])
    begin(phone)
    press(phone, ":danger:yes")
    assert report_of(phone).urgency == 1
    assert "danger.call_too" in phone.codes
    assert asked(phone) == "about"


def test_a_person_now_in_the_middle_and_the_answers_are_kept(phone: Phone) -> None:
    begin(phone)
    press(phone, ":danger:no")
    press(phone, "person")
    assert phone.talk.status == helpline.Status.WAITING
    phone.says("Yordam bering")
    assert [line.text for line in talks.all_lines(phone.talk.conversation) if line.is_from_person][
        -1
    ] == "Yordam bering"
    phone.says("/report")
    assert (asked(phone), answers(phone)) == ("about", {"danger": "no"})


def test_what_answers_a_counsellor_goes_to_the_counsellor(phone: Phone) -> None:
    phone.says("Salom")
    phone.taps("lang:uz")
    phone.says("/report")
    press(phone, ":danger:no")
    press(phone, ":about:self")
    press(phone, ":kind:other")
    talks.append_message(phone.talk.conversation, direction="out", body="Qalaysiz?")
    phone.says("Yaxshi")
    assert "story" not in answers(phone)
    assert [line.text for line in talks.all_lines(phone.talk.conversation) if line.is_from_person][-1] == "Yaxshi"


def test_a_picture_is_refused_and_nobody_can_ever_fetch_it(phone: Phone) -> None:
    begin(phone)
    phone.sends(photo=PHOTO, caption="mana")
    line = next(line for line in phone.lines if line.kind == "photo")
    assert (line.text, line.meta) == ("mana", {"type": "photo", "refused": True})
    assert phone.codes[-1] == "telegram_report.no_pictures"
    assert "/report/" in phone.lines[-1].text
    assert asked(phone) == "danger"


def test_a_place_sent_during_a_report_is_not_kept(phone: Phone) -> None:
    begin(phone)
    phone.sends(location={"latitude": 41.311081, "longitude": 69.240562})
    assert "41.31" not in str(phone.lines)
    assert phone.codes[-1] == "telegram_report.only_words"


def test_words_typed_where_a_button_is_asked_for_are_kept_and_make_the_story_longer(phone: Phone) -> None:
    begin(phone)
    for ending in (":danger:no", ":about:self", ":kind:other"):
        press(phone, ending)
    phone.says("Birinchi")
    phone.says("Ikkinchi")
    assert answers(phone)["story"] == "Birinchi\nIkkinchi"
    assert phone.own == ["Birinchi", "Ikkinchi"]
    assert asked(phone) == "platform"


def test_an_edited_message_replaces_the_answer_before_sending(phone: Phone) -> None:
    begin(phone)
    for ending in (":danger:no", ":about:self", ":kind:other"):
        press(phone, ending)
    first = phone.message(text="eski")
    phone.update(message=first)
    phone.update(edited_message={**first, "text": "yangi", "edit_date": first["date"] + 5})
    assert answers(phone)["story"] == "yangi"
    line = next(line for line in phone.lines if line.is_from_person and line.text == "yangi")
    assert [text for _, text in talks.earlier_wordings(report_of(phone).conversation, line.seq)] == ["eski"]


def test_an_edit_after_sending_is_read_as_more_words(phone: Phone) -> None:
    begin(phone)
    for ending in (":danger:no", ":about:self", ":kind:other"):
        press(phone, ending)
    first = phone.message(text="eski")
    phone.update(message=first)
    while asked(phone) != ".review":
        press(phone, f".skip:{asked(phone)}")
    press(phone, ".send:")
    phone.update(edited_message={**first, "text": "yangi", "edit_date": first["date"] + 5})
    assert answers(phone)["story"] == "eski"
    assert phone.own.count("yangi") == 2  # in its place, and at the end where somebody looks


def test_back_shows_the_answer_and_next_keeps_it(phone: Phone) -> None:
    begin(phone)
    press(phone, ":danger:no")
    press(phone, ":about:self")
    press(phone, ".back:kind")
    press(phone, ".back:about")
    assert asked(phone) == "danger"
    press(phone, ".keep:danger")
    press(phone, ":about:known")
    assert (asked(phone), answers(phone)) == ("kind", {"danger": "no", "about": "known"})


def test_from_the_review_one_can_go_back_and_send_only_what_was_seen(phone: Phone) -> None:
    begin(phone)
    press(phone, ":danger:no")
    tag = report_of(phone).pk.hex[:6]
    phone.taps(verb(tag, "send"))
    assert report_of(phone).status == "draft"
    while asked(phone) != ".review":
        press(phone, f".skip:{asked(phone)}")
    press(phone, ".back:safe_hours")
    assert asked(phone) == "safe_hours"


def test_an_empty_report_is_not_sent(phone: Phone) -> None:
    begin(phone)
    while asked(phone) != ".review":
        press(phone, f".skip:{asked(phone)}")
    press(phone, ".send:")
    assert report_of(phone).status == "draft"
    assert toasts()[-1] == word("telegram_report.nothing", "uz")


def test_who_comes_back_a_day_later_with_words_is_heard_and_not_taken_for_an_answer(phone: Phone) -> None:
    begin(phone)
    for ending in (":danger:no", ":about:self", ":kind:other"):
        press(phone, ending)
    ChatState.objects.update(asked_at=timezone.now() - timedelta(days=1))
    phone.says("Yordam bering")
    assert "story" not in answers(phone)
    assert phone.talk.status == helpline.Status.WAITING


def test_a_wrong_phone_number_or_no_words_is_asked_again(phone: Phone) -> None:
    begin(phone)
    for ending in (":danger:no", ":about:self", ":kind:other"):
        press(phone, ending)
    phone.says("\u200b\u200b")
    assert (asked(phone), phone.codes[-1]) == ("story", "telegram_report.empty")


def test_long_lists_are_paged(phone: Phone) -> None:
    begin(phone)
    while asked(phone) != "platform":
        press(phone, f".skip:{asked(phone)}")
    first = buttons(phone)
    press(phone, ".page:platform.1")
    assert not {data for data in first if ":platform:" in data} & {
        data for data in buttons(phone) if ":platform:" in data
    }


def test_sending_twice_is_once_and_no_receipt_is_needed(phone: Phone) -> None:
    report = sent(phone)
    phone.taps(verb(report.pk.hex[:6], "send"))
    assert phone.codes.count("telegram_report.sent") == 1
    assert not report.conversation.receipts.exists()


def test_a_code_for_another_phone_is_shown_in_a_window_and_stands_nowhere(phone: Phone) -> None:
    report = sent(phone)
    press(phone, ".code:")
    code = toasts()[-1].split("\n\n")[0]
    assert talks.conversation_by_receipt(code) == report.conversation
    assert code not in str(phone.lines)


def test_report_again_tells_where_it_stands(phone: Phone) -> None:
    sent(phone)
    phone.says("/report")
    assert phone.codes[-1] == "telegram_report.status"
    phone.taps("rnew")
    assert queries.reports_of(phone.identity).count() == 2
    assert asked(phone) == "danger"


def test_words_after_sending_are_in_the_report_before_anybody_chooses(phone: Phone) -> None:
    report = sent(phone)
    phone.says("Yana bir narsa")
    lines = [line.text for line in talks.all_lines(report.conversation) if line.is_from_person]
    assert lines[-1] == "Yana bir narsa"
    assert phone.codes[-1] == "telegram_report.which"
    press(phone, ".add:" + buttons(phone)[0].rpartition(":")[2])
    assert phone.talk is None or phone.talk.status == helpline.Status.TRIAGING


def test_words_after_sending_can_be_brought_to_a_person_once(phone: Phone) -> None:
    sent(phone)
    phone.says("Qoʻrqyapman")
    phone.says("Iltimos")
    (data,) = [data for data in buttons(phone) if ":.talk:" in data]
    for _ in range(2):
        phone.taps(data)
    assert phone.talk.status == helpline.Status.WAITING
    said = [
        line.text for line in talks.all_lines(phone.talk.conversation) if line.is_from_person and line.kind == "text"
    ]
    assert said == ["Qoʻrqyapman", "Iltimos"]


def test_with_a_person_there_words_go_to_the_talk(phone: Phone) -> None:
    sent(phone)
    phone.says("/person")
    phone.says("Salom")
    assert [line.text for line in talks.all_lines(phone.talk.conversation) if line.is_from_person][-1] == "Salom"
    assert "telegram_report.which" not in phone.codes


def test_delete_takes_the_report_and_what_is_followed_too(phone: Phone) -> None:
    report = sent(phone)
    web = talks.open_conversation(channel="web", language="uz", purpose="report")
    phone.says(f"/start {talks.new_follow_code(web)}")
    identity = phone.identity
    phone.says("/delete")
    phone.taps("delete:yes")
    identity.refresh_from_db()
    report.refresh_from_db()
    web.refresh_from_db()
    assert (bool(report.forgotten_at), bool(identity.forgotten_at)) == (True, True)
    assert (web.followed_by, web.forgotten_at) == (None, None)


@pytest.mark.parametrize("how", ["/start {code}", "{code}"])
def test_a_code_from_the_web_page_brings_the_outcome_here_at_the_safe_hour_only(
    phone: Phone, travel: Travel, how: str
) -> None:
    web = talks.open_conversation(channel="web", language="uz", purpose="report")
    phone.says(how.format(code=talks.new_follow_code(web)))
    leaving()
    talks.tell_outcome(web, body="Rasm oʻchirildi", author=None)
    travel(MORNING + timedelta(hours=4, minutes=59))  # 13:59
    assert leaving() == []
    travel(MORNING + timedelta(hours=5))
    assert leaving() == ["Rasm oʻchirildi"]


def test_a_wrong_code_looks_the_same(phone: Phone) -> None:
    web = talks.open_conversation(channel="web", language="uz", purpose="report")
    other = Phone(chat=666, numbers=phone.numbers)
    phone.says(f"/start {talks.new_follow_code(web)}")
    other.says("/start 22222A22")
    shown = [(line.text, line.meta["buttons"]) for line in phone.lines if line.direction == "bot"]
    assert shown == [(line.text, line.meta["buttons"]) for line in other.lines if line.direction == "bot"]


def test_a_word_that_only_looks_like_a_code_is_kept(phone: Phone) -> None:
    phone.says("SHAXZ7D2")
    assert phone.own == ["SHAXZ7D2"]
    assert phone.talk.status == helpline.Status.WAITING


def test_the_outcome_of_a_report_arrives_in_its_hours(phone: Phone, travel: Travel) -> None:
    report = sent(phone)
    leaving()
    talks.tell_outcome(report.conversation, body="Biz yordam topdik", author=None)
    phone.says("/report")
    assert "Biz yordam topdik" not in leaving()  # and the bot's own answer does not wait for it
    travel(MORNING + timedelta(hours=5))
    assert leaving() == ["Biz yordam topdik"]


def test_what_staff_write_in_a_report_arrives_through_the_same_outbox(phone: Phone) -> None:
    report = sent(phone)
    leaving()
    talks.append_message(report.conversation, direction="out", body="Qaysi ilova edi?")
    assert leaving() == ["Qaysi ilova edi?"]


def test_what_was_missed_after_stop_comes_once_the_person_is_back(phone: Phone, travel: Travel) -> None:
    report = sent(phone)
    leaving()
    phone.says("/stop")
    told = talks.append_message(report.conversation, direction="out", body="Topildi")
    talks.claim_outgoing("telegram")
    talks.mark_failed(told.pk, reason="hidden")
    travel(MORNING + timedelta(hours=5))
    phone.says("/report")
    assert "Topildi" in leaving()


def test_the_pretend_phone_shows_the_question_and_its_buttons(emulator: Emulator, db: None) -> None:
    phone = Phone(chat=700001)
    emulator.post("_act", {"act": "unblock", "chat": phone.chat})
    begin(phone)
    line = Line("1:emulator", emulator.base)
    Sender(line).drain(15)
    line.close()
    last = [one for one in emulator.get(f"_chats/{phone.chat}")["messages"] if not one.get("mine")][-1]
    assert last["text"] == word("report.danger", "uz")
    shown = [button["callback_data"] for row in last["reply_markup"]["inline_keyboard"] for button in row]
    assert shown == buttons(phone)


def test_no_button_is_longer_than_telegram_takes() -> None:
    questions = reports.questionnaire().questions
    data = [answer("abcdef", question.code, option.code) for question in questions for option in question.options]
    data += [verb("abcdef", "page", f"{question.code}.12") for question in questions]
    assert max(len(one.encode()) for one in data) <= LONGEST


@pytest.mark.parametrize(
    ("about", "found"), [("platform.2", ("platform", 2)), ("platform.²", ("platform", 0)), ("x", ("", 0))]
)
def test_a_page_is_read(about: str, found: tuple[str, int]) -> None:
    assert page_of(about) == found


def test_a_list_ends_with_the_way_to_its_next_page_and_back_to_the_first() -> None:
    options = [(f"o{number}", f"O {number}") for number in range(9)]
    rows = option_rows("abcdef", "q", options, 1, "More")
    assert rows == [[("O 8", "r:abcdef:q:o8")], [("More", "r:abcdef:.page:q.2")]]
    assert option_rows("abcdef", "q", options, 2, "More")[0] == [("O 0", "r:abcdef:q:o0")]


def test_a_tap_is_read_in_parts() -> None:
    assert (read("abcdef:danger:yes").name, read("abcdef:.back:kind").verb) == ("danger", "back")


@pytest.mark.parametrize("typed_at", ["story", "danger", "sent"])
def test_whoever_writes_that_they_want_to_die_is_offered_a_person_at_once_and_once(phone: Phone, typed_at: str) -> None:
    """As the answer, while a button is asked for, and after it was sent."""
    if typed_at == "sent":
        sent(phone)
    else:
        begin(phone, "uz-cyrl")
    if typed_at == "story":
        press(phone, ":danger:no")
        press(phone, ":about:self")
        press(phone, ":kind:other")
    assert "report.danger_now" not in phone.codes
    phone.says("Мен ўлмоқчиман")
    assert report_of(phone).urgency == 1
    assert phone.codes.count("report.danger_now") == 1
    offer = next(line for line in phone.lines if line.meta.get("code") == "report.danger_now")
    assert offer.meta["buttons"][-1][0]["data"] == "person"
    phone.says("Мен ўлмоқчиман")
    assert phone.codes.count("report.danger_now") == 1


def test_ordinary_words_call_nobody(phone: Phone) -> None:
    begin(phone)
    press(phone, ":danger:no")
    press(phone, ":about:self")
    press(phone, ":kind:other")
    phone.says("Bugun darsga bordim")
    assert "report.danger_now" not in phone.codes
    assert report_of(phone).urgency > 1
