"""What every act at the desk does with a report: change it, write down who judged what and why, tell the ledger."""

from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common import bell
from panoh.ground.vault import public as vault

from ..errors import ReportRefusedError
from ..models import Judgement, Report, ReportStatus
from ..queries.one_report import where_reason
from .clocks import meet_clock

# Where the person's return page says it stands; each has a word ``report.status.<code>``.
SHOWN = ("received", "read", "working", "passed_on", "closed")


def change(report: Report, **fields: object) -> None:
    """Write some fields and let every open list see it. The caller holds the lock."""
    for name, value in fields.items():
        setattr(report, name, value)
    report.save(update_fields=list(fields))
    bell.ring("reports")


def refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise ReportRefusedError(_("This report has moved on meanwhile, or is not yours. Look at it again."))


def note_act(verb: str, report: Report, by: User, purpose: bytes | None = None, **codes: str | int | bool) -> None:
    audit.record(verb, thing=report.reference, actor=by.code, purpose=purpose, **codes)


def judge(report: Report, what: str, before: object, after: object, *, by: User, reason: str = "") -> bytes | None:
    """Write a judgement down; its reason sealed, which the ledger gets too."""
    where = where_reason(report.pk)
    sealed = vault.seal(report.conversation.data_key, reason.strip(), where=where) if reason.strip() else None
    Judgement.objects.create(
        report=report, what=what, before=str(before), after=str(after), reason=sealed, by=by, at=timezone.now()
    )
    return sealed


def mark_assessed(report: Report, *, by: User) -> Report:
    """The caller holds the lock and has asked whether they may."""
    if report.status == ReportStatus.RECEIVED:
        now = timezone.now()
        judge(report, "status", report.status, ReportStatus.ASSESSED, by=by)
        change(report, status=ReportStatus.ASSESSED, assessed_at=now)
        meet_clock(report, "first_look", at=now)
        meet_clock(report, "assessed", at=now)
        note_act("report.assessed", report, by, kind=report.kind, urgency=report.urgency)
    return report
