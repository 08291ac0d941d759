"""The clocks of a report: they start when it is sent, are met by what is done, and say when somebody is late."""

from datetime import datetime

from django.utils import timezone

from panoh.ground.common.inserting import insert_all

from ..clocks_table import ClockRule
from ..desk_rules import clocks
from ..models import Clock, Notice, Report
from .addresses import note_reported_addresses


def start_clocks(report: Report) -> None:
    """Called in the transaction that sends a report: every clock of its kind and urgency, and its first deadline.

    Twice is once; after a change of kind the clocks that were missing are added.
    """
    note_reported_addresses(report)
    is_fresh = report.due_at is None
    rows = _rows(report)
    Clock.objects.bulk_create(rows, ignore_conflicts=True)
    if not is_fresh:
        refresh_due(report)
    elif rows:
        report.due_at = min(row.due_at for row in rows)
        Report.objects.filter(pk=report.pk).update(due_at=report.due_at)


def first_clocks(report: Report) -> list[Clock]:
    """The clocks of a report that is about to be written for the first time, and in it their first deadline."""
    rows = _rows(report)
    report.due_at = min((row.due_at for row in rows), default=None)
    return rows


def keep_clocks(rows: list[Clock]) -> None:
    """Write what ``first_clocks`` set, once its report is written."""
    insert_all(rows)


def _rows(report: Report) -> list[Clock]:
    return [_row(report, rule, report.sent_at or timezone.now()) for rule in _running(report)]


def _running(report: Report, starts: str = "sent") -> list[ClockRule]:
    return clocks().running(report.kind, report.urgency, starts=starts)


def _row(report: Report, rule: ClockRule, since: datetime, notice: Notice | None = None) -> Clock:
    due = clocks().deadline(rule, report.urgency, since)
    warn = clocks().warn_at(since, due)
    return Clock(report=report, notice=notice, kind=rule.code, started_at=since, due_at=due, warn_at=warn)


def start_notice_clocks(notice: Notice, since: datetime) -> None:
    """From the moment a notice is out, or a check found it still there; the clocks before that are gone."""
    Clock.objects.filter(notice=notice).delete()
    Clock.objects.bulk_create(_row(notice.report, rule, since, notice) for rule in _running(notice.report, "notice"))
    refresh_due(notice.report)


def meet_clock(report: Report, kind: str, *, notice: Notice | None = None, at: datetime | None = None) -> None:
    """What the clock asked for is done; the caller holds the report's lock."""
    Clock.objects.filter(report=report, kind=kind, notice=notice, met_at=None).update(met_at=at or timezone.now())
    refresh_due(report)


def stop_clocks(report: Report, at: datetime) -> None:
    """The report is closed: ``closed`` is met, and what was not done by now will not be asked for."""
    Clock.objects.filter(report=report, kind="closed", met_at=None).update(met_at=at)
    Clock.objects.filter(report=report, met_at=None).delete()
    refresh_due(report)


def move_clocks(report: Report, before: int, now: datetime) -> None:
    """The urgency changed. A raised one counts anew from now where that is sooner; a lowered one from the sending."""
    raised = report.urgency < before
    since = now if raised else report.sent_at or now
    for clock in Clock.objects.filter(report=report, met_at=None, notice=None):
        rule = clocks().rule(clock.kind)
        if rule and rule.runs_for(report.kind, report.urgency):
            due = clocks().deadline(rule, report.urgency, since)
            _move(clock, min(due, clock.due_at) if raised else due)
    start_clocks(report)


def _move(clock: Clock, due: datetime) -> None:
    clock.due_at, clock.warn_at = due, clocks().warn_at(clock.started_at, due)
    if due > timezone.now():
        clock.warned_at, clock.step = None, 0
    clock.save(update_fields=["due_at", "warn_at", "warned_at", "step"])


def refresh_due(report: Report) -> None:
    """``report.due_at`` is the earliest open clock: the list is ordered by it."""
    first = Clock.objects.filter(report=report, met_at=None).order_by("due_at").values_list("due_at", flat=True).first()
    report.due_at = first
    Report.objects.filter(pk=report.pk).update(due_at=first)
