"""What the clock does to referrals: reminders, the late one, the escalation to their focal point, the end."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..models import RUNNING, Referral
from ..referral_rules import EXPIRE, Step
from ..referral_settings import rules
from .moves import lock_case
from .referral_moves import change, enter, move, write_down
from .referral_notices import tell_focal, tell_leads, tell_them, tell_us

AT_ONCE = 200
RESPITE = timedelta(days=1)


def run_referral_clock(now: datetime | None = None) -> int:
    """Carry out every step that is due; how many referrals were touched. Twice at once does each step once."""
    now = now or timezone.now()
    due = Referral.objects.filter(next_step_at__lte=now, status__in=RUNNING, forgotten_at=None).order_by("next_step_at")
    return sum(_run(pk, now) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _run(pk: UUID, now: datetime) -> bool:
    """All due steps of one referral; each kind speaks once, however long nobody looked."""
    referral = _take(pk, now)
    if referral is None:
        return False
    steps = rules().steps(referral.urgency, referral.status, referral.status_at)
    due = [step for step in steps[referral.steps_done :] if step.at <= now]
    ends = [step for step in due if step.kind == EXPIRE]
    warned = [step for step in due if step.kind != EXPIRE]
    if ends and not warned:
        _expire(referral)
        return True
    for kind in dict.fromkeys(step.kind for step in warned):
        _say(referral, kind)
    _wind(referral, steps, referral.steps_done + len(warned), now)
    return True


def _take(pk: UUID, now: datetime) -> Referral | None:
    """The locked row, if it is still due: the case first, then the referral, and none that another worker has."""
    seen = Referral.objects.select_related("case").filter(pk=pk).first()
    if seen is not None and seen.case is not None:
        lock_case(seen.case)
    due = Referral.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "to", "case", "case__owner", "drafted_by"
    )
    return due.filter(pk=pk, next_step_at__lte=now, status__in=RUNNING, forgotten_at=None).first()


def _wind(referral: Referral, steps: list[Step], done: int, now: datetime) -> None:
    """Set the clock to its next step. Nothing expires on the very run that first warned of it."""
    coming = steps[done] if done < len(steps) else None
    at = coming.at if coming else None
    if coming and coming.at <= now:
        at = now + RESPITE
    change(referral, steps_done=done, next_step_at=at)


def _say(referral: Referral, kind: str) -> None:
    waits_for_us = rules().waits_for_us(referral.status)
    if kind == "escalate":
        change(referral, escalated_at=timezone.now())
        tell_leads(referral, kind)
        if waits_for_us or not tell_focal(referral, kind):
            kind = "escalate_here"
    elif waits_for_us:
        tell_us(referral, kind)
    else:
        tell_them(referral, kind)
        if kind == "late":
            tell_us(referral, kind)
    write_down(referral, kind, side="clock")
    enter(referral, f"referral.{SAID[kind]}", actor="system")


SAID = {"remind": "reminded", "late": "overdue", "escalate": "escalated", "escalate_here": "escalated"}


def _expire(referral: Referral) -> None:
    """Nobody said yes or no: it comes back to us, and their link is dead."""
    move(referral, "expire", answer_code="expired")
    referral.links.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
    tell_them(referral, "expire")
    tell_leads(referral, "expire")
