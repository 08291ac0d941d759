"""Reads of the ledger: lines of a talk for those who may read them, and where each talk stands."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from panoh.ground.common.centre import centre
from panoh.ground.vault import public as vault

from . import safe_hours
from .models import Audience, Conversation, Direction, Identity, Message, Purpose, Visit


@dataclass(frozen=True, slots=True)
class Line:
    """One message as a reader sees it. ``version`` is the cursor; ``seq`` the place in the talk."""

    seq: int
    version: int
    direction: str
    kind: str
    text: str
    said_at: datetime
    delivery: str
    audience: str
    author_name: str = ""
    author_code: str = ""
    delivery_reason: str = ""
    revised: int = 0
    meta: dict[str, Any] = field(default_factory=dict)

    @property
    def is_from_person(self) -> bool:
        return self.direction == Direction.IN


def where_body(conversation_id: UUID, seq: int, wording: int) -> str:
    """What a sealed wording is bound to: its talk, its place and which wording it is."""
    return f"talks.message:{conversation_id}:{seq}:{wording}"


def where_meta(conversation_id: UUID, seq: int) -> str:
    return f"talks.meta:{conversation_id}:{seq}"


def lines_after(conversation_id: UUID, after: int, *, audience: str = Audience.ALL, limit: int = 500) -> list[Line]:
    """Lines changed after version ``after``, oldest change first. The person's own view leaves staff notes out."""
    conversation = Conversation.objects.filter(pk=conversation_id, forgotten_at=None).first()
    if conversation is None:
        return []
    rows = Message.objects.filter(conversation_id=conversation_id, version__gt=after).select_related("author")
    if audience == Audience.ALL:
        rows = rows.filter(audience=Audience.ALL)
    return [line_of(row, conversation.data_key) for row in rows.order_by("version", "seq")[:limit]]


def all_lines(conversation: Conversation, *, audience: str = Audience.ALL) -> list[Line]:
    """The whole talk in the order it was said."""
    return sorted(lines_after(conversation.pk, 0, audience=audience, limit=5000), key=lambda line: line.seq)


def line_of(row: Message, data_key: UUID) -> Line:
    return Line(
        seq=row.seq,
        version=row.version,
        direction=row.direction,
        kind=row.kind,
        text=text_of(row, data_key),
        said_at=row.said_at,
        delivery=row.delivery,
        audience=row.audience,
        author_name=row.author.shown_name if row.author else "",
        author_code=row.author.code if row.author else "",
        delivery_reason=row.delivery_reason,
        revised=row.revised,
        meta=meta_of(row, data_key),
    )


def text_of(row: Message, data_key: UUID) -> str:
    """The newest wording; empty when its key was destroyed under our hands."""
    try:
        return vault.unseal(data_key, row.body, where=where_body(row.conversation_id, row.seq, row.revised))
    except vault.ErasedError:
        return ""


def meta_of(row: Message, data_key: UUID) -> dict[str, Any]:
    if row.meta is None:
        return {}
    try:
        text = vault.unseal(data_key, row.meta, where=where_meta(row.conversation_id, row.seq))
    except vault.ErasedError:
        return {}
    opened: dict[str, Any] = json.loads(text)
    return opened


def earlier_wordings(conversation: Conversation, seq: int) -> list[tuple[datetime, str]]:
    """What a message said before it was edited, oldest first."""
    message = conversation.messages.get(seq=seq)
    return [
        (
            revision.at,
            vault.unseal(conversation.data_key, revision.body, where=where_body(conversation.pk, seq, revision.number)),
        )
        for revision in message.revisions.order_by("number")
    ]


def heads(ids: Iterable[UUID]) -> dict[UUID, int]:
    """The newest version of each conversation."""
    return dict(Conversation.objects.filter(pk__in=list(ids)).values_list("pk", "last_seq"))


def conversation_by_visit(token: str) -> Conversation | None:
    """The talk that the browser with this cookie holds open."""
    if not (token_hash := visit_hash(token)):
        return None
    visit = (
        Visit.objects.filter(token_hash=token_hash, expires_at__gt=timezone.now())
        .select_related("conversation")
        .first()
    )
    return visit.conversation if visit and visit.conversation.forgotten_at is None else None


def visit_hash(token: str) -> str:
    """What is kept of a browser's cookie; "" for what cannot be one."""
    return vault.lookup(token, purpose="talks.visit") if 0 < len(token) <= 100 else ""


def can_come_back(conversation: Conversation) -> bool:
    """Whether anybody could still read an answer: a channel of their own, a browser that holds the talk, a code."""
    now = timezone.now()
    held = conversation.visits.filter(expires_at__gt=now).exists
    has_chat = bool(conversation.identity_id or conversation.followed_by_id)
    return has_chat or held() or conversation.receipts.filter(expires_at__gt=now).exists()


def find_identity(channel: str, external_id: str) -> Identity | None:
    return Identity.objects.filter(
        channel=channel, lookup=vault.lookup(external_id, purpose=f"talks.identity.{channel}")
    ).first()


def external_id_of(identity: Identity) -> str:
    """The channel's own id, opened for sending only; it is never shown."""
    return vault.unseal(identity.data_key, identity.external_id, where=f"talks.identity:{identity.pk}")


def open_conversation_of(identity: Identity) -> Conversation | None:
    """The one talk of this person that has not ended; what they reported or follow is none."""
    rows = identity.conversations.filter(closed_at=None, forgotten_at=None, purpose=Purpose.TALK)
    return rows.order_by("-created_at").first()


def next_safe_moment(conversation: Conversation, now: datetime) -> datetime:
    """When we may write to this person first: ``now`` in their safe hours or where they named none."""
    zone = ZoneInfo(centre("time_zone", default="Asia/Tashkent"))
    return safe_hours.next_moment(now, conversation.safe_from, conversation.safe_until, zone)
