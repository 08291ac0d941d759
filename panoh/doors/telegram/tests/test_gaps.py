"""How long a missing number is waited for."""

from datetime import datetime, timedelta

from django.utils import timezone

from panoh.doors.telegram.gaps import worth_waiting

CAME = datetime(2026, 11, 21, 12, 0, tzinfo=timezone.get_default_timezone())


def waits(seconds: float, *later: float, fresh: bool = False) -> bool:
    arrivals = [CAME + timedelta(seconds=at) for at in later]
    return worth_waiting(CAME, arrivals, CAME + timedelta(seconds=seconds), fresh=fresh)


def test_while_updates_flow_a_missing_one_is_waited_for_only_briefly() -> None:
    assert waits(1.4, 0.5, 1.0)
    assert not waits(1.6, 0.5, 1.0, 1.5)


def test_while_nothing_arrives_the_door_may_be_shut_and_the_wait_is_longer() -> None:
    assert waits(4)
    assert not waits(6.1)


def test_after_the_door_opens_again_the_missing_one_gets_its_time_anew() -> None:
    assert waits(4.2, 3.0, 3.5, 4.0)
    assert not waits(4.8, 3.0, 3.5, 4.0, 4.7)


def test_nobody_waits_for_ever() -> None:
    assert not waits(15, *range(1, 15, 2))


def test_where_the_counting_begins_anew_no_number_is_missing() -> None:
    assert waits(1, fresh=True)
    assert not waits(1.6, fresh=True)
