"""How a case ends and begins again."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .. import policy, rules
from ..errors import CaseRefusedError
from ..models import Case, CaseStatus, ReferralStatus
from .counting import count_case, count_reopened
from .keeping import keep_links, let_links_go
from .moves import change, lock_case, move, refresh_due, refuse_unless, sealed_purpose

REASONS = (
    "child_safe",
    "goal_reached",
    "child_declined",
    "no_contact",
    "moved_away",
    "grown_up",
    "led_elsewhere",
    "opened_in_error",
)
LED_ELSEWHERE = "led_elsewhere"  # another agency leads from here: the case ends as transferred


def end_of(reason: str) -> str:
    return CaseStatus.TRANSFERRED if reason == LED_ELSEWHERE else CaseStatus.CLOSED


def refuse_while_referred(case: Case, reason: str) -> None:
    """An agency that was told must not be left alone with it. One that leads from here has said yes, and works on."""
    waits = case.referrals.filter(ended_at=None)
    if reason == LED_ELSEWHERE:
        waits = waits.exclude(status__in=(ReferralStatus.ACCEPTED, ReferralStatus.IN_SERVICE))
    if numbers := list(waits.order_by("reference").values_list("reference", flat=True)):
        said = _("Referral %(numbers)s still runs. Wait for its end, or take it back; then close the case.")
        raise CaseRefusedError(said % {"numbers": ", ".join(numbers)})


def close_case(case: Case, reason: str) -> None:
    """A supervisor said yes. The caller holds the lock."""
    refuse_while_referred(case, reason)
    end_case(case, to=end_of(reason), reason=reason)


def end_case(case: Case, *, to: str, reason: str, **fields: Any) -> None:
    """Close, merge or hand away, and count it in the same step. The caller holds the lock."""
    move(case, to, closed_at=timezone.now(), closure_reason=reason, next_due_at=None, **fields)
    count_case(case)
    let_links_go(case)


@transaction.atomic
def reopen_case(case: Case, *, reason: str, by: User) -> Case:
    """An ended case goes on; why stays on record, and so does that it had ended."""
    held = lock_case(case)
    to = rules.workflow().reopened.get(held.status)
    refuse_unless(policy.can_reopen(by, held) and to is not None)
    purpose = sealed_purpose(held, reason)
    count_reopened(held)
    times = held.times_reopened + 1
    change(held, status=to, closed_at=None, closure_reason="", times_reopened=times)
    keep_links(held)
    refresh_due(held)
    audit.record("case.reopened", thing=held.reference, actor=by.code, purpose=purpose, times=times)
    return held
