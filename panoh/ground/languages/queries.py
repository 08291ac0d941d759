"""The words a child reads: ``centre/words/<language>.toml`` and who reviewed them. What is kept of derived texts."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings

from panoh.ground.common.centre import centre, centre_file

from .errors import UnknownWordError, UnreviewedError
from .models import Derived, Edition, Override
from .scripts import to_script
from .segments import Form
from .tags import LANGUAGES, WRITTEN, source_of
from .turning import Turned, Warned
from .variants import VARIANTS, rules_version
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
    if language not in LANGUAGES and not is_on(language):
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


# --- variants and derived texts -------------------------------------------------------------------------------------


def is_on(code: str) -> bool:
    """Whether this centre shows the variant. False for a code that is no variant."""
    variant = VARIANTS.get(code)
    return variant is not None and (not variant.is_switched or centre("variants", code, default=False) is True)


def variants_on(source: str = "") -> tuple[str, ...]:
    """Codes of the variants shown, of one written language or of all."""
    return tuple(code for code, one in VARIANTS.items() if source in ("", one.source) and is_on(code))


class Doubtful(NamedTuple):
    """A word the rules were not sure of, and in how many kept texts it stands."""

    word: str
    became: str
    why: str
    texts: int


def edition_of(variant: str) -> int:
    """How often the overrides of the variant were changed."""
    return Edition.objects.filter(variant=variant).values_list("number", flat=True).first() or 0


def kept(hashes: Iterable[str], variant: str, form: Form, edition: int) -> dict[str, Turned]:
    """What today's rules and overrides made of these texts already, by hash."""
    rows = Derived.objects.filter(
        variant=variant, form=form, source_hash__in=set(hashes), rules=rules_version(variant), edition=edition
    )
    return {row.source_hash: Turned(row.text, tuple(Warned(*one) for one in row.warnings)) for row in rows}


def replacements(variant: str) -> dict[str, str]:
    """Every override of the variant: the hash of a string, and what stands in for it."""
    return dict(Override.objects.filter(variant=variant).values_list("source_hash", "replacement"))


def overrides_of(variant: str) -> list[Override]:
    """What editors put in, the newest first."""
    return list(Override.objects.filter(variant=variant).order_by("-at", "-id"))


def doubtful_words(variant: str) -> list[Doubtful]:
    """The words to look at first: those that stand in the most texts."""
    found: Counter[tuple[str, str, str]] = Counter()
    fresh = Derived.objects.filter(variant=variant, rules=rules_version(variant), edition=edition_of(variant))
    for warnings in fresh.values_list("warnings", flat=True):
        found.update({(word, became, why) for _line, _column, word, became, why in warnings})
    return [Doubtful(*key, count) for key, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))]
