"""What is one's own, and how much of it waits."""

from datetime import timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from panoh.ground.accounts.public import Role, User, may

from .. import policy
from ..models import BreakGlass, Case, Look, Reveal
from .listing import approvals_for

ENOUGH = 100  # more than this is not counted: nobody needs the number
Counters = dict[str, int]


def case_counters(user: User) -> Counters:
    """Numbers for the frame and the staff home, each at most 100; only those that concern this person."""
    counted: Counters = {}
    if may(user, *policy.DESK):
        mine = Case.objects.filter(owner=user, closed_at=None)
        counted |= {"mine": _upto(mine), "overdue": _upto(mine.filter(next_due_at__lt=timezone.now()))}
        counted |= {"due": _upto(mine.filter(next_due_at__lt=timezone.now() + timedelta(days=1)))}
    if may(user, Role.SUPERVISOR):
        counted |= {"approvals": _upto(approvals_for(user).filter(case__closed_at=None))}
        counted |= {"unassigned": _upto(Case.objects.filter(owner=None, closed_at=None))}
    if policy.can_keep(user):
        counted |= {"reveals": _upto(Reveal.objects.filter(decided_at=None).exclude(asked_by=user))}
    if may(user, *policy.REVIEWERS):
        counted |= {"reviews": _upto(BreakGlass.objects.filter(reviewed_at=None).exclude(by=user))}
    return counted


def _upto(rows: QuerySet[Any]) -> int:
    return rows[:ENOUGH].count()


def my_cases(user: User, *, most: int = 10) -> list[Case]:
    """The open cases this person leads, what is due first."""
    mine = Case.objects.filter(owner=user, closed_at=None)
    return list(mine.order_by(F("next_due_at").asc(nulls_last=True), "-changed_at")[:most])


def last_look(user: User, case: Case, *, hours: int) -> Look | None:
    """The purpose for which this person opened the case lately."""
    since = timezone.now() - timedelta(hours=hours)
    return Look.objects.filter(case=case, user=user, at__gt=since).order_by("-at").first()
