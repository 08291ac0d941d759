"""Words on their way out: paced, tried again when that is safe, never doubled, and their fate told as it is."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from panoh.care.talks import public as talks
from panoh.doors.telegram import services
from panoh.doors.telegram.answers import Answer, reason_of
from panoh.doors.telegram.models import Errand
from panoh.doors.telegram.sender import Sender

from .conftest import Phone

pytestmark = pytest.mark.django_db


class FakeLine:
    """Answers from a list, then with yes; remembers what was spoken. No answer at all while ``silent``."""

    def __init__(self, *answers: Answer) -> None:
        self.answers, self.spoken, self.errands = list(answers), list[tuple[str, str]](), list[str]()
        self.silent = False

    def send(self, chat: str, text: str, buttons: list[Any], done: Callable[[Answer], None]) -> None:
        self.spoken.append((chat, text))
        if not self.silent:
            done(self.answers.pop(0) if self.answers else Answer("sent", number=len(self.spoken)))

    def do(self, method: str, payload: dict[str, Any]) -> Answer:
        self.errands.append(method)
        return self.answers.pop(0) if self.answers else Answer("sent")


def say(phone: Phone, *texts: str) -> list[talks.Message]:
    conversation = (
        phone.conversations[0]
        if phone.conversations
        else talks.open_conversation(channel="telegram", language="uz", identity=phone.identity)
    )
    return [talks.append_message(conversation, direction="out", body=text) for text in texts]


def fates() -> list[tuple[str, str]]:
    return list(talks.Message.objects.order_by("pk").values_list("delivery", "delivery_reason"))


def test_a_word_goes_out_once_and_its_number_is_kept(phone: Phone) -> None:
    (message,) = say(phone, "Salom")
    line = FakeLine(Answer("sent", number=77))
    Sender(line).drain()
    message.refresh_from_db()
    assert (line.spoken, message.delivery, message.external_id) == ([("4242", "Salom")], "sent", 77)


def test_words_of_one_talk_go_out_in_their_order(phone: Phone) -> None:
    say(phone, "bir", "ikki", "uch")
    line = FakeLine()
    Sender(line).drain()
    assert [text for _, text in line.spoken] == ["bir", "ikki", "uch"]


@pytest.mark.parametrize("answer", [Answer("later", reason="server"), Answer("later", reason="network")])
def test_what_telegram_certainly_did_not_take_is_tried_again_later(phone: Phone, answer: Answer) -> None:
    say(phone, "Salom")
    line = FakeLine(answer)
    sender = Sender(line)
    sender.drain()
    assert fates() == [("queued", answer.reason)]
    talks.Message.objects.update(next_attempt_at=timezone.now())
    sender.drain()
    assert (len(line.spoken), fates()) == (2, [("sent", "")])


def test_a_429_is_obeyed_to_the_second(phone: Phone) -> None:
    say(phone, "Salom")
    Sender(FakeLine(Answer("wait", seconds=30, reason="too_many"))).drain()
    message = talks.Message.objects.get()
    assert message.next_attempt_at is not None
    assert 28 < (message.next_attempt_at - timezone.now()).total_seconds() <= 30


def test_without_an_answer_it_is_unconfirmed_and_no_machine_sends_it_again(phone: Phone) -> None:
    say(phone, "Salom")
    line = FakeLine(Answer("unknown", reason="no_answer"))
    sender = Sender(line)
    for _ in range(3):
        sender.drain()
    assert (len(line.spoken), fates()) == (1, [("unconfirmed", "unconfirmed")])


def test_what_a_killed_bot_left_half_spoken_is_unconfirmed_not_doubled(phone: Phone) -> None:
    say(phone, "bir", "ikki")
    talks.claim_outgoing("telegram", now=timezone.now() - timedelta(seconds=1))
    line = FakeLine()
    sender = Sender(line)
    sender.begin()
    sender.drain()
    assert line.spoken == [("4242", "ikki")]
    assert fates() == [("unconfirmed", "unconfirmed"), ("sent", "")]


def test_a_bot_that_stops_gives_back_what_it_did_not_speak(phone: Phone) -> None:
    others = [Phone(chat=chat) for chat in (1, 2)]
    for one in others:
        say(one, "Salom")
    line = FakeLine()
    line.silent = True
    sender = Sender(line)
    sender.pace.flooded("2", 1.5, time.monotonic())
    sender.run_pass()
    sender.finish(seconds=0.1)
    assert sorted(fates()) == [("queued", ""), ("unconfirmed", "unconfirmed")]


def test_whoever_blocked_the_bot_is_remembered_and_the_desk_is_told_why(phone: Phone) -> None:
    say(phone, "bir", "ikki")
    Sender(FakeLine(Answer("refused", reason="blocked"))).drain()
    assert fates() == [("failed", "blocked"), ("failed", "blocked")]
    assert phone.identity.blocked_us_at is not None


def test_nothing_is_written_to_who_said_stop_and_the_desk_is_told(phone: Phone) -> None:
    phone.says("/start")
    phone.says("/stop")
    say(phone, "Qayerdasiz?")
    line = FakeLine()
    Sender(line).drain()
    assert line.spoken == []
    assert fates()[-1] == ("failed", "hidden")


def test_a_word_under_way_while_the_person_said_stop_is_taken_back(phone: Phone) -> None:
    phone.says("/start")
    line = FakeLine()
    line.silent = True
    sender = Sender(line)
    sender.run_pass()
    phone.says("/stop")
    (under_way,) = sender.speaking.values()
    sender.answers.put((under_way, Answer("sent", number=5)))
    sender.drain()
    assert line.errands == ["delete", "delete"]


def test_an_errand_is_tried_again_and_erased_when_it_is_done(phone: Phone) -> None:
    errand = services.new_errand("leave", chat_id=-100)
    line = FakeLine(Answer("later", reason="network"))
    sender = Sender(line)
    sender.drain()
    Errand.objects.update(next_attempt_at=timezone.now())
    sender.drain()
    errand.refresh_from_db()
    assert (line.errands, bytes(errand.payload)) == (["leave", "leave"], b"")
    assert errand.done_at is not None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Forbidden: bot was blocked by the user", "blocked"),
        ("Bad Request: chat not found", "chat_not_found"),
        ("Bad Request: message is too long", "too_long"),
        ("Bad Request: Laylo cannot be reached", "refused"),
    ],
)
def test_telegrams_sentence_becomes_a_code_and_is_not_kept(said: str, code: str) -> None:
    assert reason_of(said) == code
