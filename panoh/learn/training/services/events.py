"""Programmes and their events: made, finished, cancelled; heads counted; how an event is counted, decided."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.places import public as places

from .. import policy
from ..errors import TrainingRefusedError
from ..models import (
    CountedBy,
    EventState,
    HeadCount,
    Kind,
    Participation,
    Programme,
    Session,
    State,
    TrainingEvent,
)
from .staleness import mark_stale

LONGEST_DAYS = 60


@transaction.atomic
def make_programme(code: str, *, names: Mapping[str, str], starts_on: date, ends_on: date, by: User) -> Programme:
    """``names`` by written language; Uzbek at least. Raises ``TrainingRefusedError``."""
    _may(policy.can_coordinate(by))
    if ends_on < starts_on:
        raise TrainingRefusedError(_("The last day is before the first one."))
    if Programme.objects.filter(code=code).exists():
        raise TrainingRefusedError(_("There is a programme with this code already."))
    programme = Programme.objects.create(code=code, names=dict(names), starts_on=starts_on, ends_on=ends_on)
    audit.record("programme.made", thing=code, actor=by.code)
    return programme


@transaction.atomic
def make_event(
    programme: Programme,
    *,
    kind: str,
    title: str,
    region: str,
    starts_on: date,
    ends_on: date,
    halves: Sequence[tuple[date, str]],
    language: str,
    by: User,
    **more: Any,
) -> TrainingEvent:
    """An event with its half days. ``more``: district, venue, capacity, curriculum, clock, materials, generation.

    Raises ``TrainingRefusedError`` for days, places or a clock that do not go together.
    """
    _may(policy.can_coordinate(by) or policy.may_make_events(by))
    _check_place(region, more.get("district", ""))
    _check_days(starts_on, ends_on, halves, more.get("clock", "Asia/Tashkent"))
    more.setdefault("generation", 1 if kind in (Kind.TOT, Kind.REFRESHER) else 2)
    event = TrainingEvent.objects.create(
        programme=programme,
        kind=kind,
        title=title,
        region=region,
        starts_on=starts_on,
        ends_on=ends_on,
        language=language,
        made_by=by.code,
        **more,
    )
    Session.objects.bulk_create(Session(event=event, on=on, half=half) for on, half in sorted(set(halves)))
    audit.record("training.made", thing=event.code, actor=by.code, kind=kind, region=region)
    return event


def _check_place(region: str, district: str) -> None:
    if region not in places.region_names():
        raise TrainingRefusedError(_("This region is not known."))
    if district and places.district_region(district) != region:
        raise TrainingRefusedError(_("This district is not in the region you chose."))


def _check_days(starts_on: date, ends_on: date, halves: Sequence[tuple[date, str]], clock: str) -> None:
    if ends_on < starts_on:
        raise TrainingRefusedError(_("The last day is before the first one."))
    if (ends_on - starts_on).days > LONGEST_DAYS:
        raise TrainingRefusedError(_("A training lasts sixty days at most. Make several of it."))
    if not halves:
        raise TrainingRefusedError(_("Name at least one half day: attendance is kept by half days."))
    if any(not starts_on <= on <= ends_on for on, _half in halves):
        raise TrainingRefusedError(_("A half day lies outside the days of the training."))
    try:
        ZoneInfo(clock)
    except (ZoneInfoNotFoundError, ValueError):
        raise TrainingRefusedError(_("This time zone is not known.")) from None


@transaction.atomic
def finish_event(event: TrainingEvent, *, by: User) -> TrainingEvent:
    """Its attendance says from now on who completed it (``attendance.settle_event`` has already been keeping it)."""
    from .attendance import settle_event

    _may(policy.can_run(by, event))
    held = _open_event(event)
    if held.state != EventState.FINISHED:
        held.state, held.finished_at = EventState.FINISHED, timezone.now()
        held.save(update_fields=["state", "finished_at"])
        audit.record("training.finished", thing=held.code, actor=by.code)
    settle_event(held)
    return held


@transaction.atomic
def cancel_event(event: TrainingEvent, *, by: User) -> TrainingEvent:
    """Nobody is counted for it any more. Who was registered stays listed as cancelled, to be told."""
    _may(policy.can_coordinate(by) or policy.can_run(by, event))
    held = TrainingEvent.objects.select_for_update().get(pk=event.pk)
    if held.state == EventState.CANCELLED:
        return held
    if held.state == EventState.FINISHED:
        raise TrainingRefusedError(_("This training was finished. Its attendance can be corrected instead."))
    held.state, held.cancelled_at = EventState.CANCELLED, timezone.now()
    held.save(update_fields=["state", "cancelled_at"])
    theirs = Participation.objects.filter(event=held)
    people = [str(one) for one in theirs.values_list("person_id", flat=True)]
    theirs.update(state=State.CANCELLED, completed_on=None)
    mark_stale(held.programme_id, event=[held.pk], person=people)
    audit.record("training.cancelled", thing=held.code, actor=by.code, people=len(people))
    return held


@transaction.atomic
def count_heads(
    event: TrainingEvent, *, female: int, male: int, not_stated: int = 0, reason: str, by: User
) -> HeadCount:
    """How many came where nobody was listed. The latest count holds; earlier ones stay to be read."""
    _may(policy.can_run(by, event))
    held = _open_event(event)
    if min(female, male, not_stated) < 0 or max(female, male, not_stated) > 5000:
        raise TrainingRefusedError(_("Count between 0 and 5000 in each of the three."))
    count = HeadCount.objects.create(
        event=held, female=female, male=male, not_stated=not_stated, reason=reason, counted_by=by.code
    )
    TrainingEvent.objects.filter(pk=held.pk).update(
        counted_by="", counted_why=""
    )  # what was decided was of other heads
    mark_stale(held.programme_id, event=[held.pk])
    audit.record("training.heads_counted", thing=held.code, actor=by.code, heads=count.total)
    return count


@transaction.atomic
def decide_count(event: TrainingEvent, *, counted_by: str, why: str, by: User) -> None:
    """Roster and heads differ: which of the two the event counts by, and why (a code of the list on the page)."""
    _may(policy.can_coordinate(by))
    held = _open_event(event)
    if counted_by == CountedBy.HEADS and not held.head_counts.exists():
        raise TrainingRefusedError(_("Nobody counted heads at this training."))
    TrainingEvent.objects.filter(pk=held.pk).update(counted_by=counted_by, counted_why=why[:40])
    mark_stale(held.programme_id, event=[held.pk])
    audit.record("training.count_decided", thing=held.code, actor=by.code, by=counted_by)


def _open_event(event: TrainingEvent) -> TrainingEvent:
    held = TrainingEvent.objects.select_for_update().get(pk=event.pk)
    if held.state == EventState.CANCELLED:
        raise TrainingRefusedError(_("This training was cancelled. Nothing was changed."))
    return held


def _may(allowed: bool) -> None:
    if not allowed:
        raise TrainingRefusedError(_("Your role does not allow this."))
