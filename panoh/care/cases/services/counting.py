"""The facts of cases and referrals: written when they open or end, in the same transaction."""

from datetime import datetime

from django.utils import timezone

from panoh.ground.common.cells import Cell, add, band, month_of, settle

from ..models import ENDED, OVER, Case, Referral
from ..models.facts import CaseCell, ClosingCell, ReferralCell

DAY = 86_400.0
MONTH = 30.44 * DAY
LASTED = ((MONTH, "1m"), (3 * MONTH, "3m"), (6 * MONTH, "6m"), (12 * MONTH, "12m"))
ANSWERED = ((DAY, "1d"), (3 * DAY, "3d"), (7 * DAY, "7d"), (14 * DAY, "14d"))
NEVER, MORE = "never", "more"


def count_opened(case: Case) -> None:
    """A case was opened; called once, by the service that opens it, in its transaction."""
    _count_event(case, "opened")


def count_case(case: Case) -> bool:
    """Write the facts of a case that has ended; once, however often it is called. The caller is in the transaction."""
    if not Case.objects.filter(pk=case.pk, status__in=ENDED, counted=False).update(counted=True):
        return False
    held = Case.objects.get(pk=case.pk)
    _count_event(held, "closed")
    codes: dict[str, str | int] = {
        "kind": held.kind,
        "risk": held.risk,
        "status": held.status,
        "reason": held.closure_reason,
    }
    add(ClosingCell, month_of(_ended(held)), {**codes, "lasted": _lasted(held)})
    case.counted = True
    return True


def count_reopened(case: Case) -> None:
    """A counted case goes on: that it was closed stays counted, and its next end is counted too. In the transaction."""
    if Case.objects.filter(pk=case.pk, counted=True).update(counted=False):
        _count_event(case, "reopened")
    case.counted = False


def count_referral(referral: Referral) -> bool:
    """Write the facts of a referral that is over; once, however often it is called. The caller is in the transaction.

    What was taken back before it was sent went to nobody and is not counted.
    """
    over = Referral.objects.filter(pk=referral.pk, status__in=OVER, sent_at__isnull=False)
    if not over.filter(counted=False).update(counted=True):
        return False
    held = Referral.objects.get(pk=referral.pk)
    codes: dict[str, str | int] = {
        "service": held.service,
        "urgency": held.urgency,
        "status": held.status,
        "answered": _answered(held),
    }
    add(ReferralCell, month_of(held.ended_at or timezone.now()), codes)
    referral.counted = True
    return True


def settle_facts() -> int:
    """At night: the order in which facts were written goes, their sums stay; how many cells there are."""
    tables: tuple[type[Cell], ...] = (CaseCell, ClosingCell, ReferralCell)
    return sum(settle(model) for model in tables)


def _count_event(case: Case, event: str) -> None:
    moment = {"opened": case.opened_at, "closed": _ended(case)}.get(event, timezone.now())
    names = ("kind", "risk", "region", "age_band", "sex")
    add(CaseCell, month_of(moment), {"event": event, **{name: getattr(case, name) for name in names}})


def _ended(case: Case) -> datetime:
    return case.closed_at or timezone.now()


def _lasted(case: Case) -> str:
    return band((_ended(case) - case.opened_at).total_seconds(), LASTED, MORE)


def _answered(referral: Referral) -> str:
    """How soon somebody said yes or no."""
    if referral.answered_at is None or referral.sent_at is None:
        return NEVER
    return band((referral.answered_at - referral.sent_at).total_seconds(), ANSWERED, MORE)
