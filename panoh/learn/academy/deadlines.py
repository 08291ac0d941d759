"""When an attempt ends by the server's clock. Pure of Django; every moment is aware of its zone.

The browser shows a clock and decides nothing. Time is added for a person, never taken. Answers and the end are accepted
until the deadline and a grace after it, because a line may be slow; Canvas takes five minutes of drift as on time
(``app/models/quizzes/quiz_submission.rb``), Moodle has a grace period (``mod/quiz``, ``graceperiod``). After that the
server closes the attempt with what it was given.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

UNTOUCHED = timedelta(days=60)  # an attempt without a time limit that nobody came back to


def deadline(started_at: datetime, *, limit_minutes: int | None, extra_minutes: int = 0) -> datetime | None:
    """The moment shown to the person; None where there is no limit. Extra time without a limit changes nothing."""
    if not limit_minutes:
        return None
    return started_at + timedelta(minutes=limit_minutes + max(0, extra_minutes))


def accepts(now: datetime, ends_at: datetime | None, *, grace_minutes: int) -> bool:
    """Is an answer, or the end, that arrives now still taken?"""
    return ends_at is None or now <= ends_at + timedelta(minutes=max(0, grace_minutes))


def closing(now: datetime, *, ends_at: datetime | None, grace_minutes: int, touched_at: datetime) -> str | None:
    """``overdue`` when the time is over, ``abandoned`` when nobody came back, None while the attempt is open."""
    if not accepts(now, ends_at, grace_minutes=grace_minutes):
        return "overdue"
    return "abandoned" if ends_at is None and now - touched_at > UNTOUCHED else None


def next_attempt_at(finished_at: datetime | None, *, cooling_off_hours: int) -> datetime | None:
    """When another attempt may begin after one that was not passed; None is at once."""
    if finished_at is None or not cooling_off_hours:
        return None
    return finished_at + timedelta(hours=cooling_off_hours)


def attempts_left(taken: int, *, cap: int, extra: int = 0) -> int | None:
    """None where there is no cap (0)."""
    return max(0, cap + max(0, extra) - taken) if cap else None


def device_clock(said: str, now: datetime) -> datetime | None:
    """The device's own moment (ISO 8601 with a zone), a note for appeals that decides nothing; None if it is none."""
    try:
        at = datetime.fromisoformat(said[:40])
    except ValueError:
        return None
    if at.tzinfo is None:
        return None
    try:
        return min(at, now + timedelta(days=1)) if at.year > 2000 else None
    except OverflowError:
        return None


def waits_lifted(granted: Iterable[tuple[datetime, int]], begun: Iterable[datetime]) -> int:
    """How many attempts may still begin without waiting: each attempt that was granted lifts one wait, of the next
    attempt that begins, and no other."""
    moments = sorted([*((at, count) for at, count in granted), *((at, -1) for at in begun)])
    left = 0
    for _at, change in moments:
        left = max(0, left + change)
    return left
