"""A yes, a no, a yes taken back, and the decision to act without one."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common.centre import centre

from .. import policy
from ..errors import CaseRefusedError
from ..models import ANY, Case, Consent, ConsentAnswer, Field, PersonRole, Scope
from .moves import change, lock_case, refuse_unless, sealed
from .referral_withdrawing import revoke_without_consent

GIVERS = ("child", "caregiver", "other")
# On what a yes, or the decision to act without one, rests.
BASES = ("consent", "best_interest", "vital_interest", "legal_duty", "court_order")
MOST_RECIPIENTS = 30


@transaction.atomic
def record_consent(
    case: Case,
    *,
    answer: str = ConsentAnswer.GIVEN,
    given_by: str,
    scopes: list[str],
    recipients: list[str] | None = None,
    withheld: list[str] | None = None,
    legal_basis: str = "consent",
    by: User,
) -> Consent:
    """Write down what somebody said yes or no to. The newest one that speaks of a recipient decides."""
    held = lock_case(case)
    refuse_unless(policy.can_work(by, held))
    if answer not in {ConsentAnswer.GIVEN, ConsentAnswer.REFUSED} or given_by not in GIVERS:
        raise CaseRefusedError(_("Say who said yes or no."))
    row = _consent(held, by, answer=answer, given_by=given_by, legal_basis=legal_basis)
    _say_what(row, scopes, recipients or [ANY], withheld or [])
    row.save()
    change(held)
    audit.record(f"consent.{answer}", thing=held.reference, actor=by.code, given_by=given_by, scopes=len(row.scopes))
    if answer == ConsentAnswer.REFUSED:
        revoke_without_consent(held, by=by)
    return row


@transaction.atomic
def override_consent(
    case: Case,
    *,
    scopes: list[str],
    recipients: list[str],
    withheld: list[str] | None = None,
    legal_basis: str,
    reason: str,
    asked_by: User | None = None,
    by: User,
) -> Consent:
    """A supervisor who does not lead the case decides that it is passed on without a yes, and writes down why."""
    held = lock_case(case)
    asker = asked_by or held.owner
    refuse_unless(policy.can_lead(by) and policy.is_open(held))
    if by.pk in {held.owner_id, asker.pk if asker else None}:
        raise CaseRefusedError(_("Nobody decides this for their own case: another supervisor does."))
    if not reason.strip() or legal_basis in {"", "consent"}:
        raise CaseRefusedError(_("Write down why, and what in the law it rests on."))
    row = _consent(held, by, answer=ConsentAnswer.OVERRIDDEN, given_by="nobody", legal_basis=legal_basis)
    _say_what(row, scopes, recipients, withheld or [])
    row.approver, row.asked_by = by, asker
    row.reason = sealed(held, row, "reason", reason.strip())
    row.save()
    change(held)
    audit.record("consent.overridden", thing=held.reference, actor=by.code, basis=legal_basis)
    return row


def _consent(case: Case, by: User, **fields: Any) -> Consent:
    if fields["legal_basis"] not in BASES:
        raise CaseRefusedError(_("Say what in the law it rests on."))
    version = str(centre("notice_version", default=""))
    return Consent(case=case, by=by, at=timezone.now(), notice_version=version, **fields)


def _say_what(row: Consent, scopes: list[str], recipients: list[str], withheld: list[str]) -> None:
    """Only codes: what it is for, who may be told, what is kept back."""
    if not scopes or set(scopes) - set(Scope.values):
        raise CaseRefusedError(_("Say what it is for."))
    if not recipients or len(recipients) > MOST_RECIPIENTS or any(len(code) > 40 for code in recipients):
        raise CaseRefusedError(_("Say who may be told."))
    known = set(Field.values) | {f"{role}.{field}" for role in PersonRole.values for field in Field.values}
    if set(withheld) - known:
        raise CaseRefusedError(_("Say what is kept back."))
    row.scopes, row.recipients, row.withheld = sorted(set(scopes)), sorted(set(recipients)), sorted(set(withheld))


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: User) -> Consent:
    """Somebody takes their yes back: from now on it opens nothing. What was already told cannot be untold."""
    held = lock_case(consent.case)
    row = Consent.objects.select_for_update().get(pk=consent.pk)
    refuse_unless(policy.can_add(by, held) and row.withdrawn_at is None and row.answer != ConsentAnswer.REFUSED)
    row.withdrawn_at, row.withdrawn_by = timezone.now(), by
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    change(held)
    audit.record("consent.withdrawn", thing=held.reference, actor=by.code, given_by=row.given_by)
    revoke_without_consent(held, by=by)
    return row
