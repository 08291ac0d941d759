"""The lines under an answer: the piece of the text in which the words stand, with the words marked. Safe HTML."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .ranking import Wanted
from .terms import WRITTEN, key_of

LENGTH, BEFORE, MOST_SPOTS = 180, 50, 40


class _Spot(NamedTuple):
    start: int
    end: int
    which: int


class Marker:
    """Marks the words of one question in many texts; what it knows of a word it keeps for the next text."""

    def __init__(self, wanted: Sequence[Wanted], language: str) -> None:
        self.wanted, self.language = wanted, language
        self.beginnings = tuple(form for one in wanted for form in one.sought())
        self.answers: dict[str, int | None] = {}

    def snippet(self, summary: str, text: str) -> SafeString:
        """The summary when a word stands in it or nowhere; else the place of the text with most of them together."""
        spots = self.spots(summary)
        if spots or not (found := self.spots(text)):
            return _marked(summary or _cut(text), spots)
        start, end = _window(text, found)
        shown = [_Spot(one.start - start, one.end - start, one.which) for one in found if start <= one.start < end]
        marked = _marked(text[start:end], shown)
        return mark_safe(f"{'… ' * (start > 0)}{marked}{' …' * (end < len(text))}")  # noqa: S308 (escaped in _marked)

    def spots(self, text: str) -> list[_Spot]:
        found = []
        for match in WRITTEN.finditer(text):
            if (which := self.answered(match[0])) is not None:
                found.append(_Spot(match.start(), match.end(), which))
                if len(found) == MOST_SPOTS:
                    break
        return found

    def answered(self, written: str) -> int | None:
        """Which word of the question a written one answers."""
        if written not in self.answers:
            word = key_of(written, self.language)
            is_one = f" {word} ".startswith(self.beginnings)
            self.answers[written] = next((at for at, one in enumerate(self.wanted) if is_one and one.is_in(word)), None)
        return self.answers[written]


def _window(text: str, spots: list[_Spot]) -> tuple[int, int]:
    """From a little before the best spot, between words."""

    def together(spot: _Spot) -> int:
        return len({one.which for one in spots if spot.start <= one.start < spot.start + LENGTH - BEFORE})

    best = max(spots, key=together)  # the first of the best
    start = max(best.start - BEFORE, 0)
    if start:
        start = text.find(" ", start, best.start) + 1 or best.start
    end = min(start + LENGTH, len(text))
    if end < len(text):
        end = max(text.rfind(" ", best.end, end), best.end)
    return start, end


def _cut(text: str) -> str:
    return text if len(text) <= LENGTH else f"{text[: text.rfind(' ', 0, LENGTH)]} …"


def _marked(text: str, spots: Sequence[_Spot]) -> SafeString:
    parts, at = [], 0
    for start, end, _which in spots:
        if end <= len(text):
            parts.append(f"{escape(text[at:start])}<mark>{escape(text[start:end])}</mark>")
            at = end
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 (every piece is escaped)
