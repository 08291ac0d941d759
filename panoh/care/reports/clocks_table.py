"""By when what is done with a report: the table of ``centre/clocks.toml``, proved before it is used.

Deadlines go by the centre's own clock: "2wd" ends with the second working day after, at local midnight.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
URGENCIES = ("U1", "U2", "U3", "U4")
KINDS = ("promised", "statutory")
STARTS = ("sent", "notice")
LANGUAGES = ("uz", "ru", "en", "kaa")
SPAN = re.compile(r"([1-9]\d{0,4})(m|h|d|wd)")
ALWAYS = "closed"  # the clock that every report has until its end


class ClocksError(ValueError):
    """The table contradicts itself; the message names every fault, one a line."""


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One row. ``within`` maps an urgency (1 to 4) to its span; ``kinds`` empty is every kind of report."""

    code: str
    kind: str
    starts: str
    kinds: tuple[str, ...]
    within: Mapping[int, str]
    source: str
    verified: bool
    names: Mapping[str, str]

    @property
    def is_proposal(self) -> bool:
        """A law sets it, they say, and nobody has read that law yet."""
        return self.kind == "statutory" and not self.verified

    def runs_for(self, kind: str, urgency: int) -> bool:
        return urgency in self.within and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True, slots=True)
class ClocksTable:
    """All clocks in the order of the file, and the calendar they go by."""

    version: str
    rules: tuple[ClockRule, ...]
    working_days: frozenset[int]
    days_off: frozenset[date]
    warn_percent: int
    on_call_minutes: Mapping[int, int]
    zone: ZoneInfo

    @classmethod
    def from_data(cls, data: Mapping[str, Any], zone: ZoneInfo) -> "ClocksTable":
        """Raises ``ClocksError``."""
        if said := list(faults(data)):
            raise ClocksError("\n".join(said))
        return cls(
            version=data["version"],
            rules=tuple(_rule(row) for row in data["clock"]),
            working_days=frozenset(DAYS.index(day) for day in data["working_days"]),
            days_off=frozenset(date.fromisoformat(day) for day in data["days_off"]),
            warn_percent=data["warn_percent"],
            on_call_minutes={int(level[1]): minutes for level, minutes in data["on_call_minutes"].items()},
            zone=zone,
        )

    def rule(self, code: str) -> ClockRule | None:
        """None for a clock of an older table."""
        return next((rule for rule in self.rules if rule.code == code), None)

    def running(self, kind: str, urgency: int, *, starts: str = "sent") -> list[ClockRule]:
        """The clocks that run for a report of this kind and urgency."""
        return [rule for rule in self.rules if rule.starts == starts and rule.runs_for(kind, urgency)]

    def deadline(self, rule: ClockRule, urgency: int, since: datetime) -> datetime:
        """The moment by which it is done, aware, in the centre's time zone."""
        found = SPAN.fullmatch(rule.within[urgency])
        if found is None:  # the table was proved when it was read
            raise ClocksError(rule.code)
        number, unit = int(found[1]), found[2]
        if unit in {"m", "h"}:
            return (since.astimezone(UTC) + _exactly(number, unit)).astimezone(self.zone)
        day = since.astimezone(self.zone).date()
        last = self._working_day(day, number) if unit == "wd" else day + timedelta(days=number)
        return datetime.combine(last + timedelta(days=1), time(), self.zone)

    def warn_at(self, since: datetime, due: datetime) -> datetime:
        """When whoever holds it hears that the time is running out."""
        return since + (due - since) * self.warn_percent / 100

    def on_call_at(self, due: datetime, urgency: int) -> datetime:
        return due + timedelta(minutes=self.on_call_minutes[urgency])

    def is_working(self, day: date) -> bool:
        return day.weekday() in self.working_days and day not in self.days_off

    def _working_day(self, day: date, number: int) -> date:
        """The ``number``-th working day after ``day``."""
        while number:
            day += timedelta(days=1)
            number -= self.is_working(day)
        return day


def _exactly(number: int, unit: str) -> timedelta:
    return timedelta(minutes=number) if unit == "m" else timedelta(hours=number)


def _rule(row: Mapping[str, Any]) -> ClockRule:
    return ClockRule(
        code=row["code"],
        kind=row["kind"],
        starts=row["starts"],
        kinds=tuple(row["kinds"]),
        within={int(level[1]): span for level, span in row["within"].items()},
        source=row["source"],
        verified=bool(row.get("verified", False)),
        names={language: row[language] for language in LANGUAGES},
    )


# --- what could be wrong --------------------------------------------------------------------------------------------


def faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Every contradiction of the file, in words for whoever edits it."""
    yield from _calendar_faults(data)
    rows: Sequence[Mapping[str, Any]] = data.get("clock", ())
    codes = [row.get("code") for row in rows]
    yield from (f"{code}: stands twice" for code in sorted({str(c) for c in codes if codes.count(c) > 1}))
    for row in rows:
        yield from (f"{row.get('code', '?')}: {said}" for said in _row_faults(row))
    always = next((row for row in rows if row.get("code") == ALWAYS), {})
    if always.get("kinds") or set(always.get("within", ())) != set(URGENCIES) or always.get("starts") != "sent":
        yield f"{ALWAYS}: every kind and every urgency needs this clock, from the moment a report is sent"


def _calendar_faults(data: Mapping[str, Any]) -> Iterator[str]:
    if not data.get("version"):
        yield "version: missing"
    if not data.get("working_days") or not set(data["working_days"]) <= set(DAYS):
        yield "working_days: some of mon … sun"
    for day in data.get("days_off", ("",)):
        if not _is_date(day):
            yield f"days_off: {day!r} is no day like 2027-03-21"
    if not 0 < data.get("warn_percent", 0) < 100:
        yield "warn_percent: between 1 and 99"
    if set(data.get("on_call_minutes", ())) != set(URGENCIES):
        yield "on_call_minutes: one number for each of U1 to U4"


def _row_faults(row: Mapping[str, Any]) -> Iterator[str]:
    if not re.fullmatch(r"[a-z][a-z_]{0,19}", row.get("code", "")):
        yield "code: lower-case letters, at most 20"
    if row.get("kind") not in KINDS or row.get("starts") not in STARTS:
        yield "kind or starts: not one of those above"
    if not row.get("source"):
        yield "source: missing; nobody can say why this time"
    if not isinstance(row.get("kinds"), list):
        yield "kinds: a list, [] for every kind"
    within = row.get("within", {})
    if not within or not set(within) <= set(URGENCIES) or not all(SPAN.fullmatch(str(s)) for s in within.values()):
        yield 'within: spans like "15m", "24h", "3d", "2wd" for U1 to U4'
    yield from (f"{language}: has no name" for language in LANGUAGES if not row.get(language))
    if row.get("verified") and not (_is_date(row.get("verified_on", "")) and row.get("verified_by")):
        yield "verified: needs verified_on and verified_by, a person who has read the law"


def _is_date(text: object) -> bool:
    try:
        date.fromisoformat(str(text))
    except ValueError:
        return False
    return True
