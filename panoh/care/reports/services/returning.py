"""Coming back to a report: more words, a code of one's own, safe hours, and its deletion at once."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.care.talks import public as talks
from panoh.ground.audit import public as audit
from panoh.ground.common import bell
from panoh.ground.vault import public as vault

from ..errors import ReportRefusedError
from ..models import Report, ReportStatus
from .clocks import stop_clocks
from .filling import clock_hours, lock_report
from .forgetting import forget_report
from .raising import raise_by_words


@transaction.atomic
def receive_report_words(report: Report, body: str, key: uuid.UUID) -> talks.Message:
    """More words from the person; the same ``key`` is one message. Raises ``ReportRefusedError`` when it is over."""
    held = lock_report(report)
    if held.status == ReportStatus.DRAFT or held.closed_at or held.forgotten_at:
        raise ReportRefusedError(_("Nothing more can be added to it."))
    message = talks.append_message(held.conversation, direction=talks.Direction.IN, body=body, key=key)
    raise_by_words(held, [body])
    bell.ring("reports")
    return message


def change_receipt(report: Report) -> str:
    """A fresh return code to be shown once; from now on nobody of ours knows it. Raises ``vault.BusyError``."""
    shown = talks.issue_receipt(report.conversation)
    if report.receipt_to_change:
        _own_receipt(report)
    return shown


def read_out_receipt(report: Report) -> str:
    """A return code to be read out to the person by somebody of ours, once. Raises ``vault.BusyError``."""
    return talks.issue_receipt(report.conversation)


@transaction.atomic
def _own_receipt(report: Report) -> None:
    held = lock_report(report)
    Report.objects.filter(pk=held.pk).update(receipt_to_change=False)
    audit.record("report.receipt_changed", thing=held.reference)


@transaction.atomic
def set_report_hours(report: Report, hours: str) -> None:
    """When we may write first, like ``08:00-12:00``; "" is at any time."""
    held = lock_report(report)
    talks.set_safe_hours(held.conversation, *clock_hours(hours))


@transaction.atomic
def delete_report(report: Report) -> bool:
    """The person asked: every word is erased at once; that somebody reported stays counted, once.

    False under a legal hold: nobody comes back to it, our people still work on it, and it is erased after the hold.
    """
    held = lock_report(report)
    if held.forgotten_at:
        return True
    if held.status != ReportStatus.DRAFT and held.closed_at is None and not _is_held(held):
        _withdraw(held)
    return forget_report(held, reason="asked")


def _is_held(report: Report) -> bool:
    return any(vault.is_held(thing, kind="legal") for thing in (report.reference, report.conversation.reference))


def _withdraw(report: Report) -> None:
    """It ends without an outcome; nobody is asked for anything any more."""
    now = timezone.now()
    Report.objects.filter(pk=report.pk).update(status=ReportStatus.CLOSED, shown_status="closed", closed_at=now)
    stop_clocks(report, now)
    audit.record("report.withdrawn", thing=report.reference, status=report.status)
    bell.ring("reports")
