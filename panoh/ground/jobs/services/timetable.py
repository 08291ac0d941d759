"""The timetable: what runs by the clock, once for all workers."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..models import Slot, Worker
from ..plan import Plan
from .tasks import DEAD_AFTER

logger = logging.getLogger("panoh.jobs")


@dataclass(frozen=True)
class Entry:
    name: str
    run: Callable[[], object]
    plan: Plan


_entries: dict[str, Entry] = {}


def register_timetable(
    name: str, run: Callable[[], object], *, every: timedelta | None = None, daily_at: time | None = None
) -> None:
    """Let ``run`` run by the clock (local time of the centre), once for all workers; called in ``AppConfig.ready()``.

    It may run twice when a worker dies: write it so. Under a minute apart, a run that fails is simply the next one.
    """
    _entries[name] = Entry(name, run, Plan(every=every, daily_at=daily_at))


def set_slots(now: datetime) -> None:
    """Give every registered entry its row; a time that the code has since moved forward moves with it."""
    known = {slot.name: slot for slot in Slot.objects.filter(name__in=_entries)}
    for name, entry in _entries.items():
        first = now if entry.plan.every else entry.plan.after(now, _zone())
        if name not in known:
            Slot.objects.get_or_create(name=name, defaults={"next_run_at": first})
        elif known[name].next_run_at > (latest := entry.plan.after(now, _zone())):
            Slot.objects.filter(name=name, next_run_at__gt=latest).update(next_run_at=latest)


def due_names(now: datetime, *, but: Collection[str] = ()) -> list[str]:
    """The entries whose time has come, the longest overdue first."""
    due = Slot.objects.filter(next_run_at__lte=now, name__in=_entries).order_by("next_run_at")
    return [name for name in due.values_list("name", flat=True) if name not in but]


def run_entry(name: str, worker: str) -> bool:
    """Claim and run one entry; False when another worker has it. A failure is logged and tried again."""
    entry, slot = _entries[name], _claim(_entries[name], worker)
    if slot is None:
        return False
    try:
        entry.run()
    except Exception:
        logger.exception("timetable entry %s failed", name)
        _release(entry, worker, failures=slot.failures + 1)
    else:
        if not entry.plan.is_short or slot.failures:
            _release(entry, worker, failures=0)
    return True


def run_due(worker: str = "here") -> list[str]:
    """Run all that is due in this thread; the names of what ran."""
    set_slots(timezone.now())
    return [name for name in due_names(timezone.now()) if run_entry(name, worker)]


@transaction.atomic
def _claim(entry: Entry, worker: str) -> Slot | None:
    """A short entry moves on at once; a long one keeps its time and its holder until it is done."""
    now = timezone.now()
    due = Slot.objects.select_for_update(skip_locked=True).filter(name=entry.name, next_run_at__lte=now)
    slot = due.first()
    if slot is None or _is_held_by_another(slot, worker, now):
        return None
    slot.last_run_at = now
    if entry.plan.is_short:
        slot.next_run_at = entry.plan.after(now, _zone())
    else:
        slot.held_by = worker
    slot.save()
    return slot


def _is_held_by_another(slot: Slot, worker: str, now: datetime) -> bool:
    if slot.held_by in ("", worker):
        return False
    return Worker.objects.filter(code=slot.held_by, beat_at__gte=now - DEAD_AFTER).exists()


def _release(entry: Entry, worker: str, *, failures: int) -> None:
    now, zone = timezone.now(), _zone()
    at = entry.plan.after_failure(now, zone, failures) if failures else entry.plan.after(now, zone)
    slot = Slot.objects.filter(name=entry.name)
    if entry.plan.is_short:
        slot.update(failures=F("failures") + 1 if failures else 0)
    else:
        slot.filter(held_by=worker).update(held_by="", next_run_at=at, failures=failures)


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
