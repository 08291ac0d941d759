"""What the buttons under the bot's texts do. A forged or an old button does nothing and says so on the phone."""

import uuid
from collections.abc import Callable

from django.conf import settings

from panoh.care.helpline import public as helpline
from panoh.care.reports import public as reports
from panoh.care.talks import public as talks
from panoh.ground.accounts import public as accounts
from panoh.ground.languages.public import word
from panoh.ground.vault import public as vault

from .. import queries, reading, steps
from ..models import ChatState, Offer
from . import asking, commands, playing, report_taps, says
from .caller import Caller
from .errands import new_errand


def where_offer(conversation_id: uuid.UUID, external_id: int) -> str:
    return f"telegram.offer:{conversation_id}:{external_id}"


def tap(caller: Caller, heard: reading.Heard) -> str:
    """Do what a button means; a reason code when it means nothing any more."""
    name, _, value = heard.tap.partition(":")
    doing = TAPS.get(name)
    language = caller.talk.language if caller.talk else caller.state.language or settings.LANGUAGE_CODE
    toast = doing(caller, value, heard) if doing else None
    if toast is None:
        _answer(heard, "telegram.old_button", language)
        return "old_button"
    if toast != report_taps.SHOWN:
        _answer(heard, toast, language)
    return ""


def _answer(heard: reading.Heard, code: str, language: str) -> None:
    """Stop the phone's little clock; with a text where there is one. ``delete.done`` is shown until it is read."""
    text = ""
    if code:
        with says.reviewed_only(code):
            text = word(code, language)[:200]
    new_errand("answer", tap_id=heard.tap_id, text=text, alert=code in {"delete.done", "delete.hold"})


def _chosen(caller: Caller, label: str) -> None:
    """What was tapped stands in the ledger as the person's own line."""
    talk = caller.any_talk()
    with says.reviewed_only(label):
        talks.append_message(
            talk.conversation,
            direction=talks.Direction.IN,
            kind=talks.Kind.BUTTON,
            body=dict(settings.LANGUAGES).get(label) or word(label, talk.language),
            key=uuid.uuid5(talk.conversation.pk, f"tap:{caller.update_id}"),
        )


def choose_language(caller: Caller, value: str, heard: reading.Heard) -> str | None:
    if value not in steps.LANGUAGES:
        return None
    asked_for_report = caller.state.question == asking.LANGUAGE
    first = not caller.state.language
    talk = caller.choose_language(value)
    _chosen(caller, value)
    if asked_for_report:
        asking.begin(caller)
        return ""
    if caller.answering is not None:
        asking.ask_next(caller, caller.answering)
        return ""
    if says.standing(talk, caller.state).is_before_person and first:
        says.introduce(talk, caller.state)
    elif not first or talk.status != helpline.Status.WAITING:
        says.say(talk, caller.state, "language.set")
    says.ask_next(talk, caller.state)
    return ""


def choose_role(caller: Caller, value: str, heard: reading.Heard) -> str | None:
    if value not in steps.ROLES:
        return None
    talk = caller.talk = helpline.answer_step(caller.any_talk(), caller_role=value)
    _chosen(caller, f"who.{value}")
    says.ask_next(talk, caller.state)
    return ""


def say_danger(caller: Caller, value: str, heard: reading.Heard) -> str | None:
    """The last of the first questions: from here on a person is waited for."""
    if value not in helpline.Danger.values:
        return None
    again = caller.talk is not None and caller.talk.danger == value
    talk = helpline.answer_step(caller.any_talk(), danger=value)
    waited = talk.status == helpline.Status.WAITING
    talk = caller.talk = helpline.request_person(talk)
    if again:
        return ""
    _chosen(caller, f"danger.{value}")
    if value != "no" or not waited:
        says.say_wait(talk, caller.state)
    return ""


def ask_person(caller: Caller, value: str, heard: reading.Heard) -> str | None:
    commands.ask_person(caller)
    return ""


def open_report(caller: Caller, value: str, heard: reading.Heard) -> str | None:
    commands.report(caller, heard)
    return ""


def open_quiz(caller: Caller, value: str, heard: reading.Heard) -> str | None:
    commands.quiz(caller, heard)
    return ""


def new_report(caller: Caller, value: str, heard: reading.Heard) -> str | None:
    """One draft at a time: who has one goes on with it."""
    if caller.draft is not None:
        asking.ask_next(caller, caller.draft)
    else:
        asking.begin(caller)
    return ""


def tell_more(caller: Caller, value: str, heard: reading.Heard) -> str | None:
    says.say(caller.any_talk(), caller.state, "notice.full")
    return ""


def ask_language(caller: Caller, value: str, heard: reading.Heard) -> str | None:
    says.ask_language(caller.any_talk())
    return ""


def delete(caller: Caller, value: str, heard: reading.Heard) -> str | None:
    """The second yes: every word of this person is erased, and the phone shows nothing of the bot."""
    if value == "no":
        return "delete.kept"
    if value != "yes":
        return None
    commands.hide_chat(caller)
    for report in queries.reports_of(caller.identity):
        reports.delete_report(report)
    for chat in queries.follows_of(caller.identity):
        talks.forget_conversation(chat, reason="asked")
    for talk in queries.talks_of(caller.identity):
        helpline.forget_talk(talk)
    accounts.forget_chat(talks.external_id_of(caller.identity))
    ChatState.objects.filter(pk=caller.identity.pk).delete()
    return "delete.done"


def keep_offer(caller: Caller, value: str, heard: reading.Heard) -> str | None:
    """A second yes: the place or the number goes into the ledger as a new wording of its message."""
    offer = _offer_of(caller, value)
    if offer is None:
        return None
    talk = helpline.talk_of(offer.conversation)
    where = where_offer(offer.conversation.pk, offer.external_id)
    text = vault.unseal(offer.conversation.data_key, offer.payload, where=where)
    helpline.receive_edit(talk, external_id=offer.external_id, body=text, at=caller.received_at)
    offer.delete()
    return "telegram.kept_it"


def drop_offer(caller: Caller, value: str, heard: reading.Heard) -> str | None:
    offer = _offer_of(caller, value)
    if offer is None:
        return None
    offer.delete()
    return "telegram.dropped_it"


def _offer_of(caller: Caller, value: str) -> Offer | None:
    if not value.isdecimal() or len(value) > 18:
        return None
    rows = Offer.objects.filter(conversation__identity=caller.identity, external_id=int(value))
    return rows.select_related("conversation").first()


TAPS: dict[str, Callable[[Caller, str, reading.Heard], str | None]] = {
    "lang": choose_language,
    "who": choose_role,
    "danger": say_danger,
    "person": ask_person,
    "report": open_report,
    "rnew": new_report,
    "r": report_taps.tap,
    "play": open_quiz,
    "p": playing.move,
    "more": tell_more,
    "language": ask_language,
    "delete": delete,
    "keep": keep_offer,
    "drop": drop_offer,
}
