"""The line over real HTTP: every answer of the Bot API becomes the right fate."""

import time
import traceback
from collections.abc import Iterator

import pytest

from panoh.care.talks import public as talks
from panoh.doors.telegram import line as real
from panoh.doors.telegram.answers import Answer
from panoh.doors.telegram.botapi import NoAnswerError, NotReachedError, SaidNoError
from panoh.doors.telegram.line import Line
from panoh.doors.telegram.sender import Sender

from .conftest import Emulator, Phone, free_port, wait_until

CHAT = 700001


@pytest.fixture
def line(emulator: Emulator) -> Iterator[Line]:
    opened = Line("1:emulator", emulator.base)
    emulator.post("_act", {"act": "unblock", "chat": CHAT})
    yield opened
    opened.close()


def spoken(line: Line, text: str = "Salom", chat: int = CHAT) -> Answer:
    heard: list[Answer] = []
    line.send(str(chat), text, [[{"text": "Ha", "data": "person"}]], heard.append)
    answer: Answer = wait_until(lambda: heard and heard[0])
    return answer


def test_a_text_with_its_buttons_arrives(line: Line, emulator: Emulator) -> None:
    answer = spoken(line, "Assalomu alaykum")
    (last,) = [one for one in emulator.get(f"_chats/{CHAT}")["messages"] if one["message_id"] == answer.number]
    assert (answer.fate, last["text"]) == ("sent", "Assalomu alaykum")
    assert last["reply_markup"]["inline_keyboard"] == [[{"text": "Ha", "callback_data": "person"}]]


def test_refusals_say_why(line: Line, emulator: Emulator) -> None:
    assert spoken(line, "x" * 4097) == Answer("refused", reason="too_long")
    assert spoken(line, " \n ") == Answer("refused", reason="empty")
    assert spoken(line, chat=987654321) == Answer("refused", reason="chat_not_found")
    emulator.post("_act", {"act": "block", "chat": CHAT})
    assert spoken(line) == Answer("refused", reason="blocked")


def test_429_and_500_are_certain_not_to_have_arrived(line: Line, emulator: Emulator) -> None:
    before = len(emulator.texts(CHAT))
    emulator.post("_faults", {"429": 1, "retry_after": 7})
    assert spoken(line) == Answer("wait", seconds=7.0, reason="too_many")
    emulator.post("_faults", {"429": 0, "500": 1})
    assert spoken(line) == Answer("later", reason="server")
    assert len(emulator.texts(CHAT)) == before


def test_a_line_nobody_answers_is_certain_too(line: Line) -> None:
    dead = Line("1:emulator", f"http://127.0.0.1:{free_port()}")
    assert spoken(dead) == Answer("later", reason="network")
    dead.close()


def test_silence_after_the_request_leaves_it_unknown(
    line: Line, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(real, "CALL_SECONDS", 1)
    emulator.post("_faults", {"timeout": 1, "seconds": 3})
    before = len(emulator.texts(CHAT))
    assert spoken(line) == Answer("unknown", reason="no_answer")
    assert len(emulator.texts(CHAT)) == before + 1


def test_own_messages_are_taken_back_in_one_call(line: Line, emulator: Emulator) -> None:
    numbers = [spoken(line, text).number for text in ("bir", "ikki")]
    assert line.do("delete", {"chat_id": CHAT, "message_ids": numbers}).fate == "sent"
    assert not {"bir", "ikki"} & set(emulator.texts(CHAT))


def test_a_counsellors_words_reach_the_phone_through_faults_and_none_twice(
    line: Line, emulator: Emulator, db: None
) -> None:
    phone = Phone(chat=CHAT)
    conversation = talks.open_conversation(channel="telegram", language="uz", identity=phone.identity)
    wanted = [f"javob {n} {time.monotonic_ns()}" for n in range(8)]
    for text in wanted:
        talks.append_message(conversation, direction="out", body=text)
    emulator.post("_faults", {"429": 0.3, "500": 0.3, "retry_after": 1})
    sender, end = Sender(line), time.monotonic() + 20
    sender.pace._bucket(str(CHAT), time.monotonic()).rate = 100
    while time.monotonic() < end and talks.Message.objects.exclude(delivery="sent").exists():
        talks.Message.objects.filter(delivery="queued").update(next_attempt_at=None)
        sender.pace.held.clear()
        sender.drain(1)
    assert [text for text in emulator.texts(CHAT) if text in wanted] == wanted


def test_what_is_written_about_a_failed_call_holds_neither_token_nor_address(line: Line, emulator: Emulator) -> None:
    dead = Line("1:emulator", f"http://127.0.0.1:{free_port()}")
    with pytest.raises(NotReachedError) as not_reached:
        dead.ask("getMe")
    emulator.post("_faults", {"500": 1})
    with pytest.raises(SaidNoError) as said_no:
        line.ask("sendMessage", chat_id=CHAT, text="Salom")
    emulator.post("_faults", {"500": 0})
    with pytest.raises(NoAnswerError) as no_file:
        dead._run(dead.api.download("a/file", 1000, 5)).result()
    for caught in (not_reached, said_no, no_file):
        told = "".join(traceback.format_exception(caught.value))
        assert "1:emulator" not in told
        assert "127.0.0.1" not in told
    dead.close()
