"""One Karakalpak word between the Latin letters of 2016 (á ǵ ı ń ó ú) and Cyrillic, over the tables of ``kaalin``."""

import re
from functools import lru_cache

from kaalin.constants import latin_to_cyrillic, loanwords
from kaalin.converter import cyrillic2latin

_ENDING = re.compile(
    r"(?:shılıq|shilik|shı|shi|lıq|lik|lıǵ|lig|sız|siz)*(?:lar|ler)?(?:ımız|imiz|ıńız|ińiz|ım|im|ıń|iń|sı|si|ı|i)?"
    r"(?:[ndt]ıń|[ndt]iń|[ndt]ı|[ndt]i|ǵa|ge|qa|ke|na|ne|[dt]aǵı|[dt]egi|[dtn]an|[dtn]en|[dt]a|[dt]e|dey|day)?"
)
# Entries of the library that are Karakalpak words of their own.
_NOT_LOANS = {"mashal", "olive"}
_STEMS = sorted(loanwords.keys() - _NOT_LOANS, key=len, reverse=True)
_PAIRS = {**latin_to_cyrillic, "yo": "ё", "Yo": "Ё", "YO": "Ё", "ye": "е", "Ye": "Е", "YE": "Е"}
_LETTER = re.compile("[Ss][Hh]|[Cc][Hh]|[Yy][AaUuOo]|.", re.DOTALL)
_SEPARATED = {"ъе": "ye", "Ъе": "Ye", "ЪЕ": "YE", "ьи": "yi", "ЬИ": "YI", "ьо": "yo", "ЬО": "YO"}
_SEPARATION = re.compile("|".join(_SEPARATED))


@lru_cache(maxsize=8192)
def cyrillic_word(word: str) -> str:
    """A Latin Karakalpak word in Cyrillic; loan stems only where a real ending follows (tushlıq is not туш + ь)."""
    lower = word.replace("Í", "ı").replace("I", "i").lower()
    for stem in _STEMS:
        if lower.startswith(stem) and _ENDING.fullmatch(lower, len(stem)):
            return _stem(word, stem) + _letters(word[len(stem) :])
    return _letters(word)


def _stem(word: str, stem: str) -> str:
    head, cyrillic = word[: len(stem)], loanwords[stem]
    if len(word) > len(stem):
        cyrillic = cyrillic.removesuffix("ь")
    if len(head) > 1 and head.isupper():
        return str(cyrillic.upper())
    return cyrillic[0].upper() + cyrillic[1:] if head[0].isupper() else str(cyrillic)


def _letters(word: str) -> str:
    return "".join(_PAIRS.get(found, found) for found in _LETTER.findall(word))


@lru_cache(maxsize=8192)
def latin_word(word: str) -> str:
    """A Cyrillic Karakalpak word in the Latin letters of 2016."""
    return str(cyrillic2latin(_SEPARATION.sub(lambda found: _SEPARATED[found.group()], word)))
