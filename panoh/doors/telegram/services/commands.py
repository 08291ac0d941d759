"""The commands. Each works at every step, and none of them needs the one before."""

from collections.abc import Callable

from django.utils import timezone

from panoh.care.helpline import public as helpline
from panoh.care.talks import public as talks

from .. import queries, reading, steps
from . import asking, learning, playing, says
from .caller import Caller
from .errands import new_errand

SERIOUS = helpline.Urgency.U2


def start(caller: Caller, heard: reading.Heard) -> None:
    """The language first; a talk that is open already goes on. A code from the web page is no first word."""
    sent = heard.text[len("/start") :].partition(" ")[2]
    if learning.hear(caller, sent):
        return
    if code := talks.read_follow_code(sent):
        follow(caller, code)
        return
    asking.rest(caller)
    known = caller.talk is not None
    talk = caller.any_talk(heard.text[len("/start") :])
    if not caller.state.language:
        says.ask_language(talk)
    elif known:
        says.say(talk, caller.state, "telegram.again")
        says.say_wait(talk, caller.state)
        says.ask_next(talk, caller.state)
    else:
        says.introduce(talk, caller.state)
        says.ask_next(talk, caller.state)


def follow(caller: Caller, code: str) -> bool:
    """Be told here too what becomes of something written on the web; a wrong code gets the very same answer."""
    chat = talks.follow_by_code(code, caller.identity, language=caller.language)
    place = chat or queries.newest_conversation(caller.identity) or caller.any_talk().conversation
    says.say_in(place, caller.language, "telegram_report.follow", rows=(steps.PERSON,))
    return chat is not None


def tell_help(caller: Caller, heard: reading.Heard) -> None:
    talk = caller.any_talk()
    rows = (steps.PLAY,) if playing.is_ready(talk.language) else ()
    says.say(talk, caller.state, "telegram.help", rows=(*rows, *steps.buttons("", says.standing(talk, caller.state))))
    says.say_numbers(talk, "number.intro")


def person(caller: Caller, heard: reading.Heard) -> None:
    ask_person(caller)


def ask_person(caller: Caller) -> None:
    """One tap to a human: from here on somebody is waited for, and questions rest."""
    asking.rest(caller)
    before = caller.any_talk()
    first = says.standing(before, caller.state).is_before_person
    talk = caller.talk = helpline.request_person(before)
    if says.standing(talk, caller.state).is_with_person:
        says.say_once(talk, caller.state, "person.human", rows=())
        return
    if first:
        says.introduce(talk, caller.state)
    says.say_wait(talk, caller.state)
    says.ask_next(talk, caller.state)


def report(caller: Caller, heard: reading.Heard) -> None:
    """Somebody wants to tell of something that happened: question by question, or where the last one stands."""
    if asking.is_ready(caller.language):
        asking.open_report(caller)
    else:
        report_in_talk(caller)


def report_in_talk(caller: Caller) -> None:
    """While nobody has reviewed the questions: a talk with its topic known."""
    talk = caller.talk = helpline.answer_step(caller.any_talk(), topic="report")
    says.say(talk, caller.state, "telegram.report")
    if not caller.state.language:
        says.ask_language(talk)


def quiz(caller: Caller, heard: reading.Heard) -> None:
    """A quiz, beside any talk and not in it; where nobody has reviewed one, what there is instead."""
    if playing.is_ready(caller.language):
        playing.begin(caller)
    else:
        tell_help(caller, heard)


def language(caller: Caller, heard: reading.Heard) -> None:
    says.ask_language(caller.any_talk())


def stop(caller: Caller, heard: reading.Heard) -> None:
    """Hide at once, without a word more: the bot's messages and the command go from the phone.

    Where somebody is in serious danger and nobody has answered, the talk stays in the queue: people read it.
    """
    now = timezone.now()
    caller.state.hidden_at = now
    caller.state.save(update_fields=["hidden_at"])
    asking.pause(caller.state)
    hide_chat(caller, heard.message_id)
    talk = caller.talk
    if talk is None:
        return
    talks.append_message(
        talk.conversation,
        direction=talks.Direction.NOTE,
        audience=talks.Audience.STAFF,
        kind=talks.Kind.EVENT,
        body="hidden",
    )
    if not (talk.status == helpline.Status.WAITING and talk.urgency <= SERIOUS):
        helpline.person_left(talk)


def hide_chat(caller: Caller, *also: int) -> None:
    """Take back what the bot wrote in the last two days, and the messages ``also`` of the person."""
    own = queries.own_recent_messages(caller.identity, timezone.now())
    numbers = [number for number in (*own, *also) if number]
    chat = talks.external_id_of(caller.identity)
    if numbers:
        new_errand("delete", chat_id=chat, message_ids=numbers)
    playing.take_back(caller.state, chat)


def delete(caller: Caller, heard: reading.Heard) -> None:
    """Asks once."""
    says.say(caller.any_talk(), caller.state, steps.QUESTIONS["delete"], rows=steps.ROWS["delete"])


COMMANDS: dict[str, Callable[[Caller, reading.Heard], None]] = {
    "start": start,
    "help": tell_help,
    "person": person,
    "report": report,
    "quiz": quiz,
    "language": language,
    "stop": stop,
    "delete": delete,
}
