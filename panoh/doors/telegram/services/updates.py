"""What each kind of update does. Runs inside the transaction that marks the update as done."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from panoh.care.helpline import public as helpline
from panoh.care.reports import public as reports
from panoh.care.talks import public as talks
from panoh.ground.vault import public as vault

from .. import queries, reading, steps
from ..models import ChatState, Offer, Outcome
from . import commands, learning, says, taps, telling
from .caller import Caller
from .errands import new_errand

DONE = (Outcome.DONE, "")
KEYS = uuid.UUID("6f1f6c7e-3f0b-4c58-9a6e-6f5a8f0c2d11")  # one name space: the same update gives the same message
PIECE = 8000  # characters; Telegram's own limit is 4096
MEDIA = {"photo", "video", "file", "voice", "audio", "sticker", "other"}


def act(update_id: int, update: dict[str, Any], received_at: datetime) -> tuple[str, str]:
    """Let an update have its effect; the outcome and, where there is something to say, a reason code."""
    heard = reading.hear(update, received_at)
    return DOINGS[heard.what](heard, update_id)


def note_parked(chat_id: int, reason: str) -> None:
    """Something came that we could not deal with: the desk sees that in the open talk."""
    if chat_id <= 0:
        return
    identity = talks.find_identity(talks.Channel.TELEGRAM, str(chat_id))
    talk = queries.open_talk_of(identity) if identity else None
    if talk is not None:
        _event(talk, f"parked:{reason}"[:40])


def hear_words(heard: reading.Heard, update_id: int) -> tuple[str, str]:
    """Words, pictures, voices, places: kept first, answered then. A command does what it says."""
    caller = Caller.of(heard, update_id)
    caller.is_here_again()
    if heard.command:
        commands.COMMANDS[heard.command](caller, heard)
        return DONE
    if _is_code(caller, heard) or telling.hear(caller, heard):
        return DONE
    talk, before = _keep(caller, heard)
    _answer(talk, caller.state, heard, first=before)
    return DONE


def _is_code(caller: Caller, heard: reading.Heard) -> bool:
    """A code from the web page, typed; words that only look like one are kept as words all the same."""
    if heard.kind == talks.Kind.TEXT and caller.answering is None and learning.hear(caller, heard.text):
        return True
    code = talks.read_follow_code(heard.text) if heard.kind == talks.Kind.TEXT else ""
    return bool(code) and caller.answering is None and commands.follow(caller, code)


def _keep(caller: Caller, heard: reading.Heard) -> tuple[helpline.Talk, bool]:
    """Write the words into the ledger; the talk they are in, and whether a person is asked for only now."""
    talk = caller.any_talk(heard.text)
    first = says.standing(talk, caller.state).is_before_person
    pieces = [heard.text[at : at + PIECE] for at in range(0, len(heard.text), PIECE)] or [""]
    for number, piece in enumerate(pieces):
        message = helpline.receive_words(
            talk,
            body=piece,
            kind=heard.kind,
            key=uuid.uuid5(KEYS, f"{caller.update_id}:{number}"),
            meta=heard.meta or None,
            external_id=heard.message_id,
            said_at=heard.said_at,
        )
    return helpline.talk_of(message.conversation), first


def _answer(talk: helpline.Talk, state: ChatState, heard: reading.Heard, *, first: bool) -> None:
    """The written answers: about a thing that is no text, and at the first words what happens now."""
    if heard.secret:
        _offer(talk, state, heard)
    elif heard.kind in MEDIA:
        says.say_once(talk, state, steps.answer_to(heard.kind, in_album="album" in heard.meta), rows=())
    if not first:
        return
    if not state.language:
        says.introduce(talk, state)
    says.say_wait(talk, state)
    says.ask_next(talk, state)


def _offer(talk: helpline.Talk, state: ChatState, heard: reading.Heard) -> None:
    """A place or a number is shown to nobody before a second yes, unless the person said that there is danger."""
    if talk.danger == "yes" and heard.kind == talks.Kind.LOCATION:
        helpline.receive_edit(talk, external_id=heard.message_id, body=heard.secret, at=heard.said_at or talk.opened_at)
        says.say(talk, state, "telegram.kept_it", rows=())
        return
    offer = Offer(conversation=talk.conversation, external_id=heard.message_id)
    where = taps.where_offer(talk.conversation.pk, heard.message_id)
    offer.payload = vault.seal(talk.conversation.data_key, heard.secret, where=where)
    offer.save(force_insert=True)
    says.say(talk, state, steps.ANSWERS[heard.kind], rows=steps.offer_rows(heard.message_id))


def hear_edit(heard: reading.Heard, update_id: int) -> tuple[str, str]:
    """A changed wording becomes a revision; of a message we do not have, or of a talk that ended, it is new words."""
    if heard.secret:
        return Outcome.IGNORED, "live_location"
    caller = Caller.of(heard, update_id)
    caller.is_here_again()
    message = queries.message_of(caller.identity, heard.message_id)
    if message is None:
        if not telling.hear(caller, heard):
            _keep(caller, heard)
        return Outcome.DONE, "edit_of_unknown"
    if report := reports.report_of(message.conversation):
        telling.hear_edit(caller, report, message, heard)
        return DONE
    talk = helpline.talk_of(message.conversation)
    at = heard.said_at or talk.opened_at
    helpline.receive_edit(talk, external_id=heard.message_id, body=heard.text[:PIECE], at=at)
    if talk.status == helpline.Status.CLOSED:  # nobody reads there any more
        _keep(caller, heard)
        return Outcome.DONE, "edit_of_closed"
    says.say_once(talk, caller.state, "telegram.edited", rows=())
    return DONE


def hear_tap(heard: reading.Heard, update_id: int) -> tuple[str, str]:
    """A button: what it means is done once, and the phone's little clock is stopped."""
    caller = Caller.of(heard, update_id)
    caller.is_here_again()
    return Outcome.DONE, taps.tap(caller, heard)


def hear_blocked(heard: reading.Heard, update_id: int) -> tuple[str, str]:
    """The person blocked the bot: the desk sees it, and who was not answered yet is counted."""
    caller = Caller.of(heard, update_id)
    talks.set_blocked(caller.identity, at=caller.received_at)
    if caller.talk is not None:
        helpline.person_left(caller.talk, reason=helpline.CloseReason.BLOCKED_US)
    return DONE


def hear_unblocked(heard: reading.Heard, update_id: int) -> tuple[str, str]:
    caller = Caller.of(heard, update_id)
    talks.set_blocked(caller.identity, at=None)
    if caller.talk is not None:
        _event(caller.talk, "unblocked")
    return DONE


def leave(heard: reading.Heard, update_id: int) -> tuple[str, str]:
    """Not a private chat: nothing of it is kept, and the bot leaves."""
    new_errand("leave", chat_id=heard.chat_id)
    return Outcome.IGNORED, "not_private"


def ignore(heard: reading.Heard, update_id: int) -> tuple[str, str]:
    return Outcome.IGNORED, heard.what


def park(heard: reading.Heard, update_id: int) -> tuple[str, str]:
    """A kind of update that we do not know: kept for a person to look at."""
    return Outcome.PARKED, "unknown_kind"


def _event(talk: helpline.Talk, code: str) -> None:
    talks.append_message(
        talk.conversation,
        direction=talks.Direction.NOTE,
        audience=talks.Audience.STAFF,
        kind=talks.Kind.EVENT,
        body=code,
    )


DOINGS: dict[str, Callable[[reading.Heard, int], tuple[str, str]]] = {
    "words": hear_words,
    "edit": hear_edit,
    "tap": hear_tap,
    "blocked": hear_blocked,
    "unblocked": hear_unblocked,
    "elsewhere": leave,
    "service": ignore,
    "unknown": park,
}
