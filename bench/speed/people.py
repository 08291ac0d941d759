"""Members of staff, talks and a long history for a measurement. Import it after ``Running.set_django_up``."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import TypeVar

from django.db.models import Model
from django.utils import timezone

from panoh.care.helpline import public as helpline
from panoh.care.helpline.models import Contact
from panoh.care.talks import public as talks
from panoh.doors.telegram.models import InboundUpdate, Outcome
from panoh.ground.accounts.public import Role, User, create_person

PASSWORD = "four-unrelated-words-here"
AT_ONCE = 2000
Row = TypeVar("Row", bound=Model)


def supervisors(number: int) -> list[str]:
    """E-mail addresses of supervisors, made where they are missing."""
    addresses = [f"measured{place}@demo.panoh" for place in range(number)]
    there = set(User.objects.filter(email__in=addresses).values_list("email", flat=True))
    for address in addresses:
        if address not in there:
            create_person(email=address, name="Measured", roles=[Role.SUPERVISOR], password=PASSWORD)
    return addresses


def references(number: int) -> list[str]:
    """Telegram talks that are open, the newest first."""
    rows = talks.Conversation.objects.filter(channel=talks.Channel.TELEGRAM, closed_at=None).order_by("-created_at")
    return list(rows.values_list("reference", flat=True)[:number])


def of_address(address: str) -> User:
    return User.objects.get(email=address)


def reference_of(chat: int) -> str:
    identity = talks.identity_for(talks.Channel.TELEGRAM, str(chat))
    conversation = talks.open_conversation_of(identity)
    assert conversation
    return conversation.reference


def web_visits(number: int) -> list[str]:
    """Cookies of browsers, each with a waiting web talk of its own."""
    cookies = []
    for _ in range(number):
        talk = helpline.start_talk(channel=talks.Channel.WEB, language="uz")
        helpline.request_person(talk)
        cookies.append(talks.start_visit(talk.conversation))
    return cookies


def inbox() -> int:
    return InboundUpdate.objects.filter(outcome=Outcome.WAITING).count()


def outbox() -> int:
    return talks.Message.objects.filter(delivery__in=["queued", "sending"]).count()


def history(finished: int, waiting: int, address: str) -> None:
    """Finished contacts with their talks, and people who wait, written in bulk: for measurements only."""
    by, now = of_address(address), timezone.now()
    for places in _batches(finished):
        conversations = [_conversation(place, closed_at=now) for place in places]
        _write(conversations)
        _write([_finished(one, by) for one in conversations])
        _write([_contact(one, by) for one in conversations])
    conversations = [_conversation(finished + place, closed_at=None) for place in range(waiting)]
    _write(conversations)
    _write([_waiting(place, one) for place, one in enumerate(conversations)])


def _batches(number: int) -> Iterator[range]:
    return (range(start, min(start + AT_ONCE, number)) for start in range(0, number, AT_ONCE))


def _write(rows: list[Row]) -> None:
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=AT_ONCE)


def _conversation(place: int, **fields: object) -> talks.Conversation:
    language = ("uz", "ru", "kaa", "uz-cyrl")[place % 4]
    return talks.Conversation(
        reference=f"T-M{place:07d}", channel="web", alias="Lochin", language=language, data_key=uuid.uuid4(), **fields
    )


def _finished(conversation: talks.Conversation, by: User) -> helpline.Talk:
    closed = conversation.closed_at or timezone.now()
    return helpline.Talk(
        conversation=conversation, status="closed", language=conversation.language, assignee=by,
        close_reason="finished", opened_at=closed - timedelta(hours=1), closed_at=closed,
        urgency=1 + conversation.data_key.int % 4,
    )  # fmt: skip


def _contact(conversation: talks.Conversation, by: User) -> Contact:
    closed = conversation.closed_at or timezone.now()
    return Contact(
        reference=conversation.reference.replace("T-", "K-"), talk_id=conversation.pk, channel="web", status="final",
        language=conversation.language, data_key=conversation.data_key, started_at=closed,
        finalized_at=closed, by=by,
    )  # fmt: skip


def _waiting(place: int, conversation: talks.Conversation) -> helpline.Talk:
    since = timezone.now() - timedelta(seconds=place)
    return helpline.Talk(
        conversation=conversation, status="waiting", language=conversation.language, urgency=1 + place % 4,
        opened_at=since, waiting_since=since, promised_at=since + timedelta(minutes=5), escalation=2,
    )  # fmt: skip
