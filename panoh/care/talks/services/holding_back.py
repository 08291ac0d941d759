"""Words of staff that could lead a person away from the centre wait for a second one of us."""

import uuid

from django.db import transaction
from django.utils import timezone

from panoh.ground.accounts.public import User

from ..errors import LedgerError
from ..models import Audience, Conversation, Direction, HeldWords, Kind, Message
from ..queries import text_of
from .ledger import append_message, lock_conversation


@transaction.atomic
def hold_words(conversation: Conversation, *, text: str, found: list[str], key: uuid.UUID, by: User) -> Message:
    """Write them down where only staff read them; the same ``key`` twice is held once."""
    message = append_message(
        conversation,
        direction=Direction.NOTE,
        audience=Audience.STAFF,
        kind=Kind.HELD,
        body=text,
        key=key,
        author=by,
        meta={"found": found},
    )
    told = {"found": " ".join(found)[:60], "by": by, "at": timezone.now()}
    HeldWords.objects.get_or_create(conversation=conversation, seq=message.seq, defaults=told)
    return message


@transaction.atomic
def decide_words(held: HeldWords, *, release: bool, by: User) -> str:
    """What they said; whoever calls sends them when they are released, and has asked whether ``by`` may decide.

    Raises ``LedgerError`` where somebody decided before, or where they are one's own.
    """
    conversation = lock_conversation(held.conversation)
    now = HeldWords.objects.select_for_update().get(pk=held.pk)
    if now.decided_at is not None or now.by_id == by.pk:
        raise LedgerError("decided already, or one's own")
    now.decided_by, now.decided_at = by, timezone.now()
    now.decision = "released" if release else "refused"
    now.save(update_fields=["decided_by", "decided_at", "decision"])
    return text_of(conversation.messages.get(seq=now.seq), conversation.data_key)
