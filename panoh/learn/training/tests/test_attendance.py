"""Half a day, forty people, phones without a line: nothing lost, nothing doubled, whatever the order."""

import itertools
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from panoh.ground.accounts.public import User
from panoh.learn.training import clocks, services
from panoh.learn.training.errors import TrainingRefusedError
from panoh.learn.training.marks import Said
from panoh.learn.training.models import Attendance, AttendanceMark, Participation, State, TrainingEvent
from panoh.learn.training.services import Draft, MarkSaid

from .conftest import FIRST


@pytest.fixture
def listed(event: TrainingEvent) -> list[Participation]:
    people = services.add_people([Draft(Said(latin=f"Aliyeva Lola {name}"), sex="female") for name in ("A", "B", "C")])
    return [Participation.objects.create(event=event, person=one, line=at) for at, one in enumerate(people, 1)]


def marks(event: TrainingEvent, who: Participation, *present: bool) -> list[MarkSaid]:
    return [
        MarkSaid(uuid.uuid4(), session.pk, who.ticket, is_present=there)
        for session, there in zip(event.sessions.all(), present, strict=False)
    ]


def state(who: Participation) -> str:
    who.refresh_from_db()
    return who.state


def test_attendance_decides_who_completed_and_nobody_does_before_the_end(
    event: TrainingEvent, listed: list[Participation], coordinator: User
) -> None:
    whole, part, never = listed
    services.mark_attendance(event, marks(event, whole, True, True, True), by=coordinator)
    services.mark_attendance(event, marks(event, part, True, False, False), by=coordinator)
    assert (state(whole), state(part), state(never)) == (State.ATTENDED, State.ATTENDED, State.REGISTERED)
    services.finish_event(event, by=coordinator)
    assert (state(whole), state(part), state(never)) == (State.COMPLETED, State.ATTENDED, State.NO_SHOW)
    assert whole.completed_on is not None
    services.mark_attendance(event, marks(event, never, True, True, True), by=coordinator)  # the sheet was found
    assert state(never) == State.COMPLETED


def test_a_mark_sent_again_is_one_mark(event: TrainingEvent, listed: list[Participation], coordinator: User) -> None:
    said = marks(event, listed[0], True, True)
    first = services.mark_attendance(event, said, by=coordinator)
    again = services.mark_attendance(event, [*said, *said], by=coordinator)
    assert [one.outcome for one in first] == ["taken", "taken"]
    assert {one.outcome for one in again} == {"again"}
    assert AttendanceMark.objects.count() == Attendance.objects.count() == 2


def test_marks_stand_in_the_order_they_were_made_whatever_order_they_come_in(
    event: TrainingEvent, listed: list[Participation], coordinator: User
) -> None:
    session, now = event.sessions.first(), timezone.now()
    assert session is not None
    said = [
        MarkSaid(uuid.uuid4(), session.pk, listed[0].ticket, is_present=there, device_at=now - timedelta(minutes=ago))
        for ago, there in ((30, True), (20, False), (10, True))
    ]
    for order in itertools.permutations(said):
        AttendanceMark.objects.all().delete()
        Attendance.objects.all().delete()
        for one in order:
            services.mark_attendance(event, [one], device_now=now, by=coordinator)
        assert Attendance.objects.get().is_present


def test_a_phone_whose_clock_is_wrong_is_put_on_ours() -> None:
    now = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
    fast = now + timedelta(hours=3)
    assert clocks.held(fast - timedelta(minutes=5), fast, now) == now - timedelta(minutes=5)
    assert clocks.held(fast, None, now) == now  # nothing is marked in the future
    assert clocks.held(None, None, now) == now
    assert clocks.held(now - timedelta(days=900), now, now) == now - clocks.LONGEST_AWAY
    assert clocks.read("2026-10-05T09:00:00") is None
    assert clocks.read("2026-10-05T14:00:00+05:00") == now


def test_a_ticket_of_another_event_is_told_so_and_kept_nowhere(
    event: TrainingEvent, listed: list[Participation], coordinator: User
) -> None:
    other = services.make_event(
        event.programme,
        kind="tot",
        title="Andijon",
        region="UZ-AN",
        starts_on=FIRST,
        ends_on=FIRST,
        halves=[(FIRST, "am")],
        language="uz",
        by=coordinator,
    )
    said = [*marks(other, listed[0], True), MarkSaid(uuid.uuid4(), event.sessions.all()[0].pk, "NOBODY")]
    assert {one.outcome for one in services.mark_attendance(other, said, by=coordinator)} == {"elsewhere"}
    assert not AttendanceMark.objects.exists()


def test_nobody_is_marked_for_a_cancelled_event_and_nobody_counts_for_it(
    event: TrainingEvent, listed: list[Participation], coordinator: User
) -> None:
    services.mark_attendance(event, marks(event, listed[0], True), by=coordinator)
    services.cancel_event(event, by=coordinator)
    with pytest.raises(TrainingRefusedError, match="cancelled"):
        services.mark_attendance(event, marks(event, listed[0], True), by=coordinator)
    assert {state(one) for one in listed} == {State.CANCELLED}


def test_a_stranger_marks_nobody(event: TrainingEvent, listed: list[Participation], counsellor: User) -> None:
    with pytest.raises(TrainingRefusedError):
        services.mark_attendance(event, marks(event, listed[0], True), by=counsellor)
