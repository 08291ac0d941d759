"""How well an entry answers: where a word stands in it, and how the word is written there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WHOLE, BEGINNING, STEM, SLIP = range(4)
# Title before summary before text; within each whole before beginning before stem before slip.
WEIGHTS = ((100, 75, 62, 55), (50, 40, 34, 30), (27, 21, 17, 14))
SHORTEST_BEGINNING, SHORTEST_FORM = 2, 4
SHORT_QUESTION = 2


@dataclass
class Wanted:
    """One word of a question and the other forms it may have in an entry."""

    word: str
    forms: list[tuple[str, int]] = field(default_factory=list)  # (form, STEM or SLIP)

    def sought(self) -> list[str]:
        """What to look for in a folded text, as beginnings of words."""
        typed = f" {self.word}" if len(self.word) >= SHORTEST_BEGINNING else f" {self.word} "
        return [typed, *(_beginning(form) for form, _how in self.forms)]

    def level(self, folded: str) -> int | None:
        """How it stands in a folded text, the better the lower; ``None`` when it does not."""
        if f" {self.word} " in folded:
            return WHOLE
        if len(self.word) >= SHORTEST_BEGINNING and f" {self.word}" in folded:
            return BEGINNING
        return min((how for form, how in self.forms if _beginning(form) in folded), default=None)

    def is_in(self, word: str) -> bool:
        """Whether one folded word answers it."""
        return self.level(f" {word} ") is not None


def _beginning(form: str) -> str:
    """A short one is only looked for whole."""
    return f" {form}" if len(form) >= SHORTEST_FORM else f" {form} "


def score(wanted: Sequence[Wanted], places: Sequence[str]) -> tuple[int, float]:
    """``(words that are there, points)`` for the folded title, summary and whole of an entry.

    Points are the better the more of the words are there.
    """
    there = points = 0
    for one in wanted:
        best = 0
        for weights, folded in zip(WEIGHTS, places, strict=True):
            how = one.level(folded)
            if how is not None:
                best = max(best, weights[how])
        there += bool(best)
        points += best
    return there, points * there / len(wanted)


def needed(there: Iterable[int], words: int) -> int:
    """How many words an answer must hold: of two both where an entry has both, of more the half."""
    return words if words <= SHORT_QUESTION and words in set(there) else (words + 1) // 2
