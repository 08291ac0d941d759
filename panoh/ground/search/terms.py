"""The words of a text as the index keeps them, and those that a question asks for."""

import re
from functools import lru_cache

from panoh.ground.languages.public import fold

_WORD = re.compile(r"[^\W_]+")
WRITTEN = re.compile(r"[^\W_]+(?:['‘’ʻʼ`´′][^\W\d_]+)*[ʻ]?")
LONGEST_QUERY = 8


def indexed(text: str, language: str = "") -> str:
    """Every folded word once, between spaces."""
    words = dict.fromkeys(words_in(text, language))
    return f" {' '.join(words)} " if words else " "


def asked(text: str, language: str = "") -> list[str]:
    """The folded words of a query, each once, at most eight."""
    return list(dict.fromkeys(words_in(text, language)))[:LONGEST_QUERY]


def words_in(text: str, language: str = "") -> list[str]:
    return [_one_beginning(word) for word in _WORD.findall(fold(_as_typed(text, language)))]


@lru_cache(maxsize=65536)
def key_of(written: str, language: str = "") -> str:
    """The folded word for one written word."""
    return _one_beginning(fold(_as_typed(written, language)))


def _as_typed(text: str, language: str) -> str:
    """Most people type the Russian ё as е; the Uzbek ё is another letter."""
    return text.replace("ё", "е").replace("Ё", "Е") if language == "ru" else text


def _one_beginning(word: str) -> str:
    """A Cyrillic е that begins a word is ye in Uzbek and Russian and e in Karakalpak: here it is one letter."""
    return word[1:] if word.startswith("ye") else word


def written_words(text: str, language: str = "") -> dict[str, str]:
    """Each folded word of a text and how it was first written there, in small letters."""
    found: dict[str, str] = {}
    for match in WRITTEN.finditer(text):
        found.setdefault(key_of(match[0], language), match[0].lower())
    return found
