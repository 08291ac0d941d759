"""Words on their way out of the house: claimed once, never sent twice by a machine, their fate written down."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from panoh.ground.common import bell
from panoh.ground.vault import public as vault

from ..models import Audience, Delivery, Identity, Message
from ..queries import external_id_of, meta_of, where_body
from .ledger import touch

ON_THE_WAY = [Delivery.QUEUED, Delivery.SENDING]
WINDOW = 1000  # of the oldest on their way are looked at


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to send: ``external_id`` is the chat on the channel."""

    message_id: int
    conversation_id: UUID
    external_id: str
    body: str
    meta: dict[str, Any]
    seq: int
    attempts: int


@transaction.atomic
def claim_outgoing(
    channel: str, *, limit: int = 30, now: datetime | None = None, skip: Collection[UUID] = ()
) -> list[Outgoing]:
    """Take up to ``limit`` messages, at most one a talk and the oldest first; they are ``sending`` from now on.

    What waits for its hour holds up nothing that was said later. Talks in ``skip`` wait: take only what is spoken at
    once, for what a dying sender holds is ``unconfirmed``.
    """
    now = now or timezone.now()
    rows = Message.objects.filter(
        pk__in=_first_of_each_talk(now, skip), delivery=Delivery.QUEUED, conversation__channel=channel
    )
    rows = rows.select_related("conversation__identity").order_by("id")
    if connection.vendor == "postgresql":
        # The talk too, and without waiting: others lock it first and then its messages, as erasing does.
        rows = rows.select_for_update(skip_locked=True, of=("self", "conversation"))
    claimed = list(rows[:limit])
    Message.objects.filter(pk__in=[row.pk for row in claimed]).update(delivery=Delivery.SENDING, next_attempt_at=now)
    return [out for row in claimed if (out := _outgoing(row))]


def _first_of_each_talk(now: datetime, skip: Collection[UUID]) -> list[int]:
    """The oldest message on its way of each talk, where it is due and not under way already.

    Read without a join, in the order of its own small index: in a flood PostgreSQL otherwise walks through thousands of
    dead entries once for every talk.
    """
    waiting = Message.objects.filter(delivery__in=ON_THE_WAY, audience=Audience.ALL)
    waiting = waiting.exclude(not_before__gt=now).exclude(conversation__in=skip).order_by("id")
    first: dict[UUID, int] = {}
    for pk, talk, delivery, due in waiting.values_list("pk", "conversation", "delivery", "next_attempt_at")[:WINDOW]:
        is_due = delivery == Delivery.QUEUED and (due is None or due <= now)
        first.setdefault(talk, pk if is_due else 0)
    return [pk for pk in first.values() if pk]


def _outgoing(row: Message) -> Outgoing | None:
    conversation = row.conversation
    if conversation.identity is None or conversation.forgotten_at:
        touch(row, delivery=Delivery.FAILED, delivery_reason="nowhere")
        return None
    if conversation.identity.blocked_us_at:
        touch(row, delivery=Delivery.FAILED, delivery_reason="blocked")
        return None
    try:
        return _opened(row, conversation.identity)
    except vault.VaultError:  # one message that cannot be opened must not keep all others from going out
        touch(row, delivery=Delivery.FAILED, delivery_reason="unreadable")
        return None


def _opened(row: Message, identity: Identity) -> Outgoing:
    conversation = row.conversation
    return Outgoing(
        message_id=row.pk,
        conversation_id=conversation.pk,
        external_id=external_id_of(identity),
        body=vault.unseal(conversation.data_key, row.body, where=where_body(conversation.pk, row.seq, row.revised)),
        meta=meta_of(row, conversation.data_key),
        seq=row.seq,
        attempts=row.attempts,
    )


@transaction.atomic
def _settle(message_id: int, **changes: Any) -> None:
    message = Message.objects.select_related("conversation").filter(pk=message_id).first()
    if message is not None and message.conversation.forgotten_at is None:
        touch(message, next_attempt_at=None, attempts=message.attempts + 1, **changes)


def mark_sent(message_id: int, *, external_id: int | None = None) -> None:
    """The channel took it and named it ``external_id``."""
    _settle(message_id, delivery=Delivery.SENT, delivery_reason="", external_id=external_id)


def mark_failed(message_id: int, *, reason: str) -> None:
    """The channel refused it for good; ``reason`` is a short code."""
    _settle(message_id, delivery=Delivery.FAILED, delivery_reason=reason[:40])


def mark_unconfirmed(message_id: int) -> None:
    """It may or may not have arrived; only a person may decide to send it again."""
    _settle(message_id, delivery=Delivery.UNCONFIRMED, delivery_reason="unconfirmed")


@transaction.atomic
def retry_later(message_id: int, *, at: datetime, reason: str) -> None:
    """The channel certainly did not take it: try again at ``at``."""
    message = Message.objects.select_related("conversation").get(pk=message_id)
    touch(
        message,
        delivery=Delivery.QUEUED,
        next_attempt_at=at,
        delivery_reason=reason[:40],
        attempts=message.attempts + 1,
    )


def mark_stale_sending_unconfirmed(before: datetime) -> int:
    """Messages whose sender died between speaking and writing down; ``before`` bounds when they were claimed."""
    stale = Message.objects.filter(delivery=Delivery.SENDING, next_attempt_at__lt=before)
    ids = list(stale.values_list("pk", flat=True))
    for message_id in ids:
        mark_unconfirmed(message_id)
    return len(ids)


def release_outgoing(message_id: int) -> None:
    """Claimed and not begun (a clean stop): back to the queue as if nothing had been."""
    Message.objects.filter(pk=message_id, delivery=Delivery.SENDING).update(
        delivery=Delivery.QUEUED, next_attempt_at=None
    )


@transaction.atomic
def send_again(message: Message) -> None:
    """A person decided to send an unconfirmed or failed message once more."""
    if message.delivery in {Delivery.UNCONFIRMED, Delivery.FAILED}:
        touch(message, delivery=Delivery.QUEUED, delivery_reason="", next_attempt_at=None)
        bell.ring(f"outbox:{message.conversation.channel}")
