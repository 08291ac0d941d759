"""Counts that are facts from the start: how many, by codes; never who, never when within a month.

A cell is one combination of codes in one month. Its rows (``slot``) exist only so that many writers need not queue at
one row; their sum is the count, and a single row means nothing (a correction may leave one of them negative). There is
no id, no moment and no order to join a cell with what was counted: ``settle`` takes away even the order of writing.
"""

import random
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connections, models, router, transaction
from django.db.models import Sum
from django.utils import timezone

SLOTS = 16
_own = threading.local()
KEY = ("month", "slot")
AT_ONCE = 200
Codes = Mapping[str, str | int]
Period = tuple[date, date]  # from a month to a month, both inside; any day of a month means it
Row = tuple[Any, ...]


class Cell(models.Model):
    """Every field that a concrete table adds is a code it counts by; its primary key is ``cell_key(…)`` of them.

    Codes are short, never empty by chance and never null: what is not known is counted as ``""``.
    """

    month = models.DateField()  # the first of the month, by the centre's clock
    slot = models.PositiveSmallIntegerField()
    n = models.IntegerField()

    class Meta:
        abstract = True

    @classmethod
    def dimensions(cls) -> tuple[str, ...]:
        """The codes it counts by, in their order."""
        own = {"month", "slot", "n"}
        return tuple(field.name for field in cls._meta.concrete_fields if field.name not in own)


def month_of(moment: datetime | date) -> date:
    """The first of its month, by the centre's clock."""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return day.replace(day=1)


def band(value: float | None, edges: Sequence[tuple[float, str]], beyond: str, unknown: str = "") -> str:
    """The code of the first edge that ``value`` does not pass: ``band(7, ((5, "u5"), (10, "u10")), "o10")`` is u10."""
    if value is None:
        return unknown
    return next((code for edge, code in edges if value <= edge), beyond)


def add(model: type[Cell], month: date, codes: Codes, n: int = 1) -> None:
    """Add ``n`` to one cell, in the caller's transaction; ``n`` below zero takes back. Raises ``TypeError``."""
    if set(codes) != set(model.dimensions()):
        raise TypeError(f"{model.__name__} counts by {', '.join(model.dimensions())}")
    add_all(model, month, {tuple(codes[name] for name in model.dimensions()): n})


def add_all(model: type[Cell], month: date, changes: Mapping[Row, int]) -> None:
    """Add to many cells at once; each is named by its codes in the order of ``dimensions()``.

    In one statement and one order, so that two who count the same do not wait for each other in a ring.
    """
    _upsert(model, [(month, _slot(), *codes, n) for codes, n in sorted(changes.items()) if n])


def _slot() -> int:
    """The same for everything one thread counts: rows are then locked in the order of their codes, not of chance."""
    if not hasattr(_own, "slot"):
        _own.slot = random.randrange(SLOTS)  # noqa: S311 (not a secret)
    return int(_own.slot)


def move(model: type[Cell], month: date, before: Iterable[Row], after: Iterable[Row]) -> None:
    """A correction: one less in each cell of ``before``, one more in each of ``after``."""
    changes = Counter(after)
    changes.subtract(Counter(before))
    add_all(model, month, changes)


def cells(model: type[Cell], period: Period, by: Sequence[str] = (), **only: str | int) -> list[Row]:
    """Rows of (code, …, n) in the order of ``by``, summed; ``only`` keeps cells with these codes. No cell of nothing.

    ``by`` may name ``month`` and every dimension of ``model``; without it there is one row, the total.
    """
    first, last = (month_of(day) for day in period)
    rows = model._default_manager.filter(month__gte=first, month__lte=last, **only)
    if not by:
        return [(rows.aggregate(total=Sum("n"))["total"] or 0,)]
    if unknown := set(by) - {"month", *model.dimensions()}:
        raise ValueError(f"{model.__name__} does not count by {', '.join(sorted(unknown))}")
    summed = rows.values_list(*by).annotate(total=Sum("n")).order_by(*by)
    return [row for row in summed if row[-1]]


def count_by(models_: Sequence[type[Cell]], period: Period, by: Sequence[str]) -> list[Row]:
    """``cells`` of the first table that counts by all of these together. Raises ``ValueError`` where none does."""
    wanted = set(by) - {"month"}
    for model in models_:
        if wanted <= set(model.dimensions()):
            return cells(model, period, by)
    raise ValueError(f"never counted together: {', '.join(sorted(wanted))}")


@transaction.atomic
def settle(model: type[Cell]) -> int:
    """Write every cell again as one row, in the order of its codes, so that the order of rows tells nothing.

    How many rows there are now. Writers wait meanwhile; totals are the same before and after. Run at night.
    """
    _lock_out_writers(model)
    dimensions = model.dimensions()
    summed = model._default_manager.values_list("month", *dimensions).annotate(total=Sum("n"))
    rows = [row for row in summed.order_by("month", *dimensions) if row[-1]]
    model._default_manager.all().delete()
    for start in range(0, len(rows), AT_ONCE):
        _upsert(model, [(row[0], 0, *row[1:]) for row in rows[start : start + AT_ONCE]])
    return len(rows)


def cell_key(*dimensions: str) -> models.CompositePrimaryKey:
    """The primary key of a table of cells: its month, its slot and all its codes."""
    return models.CompositePrimaryKey(*KEY, *dimensions)


def _upsert(model: type[Cell], values: Sequence[Row]) -> None:
    """``INSERT … ON CONFLICT … n = n + new``: one statement, atomic on PostgreSQL and on SQLite; the ORM has none."""
    if not values:
        return
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    key = ", ".join(quote(name) for name in (*KEY, *model.dimensions()))
    places = "(" + ", ".join(["%s"] * len(values[0])) + ")"
    statement = (
        f"INSERT INTO {table} ({key}, {quote('n')}) VALUES {', '.join([places] * len(values))} "  # noqa: S608
        f"ON CONFLICT ({key}) DO UPDATE SET {quote('n')} = {table}.{quote('n')} + excluded.{quote('n')}"
    )
    with connection.cursor() as cursor:
        day = connection.ops.adapt_datefield_value
        cursor.execute(statement, [value for month, *rest in values for value in (day(month), *rest)])


def _lock_out_writers(model: type[Cell]) -> None:
    """On SQLite a transaction that writes is alone already."""
    connection = connections[router.db_for_write(model)]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(model._meta.db_table)} IN EXCLUSIVE MODE")
