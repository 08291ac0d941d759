"""Counts what became of every word: the ledger against what was sent, what arrived against the ledger.

Reads the databases of the running centre: import it after ``Running.set_django_up``.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from panoh.care.talks import public as talks
from panoh.doors.telegram.models import InboundUpdate, Outcome
from panoh.ground.audit import public as audit

from .people import Counsellor, WebChild
from .story import Sent, Story

SENT = {talks.Delivery.SENT, talks.Delivery.DELIVERED}
ON_THE_WAY = [talks.Delivery.QUEUED, talks.Delivery.SENDING]
Counts = Counter[str]


def compare(expected: Sequence[str], found: Sequence[str]) -> Counts:
    """Lost, doubled, out of order, for things that must be there once and in this order; ``stray``: nobody said it."""
    seen, known = Counter(found), set(expected)
    once = list(dict.fromkeys(text for text in found if text in known))
    order = [text for text in expected if text in seen]
    return Counter(
        expected=len(expected),
        lost=len(expected) - len(order),
        doubled=sum(number - 1 for text, number in seen.items() if text in known),
        disordered=sum(one != other for one, other in zip(order, once, strict=True)),
        stray=sum(text not in known for text in found),
    )


def still_waiting() -> tuple[int, int]:
    """Updates not dealt with, and messages not on their way to an end."""
    inbox = InboundUpdate.objects.filter(outcome=Outcome.WAITING).count()
    return inbox, talks.Message.objects.filter(
        delivery__in=ON_THE_WAY, conversation__channel=talks.Channel.TELEGRAM, audience=talks.Audience.ALL
    ).count()


def parked() -> int:
    return InboundUpdate.objects.filter(outcome=Outcome.PARKED).count()


def conversations_of(chat: int) -> list[talks.Conversation]:
    identity = talks.identity_for(talks.Channel.TELEGRAM, str(chat))
    return list(identity.conversations.order_by("created_at"))


def lines_of(conversations: Iterable[talks.Conversation]) -> list[talks.Line]:
    return [line for one in conversations for line in talks.all_lines(one, audience=talks.Audience.STAFF)]


def inbound(story: Story) -> Counts:
    """Every word and tap of a chat once, in the order it was sent, with the newest wording."""
    total: Counts = Counter()
    for chat, sent in story.by_chat.items():
        conversations = conversations_of(chat)
        lines = [line for line in lines_of(conversations) if line.direction == talks.Direction.IN]
        wordings = {one.message_id: one.text for one in sent if one.kind in {"text", "edit"}}
        kept = [one for one in sent if one.kind != "edit"]
        expected = [_tap(one.update_id) if one.kind == "tap" else wordings[one.message_id] for one in kept]
        taps = _taps(sent, conversations)
        found = [taps.get(line.seq, "?") if line.kind == talks.Kind.BUTTON else line.text for line in lines]
        total += compare(expected, found)
        total["edits"] += sum(one.kind == "edit" for one in sent)
        total["edits kept"] += sum(line.revised for line in lines)
    return total


def _tap(update_id: int) -> str:
    return f"tap {update_id}"


def _taps(sent: list[Sent], conversations: list[talks.Conversation]) -> dict[int, str]:
    """Place in the ledger -> which tap it is, told by the key that was made of its update."""
    found: dict[int, str] = {}
    for one in conversations:
        places = {row.key: row.seq for row in one.messages.filter(kind=talks.Kind.BUTTON)}
        for tap in sent:
            if (place := places.get(uuid.uuid5(one.pk, f"tap:{tap.update_id}"))) is not None:
                found[place] = _tap(tap.update_id)
    return found


def outbound(story: Story, phones: dict[int, list[dict[str, Any]]]) -> Counts:
    """What each phone shows against what the ledger says became of our words; ``phones``: received messages by chat."""
    total: Counts = Counter()
    for chat in story.by_chat:
        rows = [(row, line) for one in conversations_of(chat) for row, line in _outgoing(one)]
        total += _one_phone(rows, [(message["message_id"], message["text"]) for message in phones.get(chat, [])])
    return total


def _outgoing(conversation: talks.Conversation) -> list[tuple[talks.Message, talks.Line]]:
    lines = {line.seq: line for line in talks.all_lines(conversation)}
    rows = conversation.messages.filter(direction__in=[talks.Direction.OUT, talks.Direction.BOT]).order_by("seq")
    return [(row, lines[row.seq]) for row in rows]


def _one_phone(rows: list[tuple[talks.Message, talks.Line]], phone: list[tuple[int, str]]) -> Counts:
    shown, total = dict(phone), Counter(expected=len(rows), received=len(phone))
    confirmed = [row.external_id for row, _ in rows if row.delivery in SENT]
    total["lost"] = sum(number not in shown for number in confirmed)
    total["failed"] = sum(row.delivery == talks.Delivery.FAILED for row, _ in rows)
    total["left over"] = sum(row.delivery in ON_THE_WAY for row, _ in rows)
    rest = Counter(text for number, text in phone if number not in set(confirmed))
    places = [number for number in confirmed if number in shown]
    for row, line in rows:
        if row.delivery == talks.Delivery.UNCONFIRMED:
            arrived = rest[line.text] > 0
            rest[line.text] -= arrived
            total["unconfirmed, arrived" if arrived else "unconfirmed, not arrived"] += 1
    total["doubled"] = sum(rest.values()) + len(confirmed) - len(set(confirmed))
    total["disordered"] = sum(a != b for a, b in zip(places, sorted(places, key=_as_int), strict=True))
    return total


def _as_int(number: int | None) -> int:
    return number or 0


def counsellors_words(counsellor: Counsellor) -> Counts:
    """What the desk said was taken stands in the ledger, once and in order."""
    total: Counts = Counter()
    for reference, said in counsellor.said.items():
        conversation = talks.Conversation.objects.get(reference=reference)
        lines = talks.all_lines(conversation, audience=talks.Audience.STAFF)
        total += compare(said, [line.text for line in lines if line.direction == talks.Direction.OUT])
    return total


def web(children: Sequence[WebChild]) -> tuple[Counts, Counts]:
    """Words of the web children in the ledger, and what their open lines showed: every line once, in order."""
    written, heard = Counter[str](), Counter[str]()
    for child in children:
        conversation = _conversation_of(child)
        lines = talks.all_lines(conversation) if conversation else []
        written += compare(child.said, [line.text for line in lines if line.direction == talks.Direction.IN])
        heard += _stream(child, lines)
    return written, heard


def _conversation_of(child: WebChild) -> talks.Conversation | None:
    token = next((cookie.value for cookie in child.session.cookie_jar if cookie.key == "talk"), "")
    return talks.conversation_by_visit(token)


def _stream(child: WebChild, lines: list[talks.Line]) -> Counts:
    """Every line in its newest version; a line may come again with a newer fate, never twice with the same."""
    versions = [line["version"] for line in child.heard]
    newest = {line["seq"]: line["version"] for line in child.heard}
    return Counter(
        expected=len(lines),
        lost=sum(newest.get(line.seq) != line.version for line in lines),
        doubled=len(versions) - len(set(versions)),
        disordered=sum(later < earlier for earlier, later in pairwise(versions)),
        stray=len(newest.keys() - {line.seq for line in lines}),
    )


def audit_holds() -> str:
    """The chain of the audit after all that."""
    audit.seal_pending()
    verdict = audit.verify()
    return f"{verdict.checked} links, {'unbroken' if verdict.ok else 'BROKEN'}, {verdict.unsealed} unsealed"
