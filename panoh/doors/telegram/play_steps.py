"""The buttons of a quiz in the chat: what a tap sends back. Pure: no Django, no words, only their codes.

A tap says ``p:<quiz>:<question>:<answer>:<turn>``, or ``p:.<verb>:<what>:<turn>``. The turn counts the screens that
one message has shown, so that the second tap on the same screen is known as one. Nothing of it is remembered by us.
"""

from dataclasses import dataclass

LONGEST = 64  # bytes, Telegram's limit
MOST_TURNS = 9999


@dataclass(frozen=True, slots=True)
class Move:
    """``verb`` is ``menu`` or ``lang``, or empty for a question; ``answer`` is empty where it is only shown."""

    turn: int
    verb: str = ""
    about: str = ""
    n: int = 0
    answer: str = ""


def show(quiz: str, n: int, turn: int) -> str:
    return f"p:{quiz}:{n}::{turn}"


def answer(quiz: str, n: int, chosen: str, turn: int) -> str:
    return f"p:{quiz}:{n}:{chosen}:{turn}"


def verb(name: str, about: str, turn: int) -> str:
    return f"p:.{name}:{about}:{turn}"


def fits(data: str) -> bool:
    return len(data.encode()) <= LONGEST


def read(value: str) -> Move | None:
    """What stands behind ``p:``; None for what we never wrote."""
    parts = value.split(":")
    turn = _number(parts[-1])
    if turn is None or turn > MOST_TURNS:
        return None
    if len(parts) == 3 and parts[0].startswith("."):
        return Move(turn, verb=parts[0][1:], about=parts[1])
    n = _number(parts[1]) if len(parts) == 4 else None
    return None if n is None else Move(turn, about=parts[0], n=n, answer=parts[2])


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else None
