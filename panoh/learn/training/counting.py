"""The counting rules of training, over plain rows. Whatever is prepared elsewhere must agree with this to the unit.

People, participations and completions are three things and are never added to each other. Every total is female + male
+ not stated. An event's total is its roster's or its head-count's, by decision where they differ, never the larger.
Who trains is not counted as trained. Somebody trained in two regions is one person in each and one in the country.

Source of the rules: the terms of reference of the programme and the mistakes of the field listed in the research
(two course counts added up to "120 teachers"; ``max(manual, counted)``). Pure of Django and of the database.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

FEMALE, MALE, NOT_STATED = "female", "male", "not_stated"
SEXES = (FEMALE, MALE, NOT_STATED)
COUNTRY = ""  # the scope that is not a region


class Three(NamedTuple):
    """A number of anything, always in three parts."""

    female: int = 0
    male: int = 0
    not_stated: int = 0

    @property
    def total(self) -> int:
        return sum(self)

    def plus(self, other: "Three") -> "Three":
        return Three(*(one + two for one, two in zip(self, other, strict=True)))


def three(sexes: Iterable[str]) -> Three:
    """What is neither female nor male is not stated, and never left out."""
    found = Counter(sex if sex in (FEMALE, MALE) else NOT_STATED for sex in sexes)
    return Three(*(found[sex] for sex in SEXES))


class Row(NamedTuple):
    """One participation as it is counted. ``person`` is who they are after duplicates were merged."""

    event: int
    person: str
    sex: str
    region: str
    district: str
    is_participant: bool
    came: bool
    completed_on: date | None
    generation: int = 1


class Basis(NamedTuple):
    """The total of one event: what it rests on ("roster", "heads" or "" for nothing), and whether somebody must decide
    because roster and heads differ."""

    total: Three
    by: str
    is_open: bool


def basis(roster: Three, heads: Three | None, decided: str) -> Basis:
    """The total of an event's participations. Until somebody decided, the roster stands where there is one."""
    if heads is None:
        return Basis(roster, "roster" if roster.total else "", is_open=False)
    if decided:
        return Basis(heads if decided == "heads" else roster, decided, is_open=False)
    if not roster.total:
        return Basis(heads, "heads", is_open=False)
    return Basis(roster, "roster", is_open=roster != heads)


def once(rows: Iterable[Row]) -> list[Row]:
    """Each participant once at each event. Somebody who was listed twice and is known to be one person came once: of
    the two rows the one that says more stands."""
    found: dict[tuple[int, str], Row] = {}
    for row in rows:
        if row.is_participant:
            key = (row.event, row.person)
            found[key] = max(found.get(key, row), row, key=_says)
    return list(found.values())


def _says(row: Row) -> tuple[bool, bool, int]:
    on = row.completed_on
    return on is not None, row.came, -on.toordinal() if on else 0


def participations(rows: Iterable[Row]) -> Three:
    return three(row.sex for row in once(rows) if row.came)


def completions(rows: Iterable[Row]) -> Three:
    return three(row.sex for row in once(rows) if row.completed_on)


class First(NamedTuple):
    """That a person counts in a scope, from the month of their first completion in it."""

    region: str
    person: str
    month: date
    sex: str
    generation: int


def firsts(rows: Iterable[Row]) -> set[First]:
    """Who was trained, once in each region and once in the country.

    Of two completions on the same day the one of the lower generation is the first, so that the order of rows never
    matters."""
    found: dict[tuple[str, str], tuple[date, int, str]] = {}
    for row in rows:
        if not (row.is_participant and row.completed_on):
            continue
        for scope in (row.region, COUNTRY):
            at = (row.completed_on, row.generation, row.sex)
            found[scope, row.person] = min(at, found.get((scope, row.person), at))
    return {
        First(scope, person, on.replace(day=1), sex, generation)
        for (scope, person), (on, generation, sex) in found.items()
    }


def people(rows: Iterable[Row], region: str = COUNTRY) -> Three:
    """People trained in a region, or in the country; the country is never the sum of its regions."""
    return three(one.sex for one in firsts(rows) if one.region == region)


def in_several_regions(rows: Iterable[Row]) -> int:
    """How many people are counted in more than one region: what a report must say beside the sum of the regions."""
    regions = Counter(one.person for one in firsts(rows) if one.region != COUNTRY)
    return sum(number > 1 for number in regions.values())
