"""When an attempt ends."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from .. import deadlines

START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
MINUTES = st.integers(0, 600)


def test_without_a_limit_there_is_no_deadline_and_an_answer_is_taken_in_a_year() -> None:
    assert deadlines.deadline(START, limit_minutes=None) is None
    assert deadlines.deadline(START, limit_minutes=0, extra_minutes=30) is None
    assert deadlines.accepts(START + timedelta(days=365), None, grace_minutes=0)


def test_an_answer_in_the_grace_is_taken_and_one_after_it_is_not() -> None:
    ends_at = deadlines.deadline(START, limit_minutes=40)
    assert ends_at == START + timedelta(minutes=40)
    at = START + timedelta(minutes=45)
    assert deadlines.accepts(at, ends_at, grace_minutes=5)
    assert not deadlines.accepts(at + timedelta(microseconds=1), ends_at, grace_minutes=5)


@given(limit=st.integers(1, 600), extra=MINUTES, grace=MINUTES, later=st.integers(0, 2000))
def test_more_time_never_shuts_earlier(limit: int, extra: int, grace: int, later: int) -> None:
    now = START + timedelta(minutes=later)
    plain = deadlines.deadline(START, limit_minutes=limit)
    more = deadlines.deadline(START, limit_minutes=limit, extra_minutes=extra)
    assert deadlines.accepts(now, more, grace_minutes=grace) >= deadlines.accepts(now, plain, grace_minutes=grace)
    assert deadlines.accepts(now, plain, grace_minutes=grace) >= deadlines.accepts(now, plain, grace_minutes=0)


def test_negative_extra_takes_no_time() -> None:
    assert deadlines.deadline(START, limit_minutes=40, extra_minutes=-30) == START + timedelta(minutes=40)


def test_the_server_closes_what_is_over_and_what_nobody_came_back_to() -> None:
    ends_at, soon, late = START + timedelta(hours=1), START + timedelta(hours=2), START + timedelta(days=61)
    assert deadlines.closing(soon, ends_at=ends_at, grace_minutes=5, touched_at=START) == "overdue"
    assert deadlines.closing(soon, ends_at=ends_at, grace_minutes=60, touched_at=START) is None
    assert deadlines.closing(soon, ends_at=None, grace_minutes=5, touched_at=START) is None
    assert deadlines.closing(late, ends_at=None, grace_minutes=5, touched_at=START) == "abandoned"
    assert deadlines.closing(late, ends_at=None, grace_minutes=5, touched_at=late) is None


def test_attempts_have_a_cap_or_none() -> None:
    assert deadlines.attempts_left(7, cap=0) is None
    assert [deadlines.attempts_left(taken, cap=3) for taken in range(5)] == [3, 2, 1, 0, 0]
    assert deadlines.attempts_left(3, cap=3, extra=1) == 1
    assert deadlines.attempts_left(1, cap=3, extra=-9) == 2


def test_cooling_off_begins_when_the_last_attempt_ended() -> None:
    assert deadlines.next_attempt_at(None, cooling_off_hours=24) is None
    assert deadlines.next_attempt_at(START, cooling_off_hours=0) is None
    assert deadlines.next_attempt_at(START, cooling_off_hours=24) == START + timedelta(hours=24)


def test_the_clock_of_a_device_is_a_note() -> None:
    assert deadlines.device_clock("2026-11-22T09:58:00.000Z", START) == START - timedelta(minutes=2)
    assert deadlines.device_clock("2030-01-01T00:00:00+05:00", START) == START + timedelta(days=1)
    for nonsense in ("", "yesterday", "2026-11-22T09:58:00", "1970-01-01T00:00:00Z"):
        assert deadlines.device_clock(nonsense, START) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_clock(text: str) -> None:
    deadlines.device_clock(text, START)


def test_each_granted_attempt_lifts_one_wait_of_an_attempt_that_begins_after_it() -> None:
    hour = timedelta(hours=1)
    assert deadlines.waits_lifted([], [START]) == 0
    assert deadlines.waits_lifted([(START + hour, 1)], [START]) == 1
    assert deadlines.waits_lifted([(START + hour, 1)], [START, START + 2 * hour]) == 0
    assert deadlines.waits_lifted([(START, 2)], [START + hour]) == 1
    assert deadlines.waits_lifted([(START, 1), (START + 3 * hour, 1)], [START + hour, START + 2 * hour]) == 1
