"""Reads of the bot's door: what waits, what is parked, whose chat it is, what the bot wrote lately."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from panoh.care.helpline import public as helpline
from panoh.care.reports import public as reports
from panoh.care.talks import public as talks

from .models import ChatState, Errand, InboundUpdate, Outcome

WINDOW = 2000
# After a week of silence Telegram may begin to count anew: then the long poll starts without an offset.
NUMBERS_HOLD = timedelta(days=6)
OWN_MESSAGES_HOURS = 47  # Telegram lets a bot take back what is younger than 48 hours


def waiting_updates() -> list[InboundUpdate]:
    """What is not dealt with, in Telegram's order; the payloads are not loaded."""
    rows = InboundUpdate.objects.filter(outcome=Outcome.WAITING).order_by("update_id")
    return list(rows.only("update_id", "received_at", "next_attempt_at")[:WINDOW])


def outcome_of(update_id: int) -> str | None:
    """What became of an update; None when it never came."""
    return InboundUpdate.objects.filter(pk=update_id).values_list("outcome", flat=True).first()


def update_rows(update_ids: list[int]) -> list[InboundUpdate]:
    """With their payloads."""
    return list(InboundUpdate.objects.filter(pk__in=update_ids)) if update_ids else []


def arrivals(after: datetime) -> list[datetime]:
    """When updates arrived later than ``after``, oldest first; the newest of a flood are enough."""
    rows = InboundUpdate.objects.filter(received_at__gt=after).order_by("-received_at")
    return list(rows.values_list("received_at", flat=True)[:WINDOW])[::-1]


def anything_came(since: datetime, before: datetime) -> bool:
    return InboundUpdate.objects.filter(received_at__gte=since, received_at__lt=before).exists()


def parked_updates() -> list[InboundUpdate]:
    """What a person must look at: numbers, reasons and moments, no content."""
    return list(InboundUpdate.objects.filter(outcome=Outcome.PARKED).defer("payload").order_by("update_id"))


def next_offset(now: datetime | None = None) -> int:
    """Where the long poll goes on: after the newest update in the ledger, 0 when that is too old to count from."""
    since = (now or timezone.now()) - NUMBERS_HOLD
    newest = InboundUpdate.objects.filter(received_at__gte=since).aggregate(newest=Max("update_id"))["newest"]
    return newest + 1 if newest else 0


def anything_to_send(now: datetime, skip: Collection[UUID] = ()) -> bool:
    """A look before the claim: a claim takes the write lock, and the bell also rings for others."""
    rows = talks.Message.objects.filter(delivery=talks.Delivery.QUEUED, audience=talks.Audience.ALL)
    due = rows.filter(Q(next_attempt_at=None) | Q(next_attempt_at__lte=now)).exclude(conversation__in=skip)
    return bool(due.order_by("id").values_list("pk", flat=True)[:1])  # in the order of its index, without a join


PLAY = ("play", "turn")


def due_errands(now: datetime, limit: int = 20) -> list[Errand]:
    """Without the quizzes: a class that plays must not stand before a child who writes."""
    rows = Errand.objects.filter(done_at=None, next_attempt_at__lte=now).exclude(method__in=PLAY)
    return list(rows.order_by("next_attempt_at")[:limit])


def due_plays(now: datetime, limit: int) -> list[Errand]:
    rows = Errand.objects.filter(done_at=None, next_attempt_at__lte=now, method__in=PLAY)
    return list(rows.order_by("next_attempt_at")[:limit])


def open_talk_of(identity: talks.Identity) -> helpline.Talk | None:
    conversation = talks.open_conversation_of(identity)
    return helpline.talk_of(conversation) if conversation else None


def talks_of(identity: talks.Identity) -> list[helpline.Talk]:
    """Every talk of this person that is not erased yet."""
    rows = helpline.Talk.objects.filter(conversation__identity=identity, conversation__forgotten_at=None)
    return list(rows.select_related("conversation"))


def message_of(identity: talks.Identity, external_id: int) -> talks.Message | None:
    """What this person wrote as the message with Telegram's number ``external_id``."""
    rows = talks.Message.objects.filter(
        conversation__identity=identity, external_id=external_id, direction=talks.Direction.IN
    )
    return rows.select_related("conversation").order_by("-id").first()


def reports_of(identity: talks.Identity) -> QuerySet[reports.Report]:
    """What this person told us in this chat and did not delete, the newest first."""
    rows = reports.Report.objects.filter(conversation__identity=identity, forgotten_at=None)
    return rows.select_related("conversation").order_by("-started_at")


def sent_report_of(identity: talks.Identity) -> reports.Report | None:
    """The newest report that words can still be added to."""
    return reports_of(identity).exclude(status=reports.ReportStatus.DRAFT).filter(closed_at=None).first()


def report_by_tag(identity: talks.Identity, tag: str) -> reports.Report | None:
    """The report of this person that a button belongs to."""
    return next((one for one in reports_of(identity)[:50] if one.pk.hex[: len(tag)] == tag), None) if tag else None


def newest_conversation(identity: talks.Identity) -> talks.Conversation | None:
    """Where the bot may say something to a person who has no talk open."""
    return identity.conversations.filter(forgotten_at=None).order_by("-created_at").first()


def follows_of(identity: talks.Identity) -> list[talks.Conversation]:
    """The chats in which this person is told what becomes of something they wrote on the web."""
    return list(identity.conversations.filter(purpose=talks.Purpose.FOLLOW, forgotten_at=None))


def staff_wrote_since(talk: helpline.Talk, moment: datetime | None) -> bool:
    """Whether a counsellor said something in the talk later than ``moment``."""
    rows = talk.conversation.messages.filter(direction=talks.Direction.OUT)
    return rows.filter(created_at__gt=moment).exists() if moment else rows.exists()


def own_recent_messages(identity: talks.Identity, now: datetime) -> list[int]:
    """Telegram's numbers of what the bot wrote to this person and may still take back."""
    since = now - timedelta(hours=OWN_MESSAGES_HOURS)
    rows = talks.Message.objects.filter(
        conversation__identity=identity,
        direction__in=[talks.Direction.OUT, talks.Direction.BOT],
        external_id__isnull=False,
        created_at__gte=since,
    )
    return [number for number in rows.values_list("external_id", flat=True) if number is not None]


def hidden_conversations(ids: Iterable[UUID]) -> set[UUID]:
    """Of these talks, the ones whose person said /stop."""
    rows = ChatState.objects.filter(identity__conversations__in=list(ids), hidden_at__isnull=False)
    return set(rows.values_list("identity__conversations", flat=True))
