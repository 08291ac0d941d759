"""When something runs next."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from ..plan import LONGEST_WAIT, Plan, wait_after

TASHKENT = ZoneInfo("Asia/Tashkent")
NOON = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)  # 12:00 in Tashkent


@pytest.mark.parametrize(
    ("at", "expected"),
    [(time(13, 30), datetime(2026, 11, 21, 8, 30, tzinfo=UTC)),
     (time(3, 10), datetime(2026, 11, 21, 22, 10, tzinfo=UTC)),
     (time(12, 0), datetime(2026, 11, 22, 7, 0, tzinfo=UTC))],
)  # fmt: skip
def test_daily_means_the_local_clock(at: time, expected: datetime) -> None:
    assert Plan(daily_at=at).after(NOON, TASHKENT) == expected


def test_daily_keeps_the_local_hour_when_the_clocks_change() -> None:
    berlin, before = ZoneInfo("Europe/Berlin"), datetime(2026, 10, 24, 10, 0, tzinfo=UTC)
    first = Plan(daily_at=time(3, 30)).after(before, berlin)
    second = Plan(daily_at=time(3, 30)).after(first, berlin)
    assert [moment.astimezone(berlin).hour for moment in (first, second)] == [3, 3]


def test_a_failure_is_tried_again_sooner_but_never_later_than_the_regular_time() -> None:
    daily, often = Plan(daily_at=time(3, 10)), Plan(every=timedelta(seconds=2))
    assert daily.after_failure(NOON, TASHKENT, 1) == NOON + timedelta(seconds=5)
    assert often.after_failure(NOON, TASHKENT, 9) == NOON + timedelta(seconds=2)


def test_each_wait_is_twice_the_last_up_to_an_hour() -> None:
    assert [wait_after(failures).total_seconds() for failures in (0, 1, 2, 3)] == [0, 5, 10, 20]
    assert wait_after(10_000) == LONGEST_WAIT


@pytest.mark.parametrize(
    "wrong", [{}, {"every": timedelta(seconds=2), "daily_at": time(1)}, {"every": timedelta(milliseconds=100)}]
)
def test_a_plan_that_cannot_be_kept_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Plan(**wrong)  # type: ignore[arg-type]
