"""When something runs next, and how long to wait after it failed."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
SHORT = timedelta(minutes=1)


@dataclass(frozen=True)
class Plan:
    """Either every so often, or daily at a local time of day."""

    every: timedelta | None = None
    daily_at: time | None = None

    def __post_init__(self) -> None:
        if (self.every is None) == (self.daily_at is None):
            raise ValueError("a timetable entry runs either every so often or daily at a time")
        if self.every is not None and self.every < timedelta(seconds=1):
            raise ValueError("a timetable entry runs once a second at most")

    @property
    def is_short(self) -> bool:
        """Runs so often that a lost run does not matter."""
        return self.every is not None and self.every < SHORT

    def after(self, now: datetime, zone: tzinfo) -> datetime:
        """The first regular time after ``now``."""
        if self.every is not None:
            return now + self.every
        assert self.daily_at is not None  # noqa: S101 (one of the two, see __post_init__)
        today = datetime.combine(now.astimezone(zone).date(), self.daily_at, zone)
        return today if today > now else datetime.combine(today.date() + timedelta(days=1), self.daily_at, zone)

    def after_failure(self, now: datetime, zone: tzinfo, failures: int) -> datetime:
        """The next try after the ``failures``-th failure in a row: never later than the regular time."""
        return min(self.after(now, zone), now + wait_after(failures))


def wait_after(failures: int) -> timedelta:
    """5 s after the first failure, then twice as long each time, an hour at most."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failures - 1, 20)) if failures > 0 else timedelta(0)
