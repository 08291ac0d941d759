"""What nobody has to remember: whose time runs out, who is late, and who must hear of it. Letters hold codes only."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from panoh.ground.accounts.public import Role, User, staff_with_role
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify

from .. import policy
from ..desk_rules import clocks
from ..models import Clock, Report
from ..queries.one_report import clocks_to_warn, late_clocks

AT_ONCE = 200
SOON, LATE = "reports/mail/soon.txt", "reports/mail/late.txt"

OnCall = Callable[[], list[User]]
_on_call: list[OnCall] = []


def register_on_call(find: OnCall) -> None:
    """Let a door say who is on call now; the rota stands in another room. Without one it is the supervisors."""
    _on_call[:] = [find]


def watch_clocks(now: datetime | None = None) -> int:
    """Warn whoever holds a report, then tell supervisors, then who is on call; each step of a clock happens once."""
    now = now or timezone.now()
    return _warn(now) + _escalate(now)


@transaction.atomic
def _warn(now: datetime) -> int:
    """One letter a person, whatever the number of reports: a hundred clocks are one letter."""
    told: dict[User, list[Clock]] = defaultdict(list)
    due = _locked(clocks_to_warn(now)[:AT_ONCE])
    for clock in due:
        clock.warned_at = now
        clock.save(update_fields=["warned_at"])
        if clock.due_at > now and clock.report.assignee and policy.can_work(clock.report.assignee, clock.report):
            told[clock.report.assignee].append(clock)
    _tell(told, SOON)
    return len(due)


@transaction.atomic
def _escalate(now: datetime) -> int:
    told: dict[User, list[Clock]] = defaultdict(list)
    moved = 0
    for clock in _locked(late_clocks(now)[:AT_ONCE]):
        step = _step(clock, now)
        if step <= clock.step:
            continue
        moved += 1
        clock.step = step
        clock.save(update_fields=["step"])
        audit.record("report.escalated", thing=clock.report.reference, step=step, clock=clock.kind)
        for person in _whom(step):
            told[person].append(clock)
    _tell(told, LATE)
    return moved


def _locked(rows: Iterable[Clock]) -> list[Clock]:
    """The clocks under their locks, each with its report; one that was met meanwhile is left out."""
    wanted = [clock.pk for clock in rows]
    locked = Clock.objects.select_for_update(of=("self",)).filter(pk__in=wanted, met_at=None)
    return list(locked.select_related("report__assignee").order_by("due_at", "pk"))


def _step(clock: Clock, now: datetime) -> int:
    on_call = clocks().on_call_at(clock.due_at, clock.report.urgency)
    return 2 if now >= on_call else 1


def _whom(step: int) -> list[User]:
    """Supervisors; at the second step who is on call. An alarm never goes to nobody."""
    called = [person for find in _on_call for person in find()] if step == 2 else []
    return called or list(staff_with_role(Role.SUPERVISOR))


def _tell(told: Mapping[User, list[Clock]], letter: str) -> None:
    address = settings.PUBLIC_URL + reverse("reports:list")
    for person, late in told.items():
        reports: dict[str, Report] = {clock.report.reference: clock.report for clock in late}
        notify.tell_email(
            person.email,
            letter,
            person.language,
            count=len(reports),
            urgency=min(report.urgency for report in reports.values()),
            references=" ".join(sorted(reports)[:10]),
            address=address,
        )
