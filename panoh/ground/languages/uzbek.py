"""One Uzbek word from Latin to Cyrillic and back: a layer of spelling rules over the letter tables of ``alifbo``."""

import re
from functools import lru_cache

import alifbo

from .loanwords import loan_in, loan_in_cyrillic, siya_in

# Abbreviations that keep a small letter inside; anything else so written is a name and stays Latin.
_ABBREVIATIONS = re.compile(
    r"Oʻz(?:LiDeP|[A-Z]{1,4})[a-z]*|(?:Tosh|Sam|Qar|Bux|Nam|And|Far|Ur|Gul|Ter)[DMPT][A-Z]{1,3}[a-z]*"
)
_FOREIGN = re.compile(r"[wW]|[cC](?![hH])|(?<=[a-z])[A-Z]|[^A-Za-zʻʼÖöĞğŞşÇç]")
_NATIVE_TS = re.compile(r"ts(?=iz(?!m)|in|a|ʼ|oʻ|oz|evar|u|y|imon|ira|b|$)|(?<!e)ts(?=k)")
_CONSONANT_YE = re.compile(r"(?<=[bdfghjklmnpqrstvxz])ye")


def like(source: str, target: str) -> str:
    """``target`` in the capitals of ``source``."""
    if len(source) > 1 and source.isupper():
        return target.upper()
    return target[:1].upper() + target[1:] if source[:1].isupper() else target


def _put(word: str, start: int, end: int, letters: str) -> str:
    return word[:start] + like(word[start:end], letters) + word[end:]


def _put_all(word: str, pattern: re.Pattern[str], letters: str) -> str:
    for found in reversed(list(pattern.finditer(word.lower()))):
        word = _put(word, found.start(), found.end(), letters)
    return word


def is_foreign(word: str) -> bool:
    """Written with letters or capitals that no Uzbek word has."""
    return bool(_FOREIGN.search(word)) and not _ABBREVIATIONS.fullmatch(word)


@lru_cache(maxsize=16384)
def cyrillic_word(word: str) -> str:
    """A Latin word, apostrophes straightened, in Cyrillic; a foreign name is returned as it is."""
    if is_foreign(word):
        return word
    loan = loan_in(word.lower())
    if loan:
        stem = word[: loan[0]]
        return like(stem, loan[1]) + _cyrillic_letters(word[loan[0] :], after=loan[1][-1])
    at = siya_in(word.lower())
    if at is not None:
        return _cyrillic_letters(word[:at] + like(word[at : at + 1], "ц") + word[at + 1 :])
    return _cyrillic_letters(_spelt(word))


_S_H = re.compile("sʼh")
_SH_CH = re.compile("shch")


def _spelt(word: str) -> str:
    """Writes in Cyrillic already what the letter tables would get wrong: т|с, с|ҳ, ш|ч and the separating ь."""
    if not word.lower().startswith("ts"):
        word = _put_all(word, _NATIVE_TS, "тс")
    word = _put_all(word, _S_H, "сҳ")
    word = _put_all(word, _SH_CH, "шч")
    return _put_all(word, _CONSONANT_YE, "ье")


def _cyrillic_letters(word: str, after: str = "") -> str:
    """``after`` is the letter that stands before, so that an ending is not taken for the beginning of a word."""
    before = "b" if after else ""
    letters = alifbo.to_cyrillic(
        before + word, protect_spans=False, ng_as_digraph=False, foreign_words="transliterate"
    ).text
    letters = str(letters[len(before) :])
    return letters.upper() if len(word) > 1 and word.isupper() else letters


_TSE_AFTER_CONSONANT = re.compile("(?<=[бвгджзйклмнпрстфхчшщқғҳц])ц")
_YE_AFTER_HARD_SIGN = re.compile("(?<=[бвгджзклмнпрстфх])ъе")
_ES_HA = re.compile("сҳ")


@lru_cache(maxsize=16384)
def latin_word(word: str) -> str:
    """A Cyrillic word in Latin; Latin letters in it stay."""
    loan = loan_in_cyrillic(word.lower())
    if loan:
        ending = word[loan[0] :].removeprefix("ь").removeprefix("Ь")
        return like(word[: loan[0]], loan[1]) + latin_letters(ending)
    return latin_letters(word)


def latin_letters(word: str) -> str:
    word = _put_all(word, _TSE_AFTER_CONSONANT, "s")
    word = _put_all(word, _YE_AFTER_HARD_SIGN, "ye")
    word = _put_all(word, _ES_HA, "sʼh")
    new = alifbo.from_cyrillic(word, protect_spans=False, ng_as_digraph=False).text
    return alifbo.to_old_latin(new, protect_spans=False, ng_as_digraph=False).text
