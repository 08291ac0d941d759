"""At the desk: accept, say, hold back what could harm, hand over, help."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import policy, rules
from ..errors import TalkRefusedError
from ..models import OPEN, Counsellor, Held, HelpRequest, Status, Talk, Transfer, UrgencyChange
from .arriving import tell_person
from .moves import change, lock_talk, move


def _sealed(talk: Talk, text: str, what: str) -> bytes:
    return vault.seal(talk.conversation.data_key, text, where=f"helpline.{what}:{talk.pk}")


def _audit(verb: str, talk: Talk, by: User, purpose: bytes | None = None, **codes: str | int | bool) -> None:
    audit.record(verb, thing=talk.conversation.reference, actor=by.code, purpose=purpose, **codes)


def _refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise TalkRefusedError(_("This talk has moved on meanwhile. Look at it again."))


@transaction.atomic
def accept_talk(talk: Talk, *, by: User) -> Talk:
    """Take a waiting talk; of two who press at once one gets it."""
    held = lock_talk(talk)
    if held.assignee_id == by.pk and held.status == Status.ACTIVE:
        return held
    if not policy.can_accept(by, held):
        raise TalkRefusedError(_("Somebody else is already with this person."))
    Counsellor.objects.select_for_update().filter(user=by).first()  # two tabs do not fill one pair of hands twice
    if not policy.has_room(by):
        raise TalkRefusedError(_("You are not on, or your hands are full. Finish a talk or go on first."))
    now = timezone.now()
    move(held, Status.ACTIVE, assignee=by, accepted_at=held.accepted_at or now, offered_to=None, offered_at=None)
    Transfer.objects.create(talk=held, kind="accept", to=by)
    tell_person(held, "person.here", alias=by.shown_name)
    _audit("talk.accepted", held, by, waited=_waited(held))
    return held


def _waited(talk: Talk) -> int:
    return int((timezone.now() - talk.waiting_since).total_seconds()) if talk.waiting_since else 0


@transaction.atomic
def decline_talk(talk: Talk, *, by: User) -> Talk:
    """Pass on an offer; the next counsellor is asked."""
    held = lock_talk(talk)
    if held.offered_to_id == by.pk:
        change(held, offered_to=None, offered_at=None)
        Transfer.objects.create(talk=held, kind="decline", frm=by)
        _audit("talk.declined", held, by)
    return held


@transaction.atomic
def say(talk: Talk, *, text: str, key: uuid.UUID, by: User) -> talks.Message:
    """Answer the person. Words that could lead away from the centre are held for the supervisor instead."""
    held = lock_talk(talk)
    _refuse_unless(policy.can_answer(by, held))
    text = text.strip()
    if not text:
        raise TalkRefusedError(_("There is nothing to send yet."))
    found = talks.words_to_hold(text)
    if found:
        return _hold_back(held, text, found, key, by)
    message = talks.append_message(held.conversation, direction=talks.Direction.OUT, body=text, key=key, author=by)
    _answered(held)
    _audit("talk.answered", held, by, seq=message.seq)
    return message


def _answered(talk: Talk) -> None:
    now = timezone.now()
    fields: dict[str, Any] = {"last_out_at": now, "escalation": 0}
    if talk.first_human_reply_at is None:
        fields["first_human_reply_at"] = now
    if talk.status == Status.ON_HOLD:
        move(talk, Status.ACTIVE, **fields)
    else:
        change(talk, **fields)


def _hold_back(talk: Talk, text: str, found: list[str], key: uuid.UUID, by: User) -> talks.Message:
    message = talks.append_message(
        talk.conversation,
        direction=talks.Direction.NOTE,
        audience=talks.Audience.STAFF,
        kind=talks.Kind.HELD,
        body=text,
        key=key,
        author=by,
        meta={"found": found},
    )
    Held.objects.get_or_create(talk=talk, message_seq=message.seq, defaults={"found": " ".join(found)[:60], "by": by})
    change(talk)
    _audit("words.held", talk, by, seq=message.seq, found="-".join(found))
    return message


@transaction.atomic
def decide_held(held_words: Held, *, release: bool, by: User) -> talks.Message | None:
    """A supervisor reads held words: they go out now, as a new message, or never. Nobody releases their own."""
    held = Held.objects.select_for_update().get(pk=held_words.pk)
    talk = lock_talk(held.talk)
    if not policy.can_lead(by) or held.by_id == by.pk or held.decided_at:
        raise TalkRefusedError(_("These words are already decided, or are not yours to decide."))
    if release and talk.status == Status.CLOSED:
        raise TalkRefusedError(_("The talk has ended; these words can no longer be sent."))
    held.decided_by, held.decided_at = by, timezone.now()
    held.decision = "released" if release else "refused"
    held.save(update_fields=["decided_by", "decided_at", "decision"])
    _audit("words.released" if release else "words.refused", talk, by, seq=held.message_seq)
    change(talk)
    return _release(talk, held) if release else None


def _release(talk: Talk, held: Held) -> talks.Message:
    lines = talks.all_lines(talk.conversation, audience=talks.Audience.STAFF)
    text = next(line.text for line in lines if line.seq == held.message_seq)
    key = uuid.uuid5(talk.pk, f"released:{held.pk}")
    message = talks.append_message(talk.conversation, direction=talks.Direction.OUT, body=text, key=key, author=held.by)
    _answered(talk)
    return message


@transaction.atomic
def whisper(talk: Talk, *, text: str, key: uuid.UUID, by: User) -> talks.Message:
    """A note that only staff see: a supervisor helps while the counsellor talks; answers an open call for help."""
    held = lock_talk(talk)
    _refuse_unless(policy.can_whisper(by, held))
    message = talks.append_message(
        held.conversation,
        direction=talks.Direction.NOTE,
        audience=talks.Audience.STAFF,
        body=text.strip(),
        key=key,
        author=by,
    )
    if policy.can_supervise(by, held) and held.assignee_id != by.pk:
        held.help_requests.filter(answered_at=None).update(answered_by=by, answered_at=timezone.now())
    change(held)
    _audit("talk.whispered", held, by, seq=message.seq)
    return message


@transaction.atomic
def ask_help(talk: Talk, *, by: User) -> HelpRequest:
    """ "Help me with this one": shown to every supervisor until one answers."""
    held = lock_talk(talk)
    _refuse_unless(held.assignee_id == by.pk and held.status in OPEN)
    request = held.help_requests.filter(answered_at=None).first() or HelpRequest.objects.create(talk=held, by=by)
    change(held)
    _audit("talk.help_asked", held, by)
    return request


@transaction.atomic
def hold_talk(talk: Talk, *, by: User) -> Talk:
    """The person needs a moment, or we do; their next word brings the talk back."""
    held = lock_talk(talk)
    _refuse_unless(held.assignee_id == by.pk and held.status == Status.ACTIVE)
    move(held, Status.ON_HOLD)
    tell_person(held, "person.hold", alias=by.shown_name)
    _audit("talk.held", held, by)
    return held


@transaction.atomic
def resume_talk(talk: Talk, *, by: User) -> Talk:
    """Back to the talk, from hold or from the wrap-up."""
    held = lock_talk(talk)
    _refuse_unless(held.assignee_id == by.pk and held.status in {Status.ON_HOLD, Status.WRAP_UP})
    move(held, Status.ACTIVE)
    _audit("talk.resumed", held, by)
    return held


@transaction.atomic
def transfer_talk(talk: Talk, *, to: User | None, reason: str, by: User) -> Talk:
    """Hand over to a named colleague, or back to the queue where the old promise still stands."""
    held = lock_talk(talk)
    _refuse_unless(policy.can_wrap_up(by, held) or policy.can_supervise(by, held))
    sealed = _sealed(held, reason, "transfer")
    kind = "transfer" if to else "return"
    Transfer.objects.create(talk=held, kind=kind, frm=held.assignee, to=to, reason=sealed)
    if to:
        if not policy.can_be_given_talks(to):
            raise TalkRefusedError(_("This colleague cannot take talks now."))
        give_to(held, to)
    else:
        back_to_queue(held)
    _audit(f"talk.{kind}ed", held, by, purpose=sealed, to=to.code if to else "queue")
    return held


def give_to(talk: Talk, to: User) -> None:
    """Somebody holds the talk from now on. The caller holds the lock and has asked whether they may."""
    accepted = talk.accepted_at or timezone.now()
    move(talk, Status.ACTIVE, assignee=to, accepted_at=accepted, offered_to=None, offered_at=None)
    tell_person(talk, "person.changed", alias=to.shown_name)


def back_to_queue(talk: Talk) -> None:
    """The person waits again, with a short promise and with everybody to be told anew. The caller holds the lock."""
    promised = rules.promised(min(talk.urgency, 2), timezone.now())
    move(talk, Status.WAITING, assignee=None, promised_at=promised, escalation=0, offered_to=None)
    tell_person(talk, "person.left")


@transaction.atomic
def take_over(talk: Talk, *, reason: str, by: User) -> Talk:
    """A supervisor takes a talk from a counsellor, at once and on the record."""
    held = lock_talk(talk)
    _refuse_unless(policy.can_supervise(by, held) and held.status != Status.TRIAGING)
    sealed = _sealed(held, reason, "transfer")
    Transfer.objects.create(talk=held, kind="take_over", frm=held.assignee, to=by, reason=sealed)
    give_to(held, by)
    _audit("talk.taken_over", held, by, purpose=sealed)
    return held


@transaction.atomic
def set_urgency(talk: Talk, *, urgency: int, reason: str, by: User) -> Talk:
    """A person judges again. Raising needs no word; lowering needs a reason and stays on record."""
    held = lock_talk(talk)
    _refuse_unless(policy.can_judge(by, held))
    if urgency > held.urgency and not reason.strip():
        raise TalkRefusedError(_("To lower the urgency, write down why."))
    if urgency == held.urgency:
        return held
    sealed = _sealed(held, reason, "urgency") if reason.strip() else None
    UrgencyChange.objects.create(talk=held, before=held.urgency, after=urgency, source="staff", by=by, reason=sealed)
    fields: dict[str, Any] = {"urgency": urgency}
    if held.status == Status.WAITING and held.promised_at:
        fresh = rules.promised(urgency, timezone.now())
        fields["promised_at"] = fresh if urgency > held.urgency else min(fresh, held.promised_at)
    verb = "talk.urgency_lowered" if urgency > held.urgency else "talk.urgency_raised"
    change(held, **fields)
    _audit(verb, held, by, purpose=sealed, after=urgency)
    return held


@transaction.atomic
def send_words_again(talk: Talk, *, seq: int, by: User) -> None:
    """A message whose fate is unknown or bad goes out once more, because a person said so."""
    held = lock_talk(talk)
    _refuse_unless(policy.can_answer(by, held))
    message = held.conversation.messages.select_related("conversation").filter(seq=seq).first()
    if message is None or message.direction != talks.Direction.OUT:
        raise TalkRefusedError(_("This message cannot be sent again."))
    talks.send_again(message)
    _audit("words.sent_again", held, by, seq=seq)
