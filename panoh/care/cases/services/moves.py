"""Moving a case through its life: the only code that changes its status, and what every service does first."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.vault import public as vault

from .. import rules
from ..errors import CaseRefusedError
from ..models import Action, Case, FollowUp, Referral, SealedRow
from ..queries.words import where_purpose

LONGEST = 20_000


def lock_case(case: Case) -> Case:
    """The case under its row lock, fresh. Always the first lock: two who work on one case never wait in a ring."""
    return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)


def change(case: Case, **fields: Any) -> None:
    """Write some fields; the case has changed now."""
    fields["changed_at"] = timezone.now()
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(update_fields=list(fields))


def move(case: Case, to: str, **fields: Any) -> None:
    """Change the status as ``centre/case_workflow.toml`` allows. Raises ``CaseRefusedError`` otherwise."""
    if not rules.workflow().allows(case.status, to):
        raise CaseRefusedError(_("This case has moved on meanwhile. Look at it again."))
    change(case, status=to, **fields)


def refuse_unless(may: bool, said: str = "") -> None:
    """Raises ``CaseRefusedError`` with ``said``, or with the plain sentence."""
    if not may:
        raise CaseRefusedError(said or _("This is not yours to do, or the case has moved on meanwhile."))


def sealed(case: Case, row: SealedRow, field: str, text: str | bytes) -> bytes:
    """``text`` under the case's key for one column of one row."""
    if len(text) > LONGEST and isinstance(text, str):
        raise CaseRefusedError(_("This is too long. Please write it in two parts."))
    return vault.seal(case.data_key, text, where=row.where(field))


def sealed_purpose(case: Case, text: str) -> bytes:
    """A reason as the audit keeps it. Raises ``CaseRefusedError`` for an empty one."""
    if not text.strip():
        raise CaseRefusedError(_("Write down why."))
    return vault.seal(case.data_key, text.strip()[:LONGEST], where=where_purpose(case))


def refresh_due(case: Case) -> None:
    """Set ``next_due_at`` to the earliest open due moment of actions, follow-ups and referrals."""
    actions = Action.objects.filter(plan__case=case, status="open").aggregate(at=Min("due_on"))["at"]
    follow_ups = FollowUp.objects.filter(case=case, done_at=None).aggregate(at=Min("due_at"))["at"]
    referrals = Referral.objects.filter(case=case, ended_at=None).aggregate(at=Min("due_at"))["at"]
    moments = [moment for moment in (follow_ups, referrals) if moment]
    if actions:
        moments.append(end_of(actions))
    case.next_due_at = min(moments, default=None)
    Case.objects.filter(pk=case.pk).update(next_due_at=case.next_due_at)


def end_of(day: Any) -> datetime:
    """The first moment after a day, by the centre's clock."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
