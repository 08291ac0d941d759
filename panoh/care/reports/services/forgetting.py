"""The end of a report: its key is destroyed, whatever finds it is deleted, its counts stay in the facts."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.care.cases import public as cases
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import Role, User, may
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from ..errors import ReportRefusedError
from ..models import Answer, Report, ReportStatus
from .counting import count_draft, count_report
from .files import forget_files
from .filling import lock_report

STRIPPED: dict[str, Any] = dict.fromkeys(
    ("about", "danger", "region", "age_band", "sex", "platform", "lexicon_classes"), ""
)


@transaction.atomic
def forget_report(report: Report, *, reason: str, actor: str = "system") -> bool:
    """Erase every word, file, hash and address of a report that has ended; it is counted before. ``reason`` is a code.

    False under a legal hold on the report or its conversation: nobody comes back to it, and it is erased by the first
    nightly run after the hold.
    """
    held = lock_report(report)
    if held.forgotten_at:
        return True
    if not _may_go(held):
        return False
    count_report(held)
    count_draft(held)
    talks.forget_conversation(held.conversation, reason=reason, actor=actor)
    _empty(held)
    Report.objects.filter(pk=held.pk).update(forgotten_at=timezone.now(), **STRIPPED)
    cases.forget_referrals_from([held.reference], reason=reason)
    vault.destroy_exports([held.reference], reason=reason)
    audit.record("report.forgotten", thing=held.reference, actor=actor, reason=reason)
    return True


def _may_go(report: Report) -> bool:
    """A legal hold on the report is one on its words, and the other way round: nobody comes back, and it is owed."""
    names = (report.reference, report.conversation.reference)
    held = [name for name in names if vault.is_held(name, kind="legal")]
    for name in held:
        vault.erase_when_lifted(name)
    if held:
        report.conversation.receipts.all().delete()
        report.conversation.visits.all().delete()
        audit.record("report.erasure_waits", thing=report.reference)
    return not held


def _empty(report: Report) -> None:
    """All that lies around it; judgements and clocks stay as codes, so that the work done stays countable."""
    forget_files(report)
    report.answers.all().delete()
    report.notices.all().delete()
    report.classifications.all().delete()
    report.addresses.all().delete()
    report.judgements.exclude(reason=None).update(reason=b"")


@transaction.atomic
def erase_report(report: Report, *, reason: str, by: User) -> bool:
    """Erase a closed report before its days are over; a supervisor's act. False: a legal hold stands, it is owed.

    ``reason`` is a code like ``asked`` or ``court``. Raises ``ReportRefusedError``.
    """
    held = lock_report(report)
    if not may(by, Role.SUPERVISOR) or held.closed_at is None:
        raise ReportRefusedError(_("Close it first; then a supervisor may erase it."))
    return forget_report(held, reason=reason, actor=by.code)


def forget(before: datetime) -> int:
    """Retention: forget reports that were closed before ``before`` and that nothing holds.

    And those that were erased once and that an old backup has brought back.
    """
    owed = Q(reference__in=vault.owed_things("R-")) | Q(conversation__reference__in=vault.owed_things("T-"))
    ended = Q(closed_at__lt=before) | (owed & Q(closed_at__isnull=False))
    due = Report.objects.filter(ended, forgotten_at=None).exclude(status=ReportStatus.DRAFT)
    due = due.exclude(reference__in=vault.held_things("R-"))
    due = due.exclude(conversation__reference__in=vault.held_things("T-"))
    back = Report.objects.filter(conversation__data_key__in=vault.erased_keys(), forgotten_at=None)
    found = [*due.iterator(), *back.iterator()]
    forgotten = sum(forget_report(report, reason="retention") for report in found)
    gone = Report.objects.filter(forgotten_at__isnull=False).values("reference")
    return forgotten + cases.forget_referrals_from(gone, reason="retention")


def forget_drafts(before: datetime) -> int:
    """Retention: forms nobody touched since ``before`` are counted by their last question and erased."""
    touched = Answer.objects.filter(report=OuterRef("pk"), at__gte=before)
    due = Report.objects.filter(status=ReportStatus.DRAFT, started_at__lt=before, forgotten_at=None)
    due = due.exclude(Exists(touched)).exclude(reference__in=vault.held_things("R-"))
    return sum(forget_report(report, reason="abandoned") for report in due.iterator())
