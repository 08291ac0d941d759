"""Turns text from one script into the other: for display and for derived catalogues, never for what is stored."""

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from . import karakalpak, uzbek
from .letters import has_letters, with_letters, without_letters
from .signs import straighten
from .spans import split
from .variants import VARIANTS

Script = Literal["latin", "cyrillic", "mixed", "none"]

_WORD = re.compile(r"[^\W\d_]+(?:[ʻʼ][^\W\d_]+)*[ʻʼ]?")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_KARAKALPAK = re.compile("[áǵıńóúÁǴÍŃÓÚәөүңӘӨҮҢ]")
# Below this share the rarer script is a name or a quotation in a text of the other.
_MIXED_FROM = 0.2


class Piece(NamedTuple):
    """A stretch of a text and what it becomes; ``kind`` is "kept" (protected), "word" or "gap" (what lies between)."""

    start: int
    end: int
    kind: Literal["kept", "word", "gap"]
    text: str


def to_script(text: str, target: str) -> str:
    """``text`` in the letters of ``target`` (a code of ``variants.toml`` or its source); protected spans stay.

    Idempotent: what stands in the wanted script already is only given its proper apostrophes. Raises ``ValueError``
    for any other target.
    """
    return "".join(piece.text for piece in pieces(text, target))


def pieces(text: str, target: str) -> Iterator[Piece]:
    """``text`` cut into words, what is protected and what lies between, each turned; no gaps, no overlaps."""
    turn, tidy = _turners(target)
    at = 0
    for kept, raw in split(text):
        if kept:
            yield Piece(at, at + len(raw), "kept", raw)
        else:
            yield from _words(tidy(raw), at, turn)
        at += len(raw)


def _words(text: str, at: int, turn: Callable[[str], str]) -> Iterator[Piece]:
    last = 0
    for found in _WORD.finditer(text):
        if found.start() > last:
            yield Piece(at + last, at + found.start(), "gap", text[last : found.start()])
        yield Piece(at + found.start(), at + found.end(), "word", turn(found[0]))
        last = found.end()
    if last < len(text):
        yield Piece(at + last, at + len(text), "gap", text[last:])


def _turners(target: str) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """How to turn one word, and how to tidy the text before; tidying changes no length."""
    if target == "uz":
        return _uzbek_latin, straighten
    if target == "uz-cyrl":
        return lambda word: word if is_cyrillic(word) else uzbek.cyrillic_word(word), straighten
    if target == "kaa":
        return lambda word: karakalpak.latin_word(word) if is_cyrillic(word) else word, str
    if target == "kaa-cyrl":
        return lambda word: word if is_cyrillic(word) else karakalpak.cyrillic_word(word), str
    if target in VARIANTS and VARIANTS[target].letters:
        return lambda word: _other_letters(word, target), straighten
    raise ValueError(f"There is no script called {target!r}.")


def is_cyrillic(word: str) -> bool:
    return bool(_CYRILLIC.search(word))


def is_latin(word: str) -> bool:
    return bool(_LATIN.search(word))


def _uzbek_latin(word: str) -> str:
    if is_cyrillic(word):
        return uzbek.latin_word(word)
    return without_letters(word, "uz-2026") if has_letters(word, "uz-2026") else word


def _other_letters(word: str, target: str) -> str:
    word = uzbek.latin_word(word) if is_cyrillic(word) else word
    return word if uzbek.is_foreign(word) else with_letters(word, target)


def detect_script(text: str) -> Script:
    """The script a reader would name; addresses, handles and names of products do not count."""
    words = "".join(piece for kept, piece in split(text) if not kept)
    cyrillic, latin = len(_CYRILLIC.findall(words)), len(_LATIN.findall(words))
    if not cyrillic + latin:
        return "none"
    if min(cyrillic, latin) / (cyrillic + latin) >= _MIXED_FROM:
        return "mixed"
    return "cyrillic" if cyrillic > latin else "latin"


def other_script(text: str) -> str:
    """The same words in the other script, for the display toggle; Karakalpak is known by its own letters."""
    words = "".join(piece for kept, piece in split(text) if not kept)
    to_latin = len(_CYRILLIC.findall(words)) > len(_LATIN.findall(words))
    language = "kaa" if _KARAKALPAK.search(words) else "uz"
    return to_script(text, language if to_latin else f"{language}-cyrl")
