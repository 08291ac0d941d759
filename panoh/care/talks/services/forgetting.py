"""The end of words: their key is destroyed, and nothing readable is left behind."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from panoh.ground.audit import public as audit
from panoh.ground.common import bell
from panoh.ground.vault import public as vault

from ..models import Conversation, Delivery, FollowCode, Identity, MessageRevision, Purpose
from .ledger import lock_conversation


@transaction.atomic
def forget_conversation(conversation: Conversation, *, reason: str, actor: str = "system") -> bool:
    """Erase every word of a talk and, when it was their last, who was behind it. The counted facts stay.

    With it goes the chat that followed it, for it holds the same words. False under a legal hold: then the talk is
    only shut, so that nobody comes back to it, and erased by the first nightly run after the hold.
    """
    followed = Conversation.objects.select_for_update().filter(followed_by=conversation).first()
    held = lock_conversation(conversation)
    if held.forgotten_at:
        return True
    if vault.is_held(held.reference, kind="legal"):
        _shut(held, actor=actor)
        return False
    chat = lock_conversation(held.followed_by) if held.followed_by else None
    keys = _erase(held, reason=reason, actor=actor)
    if chat and not chat.forgotten_at:
        keys += _erase(chat, reason=reason, actor=actor)
    for ended in (held, followed):
        if ended:
            Conversation.objects.filter(pk=ended.pk).update(followed_by=None)
    vault.destroy_exports([held.reference], reason=reason)
    vault.destroy_keys(keys, reason=reason)  # last: it does not roll back, and nothing can refuse any more
    return True


def _shut(held: Conversation, *, actor: str) -> None:
    """No way leads back to it, and its erasure is owed. The caller holds the lock."""
    held.receipts.all().delete()
    held.visits.all().delete()
    FollowCode.objects.filter(conversation=held).delete()
    Conversation.objects.filter(pk=held.pk, closed_at=None).update(closed_at=timezone.now())
    vault.erase_when_lifted(held.reference)
    audit.record("conversation.erasure_waits", thing=held.reference, actor=actor)


def _erase(held: Conversation, *, reason: str, actor: str) -> list[uuid.UUID]:
    """Empty the rows of one talk; the keys that must be destroyed. The caller holds the lock."""
    now = timezone.now()
    MessageRevision.objects.filter(message__conversation=held).delete()
    held.messages.filter(delivery__in=[Delivery.QUEUED, Delivery.SENDING]).update(
        delivery=Delivery.FAILED, delivery_reason="forgotten"
    )
    held.messages.update(body=b"", meta=None, external_id=None)
    held.receipts.all().delete()
    held.visits.all().delete()
    FollowCode.objects.filter(conversation=held).delete()
    Conversation.objects.filter(pk=held.pk).update(
        forgotten_at=now, closed_at=held.closed_at or now, safe_from=None, safe_until=None
    )
    audit.record("conversation.forgotten", thing=held.reference, actor=actor, reason=reason)
    bell.ring(f"talk:{held.pk}")
    keys = [held.data_key]
    if held.identity and not held.identity.conversations.filter(forgotten_at=None).exists():
        keys.append(held.identity.data_key)
        _forget_identity(held.identity, now)
    return keys


def _forget_identity(identity: Identity, now: datetime) -> None:
    Identity.objects.filter(pk=identity.pk).update(
        lookup=f"forgotten:{uuid.uuid4().hex}", external_id=b"", forgotten_at=now
    )


@transaction.atomic
def forget_silent(before: datetime) -> int:
    """Who is behind a chat begun before ``before`` in which nobody ever spoke: there somebody only played."""
    spoken = Conversation.objects.filter(identity=OuterRef("pk"), forgotten_at=None)
    silent = Identity.objects.filter(~Exists(spoken), created_at__lt=before, forgotten_at=None)
    keys = []
    for identity in silent.select_for_update():
        keys.append(identity.data_key)
        _forget_identity(identity, timezone.now())
    transaction.on_commit(lambda: vault.destroy_keys(keys, reason="retention") and None)
    return len(keys)


def forget(before: datetime) -> int:
    """Retention: forget talks that ended before ``before`` and that nothing holds; reports have days of their own.

    And those that were erased once and that an old backup has brought back.
    """
    ended = Q(closed_at__lt=before) | Q(reference__in=vault.owed_things("T-"))
    ended |= Q(data_key__in=vault.erased_keys())
    due = Conversation.objects.filter(ended, forgotten_at=None).exclude(purpose=Purpose.REPORT)
    due = due.exclude(reference__in=vault.held_things("T-"))
    forgotten = 0
    for conversation in due.iterator():
        forget_conversation(conversation, reason="retention")
        forgotten += 1
    return forgotten
