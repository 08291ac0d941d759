"""The telephone page: my open notes, who wants to be called, and the calls nobody answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from panoh.ground.accounts.public import User
from panoh.ground.vault import public as vault

from ..models import CallBack, Contact, MissedCall

WAITING = ["open", "taken", "not_reached"]


@dataclass(frozen=True, slots=True)
class ShownCallBack:
    """A call to return. The number is opened for the one who took it, and for nobody else."""

    entry: CallBack
    number: str
    note: str
    is_mine: bool
    is_safe_now: bool


@dataclass(frozen=True, slots=True)
class CallDesk:
    drafts: list[Contact]
    finished: list[Contact]
    call_backs: list[ShownCallBack]
    missed: list[tuple[datetime, int]]


def call_desk(user: User) -> CallDesk:
    """Everything about calls on one page, in five queries."""
    by_hand = Contact.objects.filter(by=user, talk=None)
    return CallDesk(
        drafts=list(by_hand.filter(status="draft").order_by("-started_at")[:20]),
        finished=list(by_hand.filter(status="final").order_by("-finalized_at")[:10]),
        call_backs=_call_backs(user),
        missed=_missed(),
    )


def _call_backs(user: User) -> list[ShownCallBack]:
    entries = CallBack.objects.filter(status__in=WAITING, forgotten_at=None).select_related("taken_by")
    now = timezone.localtime().time()
    shown = [_shown(entry, user, is_safe(entry, now)) for entry in entries.order_by("urgency", "asked_at")[:100]]
    return sorted(shown, key=lambda one: not one.is_safe_now)


def is_safe(entry: CallBack, now: object) -> bool:
    """Inside the hours in which the person can talk; hours may go over midnight, none means any."""
    start, end = entry.safe_from, entry.safe_until
    if start is None or end is None:
        return True
    return start <= now < end if start <= end else now >= start or now < end  # type: ignore[operator]


def _shown(entry: CallBack, user: User, safe: bool) -> ShownCallBack:
    mine = entry.status == "taken" and entry.taken_by_id == user.pk
    number = vault.unseal(entry.data_key, bytes(entry.number), where=f"helpline.call_back:{entry.pk}") if mine else ""
    where = f"helpline.call_back_note:{entry.pk}"
    note = vault.unseal(entry.data_key, bytes(entry.note), where=where) if entry.note else ""
    return ShownCallBack(entry, number, note, mine, safe)


def _missed() -> list[tuple[datetime, int]]:
    """Missed calls of the last fourteen days, day by day, newest first."""
    since = timezone.now() - timedelta(days=14)
    days = MissedCall.objects.filter(at__gte=since).annotate(day=TruncDate("at")).values_list("day")
    return list(days.annotate(n=Count("pk")).order_by("-day"))
