"""The pace of the bot and its first guess of a language: pure rules."""

import pytest

from panoh.doors.telegram.pacing import Pace, back_off
from panoh.doors.telegram.steps import guess_language


def spoken(pace: Pace, chats: list[str], seconds: float) -> list[tuple[float, str]]:
    """What a sender that looks every 10 ms sends to chats that always have something to say."""
    said = []
    for tick in range(int(seconds * 100)):
        now = 100 + tick / 100
        for chat in chats:
            if pace.room(now) and pace.wait(chat, now) == 0:
                pace.take(chat, now)
                said.append((now, chat))
    return said


def test_one_chat_gets_a_short_burst_and_then_one_message_a_second() -> None:
    assert len(spoken(Pace(), ["a"], 10)) in {12, 13}


def test_all_chats_together_get_at_most_25_a_second() -> None:
    said = spoken(Pace(), [str(n) for n in range(200)], 4)
    assert 90 <= len(said) <= 126


def test_a_429_in_one_chat_holds_that_chat_only() -> None:
    pace = Pace()
    pace.flooded("a", 30, 100)
    assert pace.wait("a", 101) == pytest.approx(29)
    assert pace.wait("b", 101) == 0
    assert pace.room(101) > 0


def test_a_429_in_two_chats_at_once_holds_the_whole_bot() -> None:
    pace = Pace()
    pace.flooded("a", 30, 100)
    pace.flooded("b", 30, 101)
    assert pace.room(110) == 0
    assert pace.room(132) > 0


def test_the_pause_between_tries_grows_to_five_minutes() -> None:
    assert [back_off(n) for n in (0, 1, 2, 20)] == [1, 2, 4, 300]


@pytest.mark.parametrize(
    ("text", "phone", "language"),
    [
        ("Привет", "ru", "ru"),
        ("Салом", "uz", "uz-cyrl"),
        ("Мен қўрқяпман", "ru", "uz-cyrl"),
        ("Salom", "ru", "uz"),
        ("Hello", "en", "en"),
        ("Men qorqıp turman, ájapam", "uz", "kaa"),
        ("", "ru-RU", "ru"),
        ("👍", "de", "uz"),
    ],
)
def test_the_first_guess_follows_the_letters_and_then_the_phone(text: str, phone: str, language: str) -> None:
    assert guess_language(text, phone, "uz") == language
