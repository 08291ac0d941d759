"""Loan words whose Cyrillic spelling cannot be told from the Latin one: soft sign, hard sign, ц, э.

One stem a pair, ``latin=cyrillic``. A final ь is written only at the end of the word (сентябрь, but сентябрда).
Endings are matched by ``spans.SUFFIXES``, so that a short stem never bites a word that merely begins like it; a long
one can be nothing else and takes whatever follows (kompyuterlashtirish), and so does a short one with a ``*``.
"""

import re
from functools import lru_cache

from .spans import SUFFIXES, words_of

_PAIRS = [pair.split("=") for pair in words_of("loanwords")]
STEMS: dict[str, str] = {latin.rstrip("*"): cyrillic for latin, cyrillic in _PAIRS}

# How the same stems are typed by people who have the Russian word in their ear; for search only.
MISSPELT = {"sentyabr": "sentabr", "oktyabr": "oktabr", "byudjet": "budjet", "kompʼyuter": "kompyuter"}

# Latin -siya, -sion and -sial after n, k or p are the Russian -ция, -цион and -циал, except in these.
_TRUE_SIYA = re.compile(r"\w*(?:^pen|^pan|vakan|ekspan|suspen|reflek|annek|flek|komplek|biop|epilep|avtop|dispep)")
_SIYA = re.compile(rf"(?P<head>\w*[nkp])s(?:iya(?P<tail>(?:viy)?{SUFFIXES})|i(?:on|al)\w*)")
_LONG = 6
_OPEN = frozenset(stem for stem in STEMS if len(stem) >= _LONG) | {p[0][:-1] for p in _PAIRS if p[0][-1] == "*"}
_ENDING = re.compile(SUFFIXES)
# By their first two letters, the longest first.
_BY_START: dict[str, list[str]] = {}
for _stem in sorted(STEMS, key=len, reverse=True):
    _BY_START.setdefault(_stem[:2], []).append(_stem)


@lru_cache(maxsize=4096)
def loan_in(word: str) -> tuple[int, str] | None:
    """``(length of the Latin stem, its Cyrillic)`` for a lower-case word that is a loan with Uzbek endings."""
    for stem in _BY_START.get(word[:2], ()):
        if word.startswith(stem) and (stem in _OPEN or _ENDING.fullmatch(word, len(stem))):
            cyrillic = STEMS[stem]
            return len(stem), cyrillic if len(word) == len(stem) else cyrillic.removesuffix("ь")
    return None


def siya_in(word: str) -> int | None:
    """Where the ц of a lower-case Latin word in -siya, -sion or -sial stands (``funksiya`` → 4), or ``None``."""
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
