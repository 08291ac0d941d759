"""Told at a safe hour: when we may write first, and the chat in which somebody who wrote on the web is told too."""

import uuid
from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common import bell
from panoh.ground.common.centre import centre
from panoh.ground.vault import public as vault

from ..errors import LedgerError
from ..follow_codes import draw_code, read_code
from ..models import Channel, Conversation, Delivery, Direction, FollowCode, Identity, Message, Purpose
from ..queries import next_safe_moment
from .forgetting import forget_conversation
from .ledger import append_message, lock_conversation, open_conversation, touch

CODE_LIVES = timedelta(minutes=15)
FREE_TRIES = 5  # wrong codes of one person, then a pause
PAUSE = timedelta(minutes=15)
DRAWS = 5
PIECE = 4000  # characters; Telegram takes 4096


@transaction.atomic
def set_safe_hours(conversation: Conversation, safe_from: time | None, safe_until: time | None) -> None:
    """When we may write first, on the centre's clock; ``None`` for both is at any time."""
    if (safe_from is None) != (safe_until is None):
        raise LedgerError("safe hours need both ends")
    held = lock_conversation(conversation)
    if held.forgotten_at:
        return
    hours = {"safe_from": safe_from, "safe_until": safe_until}
    rows = Conversation.objects.filter(pk__in=[held.pk, held.followed_by_id])
    rows.update(**hours)
    for row in rows:
        _set_back(row)
    conversation.safe_from, conversation.safe_until = safe_from, safe_until


def _set_back(conversation: Conversation) -> None:
    """What waits for the hour that was safe before waits for the new one."""
    now, moment = timezone.now(), _hour_of(conversation)
    waiting = conversation.messages.filter(delivery=Delivery.QUEUED, not_before__gt=now)
    waiting.update(not_before=moment, next_attempt_at=moment)


def default_safe_hours() -> tuple[time, time]:
    """What holds in Telegram for who agreed to be written to and named no hours."""
    begin = centre("telegram", "safe_from", default="14:00")
    end = centre("telegram", "safe_until", default="20:00")
    return time.fromisoformat(begin), time.fromisoformat(end)


def new_follow_code(conversation: Conversation) -> str:
    """A code to type to our bot within a quarter of an hour; an earlier one of the same talk stops working."""
    if conversation.channel == Channel.TELEGRAM:
        raise LedgerError("it is a chat already")
    for _draw in range(DRAWS):
        code = draw_code()
        try:
            _keep_code(conversation, code)
        except IntegrityError:  # somebody else drew the same one
            continue
        return code
    raise LedgerError("no code")


@transaction.atomic
def _keep_code(conversation: Conversation, code: str) -> None:
    held = lock_conversation(conversation)
    if held.forgotten_at:
        raise LedgerError("forgotten")
    FollowCode.objects.update_or_create(
        conversation=held, defaults={"lookup": _lookup(code), "expires_at": timezone.now() + CODE_LIVES}
    )


def _lookup(code: str) -> str:
    return vault.lookup(code, purpose="talks.follow")


@transaction.atomic
def follow_by_code(code: str, identity: Identity, *, language: str = "") -> Conversation | None:
    """Let this person be told, in a chat of its own, what becomes of the talk whose code it is; that chat.

    None for a wrong, used or late code and for who tried too many: nobody may learn which. Whoever followed before
    follows no longer. The talk itself never says who follows it.
    """
    if _is_pausing(identity):
        return None
    followed = _use_code(read_code(code))
    if followed is None:
        _note_wrong(identity)
        return None
    Identity.objects.filter(pk=identity.pk).update(wrong_codes=0)
    if followed.followed_by and followed.followed_by.identity_id == identity.pk:
        return followed.followed_by
    unfollow(followed)
    return _begin_following(followed, identity, language or followed.language)


def _is_pausing(identity: Identity) -> bool:
    return Identity.objects.filter(pk=identity.pk, codes_locked_until__gt=timezone.now()).exists()


def _use_code(code: str) -> Conversation | None:
    """The talk, locked; the code is gone. Of two that come at once one gets it."""
    row = FollowCode.objects.filter(lookup=_lookup(code)).select_related("conversation").first() if code else None
    if row is None:
        return None
    held = lock_conversation(row.conversation)
    used, _each = FollowCode.objects.filter(pk=held.pk, lookup=row.lookup).delete()
    return held if used and row.expires_at > timezone.now() and not held.forgotten_at else None


def _note_wrong(identity: Identity) -> None:
    rows = Identity.objects.filter(pk=identity.pk)
    rows.update(wrong_codes=F("wrong_codes") + 1)
    rows.filter(wrong_codes__gte=FREE_TRIES).update(wrong_codes=0, codes_locked_until=timezone.now() + PAUSE)


def _begin_following(followed: Conversation, identity: Identity, language: str) -> Conversation:
    chat = open_conversation(channel=identity.channel, language=language, identity=identity, purpose=Purpose.FOLLOW)
    named = followed.safe_from, followed.safe_until
    chat.safe_from, chat.safe_until = named if followed.safe_from else default_safe_hours()
    chat.save(update_fields=["safe_from", "safe_until"])
    Conversation.objects.filter(pk=followed.pk).update(followed_by=chat)
    audit.record("conversation.followed", thing=followed.reference)  # and not by whom
    bell.ring(f"talk:{followed.pk}")
    return chat


@transaction.atomic
def unfollow(conversation: Conversation) -> None:
    """Nobody is told elsewhere any more, and what they were told there is erased."""
    held = lock_conversation(conversation)
    FollowCode.objects.filter(conversation=held).delete()
    if held.followed_by:
        forget_conversation(held.followed_by, reason="unfollowed")


@transaction.atomic
def tell_outcome(
    conversation: Conversation, *, body: str, author: User | None, key: uuid.UUID | None = None
) -> Message | None:
    """Tell the person what became of it: on the return page at once, in a chat at the next safe hour, each once a
    ``key``. None where everything was erased: nobody is left to be told."""
    held = lock_conversation(conversation)
    if held.forgotten_at:
        return None
    key = key or uuid.uuid4()
    message = _tell(held, body=body, author=author, key=key)
    if (chat := held.followed_by) and not chat.forgotten_at:
        _tell(chat, body=body, author=author, key=uuid.uuid5(key, "followed"))
    return message


def _tell(conversation: Conversation, *, body: str, author: User | None, key: uuid.UUID) -> Message:
    """The first of the pieces; a chat takes no long texts, and none before its hour."""
    leaves = conversation.channel == Channel.TELEGRAM
    moment = _hour_of(conversation) if leaves else None
    pieces = [body[at : at + PIECE] for at in range(0, len(body), PIECE)] if leaves else [body]
    keys = [key, *(uuid.uuid5(key, str(number)) for number in range(1, len(pieces)))]
    told = [
        append_message(conversation, direction=Direction.OUT, body=piece, author=author, key=one, not_before=moment)
        for one, piece in zip(keys, pieces, strict=True)
    ]
    return told[0]


def _hour_of(conversation: Conversation) -> datetime | None:
    """None when it may leave at once."""
    now = timezone.now()
    moment = next_safe_moment(conversation, now)
    return moment if moment > now else None


@transaction.atomic
def send_missed(identity: Identity) -> None:
    """What staff wrote about something told to us while the person kept us away: it leaves at their next safe hour."""
    rows = Message.objects.filter(
        conversation__identity=identity,
        conversation__forgotten_at=None,
        conversation__purpose__in=[Purpose.REPORT, Purpose.FOLLOW],
        direction=Direction.OUT,
        delivery=Delivery.FAILED,
        delivery_reason__in=["hidden", "blocked"],
    )
    for row in rows.select_related("conversation").order_by("pk"):
        moment = _hour_of(row.conversation)
        touch(row, delivery=Delivery.QUEUED, delivery_reason="", next_attempt_at=moment, not_before=moment)
