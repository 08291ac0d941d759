"""The end of raw updates: parked ones after a week, rows after the days of retention, and the day's key."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from panoh.care.talks import public as talks
from panoh.ground.vault import public as vault

from ..models import ChatState, Errand, InboundUpdate, InboxKey, Offer, Outcome
from .daykeys import let_go
from .playing import forget_numbers

PARKED_DAYS = 7
OFFER_HOURS = 24
SILENT_DAYS = 2  # whoever only played a quiz: as long as its message can be taken back


@transaction.atomic
def forget(before: datetime) -> int:
    """Erase what is past its time; the number of rows that went or were emptied."""
    now = timezone.now()
    week = now - timedelta(days=PARKED_DAYS)
    gone = (
        InboundUpdate.objects.filter(received_at__lt=week, outcome=Outcome.PARKED)
        .exclude(payload=b"")
        .update(payload=b"")
    )
    gone += Offer.objects.filter(made_at__lt=now - timedelta(hours=OFFER_HOURS)).delete()[0]
    gone += Errand.objects.filter(created_at__lt=min(before, week)).delete()[0]
    gone += InboundUpdate.objects.filter(received_at__lt=before).exclude(outcome=Outcome.WAITING).delete()[0]
    forget_numbers()
    gone += talks.forget_silent(now - timedelta(days=SILENT_DAYS))
    ChatState.objects.filter(identity__forgotten_at__isnull=False).delete()
    _destroy_old_days(week)
    return gone


def _destroy_old_days(week: datetime) -> None:
    """A day's key goes when the day is a week old and nothing sealed under it still waits."""
    old = InboxKey.objects.filter(day__lt=week.date())
    waiting = set(InboundUpdate.objects.filter(outcome=Outcome.WAITING).values_list("data_key", flat=True))
    keys = [key for key in old.values_list("data_key", flat=True) if key not in waiting]
    InboxKey.objects.filter(data_key__in=keys).delete()
    let_go()
    transaction.on_commit(lambda: vault.destroy_keys(keys, reason="retention") and None)
