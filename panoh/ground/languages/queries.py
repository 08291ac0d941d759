"""The words a child reads: ``centre/words/<language>.toml`` and who reviewed them."""

from functools import cache
from typing import Any

from django.conf import settings

from panoh.ground.common.centre import centre_file

from .errors import UnknownWordError, UnreviewedError
from .scripts import to_script
from .tags import LANGUAGES, WRITTEN, source_of
from .wordings import Review, faults, reviewed_codes


def word(code: str, language: str, **params: Any) -> str:
    """The text of ``code`` with its ``{placeholders}`` filled. Raises ``UnknownWordError``, ``UnreviewedError``."""
    try:
        text = texts(language)[code]
    except KeyError:
        raise UnknownWordError(f"There is no text {code!r} in {language!r}.") from None
    if not may_show(code, language):
        raise UnreviewedError(f"Nobody reviewed {code!r} in {language!r}.")
    return text.format(**params) if params else text


def may_show(code: str, language: str) -> bool:
    """False for a text nobody reviewed, in production only; the demo centre shows it under a banner."""
    return not settings.PRODUCTION or code in _reviewed(language)


def words_reviewed(language: str) -> bool:
    return not unreviewed(language)


def unreviewed(language: str) -> list[str]:
    """Codes whose present wording nobody read. Derived Cyrillic is read in its own right: rules make mistakes too."""
    return sorted(all_codes() - _reviewed(language))


@cache
def all_codes() -> frozenset[str]:
    return frozenset().union(*(texts(language).keys() for language in WRITTEN))


def word_faults() -> list[str]:
    """Texts that some language lacks, and placeholders that differ, one sentence each. Drafts stand in here."""
    return faults({language: texts(language) for language in WRITTEN})


@cache
def texts(language: str) -> dict[str, str]:
    """Every text of a language by code; a derived script is turned once, when first asked for."""
    if language not in LANGUAGES:
        raise UnknownWordError(f"There is no language {language!r}.")
    if source_of(language) != language:
        return {code: to_script(text, language) for code, text in texts(source_of(language)).items()}
    return drafts() | {str(code): str(text) for code, text in _file(f"words/{language}.toml").items()}


@cache
def drafts() -> dict[str, str]:
    """English texts that wait for their translations in ``words/_new/``; production knows none of them."""
    if settings.PRODUCTION:
        return {}
    names = sorted(path.name for path in (settings.CENTRE_DIR / "words" / "_new").glob("*.en.toml"))
    return {str(code): str(text) for name in names for code, text in centre_file(f"words/_new/{name}").items()}


@cache
def reviews() -> tuple[Review, ...]:
    rows = _file("words/reviews.toml").get("review", [])
    return tuple(Review(**{field: str(row.get(field, "")) for field in Review._fields}) for row in rows)


@cache
def _reviewed(language: str) -> frozenset[str]:
    return reviewed_codes(texts(language), reviews(), language)


def _file(name: str) -> dict[str, Any]:
    try:
        return centre_file(name)
    except FileNotFoundError:
        return {}


def forget_cached() -> None:
    """Reads the files again at the next question."""
    for kept in (centre_file, texts, drafts, reviews, _reviewed, all_codes):
        kept.cache_clear()
