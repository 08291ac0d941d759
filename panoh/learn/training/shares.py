"""What one event, trainer or report stands for in the prepared figures. Pure of Django and of the database.

A share is a list of cells; the difference between the share a thing has and the one it should have is all that a change
adds to the figures. The names of measures are those of ``models.Measure``.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from .counting import SEXES, Row, Three, basis, once, participations

PUPILS = ("g1_4", "g5_9", "g10_11", "mixed")


class Cell(NamedTuple):
    """Where a number belongs. ``month`` is the first of a month, ISO, so that a share can be kept as JSON."""

    measure: str
    month: str
    region: str
    district: str
    sex: str
    generation: int


Share = Counter[Cell]


def kept(share: Share) -> list[list[str | int]]:
    """A share as it is kept beside its row; zeros are left out."""
    return [[*cell, n] for cell, n in sorted(share.items()) if n]


def read(kept_share: Iterable[Sequence[str | int]]) -> Share:
    return Counter({Cell(*row[:-1]): int(row[-1]) for row in kept_share})  # type: ignore[arg-type]


def difference(now: Share, before: Share) -> dict[Cell, int]:
    """What to add to the figures, zeros left out."""
    cells = now.keys() | before.keys()
    return {cell: now[cell] - before[cell] for cell in cells if now[cell] != before[cell]}


def month_of(day: date) -> str:
    return day.replace(day=1).isoformat()


def of_event(
    rows: Sequence[Row],
    heads: Three | None,
    decided: str,
    *,
    ends_on: date,
    region: str,
    district: str,
    generation: int,
) -> Share:
    """Participations by the roster or the heads, never both; completions are always of listed people."""
    found: Share = Counter()
    total = basis(participations(rows), heads, decided).total
    for sex, n in zip(SEXES, total, strict=True):
        found[Cell("participations", month_of(ends_on), region, district, sex, generation)] += n
    for row in once(rows):
        if row.completed_on:
            sex = row.sex if row.sex in SEXES else SEXES[-1]
            found[Cell("completions", month_of(row.completed_on), region, district, sex, generation)] += 1
    return +found


class TrainerFacts(NamedTuple):
    """``is_active``: has trained others and is neither lapsed nor suspended."""

    sex: str
    region: str
    district: str
    generation: int
    certified_on: date | None
    first_lesson_on: date | None
    is_active: bool


def of_trainer(facts: TrainerFacts) -> Share:
    found: Share = Counter()
    where = (facts.region, facts.district, facts.sex if facts.sex in SEXES else SEXES[-1], facts.generation)
    if facts.certified_on:
        found[Cell("certified", month_of(facts.certified_on), *where)] += 1
    if facts.is_active and facts.first_lesson_on:
        found[Cell("active", month_of(facts.first_lesson_on), *where)] += 1
    return found


class ReportFacts(NamedTuple):
    """``is_counted``: not rejected. ``verified`` is None while nobody checked."""

    on: date
    region: str
    district: str
    band: str
    generation: int
    reported: Three
    verified: Three | None
    is_counted: bool


def of_report(facts: ReportFacts) -> Share:
    """Reported and verified stand apart: a check that found fewer lowers the one and leaves the other."""
    if not facts.is_counted:
        return Counter()
    where = (month_of(facts.on), facts.region, facts.district)
    found: Share = Counter({Cell("lessons", *where, "", facts.generation): 1})
    is_pupils = facts.band in PUPILS
    for cell, n in _by_sex("reached" if is_pupils else "adults", where, facts.reported, facts.generation):
        found[cell] += n
    if is_pupils and facts.verified is not None:
        for cell, n in _by_sex("verified", where, facts.verified, facts.generation):
            found[cell] += n
    return +found


def _by_sex(measure: str, where: tuple[str, str, str], numbers: Three, generation: int) -> Iterator[tuple[Cell, int]]:
    for sex, n in zip(SEXES, numbers, strict=True):
        yield Cell(measure, *where, sex, generation), n


def of_firsts(firsts: Iterable[tuple[str, date, str, int]]) -> Share:
    """People trained: (scope, month, sex, generation) of each person's first completion in a region or the country."""
    found: Share = Counter()
    for scope, month, sex, generation in firsts:
        found[Cell("trained", month.isoformat(), scope, "", sex if sex in SEXES else SEXES[-1], generation)] += 1
    return found
