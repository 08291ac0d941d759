"""One week of the rota by the local clock."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from .. import rules
from ..models import Shift
from .people import roster, uncovered_hours

WEEK = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True, slots=True)
class Day:
    """A day with the shifts that begin on it and the stretches nobody covers."""

    date: date
    shifts: list[Shift]
    bare: list[tuple[datetime, datetime]]
    is_today: bool


@dataclass(frozen=True, slots=True)
class Week:
    """``code`` like ``2026-W10``. ``bare`` are all uncovered stretches of the days ahead, whatever week is shown."""

    code: str
    before: str
    after: str
    days: list[Day]
    zone: str
    bare: list[tuple[datetime, datetime]]
    ahead: int

    @property
    def today_or_first(self) -> date:
        return next((day.date for day in self.days if day.is_today), self.days[0].date)


def week_of(asked: str) -> Week:
    """The week with this code; this week for one that cannot be read."""
    first = _monday(asked)
    begins, ends = _midnight(first), _midnight(first + timedelta(days=7))
    shifts = list(roster(begins, ends))
    bare = uncovered_hours(timezone.now())
    hours = rules.hours()
    return Week(
        code=first.strftime("%G-W%V"),
        before=(first - timedelta(days=7)).strftime("%G-W%V"),
        after=(first + timedelta(days=7)).strftime("%G-W%V"),
        days=[_day(first + timedelta(days=n), shifts, bare) for n in range(7)],
        zone=str(hours.zone),
        bare=bare,
        ahead=rules.number("rota", "look_ahead_days", default=14),
    )


def _monday(asked: str) -> date:
    today = timezone.localdate()
    found = WEEK.fullmatch(asked)
    if found and 2000 <= int(found[1]) <= 2100:
        try:
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            pass
    return today - timedelta(days=today.weekday())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _day(day: date, shifts: list[Shift], bare: list[tuple[datetime, datetime]]) -> Day:
    begins, ends = _midnight(day), _midnight(day + timedelta(days=1))
    inside = [(max(start, begins), min(end, ends)) for start, end in bare if start < ends and end > begins]
    own = [shift for shift in shifts if begins <= shift.starts_at < ends]
    return Day(day, own, inside, day == timezone.localdate())
