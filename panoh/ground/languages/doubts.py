"""Words that the rules turned without being sure: what an editor should look at first."""

import re
from typing import Literal

from .loanwords import loan_in, loan_in_cyrillic, siya_in
from .spans import SUFFIXES, words_of

# mixed: letters of two scripts in one word, a slip or a disguise. foreign: no Uzbek word, left as it is.
# abbreviation: capitals on no list; foreign ones stay Latin. guess: a loan that may want ь, ц, э or ъ.
Doubt = Literal["mixed", "foreign", "abbreviation", "guess"]

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_OUR_CAPITALS = frozenset(words_of("abbreviations"))
_LOAN_ENDING = rf"(?:(?<![sg])izm|ist|ator|itet|log|graf|metr|ent|ant|ika|oza|iya|yar){SUFFIXES}$"
_WANTS_SOFT_SIGN = re.compile(
    rf"[aeiou]l[tmfnvkgbpsdzj]\w*?(?:at{SUFFIXES}$|{_LOAN_ENDING})"
    r"|^(?:sp|st|pr|pl|kr|kl|tr|dr|fr|fl|br|bl|gr|gl|sk|sl|sm)\w*[aeiou]l[tmfnvkgbpsdzj]"
)
_WANTS_TSE = re.compile(rf"^s[eiy]\w*{_LOAN_ENDING}")
_NO_LATIN_FOR_IT = re.compile("[ьщы]|ъ(?=[еёюя])|(?<=[^аеёиоуэюя])ц")


def doubt(word: str, became: str, target: str, around: str) -> Doubt | None:
    """Why a person should look at ``word``, or ``None``. ``around`` is the text it stands in."""
    is_cyrillic, is_latin = bool(_CYRILLIC.search(word)), bool(_LATIN.search(word))
    if is_cyrillic and is_latin:
        return "mixed"
    if is_cyrillic:
        return _doubt_in_cyrillic(word.lower(), target)
    if target.endswith("-cyrl") and len(word) > 1:
        if became == word:
            return "foreign"
        if word.isupper():
            return None if _is_ours(word, around) else "abbreviation"
        return _doubt_in_latin(word.lower()) if target == "uz-cyrl" else None
    return None


def _is_ours(word: str, around: str) -> bool:
    """A known abbreviation, a word too long for one, or a word in a text that is all capitals."""
    return len(word) > 5 or word in _OUR_CAPITALS or around.upper() == around


def _doubt_in_latin(word: str) -> Doubt | None:
    if loan_in(word) or siya_in(word) is not None:
        return None
    return "guess" if _WANTS_SOFT_SIGN.search(word) or _WANTS_TSE.search(word) else None


def _doubt_in_cyrillic(word: str, target: str) -> Doubt | None:
    if target.endswith("-cyrl") or not _NO_LATIN_FOR_IT.search(word) or loan_in_cyrillic(word):
        return None
    return "guess"
