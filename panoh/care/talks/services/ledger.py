"""Writing down what was said: append only, in one order per talk, once per key."""

import json
import uuid
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from panoh.ground.accounts.public import User
from panoh.ground.common import bell
from panoh.ground.common.codes import new_code
from panoh.ground.common.inserting import insert
from panoh.ground.vault import public as vault

from ..aliases import new_alias
from ..errors import LedgerError
from ..models import (
    Audience,
    Channel,
    Conversation,
    Delivery,
    Direction,
    Identity,
    Kind,
    Message,
    MessageRevision,
    Purpose,
)
from ..queries import find_identity, where_body, where_meta

MOST_CHARACTERS = 8000


def identity_for(channel: str, external_id: str, *, language: str = "") -> Identity:
    """The person behind a channel's id, made at the first word; two at once make one."""
    if found := find_identity(channel, external_id):
        return found
    identity = Identity(channel=channel, alias=new_alias(), language=language, data_key=vault.new_key("identity"))
    identity.lookup = vault.lookup(external_id, purpose=f"talks.identity.{channel}")
    identity.external_id = vault.seal(identity.data_key, external_id, where=f"talks.identity:{identity.pk}")
    try:
        with transaction.atomic():
            identity.save(force_insert=True)
    except IntegrityError:
        vault.destroy_keys([identity.data_key], reason="unused")
        return Identity.objects.get(channel=channel, lookup=identity.lookup)
    return identity


def set_blocked(identity: Identity, *, at: datetime | None) -> None:
    """Remember that this person blocked us (or let us in again): nothing is sent meanwhile."""
    Identity.objects.filter(pk=identity.pk).update(blocked_us_at=at)


def open_conversation(
    *,
    channel: str,
    language: str,
    identity: Identity | None = None,
    pk: uuid.UUID | None = None,
    purpose: str = Purpose.TALK,
    words: str = "",
    data_key: uuid.UUID | None = None,
) -> Conversation:
    """A talk with a key of its own (made before, or now), empty or with the person's first ``words`` in it.

    Nobody else can see it yet: no lock is taken for those words and no bell is rung. Raises ``IntegrityError`` where
    ``pk`` is taken, ``LedgerError`` for words above ``MOST_CHARACTERS``.
    """
    if len(words) > MOST_CHARACTERS:
        raise LedgerError("too long")
    conversation = Conversation(
        id=pk or uuid.uuid4(),
        reference=f"T-{new_code()}",
        channel=channel,
        purpose=purpose,
        language=language,
        identity=identity,
        alias=identity.alias if identity else new_alias(),
        data_key=data_key or vault.new_key("conversation"),
        last_seq=1 if words else 0,
    )
    with transaction.atomic(savepoint=False):
        insert(conversation)
        if words:
            insert(_new_message(conversation, 1, words, direction=Direction.IN, key=uuid.uuid4()))
    return conversation


def lock_conversation(conversation: Conversation) -> Conversation:
    """The row under its lock: whoever holds it gives the next number."""
    return Conversation.objects.select_for_update().get(pk=conversation.pk)


@transaction.atomic(savepoint=False)
def append_message(
    conversation: Conversation,
    *,
    direction: str,
    body: str,
    kind: str = Kind.TEXT,
    key: uuid.UUID | None = None,
    author: User | None = None,
    audience: str = Audience.ALL,
    meta: dict[str, Any] | None = None,
    external_id: int | None = None,
    said_at: datetime | None = None,
    not_before: datetime | None = None,
) -> Message:
    """Write one thing down; the same ``key`` twice is the same message.

    Nothing leaves the house before ``not_before``. Raises ``LedgerError`` for a talk that was forgotten and for words
    above ``MOST_CHARACTERS``.
    """
    held = lock_conversation(conversation)
    if key and (old := held.messages.filter(key=key).first()):
        return old
    if held.forgotten_at or len(body) > MOST_CHARACTERS:
        raise LedgerError("forgotten" if held.forgotten_at else "too long")
    seq = held.last_seq + 1
    message = _new_message(
        held,
        seq,
        body,
        key=key or uuid.uuid4(),
        direction=direction,
        audience=audience,
        kind=kind,
        author=author,
        meta=_sealed_meta(held, seq, meta),
        external_id=external_id,
        said_at=said_at or timezone.now(),
        next_attempt_at=not_before,
        not_before=not_before,
    )
    insert(message)
    _step(held, seq)
    conversation.last_seq = seq
    if message.delivery == Delivery.QUEUED:
        bell.ring(f"outbox:{held.channel}")
    return message


def _new_message(conversation: Conversation, seq: int, body: str, *, direction: str, **fields: Any) -> Message:
    return Message(
        conversation=conversation,
        seq=seq,
        version=seq,
        direction=direction,
        body=vault.seal(conversation.data_key, body, where=where_body(conversation.pk, seq, 0)),
        delivery=_first_delivery(conversation.channel, direction),
        **{"said_at": timezone.now(), **fields},
    )


def _sealed_meta(conversation: Conversation, seq: int, meta: dict[str, Any] | None) -> bytes | None:
    if not meta:
        return None
    text = json.dumps(meta, ensure_ascii=False)
    return vault.seal(conversation.data_key, text, where=where_meta(conversation.pk, seq))


def _first_delivery(channel: str, direction: str) -> str:
    if direction in {Direction.IN, Direction.NOTE}:
        return Delivery.RECEIVED
    return Delivery.QUEUED if channel == Channel.TELEGRAM else Delivery.SENT


def _step(conversation: Conversation, seq: int) -> None:
    Conversation.objects.filter(pk=conversation.pk).update(last_seq=seq)
    bell.ring(f"talk:{conversation.pk}")


def touch(message: Message, **changes: Any) -> None:
    """Change a message's fate and let every open page see it. The caller is in a transaction."""
    held = lock_conversation(message.conversation)
    version = held.last_seq + 1
    Message.objects.filter(pk=message.pk).update(version=version, **changes)
    _step(held, version)


@transaction.atomic
def revise_message(
    conversation: Conversation, *, external_id: int, body: str, at: datetime, source: str = "edit"
) -> Message | None:
    """The person changed their words: the new wording is shown, the old one kept. None for an unknown message."""
    held = lock_conversation(conversation)
    message = held.messages.filter(external_id=external_id, direction=Direction.IN).order_by("-seq").first()
    if message is None:
        return None
    wording = message.revised + 1
    MessageRevision.objects.create(message=message, number=message.revised, body=message.body, source=source, at=at)
    sealed = vault.seal(held.data_key, body[:MOST_CHARACTERS], where=where_body(held.pk, message.seq, wording))
    touch(message, body=sealed, revised=wording)
    message.refresh_from_db()
    return message


@transaction.atomic
def mark_seen(conversation: Conversation, *, upto: int) -> int:
    """The person's browser has shown everything up to version ``upto``: what was sent is delivered.

    Each line gets a version of its own: a page that resumes between two lines must not miss the second.
    """
    held = lock_conversation(conversation)
    rows = held.messages.filter(delivery=Delivery.SENT, audience=Audience.ALL, version__lte=upto)
    rows = rows.filter(direction__in=[Direction.OUT, Direction.BOT])
    changed = list(rows.order_by("seq").only("pk"))
    for version, row in enumerate(changed, start=held.last_seq + 1):
        Message.objects.filter(pk=row.pk).update(delivery=Delivery.DELIVERED, version=version)
    if changed:
        _step(held, held.last_seq + len(changed))
    return len(changed)


@transaction.atomic
def close_conversation(conversation: Conversation, *, at: datetime) -> None:
    """Nothing more is added by people; a later word opens a new talk."""
    Conversation.objects.filter(pk=conversation.pk, closed_at=None).update(closed_at=at)
    conversation.closed_at = at
    bell.ring(f"talk:{conversation.pk}")
