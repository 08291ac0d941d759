"""Loan words whose Cyrillic spelling cannot be told from the Latin one: soft sign, hard sign, ц, э.

One stem a pair, ``latin=cyrillic``. A final ь is written only at the end of the word (сентябрь, but сентябрда).
Endings are matched by ``spans.SUFFIXES``, so that a stem never bites a word that merely begins like it.
"""

import re
from functools import lru_cache

from .spans import SUFFIXES, words_of

STEMS: dict[str, str] = dict(pair.split("=") for pair in words_of("loanwords"))

# How the same stems are typed by people who have the Russian word in their ear; for search only.
MISSPELT = {"sentyabr": "sentabr", "oktyabr": "oktabr", "byudjet": "budjet", "kompʼyuter": "kompyuter"}

# Latin -siya after n, k or p is the Russian -ция, except in these.
_TRUE_SIYA = re.compile(r"\w*(?:^pen|ekspan|suspen|reflek|annek|flek|komplek|biop|epilep|avtop|dispep)")
_SIYA = re.compile(rf"(?P<head>\w*[nkp])siya(?P<tail>(?:viy)?{SUFFIXES})")
_ENDING = re.compile(SUFFIXES)
_BY_LENGTH = sorted(STEMS, key=len, reverse=True)


@lru_cache(maxsize=4096)
def loan_in(word: str) -> tuple[int, str] | None:
    """``(length of the Latin stem, its Cyrillic)`` for a lower-case word that is a loan with Uzbek endings."""
    for stem in _BY_LENGTH:
        if word.startswith(stem) and _ENDING.fullmatch(word, len(stem)):
            cyrillic = STEMS[stem]
            return len(stem), cyrillic if len(word) == len(stem) else cyrillic.removesuffix("ь")
    return None


def siya_in(word: str) -> int | None:
    """Where the -ция of a lower-case Latin word begins (``funksiya`` → 4), or ``None``."""
    found = _SIYA.fullmatch(word)
    if found is None or _TRUE_SIYA.fullmatch(found["head"]):
        return None
    return found.end("head")


_CYRILLIC_STEMS = sorted(
    ((cyrillic.removesuffix("ь"), latin) for latin, cyrillic in STEMS.items()), key=lambda pair: -len(pair[0])
)


@lru_cache(maxsize=4096)
def loan_in_cyrillic(word: str) -> tuple[int, str] | None:
    """``(length of the Cyrillic stem, its Latin)`` for a lower-case word that begins with a loan stem."""
    for stem, latin in _CYRILLIC_STEMS:
        if word.startswith(stem):
            return len(stem), latin
    return None
