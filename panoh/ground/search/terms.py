"""The words of a text as the index keeps them, and the beginnings a query asks for."""

import re

from panoh.ground.languages.public import fold

_WORD = re.compile(r"[^\W_]+")
LONGEST_QUERY = 8


def indexed(text: str) -> str:
    """Every folded word once, between spaces."""
    words = dict.fromkeys(_WORD.findall(fold(text)))
    return f" {' '.join(words)} " if words else " "


def asked(text: str) -> list[str]:
    """The folded words of a query, at most eight; each is looked for as the beginning of a word."""
    return list(dict.fromkeys(_WORD.findall(fold(text))))[:LONGEST_QUERY]
