"""When a human is promised: by urgency, and by the hours the centre is open.

Times to a first human reply and to escalation stand in ``centre/centre.toml`` (research: helpline §7). U1 and U2 are
promised around the clock; U3 and U4 count from the next opening.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Promise:
    """All in seconds from the moment a person began to wait."""

    reply: int
    supervisor: int
    on_call: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours by weekday in one time zone; a day is a list of ("HH:MM", "HH:MM"), "24:00" is midnight."""

    week: Mapping[str, Sequence[Sequence[str]]]
    zone: ZoneInfo
    days: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)  # "2027-03-21" = [] is a holiday

    def is_open(self, at: datetime) -> bool:
        return any(start <= at < end for start, end in self._stretches(at))

    def opens_next(self, at: datetime) -> datetime | None:
        """``at`` itself while open; None for a centre that never opens."""
        if self.is_open(at):
            return at
        starts = [start for day in range(8) for start, _ in self._stretches(at + timedelta(days=day)) if start > at]
        return min(starts, default=None)

    def _stretches(self, at: datetime) -> list[tuple[datetime, datetime]]:
        local = at.astimezone(self.zone)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        return [
            (self._moment(midnight, opens), self._moment(midnight, closes))
            for opens, closes in self.days.get(local.date().isoformat(), self.week.get(DAYS[local.weekday()], ()))
        ]

    def _moment(self, midnight: datetime, clock: str) -> datetime:
        if clock == "24:00":
            return datetime.combine(midnight.date() + timedelta(days=1), time(), self.zone)
        return datetime.combine(midnight.date(), time.fromisoformat(clock), self.zone)


def promised_at(urgency: int, since: datetime, promise: Promise, hours: Hours) -> datetime:
    """The moment by which a human has answered."""
    start = since if urgency <= 2 else hours.opens_next(since) or since
    return start + timedelta(seconds=promise.reply)
