"""What a second person must say yes to: one question at a time, answered once, never by the one who asked."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .. import policy
from ..errors import CaseRefusedError
from ..models import Approval, Assessment, Case, CaseStatus, Plan, WorkStatus
from .ending import close_case
from .moves import change, lock_case, move, sealed

Decided = Callable[[Case, Approval, bool, User], None]


@transaction.atomic
def decide_approval(approval: Approval, *, approve: bool, note: str = "", by: User) -> Approval:
    """Yes, or back with a note. Of two supervisors at once the first decides and the second is told."""
    case = lock_case(approval.case)
    held = Approval.objects.select_for_update().get(pk=approval.pk)
    if not policy.can_approve(by, held) or not policy.is_open(case):
        raise CaseRefusedError(_("Somebody has decided this already, or you asked for it yourself."))
    if not approve and not note.strip():
        raise CaseRefusedError(_("Write down what is missing."))
    held.decision = "approved" if approve else "returned"
    held.decided_by, held.decided_at = by, timezone.now()
    if note.strip():
        held.note = sealed(case, held, "note", note.strip())
    held.save(update_fields=["decision", "decided_by", "decided_at", "note"])
    audit.record(f"{held.of}.{held.decision}", thing=case.reference, actor=by.code)
    DECIDED[held.of](case, held, approve, by)
    return held


def _decide_assessment(case: Case, approval: Approval, approve: bool, by: User) -> None:
    """An approved risk is the case's risk; a case in assessment goes on to its plan."""
    row = Assessment.objects.select_for_update().get(pk=str(approval.subject))
    _decide_work(row, approve, by)
    if not approve:
        return change(case)
    if case.status == CaseStatus.ASSESSMENT:
        move(case, CaseStatus.PLAN)
    change(case, risk=row.risk)


def _decide_plan(case: Case, approval: Approval, approve: bool, by: User) -> None:
    _decide_work(Plan.objects.select_for_update().get(pk=str(approval.subject)), approve, by)
    change(case)


def _decide_work(row: Assessment | Plan, approve: bool, by: User) -> None:
    if approve:
        row.status, row.approver, row.approved_at = WorkStatus.APPROVED, by, timezone.now()
    else:
        row.status = WorkStatus.DRAFT
    row.save(update_fields=["status", "approver", "approved_at"])


def _decide_closing(case: Case, approval: Approval, approve: bool, by: User) -> None:
    if approve:
        close_case(case, approval.reason)
    else:
        change(case)


DECIDED: dict[str, Decided] = {
    "assessment": _decide_assessment,
    "plan": _decide_plan,
    "closing": _decide_closing,
}
