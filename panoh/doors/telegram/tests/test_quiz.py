"""A quiz in the chat: one message written over, nothing in any ledger, and no word swallowed."""

import json
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from pytest_django import Settings

from panoh.care.helpline import public as helpline
from panoh.care.talks import public as talks
from panoh.doors.telegram import play_steps, services, steps
from panoh.doors.telegram.answers import Answer
from panoh.doors.telegram.line import Line
from panoh.doors.telegram.models import ChatState, Errand, InboundUpdate
from panoh.doors.telegram.receiver import Receiver
from panoh.doors.telegram.sender import Sender
from panoh.doors.telegram.services import forget, playing
from panoh.doors.telegram.services.errands import where_errand
from panoh.ground.accounts.public import User
from panoh.ground.vault import public as vault
from panoh.learn.playroom import public as playroom

from .conftest import Emulator, Phone, wait_until

CHAT = 700001
PlayCell = apps.get_model("playroom", "PlayCell")
MESSAGE = 77


@pytest.fixture
def player(phone: Phone) -> Phone:
    """Somebody who chose Uzbek before."""
    ChatState.objects.create(identity=phone.identity, language="uz")
    return phone


def screens() -> list[dict[str, Any]]:
    """Every screen that waits to be shown, oldest first."""
    rows = Errand.objects.filter(method__in=("play", "turn"), done_at=None).order_by("created_at")
    return [json.loads(vault.unseal(row.data_key, row.payload, where=where_errand(row.pk))) for row in rows]


def buttons(screen: dict[str, Any]) -> list[str]:
    return [button["data"] for row in screen["rows"] for button in row]


def tap(phone: Phone, data: str, message: int = MESSAGE) -> None:
    query = {
        "id": "q1", "from": {"id": phone.chat}, "data": data, "chat_instance": "1",
        "message": {**phone.message(), "message_id": message},
    }  # fmt: skip
    phone.update(callback_query=query)


def play(phone: Phone, quiz: str = "safe-or-not", message: int = MESSAGE) -> Iterator[dict[str, Any]]:
    """Every screen of a quiz, from the first question to the last reason; always the first answer."""
    phone.says("/quiz")
    tap(phone, next(one for one in buttons(screens()[-1]) if quiz in one), message)
    for _ in range(50):
        yield screens()[-1]
        tap(phone, buttons(screens()[-1])[0], message)
        yield (shown := screens()[-1])
        onward = [one for one in buttons(shown) if re.search(r":\d+::", one)]
        if len(onward) < 2:
            return
        tap(phone, onward[0], message)
    raise AssertionError("it does not end")


def test_a_quiz_is_played_to_its_end_and_closes_with_a_way_to_a_person(player: Phone) -> None:
    shown = list(play(player))
    asked = playroom.asked("safe-or-not", "uz", 1)
    assert asked is not None
    assert len(shown) == 2 * asked.many
    assert asked.why not in shown[0]["text"]
    assert asked.why in shown[1]["text"]
    assert all("person" in buttons(screen) for screen in shown)
    assert {"person", "report"} <= set(buttons(shown[-1]))
    assert all(line in shown[-1]["text"] for line in asked.closing)
    assert {screen["message_id"] for screen in shown} == {MESSAGE}


def test_whoever_plays_opens_no_talk_and_nothing_is_kept_but_two_counts(player: Phone) -> None:
    list(play(player))
    assert player.conversations == []
    assert talks.Message.objects.count() == 0
    rows = sorted(PlayCell.objects.values_list("piece", "language", "what", "n"))
    assert rows == [("quizzes/safe-or-not", "uz", "bot", 1), ("quizzes/safe-or-not", "uz", "bot_end", 1)]
    assert all(row.payload in {b"", memoryview(b"")} for row in InboundUpdate.objects.all())


@pytest.mark.parametrize("language", steps.LANGUAGES)
def test_both_quizzes_are_whole_in_every_language_and_their_buttons_fit(player: Phone, language: str) -> None:
    ChatState.objects.update(language=language)
    assert set(playroom.quizzes(language)) == {"safe-or-not", "spot-the-trick"}
    for message, quiz in enumerate(playroom.quizzes(language), 500):
        for screen in play(player, quiz, message):
            assert 0 < len(screen["text"]) < 4096
            assert all(play_steps.fits(one) for one in buttons(screen))
            assert all(0 < len(button["text"]) <= 60 for row in screen["rows"] for button in row)


def test_two_taps_on_one_screen_are_one(player: Phone) -> None:
    screen = next(play(player))
    for data in (buttons(screen)[0], buttons(screen)[0], buttons(screen)[1]):
        tap(player, data)
    assert PlayCell.objects.get().n == 1
    answered = [one for one in screens() if one["text"].count("\n\n") == 3]
    assert len(answered) == 1


def test_the_same_update_twice_shows_nothing_twice(player: Phone) -> None:
    number = player.says("/quiz")
    raw = json.dumps({"update_id": number, "message": player.message(text="/quiz")}).encode()
    services.store_update(number, raw)
    Receiver(hold_gaps=False).drain()
    assert len(screens()) == 1


def test_choosing_again_and_answering_the_same_shows_the_reason_again(player: Phone) -> None:
    shown = play(player)
    next(shown)
    again = next(one for one in buttons(next(shown)) if ":1::" in one)
    tap(player, again)
    tap(player, buttons(screens()[-1])[0])
    asked = playroom.asked("safe-or-not", "uz", 1)
    assert asked is not None
    assert asked.why in screens()[-1]["text"]


def test_words_in_the_middle_of_a_quiz_reach_the_counsellor_whole(player: Phone, counsellor: User) -> None:
    player.says("Yordam kerak")
    talk = helpline.request_person(player.talk)
    helpline.Talk.objects.filter(pk=talk.pk).update(status=helpline.Status.ACTIVE, assignee=counsellor)
    shown = play(player)
    next(shown)
    player.says("safe")
    player.says("1")
    next(shown)
    player.says("U yana yozdi")
    assert player.own == ["Yordam kerak", "safe", "1", "U yana yozdi"]
    assert len(player.conversations) == 1
    assert not [line for line in player.lines if line.kind == "button"]


def test_a_report_that_is_being_told_rests_while_somebody_plays(player: Phone) -> None:
    player.says("/report")
    player.says("/quiz")
    assert player.codes[-1] == "telegram_report.rests"
    assert ChatState.objects.get().question == ""


def test_who_never_chose_a_language_is_asked_and_no_talk_is_opened(phone: Phone) -> None:
    phone.says("/quiz")
    assert [one.split(":")[2] for one in buttons(screens()[-1])] == list(steps.LANGUAGES)
    tap(phone, buttons(screens()[-1])[2])
    assert ChatState.objects.get().language == "ru"
    assert "Во что сыграем?" in screens()[-1]["text"]
    assert phone.conversations == []


def test_the_way_to_a_person_works_from_every_screen(player: Phone) -> None:
    next(play(player))
    tap(player, "person")
    assert player.talk.status == helpline.Status.WAITING


def test_stop_takes_the_quiz_from_the_phone(player: Phone) -> None:
    player.says("/quiz")
    services.note_played(str(player.chat), 501, ChatState.objects.get().played_at or player.identity.created_at)
    player.says("/stop")
    assert 501 in taken_back()
    assert ChatState.objects.get().play_message is None


def test_a_quiz_that_arrives_after_stop_is_taken_back_at_once(player: Phone) -> None:
    player.says("/quiz")
    player.says("/stop")
    services.note_played(str(player.chat), 502, player.identity.created_at)
    assert 502 in taken_back()
    assert ChatState.objects.get().play_message is None


def test_a_number_that_can_no_longer_be_taken_back_is_forgotten(player: Phone) -> None:

    ChatState.objects.update(play_message=5, played_at=timezone.now() - timedelta(hours=48))
    forget(timezone.now() - timedelta(days=30))
    assert ChatState.objects.get().play_message is None


def test_who_only_played_is_forgotten_after_two_days_and_who_spoke_is_not(player: Phone) -> None:
    player.says("/quiz")
    other = Phone(chat=4343)
    other.numbers = player.numbers
    other.says("Salom")
    talks.Identity.objects.update(created_at=timezone.now() - timedelta(hours=49))
    before, spoke = player.identity, other.identity
    forget(timezone.now() - timedelta(days=30))
    before.refresh_from_db()
    spoke.refresh_from_db()
    assert bytes(before.external_id) == b""
    assert spoke.forgotten_at is None
    assert before.forgotten_at is not None
    assert not ChatState.objects.filter(identity=before).exists()
    assert talks.external_id_of(spoke) == "4343"


def taken_back() -> list[int]:
    rows = Errand.objects.filter(method="delete", done_at=None)
    found = [json.loads(vault.unseal(row.data_key, row.payload, where=where_errand(row.pk))) for row in rows]
    return [number for one in found for number in one["message_ids"]]


@pytest.mark.parametrize(
    "data", ["p:", "p:none:1::1", "p:safe-or-not:99::1", "p:safe-or-not:1:odd:1", "p:.lang:xx:1", "p:safe-or-not:1::x",
             "p:safe-or-not:1::99999", "p:.menu:1", "p:²:1::1"]
)  # fmt: skip
def test_a_forged_button_shows_nothing_and_counts_nothing(player: Phone, data: str) -> None:
    tap(player, data)
    assert screens() == []
    assert not PlayCell.objects.exists()


def test_production_offers_no_quiz_that_nobody_reviewed(player: Phone, settings: Settings) -> None:
    settings.PRODUCTION = True
    assert not playing.is_ready("uz")
    player.says("/quiz")
    tap(player, "p:safe-or-not:1::1")
    assert screens() == []


def test_over_the_line_a_quiz_is_one_message_that_is_written_over(emulator: Emulator, player: Phone) -> None:
    player.chat = CHAT
    ChatState.objects.create(identity=player.identity, language="uz")
    emulator.post("_act", {"act": "unblock", "chat": CHAT})
    line = Line("1:emulator", emulator.base)
    sender = Sender(line)
    before = {one["message_id"] for one in emulator.get(f"_chats/{CHAT}")["messages"]}

    def shown() -> Any:
        sender.drain(0.2)
        new = [one for one in emulator.get(f"_chats/{CHAT}")["messages"] if one["message_id"] not in before]
        return new if Errand.objects.filter(method__in=("play", "turn"), done_at=None).count() == 0 else None

    player.says("/quiz")
    (message,) = wait_until(shown)
    number = message["message_id"]
    assert ChatState.objects.get(identity=player.identity).play_message == number
    for _ in range(4):
        rows = message["reply_markup"]["inline_keyboard"]
        tap(player, rows[0][0]["callback_data"], number)
        (message,) = wait_until(shown)
    player.says("/stop")
    end = time.monotonic() + 10
    while shown() and time.monotonic() < end:
        time.sleep(0.05)
    line.close()
    assert message["message_id"] == number
    assert shown() == []


def test_words_go_before_a_quiz(phone: Phone) -> None:
    """A class that plays does not stand before a child who is answered."""
    done: list[str] = []

    class Recorder:
        def send(self, chat: str, text: str, rows: Any, told: Any) -> None:
            done.append("word")

        def do(self, method: str, payload: Any) -> Any:
            done.append(method)
            return Answer("sent", number=1)

    for chat in range(20):
        services.new_errand("turn", chat_id=str(9000 + chat), message_id=1, text="savol", rows=[])
    conversation = talks.open_conversation(channel="telegram", language="uz", identity=phone.identity)
    talks.append_message(conversation, direction="out", body="javob")
    Sender(Recorder()).run_pass()
    assert done[0] == "word"
    assert done.count("turn") <= 3
