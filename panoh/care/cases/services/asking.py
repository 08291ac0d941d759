"""Asking a supervisor: may this assessment, this plan, this end stand?"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .. import policy, rules
from ..errors import CaseRefusedError
from ..models import Action, Approval, Case, FollowUp
from .ending import REASONS, end_of, refuse_while_referred
from .moves import change, lock_case, refuse_unless, sealed


def ask_approval(
    case: Case, *, of: str, by: User, subject: UUID | None = None, reason: str = "", words: str = ""
) -> Approval:
    """Ask the supervisors. The caller holds the case's lock."""
    if case.approvals.filter(of=of, decided_at=None).exists():
        raise CaseRefusedError(_("A supervisor has been asked already."))
    asked = Approval(case=case, of=of, subject=subject, reason=reason, asked_by=by, asked_at=timezone.now())
    if words.strip():
        asked.words = sealed(case, asked, "words", words.strip())
    asked.save()
    change(case)
    audit.record(f"{of}.submitted", thing=case.reference, actor=by.code)
    return asked


@transaction.atomic
def ask_closing(case: Case, *, reason: str, words: str, by: User) -> Approval:
    """Ask a supervisor to close a case; what is still open is finished or dropped first."""
    held = lock_case(case)
    refuse_unless(policy.can_work(by, held) and reason in REASONS)
    refuse_unless(rules.workflow().allows(held.status, end_of(reason)))
    if Action.objects.filter(plan__case=held, status="open").exists() or _waits(held):
        raise CaseRefusedError(_("There are open actions or follow-ups. Finish or drop them first."))
    refuse_while_referred(held, reason)
    return ask_approval(held, of="closing", reason=reason, words=words, by=by)


def _waits(case: Case) -> bool:
    return FollowUp.objects.filter(case=case, done_at=None).exists()
