"""How often what was played, for the desk: by piece, language and script, and by day where somebody asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, Sum
from django.utils import timezone

from panoh.ground.common.cells import month_of

from . import queries
from .models import PlayCell

PERIODS = (30, 90, 365)
# What is counted, in the order of the columns: on the pages, in Telegram, and each form of a file.
WHAT = ("begun", "finished", "bot", "bot_end", "pdf", "epub", "zip")
FEWEST = 5  # a smaller count is not told: of a piece that five children opened in a day it says nothing


@dataclass
class Played:
    """``day`` is None where the whole period is counted together. ``told`` is None for a count that is too small."""

    piece: str
    language: str
    day: date | None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def told(self) -> list[int | None]:
        found = [self.counts.get(what, 0) for what in WHAT]
        return [n if n == 0 or n >= FEWEST else None for n in found]


def plays(days: int, language: str = "", *, daily: bool = False) -> list[Played]:
    """Of the last days; the newest day first, or the piece that was begun most."""
    since = timezone.localdate() - timedelta(days=days)
    month = month_of(since)
    rows = PlayCell.objects.filter(Q(month__gt=month) | Q(month=month, day__gte=since.day))
    if language:
        rows = rows.filter(language=language)
    by: Sequence[str] = ("piece", "language", "what", *(("month", "day") if daily else ()))
    found: dict[tuple[str, str, date | None], Played] = {}
    for piece, spoken, what, *when, n in rows.values_list(*by).annotate(total=Sum("n")).order_by(*by):
        day = when[0].replace(day=when[1]) if daily else None
        one = found.setdefault((piece, spoken, day), Played(piece, spoken, day))
        one.counts[what] = n
    return sorted(found.values(), key=_order)


def _order(one: Played) -> tuple[int, int, str, str]:
    opened = one.counts.get("begun", 0) + one.counts.get("bot", 0)
    return (-one.day.toordinal() if one.day else 0, -opened, one.piece, one.language)


def titles(language: str) -> dict[str, str]:
    """Of every piece there is today; one that has gone is called by its code."""
    return {f"{one.kind}/{one.slug}": one.title for one in queries.told(language)}
