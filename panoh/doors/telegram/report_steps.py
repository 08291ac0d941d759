"""The buttons of a report in the chat: what a tap sends back, and which rows stand under a question. Pure: no Django.

A tap says ``r:<tag>:<question>:<option>`` or ``r:<tag>:.<verb>:<what>``: codes only, and never more than Telegram's
64 bytes. The tag is the beginning of the report's own number, so that a button of an earlier report is known as one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Row = list[tuple[str, str]]  # (text on the button, what a tap sends back)
TAG = 6
PAGE = 8
LONGEST = 64


@dataclass(frozen=True, slots=True)
class Tap:
    """``verb`` is empty for an answer; ``name`` is the question or what the verb is about."""

    tag: str
    verb: str = ""
    name: str = ""
    option: str = ""


def answer(tag: str, question: str, option: str) -> str:
    return f"r:{tag}:{question}:{option}"


def verb(tag: str, name: str, about: str = "") -> str:
    return f"r:{tag}:.{name}:{about}"


def read(value: str) -> Tap:
    """What stands behind ``r:``; nonsense reads as a tap on nothing."""
    tag, _, rest = value.partition(":")
    name, _, option = rest.partition(":")
    return Tap(tag, verb=name[1:], name=option) if name.startswith(".") else Tap(tag, name=name, option=option)


def pages(count: int) -> int:
    return max(1, -(-count // PAGE))


def option_rows(tag: str, question: str, options: Sequence[tuple[str, str]], page: int, more: str) -> list[Row]:
    """One option a row; a list longer than a page ends with the way to its next page, the last one with the first."""
    page %= pages(len(options))
    rows = [[(text, answer(tag, question, code))] for code, text in options[page * PAGE : (page + 1) * PAGE]]
    if pages(len(options)) > 1:
        rows.append([(more, verb(tag, "page", f"{question}.{page + 1}"))])
    return rows


def page_of(about: str) -> tuple[str, int]:
    """The question and the page of a tap on "more"."""
    question, _, page = about.rpartition(".")
    return question, int(page) if page.isascii() and page.isdecimal() and len(page) < 4 else 0
