"""By when what is done: the table is proved, midnight and time zones hold, and whoever is late is not alone with it."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from panoh.care.reports import desk_rules
from panoh.care.reports.clocks_table import ClocksError, ClocksTable
from panoh.care.reports.models import Clock
from panoh.care.reports.questionnaire import Questionnaire
from panoh.care.reports.services import triage, watching
from panoh.care.reports.services.clocks import start_clocks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common.centre import centre_file

from .. import asking
from .form_cast import filed
from .triage_cast import bullying, fresh, later, letters, taken

TASHKENT, BERLIN = ZoneInfo("Asia/Tashkent"), ZoneInfo("Europe/Berlin")
Cast = Callable[..., User]


def data() -> dict[str, Any]:
    return deepcopy(centre_file("clocks.toml"))


def table(zone: ZoneInfo = TASHKENT, **changes: Any) -> ClocksTable:
    return ClocksTable.from_data({**data(), **changes}, zone)


def due(span: str, since: datetime, zone: ZoneInfo = TASHKENT, **changes: Any) -> datetime:
    """When a clock of this span that starts then runs out."""
    rows = [{**row, "within": dict.fromkeys(("U1", "U2", "U3", "U4"), span)} for row in data()["clock"]]
    made = table(zone, clock=rows, **changes)
    return made.deadline(made.rules[0], 1, since)


# --- the table ------------------------------------------------------------------------------------------------------


def test_the_clocks_of_this_centre_are_sound() -> None:
    assert {rule.code for rule in desk_rules.clocks().rules} >= {
        "first_look",
        "assessed",
        "host_notice",
        "police",
        "closed",
    }


def test_a_law_that_nobody_read_is_a_proposal() -> None:
    rules = desk_rules.clocks().rules
    assert [rule.code for rule in rules if rule.is_proposal] == ["police", "protection"]
    assert all(rule.source for rule in rules)


def test_kinds_in_the_table_are_kinds_we_ask_for() -> None:
    asked: Questionnaire = asking.questionnaire()
    kind = asked.question("kind")
    assert kind is not None
    named = {code for rule in desk_rules.clocks().rules for code in rule.kinds} | set(desk_rules.hotline("hard_kinds"))
    assert named <= set(kind.codes)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": ""}, "version"),
        ({"working_days": []}, "working_days"),
        ({"days_off": ["31.12.2026"]}, "days_off"),
        ({"warn_percent": 100}, "warn_percent"),
        ({"on_call_minutes": {"U1": 1}}, "on_call_minutes"),
        ({"clock": []}, "closed: every kind"),
    ],
)
def test_a_wrong_table_says_what_is_wrong(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ClocksError, match=said):
        table(**change)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source": ""}, "first_look: source"),
        ({"within": {"U1": "soon"}}, "first_look: within"),
        ({"within": {"U9": "1h"}}, "first_look: within"),
        ({"kind": "perhaps"}, "first_look: kind"),
        ({"uz": ""}, "first_look: uz"),
        ({"verified": True}, "first_look: verified"),
        ({"code": "closed"}, "closed: stands twice"),
    ],
)
def test_a_wrong_row_says_what_is_wrong(change: dict[str, Any], said: str) -> None:
    first, *rest = data()["clock"]
    with pytest.raises(ClocksError, match=said):
        table(clock=[{**first, **change}, *rest])


def test_the_last_clock_may_not_be_taken_away_for_some() -> None:
    rows = [{**row, "kinds": ["attack"]} if row["code"] == "closed" else row for row in data()["clock"]]
    with pytest.raises(ClocksError, match="every kind"):
        table(clock=rows)


# --- deadlines ------------------------------------------------------------------------------------------------------


def test_minutes_and_hours_run_over_midnight() -> None:
    since = datetime(2026, 10, 5, 23, 50, tzinfo=TASHKENT)
    assert due("15m", since) == datetime(2026, 10, 6, 0, 5, tzinfo=TASHKENT)
    assert due("24h", since) == datetime(2026, 10, 6, 23, 50, tzinfo=TASHKENT)


def test_days_end_at_local_midnight_whatever_the_zone_of_the_moment() -> None:
    evening = datetime(2026, 10, 5, 20, 30, tzinfo=UTC)  # 01:30 on the sixth in Tashkent
    assert due("1d", evening) == datetime(2026, 10, 8, 0, 0, tzinfo=TASHKENT)
    assert due("1d", evening, BERLIN) == datetime(2026, 10, 7, 0, 0, tzinfo=BERLIN)


def test_a_minute_before_and_after_midnight_are_two_days() -> None:
    before, after = datetime(2026, 10, 5, 23, 59, tzinfo=TASHKENT), datetime(2026, 10, 6, 0, 0, tzinfo=TASHKENT)
    assert due("1d", after) - due("1d", before) == timedelta(days=1)


def test_an_hour_is_an_hour_when_clocks_are_turned() -> None:
    night = datetime(2026, 10, 24, 12, 0, tzinfo=BERLIN)
    assert due("24h", night, BERLIN).astimezone(UTC) - night.astimezone(UTC) == timedelta(hours=24)


def test_working_days_leave_out_weekends_and_days_off() -> None:
    friday = datetime(2026, 10, 2, 10, 0, tzinfo=TASHKENT)
    assert due("2wd", friday) == datetime(2026, 10, 7, 0, 0, tzinfo=TASHKENT)
    assert due("2wd", friday, days_off=["2026-10-06"]) == datetime(2026, 10, 8, 0, 0, tzinfo=TASHKENT)


# --- the clocks of a report ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_sent_report_has_its_clocks_and_its_first_deadline() -> None:
    report = filed(kind="attack", about="known")
    kinds = set(report.clocks.values_list("kind", flat=True))
    assert kinds == {"first_look", "assessed", "answered", "police", "closed"}
    first = report.clocks.order_by("due_at").first()
    assert first is not None
    assert (first.kind, fresh(report).due_at) == ("first_look", first.due_at)
    assert report.sent_at
    assert first.due_at - report.sent_at == timedelta(minutes=15)


@pytest.mark.django_db
def test_starting_the_clocks_twice_is_once() -> None:
    report = filed(kind="attack", about="known")
    before = report.clocks.count()
    start_clocks(report)
    assert report.clocks.count() == before


@pytest.mark.django_db
def test_raising_the_urgency_brings_deadlines_nearer_and_lowering_gives_time(supervisor: User) -> None:
    report = bullying()
    before = fresh(report).due_at
    triage.set_urgency(report, urgency=1, by=supervisor)
    raised = fresh(report).due_at
    triage.set_urgency(report, urgency=4, reason="Boshqa gap", by=supervisor)
    lowered = fresh(report).due_at
    assert None not in (before, raised, lowered)
    assert raised < before < lowered  # type: ignore[operator]  # none of them is None


@pytest.mark.django_db
def test_a_change_of_kind_starts_the_clocks_that_were_missing(supervisor: User) -> None:
    report = bullying()
    triage.set_kind(report, kind="abuse_material", by=supervisor)
    assert report.clocks.filter(kind="host_notice", met_at=None).exists()


# --- who hears of it --------------------------------------------------------------------------------------------------


@pytest.fixture
def quiet(supervisor: User) -> User:
    """A supervisor who reads English and whose letters so far are gone."""
    User.objects.update(language="en")
    letters()
    return supervisor


@pytest.mark.django_db
def test_whoever_holds_a_report_is_warned_once_and_in_codes_only(quiet: User, counsellor: User) -> None:
    User.objects.update(language="en")
    report = taken(bullying(story="Juda maxfiy gap"), counsellor)
    with later(hours=20):
        assert watching.watch_clocks() > 0
        watching.watch_clocks()
    sent = [text for to, text in letters() if to == counsellor.email]
    assert len(sent) == 1
    assert report.reference in sent[0]
    assert "maxfiy" not in sent[0]


@pytest.mark.django_db
def test_an_overdue_clock_goes_to_supervisors_then_to_who_is_on_call(quiet: User, person: Cast) -> None:
    on_call = person("supervisor", name="Nodira", language="en")
    before = list(watching._on_call)
    watching.register_on_call(lambda: [on_call])
    try:
        report = bullying()
        with later(hours=4, minutes=1):
            watching.watch_clocks()
        told = {to for to, _text in letters()}
        with later(hours=13):
            watching.watch_clocks()
        again = [to for to, text in letters() if "late" in text]
    finally:
        watching._on_call[:] = before
    assert told == {quiet.email, on_call.email}
    assert on_call.email in again
    escalated = [entry.codes for entry in audit.trail(report.reference) if entry.verb == "report.escalated"]
    assert {"step": 1, "clock": "first_look"} in escalated
    assert {"step": 2, "clock": "first_look"} in escalated


@pytest.mark.django_db
def test_a_step_happens_once(quiet: User) -> None:
    bullying()
    with later(hours=4, minutes=1):
        assert watching.watch_clocks() > 0
        assert watching.watch_clocks() == 0


@pytest.mark.django_db
def test_many_late_reports_are_one_letter_a_person(quiet: User) -> None:
    for _each in range(5):
        bullying()
    letters()
    with later(hours=4, minutes=1):
        watching.watch_clocks()
    assert len([text for to, text in letters() if to == quiet.email and "5 reports" in text]) == 1


@pytest.mark.django_db
def test_what_was_done_in_time_is_not_late(quiet: User, counsellor: User) -> None:
    report = taken(bullying(), counsellor)
    with later(hours=4, minutes=1):
        watching.watch_clocks()
    assert Clock.objects.get(report=report, kind="first_look").step == 0
