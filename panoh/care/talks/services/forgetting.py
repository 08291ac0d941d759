"""The end of words: their key is destroyed, and nothing readable is left behind."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from panoh.ground.audit import public as audit
from panoh.ground.common import bell
from panoh.ground.vault import public as vault

from ..models import Conversation, Delivery, Identity, MessageRevision
from .ledger import lock_conversation


@transaction.atomic
def forget_conversation(conversation: Conversation, *, reason: str, actor: str = "system") -> None:
    """Erase every word of a talk and, when it was their last, who was behind it. The counted facts stay."""
    held = lock_conversation(conversation)
    if held.forgotten_at:
        return
    now = timezone.now()
    MessageRevision.objects.filter(message__conversation=held).delete()
    held.messages.filter(delivery__in=[Delivery.QUEUED, Delivery.SENDING]).update(
        delivery=Delivery.FAILED, delivery_reason="forgotten"
    )
    held.messages.update(body=b"", meta=None, external_id=None)
    held.receipts.all().delete()
    held.visits.all().delete()
    Conversation.objects.filter(pk=held.pk).update(forgotten_at=now, closed_at=held.closed_at or now)
    audit.record("conversation.forgotten", thing=held.reference, actor=actor, reason=reason)
    keys = [held.data_key]
    if held.identity and not held.identity.conversations.filter(forgotten_at=None).exists():
        keys.append(held.identity.data_key)
        _forget_identity(held.identity, now)
    bell.ring(f"talk:{held.pk}")
    vault.destroy_keys(keys, reason=reason)  # last: it does not roll back, and nothing can refuse any more


def _forget_identity(identity: Identity, now: datetime) -> None:
    Identity.objects.filter(pk=identity.pk).update(
        lookup=f"forgotten:{uuid.uuid4().hex}", external_id=b"", forgotten_at=now
    )


def forget(before: datetime) -> int:
    """Retention: forget talks that ended before ``before``."""
    due = Conversation.objects.filter(closed_at__lt=before, forgotten_at=None)
    forgotten = 0
    for conversation in due.iterator():
        forget_conversation(conversation, reason="retention")
        forgotten += 1
    return forgotten
