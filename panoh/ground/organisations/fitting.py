"""Whom an offer is for: pure, so that a referral, a portal and a test ask the same question."""

from collections.abc import Sequence
from typing import NamedTuple

UZBEK = frozenset({"uz", "uz-cyrl"})


class Terms(NamedTuple):
    """Empty regions and languages and open ages mean everybody; ages are whole years, both ends included."""

    regions: Sequence[str] = ()
    languages: Sequence[str] = ()
    age_from: int | None = None
    age_to: int | None = None


def narrowed(wide: Terms, narrow: Terms) -> Terms:
    """What a service says of itself, and where it says nothing, what its organisation says."""
    return Terms(
        narrow.regions or wide.regions,
        narrow.languages or wide.languages,
        wide.age_from if narrow.age_from is None else narrow.age_from,
        wide.age_to if narrow.age_to is None else narrow.age_to,
    )


def fits(terms: Terms, *, region: str = "", language: str = "", age: int | None = None) -> bool:
    """Whether somebody from here, of this language and age, may be sent there. What is not known turns nobody away."""
    return _reaches(terms, region) and _is_spoken(terms, language) and _takes(terms, age)


def _reaches(terms: Terms, region: str) -> bool:
    return not region or not terms.regions or region in terms.regions


def _is_spoken(terms: Terms, language: str) -> bool:
    """Uzbek is one language in two scripts."""
    spoken = UZBEK if language in UZBEK else {language}
    return not language or not terms.languages or not spoken.isdisjoint(terms.languages)


def _takes(terms: Terms, age: int | None) -> bool:
    if age is None:
        return True
    return (terms.age_from is None or age >= terms.age_from) and (terms.age_to is None or age <= terms.age_to)
