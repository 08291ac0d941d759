"""The life of a referral and its clocks, read from ``centre/referrals.toml`` and proved before they are used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

# What the code can do; the file says when each may be done.
VERBS = {
    "approve": "us",
    "send": "us",
    "acknowledge": "them",
    "accept": "them",
    "decline": "them",
    "ask": "them",
    "answer": "us",
    "start": "them",
    "complete": "them",
    "revoke": "us",
    "expire": "clock",
}
URGENCIES = (1, 2, 3, 4)
ESCALATE, EXPIRE = "escalate", "expire"


class ReferralRulesError(ValueError):
    """The file contradicts itself; the message names every fault, one a line."""


@dataclass(frozen=True)
class Verb:
    code: str
    by: str
    before: frozenset[str]
    after: str
    keeps: frozenset[str]


@dataclass(frozen=True)
class Span:
    """``minutes`` run day and night; ``days`` end by the local clock."""

    minutes: int = 0
    days: int = 0


@dataclass(frozen=True)
class Step:
    """What the clock does at a moment: remind, late, escalate, expire."""

    kind: str
    at: datetime


@dataclass(frozen=True)
class Rules:
    """One edition of the file. Moments are aware; ``zone`` is the centre's."""

    first: str
    last: frozenset[str]
    verbs: Mapping[str, Verb]
    spans: Mapping[tuple[int, str], Span]
    ours: frozenset[str]
    day_ends: time
    shares: tuple[float, ...]
    zone: ZoneInfo

    @classmethod
    def from_data(cls, data: Mapping[str, Any], zone: ZoneInfo) -> "Rules":
        """Raises ``ReferralRulesError``."""
        if said := faults(data):
            raise ReferralRulesError("\n".join(said))
        verbs = {row["code"]: _verb(row) for row in data["verb"]}
        spans = {(u, name): Span(**span) for u in URGENCIES for name, span in data["clock"][f"U{u}"].items()}
        ours, ends = frozenset(data["clock"]["waits_for_us"]), time.fromisoformat(data["clock"]["day_ends"])
        shares = tuple(sorted(data["reminders"]["shares"]))
        return cls(data["first"], frozenset(data["last"]), verbs, spans, ours, ends, shares, zone)

    @property
    def states(self) -> frozenset[str]:
        return frozenset(_states(self.verbs.values())) | {self.first}

    def allows(self, verb: str, state: str) -> bool:
        rule = self.verbs[verb]
        return state in rule.before or state in rule.keeps

    def after(self, verb: str, state: str) -> str:
        """Where a verb leads; the same state when it only keeps it. Raises ``KeyError`` for what is not allowed."""
        rule = self.verbs[verb]
        if state in rule.before:
            return rule.after
        if state in rule.keeps:
            return state
        raise KeyError(f"{verb} in {state}")

    def verbs_of(self, by: str, state: str) -> list[str]:
        return [verb.code for verb in self.verbs.values() if verb.by == by and self.allows(verb.code, state)]

    def waits_for_us(self, state: str) -> bool:
        return state in self.ours

    def due_at(self, urgency: int, state: str, since: datetime) -> datetime | None:
        """When a referral that came into ``state`` at ``since`` must have moved on; None where no clock runs."""
        span = self.spans.get((urgency, state))
        return self._add(since, span) if span else None

    def steps(self, urgency: int, state: str, since: datetime) -> list[Step]:
        """All that the clock does while a referral stands in ``state``, in the order of time."""
        due = self.due_at(urgency, state, since)
        if due is None:
            return []
        found = [Step("remind", since + (due - since) * share) for share in self.shares]
        found += [Step("late", due), Step(ESCALATE, self._add(due, self.spans[urgency, ESCALATE]))]
        if self.allows("expire", state):
            found.append(Step(EXPIRE, self._add(due, self.spans[urgency, EXPIRE])))
        return sorted(found, key=lambda step: step.at)

    def _add(self, since: datetime, span: Span) -> datetime:
        """Minutes are elapsed time; days are counted on the wall calendar, whatever the clock did at night."""
        if not span.days:
            return since + timedelta(minutes=span.minutes)
        day = since.astimezone(self.zone).date() + timedelta(days=span.days)
        return datetime.combine(day, self.day_ends, tzinfo=self.zone).astimezone(since.tzinfo)


def faults(data: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with the file, each in a sentence."""
    said = _verb_faults(data)
    if said:
        return said
    verbs = [_verb(row) for row in data["verb"]]
    return [*_path_faults(data, verbs), *_clock_faults(data, verbs)]


def _verb(row: Mapping[str, Any]) -> Verb:
    return Verb(row["code"], row["by"], frozenset(row["from"]), row["to"], frozenset(row.get("keeps", ())))


def _verb_faults(data: Mapping[str, Any]) -> list[str]:
    rows = data.get("verb", [])
    codes = [row.get("code") for row in rows]
    said = [f"verb {code!r} is missing" for code in VERBS if code not in codes]
    said += [f"verb {code!r} is unknown" for code in codes if code not in VERBS]
    said += [f"verb {code!r} stands twice" for code in sorted({str(c) for c in codes if codes.count(c) > 1})]
    said += [
        f"verb {row['code']!r} is done by {VERBS[row['code']]!r}"
        for row in rows
        if row.get("code") in VERBS and row.get("by") != VERBS[row["code"]]
    ]
    return said + [f"verb {row.get('code')!r} needs from and to" for row in rows if not {"from", "to"} <= row.keys()]


def _states(verbs: Iterable[Verb]) -> set[str]:
    return {state for verb in verbs for state in (*verb.before, *verb.keeps, verb.after)}


def _path_faults(data: Mapping[str, Any], verbs: list[Verb]) -> list[str]:
    """Dead ends and islands."""
    first, last, states = data["first"], set(data["last"]), _states(verbs)
    moves = {(before, verb.after) for verb in verbs for before in verb.before}
    said = [f"{state!r} cannot be reached" for state in sorted(states - _closure({first}, moves))]
    ending = _closure(last, {(after, before) for before, after in moves})
    said += [f"from {state!r} no end is reached" for state in sorted(states - ending)]
    said += [f"{state!r} is an end, and a verb leaves it" for state, _after in sorted(moves) if state in last]
    said += [f"{state!r} is an end, and a verb keeps it" for verb in verbs for state in verb.keeps if state in last]
    return said + [f"the end {state!r} does not exist" for state in sorted(last - states)]


def _closure(start: set[str], moves: set[tuple[str, str]]) -> set[str]:
    reached, grown = set(start), True
    while grown:
        more = {after for before, after in moves if before in reached} - reached
        reached |= more
        grown = bool(more)
    return reached


def _clock_faults(data: Mapping[str, Any], verbs: list[Verb]) -> list[str]:
    clock, said = data.get("clock", {}), []
    handed = _closure({"sent"}, {(b, v.after) for v in verbs for b in v.before}) - set(data["last"])
    for urgency in URGENCIES:
        spans = clock.get(f"U{urgency}", {})
        missing = {*handed, ESCALATE, EXPIRE} - spans.keys()
        said += [f"U{urgency} has no clock for {name!r}" for name in sorted(missing)]
        said += [f"U{urgency} {name!r} is not a span" for name, span in spans.items() if not _is_span(span)]
    said += [
        f"waits_for_us: {state!r} does not exist" for state in clock.get("waits_for_us", []) if state not in handed
    ]
    shares = data.get("reminders", {}).get("shares", [])
    return said + [f"reminders: {share!r} is not between 0 and 1" for share in shares if not 0 < share < 1]


def _is_span(span: Any) -> bool:
    """Exactly one of minutes and days, and at least one of it."""
    return (
        isinstance(span, dict)
        and len(span) == 1
        and span.keys() <= {"minutes", "days"}
        and all(isinstance(n, int) and not isinstance(n, bool) and n > 0 for n in span.values())
    )
