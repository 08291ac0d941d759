"""What the centre says about words, ``centre/search.toml``: those that mean the same, those that say nothing in a
question, and those for which one page must come first."""

from collections.abc import Iterable
from functools import cache

from panoh.ground.common.centre import centre_file

from .stems import stem_of
from .terms import key_of, words_in

LANGUAGES = ("uz", "kaa", "ru", "en")


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """The folded words that mean the same as a folded word, itself among them."""
    found: dict[str, tuple[str, ...]] = {}
    for group in centre_file("search.toml").get("same", []):
        keys = tuple(dict.fromkeys(key_of(word, language) for word in group for language in ("", "ru")))
        for key in keys:
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *keys)))
    return found


@cache
def known(language: str) -> dict[str, str]:
    """Every folded word that means the same as others, and how readers of the language write it."""
    found: dict[str, str] = {}
    for word in (word for group in centre_file("search.toml").get("same", []) for word in group):
        if key_of(word) not in found or _is_cyrillic(word) == (language == "ru"):
            found[key_of(word)] = word
    return found


def _is_cyrillic(word: str) -> bool:
    return any("а" <= letter <= "я" for letter in word.lower())


@cache
def skipped() -> frozenset[str]:
    return frozenset(key_of(word) for words in centre_file("search.toml").get("skip", {}).values() for word in words)


def same_as(word: str) -> list[str]:
    """Other folded words for a word of a question, whatever its endings."""
    known = groups()
    for form in (word, *(stem_of(word, language) for language in LANGUAGES)):
        if form in known:
            return [other for other in known[form] if other != form]
    return []


def telling(words: list[str]) -> list[str]:
    """Without the words that say nothing, unless nothing else was asked."""
    return [word for word in words if word not in skipped()] or words


@cache
def _leading() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = centre_file("search.toml").get("first", [])
    return tuple(
        (row["thing"], tuple(words_in(asked, language)))
        for row in rows
        for asked in row["asked"]
        for language in ("", "ru")
    )


def first_for(words: Iterable[str]) -> list[str]:
    """Things that come first for a question of these folded words."""
    asked = list(words)
    found = [thing for thing, lead in _leading() if all(any(word.startswith(one) for word in asked) for one in lead)]
    return list(dict.fromkeys(found))
