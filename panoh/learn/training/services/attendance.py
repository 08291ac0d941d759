"""Attendance: marks from a list, a door, a signed sheet or an offline phone. Each is taken once, however often sent.

The event's row is the lock. What stands is worked out anew from all marks of a half day, so that the order in which
phones come back to the line never matters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .. import clocks, policy
from ..errors import TrainingRefusedError
from ..models import (
    Attendance,
    AttendanceMark,
    EventState,
    Method,
    Participation,
    Session,
    State,
    TrainingEvent,
)
from .staleness import mark_stale

MOST_AT_ONCE = 2000
BULK = 500


@dataclass(frozen=True)
class MarkSaid:
    """One mark as a door brings it. ``ticket`` is that of the row, badge or phone; ``session`` one of the event."""

    client_id: UUID
    session: int
    ticket: str
    is_present: bool = True
    method: str = Method.ROSTER
    device_at: datetime | None = None


@dataclass(frozen=True)
class Taken:
    """What became of a mark: ``taken``, ``again`` (it was here before), ``elsewhere`` (a ticket or a half day of
    another event, kept nowhere)."""

    client_id: UUID
    outcome: str


@transaction.atomic
def mark_attendance(
    event: TrainingEvent, said: Sequence[MarkSaid], *, device_now: datetime | None = None, by: User
) -> list[Taken]:
    """Take marks; the outcome of each in the order given. Raises ``TrainingRefusedError`` for the whole, and then
    nothing was taken."""
    if not policy.can_run(by, event):
        raise TrainingRefusedError(_("Your role does not allow this."))
    if len(said) > MOST_AT_ONCE:
        raise TrainingRefusedError(_("Too many marks at once. Send them in parts; nothing was lost."))
    held = TrainingEvent.objects.select_for_update().select_related("programme").get(pk=event.pk)
    if held.state == EventState.CANCELLED:
        raise TrainingRefusedError(_("This training was cancelled. Nobody is marked for it."))
    now = timezone.now()
    rows = _rows(held, said, device_now, now, by.code)
    known = set(
        AttendanceMark.objects.filter(pk__in=[one.client_id for one in said]).values_list("client_id", flat=True)
    )
    fresh = {pk: row for pk, row in rows.items() if pk not in known}
    AttendanceMark.objects.bulk_create(fresh.values(), batch_size=BULK, ignore_conflicts=True)
    _stand({(row.session_id, row.participation_id) for row in fresh.values()})
    settle_event(held, {row.participation_id for row in fresh.values()})
    if fresh:
        audit.record("training.attendance", thing=held.code, actor=by.code, marks=len(fresh))
    return [
        Taken(one.client_id, "again" if one.client_id in known else "taken" if one.client_id in rows else "elsewhere")
        for one in said
    ]


def _rows(
    event: TrainingEvent, said: Iterable[MarkSaid], device_now: datetime | None, now: datetime, by: str
) -> dict[UUID, AttendanceMark]:
    """Those that belong to this event; of one number twice in a parcel the first."""
    said = list(said)
    sessions = set(Session.objects.filter(event=event).values_list("pk", flat=True))
    tickets = dict(
        Participation.objects.filter(event=event, ticket__in={one.ticket for one in said}).values_list("ticket", "pk")
    )
    found: dict[UUID, AttendanceMark] = {}
    for one in said:
        if one.session in sessions and one.ticket in tickets and one.client_id not in found:
            found[one.client_id] = AttendanceMark(
                client_id=one.client_id,
                session_id=one.session,
                participation_id=tickets[one.ticket],
                is_present=one.is_present,
                method=one.method,
                device_at=one.device_at,
                held_at=clocks.held(one.device_at, device_now, now),
                at=now,
                by=by,
            )
    return found


def _stand(pairs: set[tuple[int, int]]) -> None:
    """Work out anew what stands for each half day and person, from all its marks."""
    if not pairs:
        return
    theirs = AttendanceMark.objects.filter(
        session__in={one for one, _who in pairs}, participation__in={who for _one, who in pairs}
    )
    last: dict[tuple[int, int], AttendanceMark] = {}
    for mark in theirs.order_by("held_at", "at", "pk"):
        if (mark.session_id, mark.participation_id) in pairs:
            last[mark.session_id, mark.participation_id] = mark
    Attendance.objects.bulk_create(
        (
            Attendance(
                session_id=session,
                participation_id=who,
                is_present=mark.is_present,
                method=mark.method,
                marked_at=mark.held_at,
            )
            for (session, who), mark in sorted(last.items())
        ),
        batch_size=BULK,
        update_conflicts=True,
        unique_fields=["session", "participation"],
        update_fields=["is_present", "method", "marked_at"],
    )


def settle_event(event: TrainingEvent, only: set[int] | None = None) -> int:
    """Put the states of participations where their attendance says; how many changed. The caller holds the event.

    Before the event is finished somebody who was there has attended in part. At its end: completed with enough half
    days, attended in part with fewer, not come with none. ``completed_on`` is the last half day they were at.
    """
    sessions = Session.objects.filter(event=event).count()
    theirs = Participation.objects.filter(event=event).exclude(state__in=[State.CANCELLED, State.WAITING])
    if only is not None:
        theirs = theirs.filter(pk__in=only)
    there: dict[int, list[date]] = {}
    present = Attendance.objects.filter(participation__in=theirs, is_present=True)
    for who, on in present.values_list("participation_id", "session__on"):
        there.setdefault(who, []).append(on)
    changed = []
    for one in theirs:
        days = there.get(one.pk, [])
        state = _state(len(days), sessions, event)
        last = max(days) if state == State.COMPLETED else None
        if (one.state, one.completed_on) != (state, last):
            one.state, one.completed_on = state, last
            changed.append(one)
    Participation.objects.bulk_update(changed, ["state", "completed_on"], batch_size=BULK)
    if changed:
        mark_stale(event.programme_id, event=[event.pk], person=[one.person_id for one in changed])
    return len(changed)


def _state(present: int, of: int, event: TrainingEvent) -> str:
    if event.state != EventState.FINISHED:
        return State.ATTENDED if present else State.REGISTERED
    if not present:
        return State.NO_SHOW
    return State.COMPLETED if present * 100 >= of * event.programme.complete_percent else State.ATTENDED
