"""A quiz in the chat: one message that is written over from screen to screen.

It stands in no talk and in no ledger: whoever plays asks nobody for anything, and no counsellor reads what they chose.
It listens to no words, so that it can swallow none. What stays is the daily counter of the playroom, and until the
message is too old to be taken back, its number, so that /stop can hide it.
"""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from panoh.care.talks import public as talks
from panoh.ground.languages.public import UnknownWordError, UnreviewedError, may_show, word
from panoh.ground.organisations.public import numbers_to_call
from panoh.learn.playroom import public as playroom

from .. import play_steps, queries, reading, steps
from ..models import ChatState, Errand
from . import asking, says
from .caller import Caller
from .errands import new_errand

SHORT = 28  # letters of an answer that still stand on a button; longer ones are numbered in the text
LONGEST = 3900
# What stands around every question: without one of these a quiz would break off.
AROUND = (
    "telegram_play.choose", "play.you_chose", "play.next", "play.choose_again", "play.report", "play.danger",
    "button.person",
)  # fmt: skip
BEGUN, FINISHED = "bot", "bot_end"  # apart from the pages, where the same quiz is counted as begun and finished
Screen = tuple[str, says.Rows]


def is_ready(language: str) -> bool:
    """Whether there is a quiz in this language that somebody reviewed, and our words around it too."""
    return all(may_show(code, language) for code in AROUND) and bool(playroom.quizzes(language))


def begin(caller: Caller) -> None:
    """A new message with the quizzes; the one before goes. A report that is being told rests meanwhile."""
    asking.rest(caller)
    chat = talks.external_id_of(caller.identity)
    take_back(caller.state, chat)
    screen = (None if caller.state.language else _languages(0)) or _menu(caller.language, 0)
    if screen is not None:
        new_errand("play", chat_id=chat, text=screen[0], rows=screen[1])


def move(caller: Caller, value: str, heard: reading.Heard) -> str | None:
    """What a button of the quiz does: the next screen, once. None for a button that is nobody's."""
    told = play_steps.read(value)
    if told is None or not heard.message_id:
        return None
    key = uuid.uuid5(caller.identity.pk, f"play:{heard.message_id}:{told.turn}")
    if Errand.objects.filter(pk=key).exists():
        return ""  # the second of two taps on one screen
    screen = _screen(caller, told)
    if screen is None:
        return None
    chat = talks.external_id_of(caller.identity)
    new_errand("turn", key=key, chat_id=chat, message_id=heard.message_id, text=screen[0], rows=screen[1])
    return ""


def _screen(caller: Caller, told: play_steps.Move) -> Screen | None:
    turn = told.turn + 1
    if told.verb == "lang" and told.about in steps.LANGUAGES:
        _remember_language(caller, told.about)
        return _menu(told.about, turn)
    if told.verb == "menu":
        return _menu(caller.language, turn)
    if told.verb or not is_ready(caller.language):
        return None
    asked = playroom.asked(told.about, caller.language, told.n)
    if asked is None or (told.answer and told.answer not in asked.options):
        return None
    if not told.answer:
        return _question(asked, caller.language, turn)
    if asked.n in {1, asked.many}:
        what = BEGUN if asked.n == 1 else FINISHED
        playroom.count_play(f"quizzes/{asked.slug}", caller.language, what)
    return _answer(asked, told.answer, caller.language, turn)


def _remember_language(caller: Caller, language: str) -> None:
    """For whatever comes later; a talk that is open follows, none is opened."""
    if caller.talk is not None:
        caller.choose_language(language)
    else:
        caller.state.language = language
        caller.state.save(update_fields=["language"])


def _languages(turn: int) -> Screen | None:
    """The first question, when we do not know it: each language under its own name, where there is a quiz in it."""
    names = dict(settings.LANGUAGES)
    ready = [code for code in steps.LANGUAGES if is_ready(code)]
    asked = dict.fromkeys(word("language.choose", code) for code in ready if may_show("language.choose", code))
    rows = [[_button(names[code], play_steps.verb("lang", code, turn))] for code in ready]
    return (" · ".join(asked), rows) if asked else None


def _menu(language: str, turn: int) -> Screen | None:
    if not is_ready(language):
        return None
    found = [(title, play_steps.show(slug, 1, turn)) for slug, title in playroom.quizzes(language).items()]
    rows = [[_button(title, data)] for title, data in found if play_steps.fits(data)]
    return word("telegram_play.choose", language), [*rows, *_named((steps.PERSON,), language)]


def _question(asked: playroom.Asked, language: str, turn: int) -> Screen:
    options = list(asked.options.items())
    lines, rows = [_head(asked)], list[list[dict[str, str]]]()
    data = {code: play_steps.answer(asked.slug, asked.n, code, turn) for code, _said in options}
    if all(len(said) <= SHORT for _code, said in options):
        rows = [[_button(said, data[code])] for code, said in options]
    else:
        lines += [f"{at}) {said}" for at, (_code, said) in enumerate(options, 1)]
        rows = [[_button(str(at), data[code]) for at, (code, _said) in enumerate(options, 1)]]
    return "\n\n".join(lines)[:LONGEST], [*rows, *_named((steps.PERSON,), language)]


def _answer(asked: playroom.Asked, chosen: str, language: str, turn: int) -> Screen:
    """Why it is so, whatever was chosen: nobody is told a score. The last one closes with whom to tell."""
    said = [_head(asked), f"{word('play.you_chose', language)} {asked.options[chosen]}", asked.why]
    again = ("play.choose_again", play_steps.show(asked.slug, asked.n, turn))
    if asked.n < asked.many:
        rows: tuple[steps.Row, ...] = (
            (("play.next", play_steps.show(asked.slug, asked.n + 1, turn)),), (again,), steps.PERSON
        )  # fmt: skip
    else:
        said += _closing(asked, language)
        more = ("telegram_play.more", play_steps.verb("menu", "", turn))
        rows = (steps.PERSON, steps.REPORT, (again, more))
    return "\n\n".join(said)[:LONGEST], _named(rows, language)


def _closing(asked: playroom.Asked, language: str) -> list[str]:
    """What to do, whom to tell, and whom to call: numbers that somebody verified, never an example."""
    numbers = [f"{one.name}: {one.number}" for one in numbers_to_call(language) if not one.is_example]
    return [*(f"• {one}" for one in asked.closing), *numbers]


def _head(asked: playroom.Asked) -> str:
    return f"{asked.title} · {asked.n} / {asked.many}\n\n{asked.text}"


def _button(text: str, data: str) -> dict[str, str]:
    return {"text": text, "data": data}


def _named(rows: tuple[steps.Row, ...], language: str) -> says.Rows:
    """Rows of word codes as buttons; what nobody reviewed is left out."""
    found = []
    for row in rows:
        try:
            found.append([_button(word(label, language), data) for label, data in row])
        except (UnknownWordError, UnreviewedError):
            continue
    return found


# --- hiding ----------------------------------------------------------------------------------------------------------


def take_back(state: ChatState, chat: str) -> None:
    """The quiz goes from the phone, where Telegram still allows it."""
    if state.play_message:
        new_errand("delete", chat_id=chat, message_ids=[state.play_message])
    if state.play_message or state.played_at:
        state.play_message = state.played_at = None
        state.save(update_fields=["play_message", "played_at"])


@transaction.atomic
def note_played(chat: str, number: int, at: datetime) -> None:
    """The quiz stands on the phone under this number; whoever said /stop meanwhile does not see it."""
    identity = talks.find_identity(talks.Channel.TELEGRAM, chat)
    state = ChatState.objects.select_for_update().filter(identity=identity).first() if identity else None
    if state is None or state.hidden_at:
        new_errand("delete", chat_id=chat, message_ids=[number])
        return
    state.play_message, state.played_at = number, at
    state.save(update_fields=["play_message", "played_at"])


def forget_numbers() -> int:
    """Numbers of messages that Telegram would not take back any more."""
    old = timezone.now() - timedelta(hours=queries.OWN_MESSAGES_HOURS)
    return ChatState.objects.filter(played_at__lt=old).update(play_message=None, played_at=None)
