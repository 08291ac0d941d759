"""The life of a referral and its clocks, as data: proved before they are used."""

import copy
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from panoh.care.cases.models import OVER, ReferralStatus
from panoh.care.cases.referral_rules import ReferralRulesError, Rules, faults

DATA: dict[str, Any] = tomllib.loads((Path(settings.CENTRE_DIR) / "referrals.toml").read_text())
TASHKENT = ZoneInfo("Asia/Tashkent")
RULES = Rules.from_data(DATA, TASHKENT)


def changed(change: Any) -> dict[str, Any]:
    data = copy.deepcopy(DATA)
    change(data)
    return data


def verb(data: dict[str, Any], code: str) -> dict[str, Any]:
    return next(row for row in data["verb"] if row["code"] == code)


def test_the_file_of_this_centre_has_no_fault_and_knows_every_status() -> None:
    assert faults(DATA) == []
    assert RULES.states == set(ReferralStatus.values)
    assert RULES.last == set(OVER)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data["verb"].remove(verb(data, "expire")), "verb 'expire' is missing"),
        (lambda data: verb(data, "start").update(code="begin"), "verb 'begin' is unknown"),
        (lambda data: verb(data, "accept").update(by="us"), "is done by 'them'"),
        (lambda data: data["verb"].append(dict(verb(data, "ask"))), "stands twice"),
        (lambda data: verb(data, "start").update(**{"from": ["sleeping"]}), "'sleeping' cannot be reached"),
        (lambda data: verb(data, "revoke").update(**{"from": ["completed"]}), "'completed' is an end"),
        (lambda data: data.update(last=["declined", "completed", "expired"]), "no end is reached"),
        (lambda data: data["clock"]["U2"].pop("sent"), "U2 has no clock for 'sent'"),
        (lambda data: data["clock"]["U2"].update(sent={"hours": 3}), "is not a span"),
        (lambda data: data["clock"]["U2"].update(sent={"minutes": 1, "days": 1}), "is not a span"),
        (lambda data: data["clock"].update(waits_for_us=["asleep"]), "'asleep' does not exist"),
        (lambda data: data["reminders"].update(shares=[1.5]), "not between 0 and 1"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_and_says_where(change: Any, said: str) -> None:
    with pytest.raises(ReferralRulesError, match=said):
        Rules.from_data(changed(change), TASHKENT)


def test_nothing_but_the_end_follows_the_end() -> None:
    assert not [(code, state) for code in RULES.verbs for state in RULES.last if RULES.allows(code, state)]


def local(text: str, zone: ZoneInfo = TASHKENT) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ("2026-11-20T23:50", "2026-11-21T18:00"),  # ten minutes before midnight and ten after are two days
        ("2026-11-21T00:10", "2026-11-22T18:00"),
        ("2026-12-31T23:59", "2027-01-01T18:00"),
        ("2028-02-28T09:00", "2028-02-29T18:00"),
    ],
)
def test_days_are_days_of_the_wall_calendar(since: str, due: str) -> None:
    assert RULES.due_at(3, "sent", local(since)) == local(due)


def test_the_day_is_the_centres_whatever_zone_the_moment_came_in() -> None:
    moment = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)  # half past midnight in Tashkent
    assert RULES.due_at(3, "sent", moment) == local("2026-11-22T18:00")
    due = RULES.due_at(3, "sent", moment)
    assert due is not None
    assert due.utcoffset() == timedelta(0)


def test_a_clock_change_in_the_night_moves_no_evening_and_no_minute() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    rules = Rules.from_data(DATA, berlin)
    since = local("2026-10-24T22:00", berlin).astimezone(UTC)  # the clocks go back in this night
    assert rules.due_at(3, "sent", since) == local("2026-10-25T18:00", berlin)
    assert rules.due_at(2, "sent", since) == since + timedelta(minutes=480)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)), st.sampled_from([1, 2, 3, 4]))  # noqa: DTZ001
def test_every_clock_lies_ahead_and_reminds_before_it_is_late(naive: datetime, urgency: int) -> None:
    since = naive.replace(tzinfo=UTC)
    for state in ("sent", "acknowledged", "returned_for_info", "accepted", "in_service"):
        due, steps = RULES.due_at(urgency, state, since), RULES.steps(urgency, state, since)
        assert due is not None
        assert due > since
        kinds = [step.kind for step in steps]
        assert kinds[:4] == ["remind", "remind", "late", "escalate"]
        assert ("expire" in kinds) == (state in {"sent", "acknowledged"})
        assert [step.at for step in steps] == sorted(step.at for step in steps)
