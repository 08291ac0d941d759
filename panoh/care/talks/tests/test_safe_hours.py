"""The next safe moment, on the clock of the centre."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from panoh.care.talks.safe_hours import is_safe, next_moment

TASHKENT = ZoneInfo("Asia/Tashkent")  # five hours before UTC
CLOCKS = some.times().map(lambda clock: clock.replace(microsecond=0))


def at(hour: int, minute: int = 0, day: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=TASHKENT)


@pytest.mark.parametrize(
    ("now", "begin", "end", "expected"),
    [
        (at(15), time(14), time(20), at(15)),  # in the stretch: at once
        (at(9), time(14), time(20), at(14)),  # before it: today
        (at(20), time(14), time(20), at(14, day=11)),  # its end is no part of it: tomorrow
        (at(23), time(22), time(6), at(23)),  # across midnight, before it
        (at(5, 59), time(22), time(6), at(5, 59)),  # across midnight, after it
        (at(12), time(22), time(6), at(22)),
        (at(3), None, None, at(3)),  # no hours: any time
        (at(3), time(8), time(8), at(3)),  # a stretch without an end: any time
    ],
)
def test_the_next_safe_moment(now: datetime, begin: time | None, end: time | None, expected: datetime) -> None:
    assert next_moment(now, begin, end, TASHKENT) == expected


def test_a_moment_in_another_zone_is_read_on_the_clock_of_the_centre() -> None:
    assert next_moment(datetime(2026, 11, 10, 20, tzinfo=UTC), time(14), time(20), TASHKENT) == at(14, day=11)


@given(some.integers(1_500_000_000, 1_900_000_000).map(lambda at: datetime.fromtimestamp(at, UTC)), CLOCKS, CLOCKS)
def test_the_moment_found_is_safe_and_never_past_nor_more_than_a_day_away(
    now: datetime, begin: time, end: time
) -> None:
    found = next_moment(now, begin, end, TASHKENT)
    assert is_safe(found.astimezone(TASHKENT).time(), begin, end)
    assert now <= found <= now + timedelta(days=1)
