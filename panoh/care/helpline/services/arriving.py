"""A person comes, says who they are if they like, writes, waits, leaves. Called by every door that faces the street."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from panoh.care.talks import public as talks
from panoh.ground.audit import public as audit
from panoh.ground.common.centre import centre
from panoh.ground.common.codes import new_code
from panoh.ground.languages.public import may_show, word
from panoh.ground.vault import public as vault

from .. import rules
from ..models import OPEN, CallerRole, CloseReason, Contact, Danger, Status, Talk, Urgency, UrgencyChange
from .counting import count_contact, strip_contacts
from .moves import change, lock_talk, move

Buttons = Sequence[Sequence[tuple[str, str]]]


def start_talk(
    *,
    channel: str,
    language: str,
    identity: talks.Identity | None = None,
    caller_role: str = CallerRole.UNKNOWN,
    key: uuid.UUID | None = None,
) -> Talk:
    """Open the door: an empty talk and its draft contact, so that even who leaves at once is counted.

    The same ``key`` within ten minutes is the same talk; the key is worth as much as the talk and is never kept.
    """
    pk = uuid.UUID(vault.lookup(str(key), purpose="helpline.start")[:32]) if key else uuid.uuid4()
    try:
        return _start(pk, channel, language, identity, caller_role)
    except IntegrityError:
        fresh = timezone.now() - timedelta(minutes=10)
        talk = Talk.objects.select_related("conversation").filter(pk=pk, opened_at__gte=fresh).first()
        return talk or _start(uuid.uuid4(), channel, language, identity, caller_role)


@transaction.atomic
def _start(pk: uuid.UUID, channel: str, language: str, identity: talks.Identity | None, caller_role: str) -> Talk:
    now = timezone.now()
    conversation = talks.open_conversation(channel=channel, language=language, identity=identity, pk=pk)
    talk = Talk.objects.create(
        conversation=conversation,
        status=Status.TRIAGING,
        language=language,
        caller_role=caller_role,
        opened_at=now,
        opened_outside_hours=not rules.hours().is_open(now),
        notice_version=str(centre("notice_version", default="")),
    )
    Contact.objects.create(
        reference=f"K-{new_code()}",
        talk=talk,
        channel=channel,
        language=language,
        data_key=conversation.data_key,
        started_at=now,
    )
    audit.record("talk.started", thing=conversation.reference, channel=channel, language=language)
    return talk


@transaction.atomic(savepoint=False)
def answer_step(
    talk: Talk,
    *,
    language: str | None = None,
    caller_role: str | None = None,
    danger: str = "",
    topic: str | None = None,
    region: str | None = None,
) -> Talk:
    """Keep one answer of the first steps; danger said by the person is U1 at once."""
    held = lock_talk(talk)
    fields: dict[str, Any] = {}
    if language:
        fields["language"] = held.conversation.language = language
        held.conversation.save(update_fields=["language"])
    if caller_role:
        fields["caller_role"] = caller_role
    if topic:
        fields["topics"] = " ".join(sorted({*held.topics.split(), topic}))[:120]
    if region:
        fields["region"] = region
    if danger:
        fields["danger"] = danger
    if fields and held.status in OPEN:
        change(held, **fields)
    if (urgency := _said_urgency(caller_role, danger)) is not None:
        raise_urgency_to(held, urgency, source="person")
    return held


def _said_urgency(caller_role: str | None, danger: str) -> int | None:
    """Danger is U1, not being sure of it U2; a child who writes is never mere advice."""
    if danger == Danger.YES:
        return Urgency.U1
    if danger == Danger.UNSURE:
        return Urgency.U2
    return Urgency.U3 if caller_role == CallerRole.CHILD else None


def raise_urgency_to(talk: Talk, urgency: int, *, source: str) -> bool:
    """A machine or the person raises; nothing here can lower. The talk is locked by the caller."""
    if urgency >= talk.urgency or talk.status == Status.CLOSED:
        return False
    UrgencyChange.objects.create(talk=talk, before=talk.urgency, after=urgency, source=source)
    fields: dict[str, Any] = {"urgency": urgency}
    if talk.status == Status.WAITING and talk.waiting_since and talk.promised_at:
        fields["promised_at"] = min(talk.promised_at, rules.promised(urgency, timezone.now()))
    change(talk, **fields)
    audit.record("talk.urgency_raised", thing=talk.conversation.reference, after=urgency, source=source)
    return True


@transaction.atomic(savepoint=False)
def request_person(talk: Talk) -> Talk:
    """The person waits for a human from now on; asking twice does not start the wait again."""
    held = lock_talk(talk)
    _begin_waiting(held)
    return held


def _begin_waiting(talk: Talk) -> None:
    """The caller holds the lock."""
    if talk.status not in {Status.NEW, Status.TRIAGING}:
        return
    now = timezone.now()
    move(talk, Status.WAITING, waiting_since=now, promised_at=rules.promised(talk.urgency, now))
    audit.record("talk.waiting", thing=talk.conversation.reference, urgency=talk.urgency)


@transaction.atomic(savepoint=False)
def receive_words(
    talk: Talk,
    *,
    body: str,
    kind: str = talks.Kind.TEXT,
    key: uuid.UUID,
    meta: dict[str, Any] | None = None,
    external_id: int | None = None,
    said_at: datetime | None = None,
) -> talks.Message:
    """Write down what the person said and let it count: the lexicon may raise, a waiting human is called back.

    Words for a talk that has ended begin a new one with the same person.
    """
    held = lock_talk(talk)
    if held.status == Status.CLOSED:
        held = lock_talk(_next_talk(held))
    message = talks.append_message(
        held.conversation,
        direction=talks.Direction.IN,
        body=body,
        kind=kind,
        key=key,
        meta=meta,
        external_id=external_id,
        said_at=said_at,
    )
    change(held, last_in_at=timezone.now(), **_heard(held, body))
    if held.status in {Status.NEW, Status.TRIAGING}:
        _begin_waiting(held)
    else:
        _bring_back(held)
    return message


def _bring_back(talk: Talk) -> None:
    """One more word and the talk goes on; that it seemed over is forgotten."""
    if talk.status in {Status.ON_HOLD, Status.WRAP_UP}:
        move(talk, Status.ACTIVE, close_reason="")
    elif talk.close_reason and talk.status != Status.CLOSED:
        change(talk, close_reason="")


def _next_talk(ended: Talk) -> Talk:
    """The open talk of the same person, or a new one."""
    identity = ended.conversation.identity
    if identity and (current := talks.open_conversation_of(identity)):
        return Talk.objects.get(conversation=current)
    return start_talk(
        channel=ended.conversation.channel,
        language=ended.language,
        identity=identity,
        caller_role=ended.caller_role,
    )


def _heard(talk: Talk, body: str) -> dict[str, Any]:
    """What the lexicon sees in the words: classes are kept, urgency only rises."""
    urgency, classes = talks.lexicon().urgency(body)
    if urgency:
        raise_urgency_to(talk, urgency, source="lexicon")
    known = set(talk.lexicon_classes.split())
    return {"lexicon_classes": " ".join(sorted(known | set(classes)))[:200]} if set(classes) - known else {}


@transaction.atomic
def receive_edit(talk: Talk, *, external_id: int, body: str, at: datetime) -> talks.Message | None:
    """The person changed earlier words; both wordings stay, and the lexicon reads the new one too."""
    held = lock_talk(talk)
    message = talks.revise_message(held.conversation, external_id=external_id, body=body, at=at)
    if message is not None:
        change(held, last_in_at=timezone.now(), **_heard(held, body))
        _bring_back(held)
    return message


def bot_says(
    talk: Talk, code: str, *, buttons: Buttons = (), key: uuid.UUID | None = None, **params: object
) -> talks.Message:
    """Say a reviewed text of the centre in the talk's language; ``buttons`` are rows of (word code, callback)."""
    language = talk.language
    rows = [[{"text": word(label, language), "data": data} for label, data in row] for row in buttons]
    return talks.append_message(
        talk.conversation,
        direction=talks.Direction.BOT,
        body=word(code, language, **params),
        key=key,
        meta={"code": code, "buttons": rows} if rows else {"code": code},
    )


def tell_person(talk: Talk, code: str, **params: object) -> None:
    """What the person should know about us, where its wording is reviewed: our own work does not wait for a text."""
    if may_show(code, talk.language):
        bot_says(talk, code, buttons=(), key=None, **params)


@transaction.atomic
def person_left(talk: Talk, *, reason: str = "") -> Talk:
    """The person ends the talk or is gone. Before a human came it is counted as left before answer."""
    held = lock_talk(talk)
    if held.status == Status.CLOSED:
        return held
    if held.status in {Status.ACTIVE, Status.ON_HOLD, Status.WRAP_UP}:
        talks.append_message(
            held.conversation,
            direction=talks.Direction.NOTE,
            audience=talks.Audience.STAFF,
            kind=talks.Kind.EVENT,
            body=reason or "left",
        )
        if held.status != Status.WRAP_UP:
            move(held, Status.WRAP_UP)
        change(held, close_reason=reason or CloseReason.LEFT)
        return held
    end_talk(held, reason=reason or unanswered(held))
    return held


def unanswered(talk: Talk) -> str:
    """How a talk that nobody holds is counted when its person is gone; one that went back to the queue was answered."""
    if talk.first_human_reply_at:
        return CloseReason.LEFT
    return CloseReason.OUTSIDE_HOURS if talk.opened_outside_hours else CloseReason.LEFT_BEFORE_ANSWER


def end_talk(talk: Talk, *, reason: str, actor: str = "system") -> None:
    """The end of a talk; its contact is final in the same breath. The caller holds the lock."""
    now = timezone.now()
    move(talk, Status.CLOSED, closed_at=now, close_reason=reason, offered_to=None)
    talks.close_conversation(talk.conversation, at=now)
    drafts = Contact.objects.filter(talk=talk, status="draft")
    drafts.filter(region="").update(region=talk.region)  # what the counsellor wrote up counts more
    drafts.update(
        status="final",
        finalized_at=now,
        ended_at=now,
        urgency=talk.urgency,
        language=talk.language,
        by=talk.assignee,
    )
    for contact in Contact.objects.filter(talk=talk):
        count_contact(contact)
    audit.record("talk.closed", thing=talk.conversation.reference, actor=actor, reason=reason)


@transaction.atomic
def forget_talk(talk: Talk, *, actor: str = "system") -> None:
    """The person asked us to delete: the words are erased at once, that somebody wrote stays counted."""
    held = lock_talk(talk)
    if held.status != Status.CLOSED:
        end_talk(held, reason=CloseReason.DELETED, actor=actor)
    if not talks.forget_conversation(held.conversation, reason="asked", actor=actor):
        return  # a legal hold stands on it: it is shut now and erased afterwards
    strip_contacts(Contact.objects.filter(talk=held), at=timezone.now())
    held.media_requests.update(content=None)
