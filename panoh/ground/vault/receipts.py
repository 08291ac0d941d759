"""Return codes that look like a shopping list: six lines of "how many of what", 66 bits.

A line is a number from 1 to 32 (5 bits) and one of 64 goods (6 bits). The first two lines find the row, the last
four are the secret. A line has no language: any of the languages and scripts of ``goods`` reads it back.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

GOODS = 64
QUANTITIES = 32
LINES = 6
LOOKUP_LINES = 2
NUMBER_FIRST = re.compile(r"(?P<number>\d{1,3})(?P<word>\D+)")
WORD_FIRST = re.compile(r"(?P<word>\D+)(?P<number>\d{1,3})")


@dataclass(frozen=True)
class Line:
    quantity: int  # 1 to 32
    good: int  # 0 to 63

    def __str__(self) -> str:
        return f"{self.quantity}.{self.good}"


def new_lines() -> list[Line]:
    return [Line(secrets.randbelow(QUANTITIES) + 1, secrets.randbelow(GOODS)) for _ in range(LINES)]


def show(lines: Sequence[Line], goods: Sequence[str], shape: str = "{number} {word}") -> str:
    """One line of text a line: ``3 olma``."""
    return "\n".join(shape.format(number=line.quantity, word=goods[line.good]) for line in lines)


def split(lines: Sequence[Line]) -> tuple[str, str]:
    """The part that finds and the part that opens, as text that is the same in every language."""
    said = [str(line) for line in lines]
    return " ".join(said[:LOOKUP_LINES]), " ".join(said[LOOKUP_LINES:])


def read(typed: str, names: Mapping[str, int]) -> list[Line] | None:
    """The six lines in ``typed``, numbers before or after the words; None when it is no such list."""
    text = typed[:600].strip().lstrip("-–—•*·.,; ")
    shape = NUMBER_FIRST if text[:1].isdigit() else WORD_FIRST
    found = [(int(match["number"]), names.get(fold(match["word"]))) for match in shape.finditer(text)]
    lines = [Line(number, good) for number, good in found if good is not None and 1 <= number <= QUANTITIES]
    return lines if len(lines) == len(found) == LINES else None


def fold(word: str) -> str:
    """Lower-case letters only: no apostrophe of any form, no accent, no space."""
    plain = unicodedata.normalize("NFKD", word.casefold()).replace("ı", "i")
    return "".join(letter for letter in plain if unicodedata.category(letter) in {"Ll", "Lo"})


def names_of(goods: Sequence[Iterable[str]]) -> dict[str, int]:
    """Every folded name and its good; raises ``ValueError`` when one name would mean two goods."""
    names: dict[str, int] = {}
    for good, spellings in enumerate(goods):
        for name in spellings:
            if names.setdefault(fold(name), good) != good:
                raise ValueError(f"two goods share the name {name!r}")
    return names
