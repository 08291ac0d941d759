"""The facts of reports: written when a report is closed or a form is given up, in the same transaction."""

from datetime import datetime

from django.utils import timezone

from panoh.ground.common.cells import Cell, add, add_all, band, month_of, settle

from ..models import Report, ReportStatus
from ..models.facts import FACTS, DraftCell, PlatformCell, ReportCell, ReportDemandCell, WorkCell

HOUR = 3600.0
DAY = 24 * HOUR
SOON = ((HOUR, "1h"), (4 * HOUR, "4h"), (DAY, "1d"), (3 * DAY, "3d"), (7 * DAY, "7d"), (30 * DAY, "30d"))
MORE = "more"
OUTCOMES = (
    ReportStatus.ACTIONED,
    ReportStatus.REFERRED,
    ReportStatus.DUPLICATE,
    ReportStatus.OUT_OF_REMIT,
    ReportStatus.UNABLE_TO_ASSESS,
    ReportStatus.UNFOUNDED,
)


def count_report(report: Report) -> bool:
    """Write the facts of a sent report that has ended (or is deleted by its sender); once, however often it is called.

    The caller is in the transaction that ends it.
    """
    sent = Report.objects.filter(pk=report.pk, sent_at__isnull=False)
    if not sent.filter(counted=False).update(counted=True):
        return False
    held = Report.objects.get(pk=report.pk)
    month = month_of(held.closed_at or timezone.now())
    add_all(ReportCell, month, {_who(held): 1})
    add_all(WorkCell, month, {_work(held): 1})
    add_all(PlatformCell, month, {(held.kind, held.platform): 1})
    _count_arrival(held)
    report.counted = True
    return True


def count_draft(report: Report) -> bool:
    """Write the facts of a form that was given up, just before it is erased; once."""
    drafts = Report.objects.filter(pk=report.pk, sent_at=None, counted=False)
    if not drafts.update(counted=True):
        return False
    last = report.answers.order_by("-at", "-pk").first()
    codes: dict[str, str | int] = {"last_question": last.question if last else "", "kind": report.kind}
    add(DraftCell, month_of(report.started_at), {**codes, "channel": report.channel, "language": report.language})
    report.counted = True
    return True


def settle_facts() -> int:
    """At night: the order in which facts were written goes, their sums stay; how many cells there are."""
    tables: tuple[type[Cell], ...] = (*FACTS, DraftCell, ReportDemandCell)
    return sum(settle(model) for model in tables)


def _who(report: Report) -> tuple[str, ...]:
    return (report.kind, report.about, report.channel, report.region, report.age_band, report.sex)


def _work(report: Report) -> tuple[str | int, ...]:
    assessed, closed = _since(report, report.assessed_at), _since(report, report.closed_at)
    return (report.kind, outcome_of(report), report.urgency, report.language, assessed, closed)


def outcome_of(report: Report) -> str:
    """The last outcome the desk gave it; ``""`` for one that ended without any."""
    if report.status in OUTCOMES:
        return report.status
    judged = report.judgements.filter(what="status", after__in=OUTCOMES).order_by("-at", "-pk").first()
    return judged.after if judged else ""


def _since(report: Report, moment: datetime | None) -> str:
    return band((moment - report.sent_at).total_seconds() if moment and report.sent_at else None, SOON, MORE)


def _count_arrival(report: Report) -> None:
    local = timezone.localtime(report.sent_at)
    codes: dict[str, str | int] = {"weekday": local.isoweekday(), "hour": local.hour, "channel": report.channel}
    add(ReportDemandCell, month_of(local), codes)
