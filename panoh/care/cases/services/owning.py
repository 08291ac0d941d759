"""Who leads a case, and who else may read it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User, may
from panoh.ground.audit import public as audit

from .. import policy, rules
from ..errors import CaseRefusedError
from ..models import Access, Case, CaseStatus
from .moves import change, lock_case, move, refuse_unless, sealed, sealed_purpose


@transaction.atomic
def take_case(case: Case, *, by: User) -> Case:
    """Lead a case nobody leads yet, and begin with it. Of two who press at once the second is told."""
    held = lock_case(case)
    refuse_unless(policy.can_take(by, held), _("Somebody leads this case already."))
    _give(held, by)
    audit.record("case.taken", thing=held.reference, actor=by.code)
    return held


def _give(case: Case, to: User) -> None:
    """Somebody leads it from now on: what nobody had begun with is begun."""
    change(case, owner=to)
    if case.status == CaseStatus.NEW:
        move(case, CaseStatus.ASSESSMENT)


@transaction.atomic
def assign_case(case: Case, *, to: User, by: User) -> Case:
    """A supervisor gives a case to somebody who may lead one; a new one begins, as when somebody takes it."""
    held = lock_case(case)
    refuse_unless(policy.can_lead(by) and policy.is_open(held))
    _refuse_who_cannot_lead(to)
    if held.owner_id != to.pk:
        _give(held, to)
        audit.record("case.assigned", thing=held.reference, actor=by.code, to=to.code)
    return held


@transaction.atomic
def assign_cases(cases: Iterable[Case], *, to: User, by: User) -> int:
    """Several at once, all or none; in one order, so that two who do it at once do not wait for each other."""
    chosen = sorted(cases, key=lambda case: str(case.pk))
    for case in chosen:
        assign_case(case, to=to, by=by)
    return len(chosen)


@transaction.atomic
def transfer_case(case: Case, *, to: User, reason: str, by: User) -> Case:
    """Whoever leads a case hands it to a colleague and writes down why."""
    held = lock_case(case)
    refuse_unless(policy.can_work(by, held))
    _refuse_who_cannot_lead(to)
    purpose = sealed_purpose(held, reason)
    change(held, owner=to)
    audit.record("case.handed_over", thing=held.reference, actor=by.code, purpose=purpose, to=to.code)
    return held


def _refuse_who_cannot_lead(to: User) -> None:
    if not policy.can_own(to):
        raise CaseRefusedError(_("This person cannot lead a case."))


@transaction.atomic
def set_urgency(case: Case, *, urgency: int, reason: str, by: User) -> Case:
    """Raise or lower the urgency; why stays on record."""
    held = lock_case(case)
    refuse_unless(policy.can_work(by, held) and urgency in {1, 2, 3, 4})
    purpose = sealed_purpose(held, reason)
    audit.record("case.urgency", thing=held.reference, actor=by.code, purpose=purpose, frm=held.urgency, to=urgency)
    change(held, urgency=urgency)
    return held


@transaction.atomic
def grant_access(case: Case, *, to: User, reason: str, until: datetime, by: User) -> Access:
    """Let somebody of the desk read a case that is not theirs, for a reason and a time."""
    held = lock_case(case)
    refuse_unless(policy.can_work(by, held) and may(to, *policy.DESK) and to.pk != by.pk)
    now = timezone.now()
    longest = now + timedelta(days=rules.number("access_days", default=30))
    if not now < until <= longest or not reason.strip():
        raise CaseRefusedError(_("Say why, and until when; the time is limited."))
    row = Access(case=held, user=to, by=by, at=now, until=until)
    row.reason = sealed(held, row, "reason", reason.strip())
    row.save()
    change(held)
    audit.record("access.granted", thing=held.reference, actor=by.code, to=to.code)
    return row


@transaction.atomic
def end_access(access: Access, *, by: User) -> Access:
    """Close it before its time."""
    held = lock_case(access.case)
    refuse_unless(policy.can_work(by, held))
    now = timezone.now()
    if access.until > now:
        Access.objects.filter(pk=access.pk).update(until=now)
        audit.record("access.ended", thing=held.reference, actor=by.code, to=access.user.code)
    access.until = min(access.until, now)
    return access
