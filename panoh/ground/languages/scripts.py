"""Turns text from one script into the other: for display and for derived catalogues, never for what is stored."""

import re
from collections.abc import Callable
from typing import Literal

from . import karakalpak, uzbek
from .signs import straighten
from .spans import split

Target = Literal["uz", "uz-cyrl", "kaa", "kaa-cyrl"]
Script = Literal["latin", "cyrillic", "mixed", "none"]

_WORD = re.compile(r"[^\W\d_]+(?:[ʻʼ][^\W\d_]+)*[ʻʼ]?")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_KARAKALPAK = re.compile("[áǵıńóúÁǴÍŃÓÚәөүңӘӨҮҢ]")
# Below this share the rarer script is a name or a quotation in a text of the other.
_MIXED_FROM = 0.2


def to_script(text: str, target: str) -> str:
    """``text`` in the letters of ``target`` ("uz", "uz-cyrl", "kaa" or "kaa-cyrl"); protected spans stay as they are.

    Idempotent: what stands in the wanted script already is only given its proper apostrophes. Raises ``ValueError``
    for any other target.
    """
    turn, tidy = _turners(target)
    return "".join(piece if kept else _WORD.sub(turn, tidy(piece)) for kept, piece in split(text))


def _turners(target: str) -> tuple[Callable[[re.Match[str]], str], Callable[[str], str]]:
    if target == "uz":
        return lambda m: uzbek.latin_word(m[0]) if _CYRILLIC.search(m[0]) else m[0], straighten
    if target == "uz-cyrl":
        return lambda m: m[0] if _CYRILLIC.search(m[0]) else uzbek.cyrillic_word(m[0]), straighten
    if target == "kaa":
        return lambda m: karakalpak.latin_word(m[0]) if _CYRILLIC.search(m[0]) else m[0], str
    if target == "kaa-cyrl":
        return lambda m: m[0] if _CYRILLIC.search(m[0]) else karakalpak.cyrillic_word(m[0]), str
    raise ValueError(f"There is no script called {target!r}.")


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
