"""Words that mean somebody needs a human sooner. The lexicon may only raise; what it saw is kept as codes."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from panoh.care.talks import public as talks
from panoh.ground.accounts.public import Role, staff_with_role
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify

from ..models import Report, ReportStatus
from .clocks import move_clocks

LETTER = "reports/mail/urgent_report.txt"


@transaction.atomic
def hear_report_words(report: Report, text: str) -> Report:
    """Read words that are kept in the conversation; the report as it stands then."""
    held = Report.objects.select_for_update(of=("self",)).select_related("conversation").get(pk=report.pk)
    if held.closed_at is None and held.forgotten_at is None:
        raise_by_words(held, [text])
    return held


def raise_by_words(report: Report, texts: Iterable[str]) -> None:
    """Let the words count and keep that. The caller holds the lock; one that is sent tells whoever must hear of it."""
    before = report.urgency
    if not note_words(report, texts):
        return
    fields = {"urgency": report.urgency, "lexicon_classes": report.lexicon_classes}
    Report.objects.filter(pk=report.pk).update(**fields)
    if report.urgency < before and report.status != ReportStatus.DRAFT:
        move_clocks(report, before, timezone.now())
        if report.urgency == 1:
            tell_supervisors(report)


def note_words(report: Report, texts: Iterable[str]) -> bool:
    """Write what is seen in the words into the report, which the caller saves; whether that is anything new."""
    found = [talks.lexicon().urgency(text) for text in texts]
    known = set(report.lexicon_classes.split())
    fresh = {name for _urgency, classes in found for name in classes} - known
    urgency = min([report.urgency, *(urgency for urgency, _classes in found if urgency)])
    if not fresh and urgency == report.urgency:
        return False
    before, report.urgency = report.urgency, urgency
    report.lexicon_classes = " ".join(sorted(known | fresh))[:200]
    if urgency < before:
        seen: dict[str, Any] = {f"seen_{number}": name for number, name in enumerate(sorted(fresh), start=1)}
        audit.record("report.raised", thing=report.reference, source="lexicon", before=before, after=urgency, **seen)
    return True


def tell_supervisors(report: Report) -> None:
    """A letter that holds codes only: what was written is read at the desk."""
    address = f"{settings.PUBLIC_URL}/desk/reports/"
    for person in staff_with_role(Role.SUPERVISOR):
        notify.tell_email(
            person.email, LETTER, person.language, reference=report.reference, urgency=report.urgency, address=address
        )
