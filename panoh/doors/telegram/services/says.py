"""What the bot says: reviewed texts of the centre, put together; never a word of its own."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.conf import settings
from django.utils import timezone

from panoh.care.helpline import public as helpline
from panoh.care.reports import public as reports
from panoh.care.talks import public as talks
from panoh.ground.languages.public import UnknownWordError, UnreviewedError, may_show, word
from panoh.ground.organisations.public import ShownNumber, numbers_to_call

from .. import steps
from ..models import ChatState

logger = logging.getLogger("panoh.telegram")
Place = helpline.Talk | reports.Report
Rows = list[list[dict[str, str]]]


def standing(talk: helpline.Talk, state: ChatState) -> steps.Standing:
    return steps.Standing(
        language=bool(state.language),
        role=talk.caller_role != helpline.CallerRole.UNKNOWN,
        danger=bool(talk.danger),
        status=talk.status,
    )


@contextmanager
def reviewed_only(code: str) -> Iterator[None]:
    """Leaves out what nobody reviewed, and says so in the log."""
    try:
        yield
    except (UnknownWordError, UnreviewedError):
        logger.warning("a text is missing or nobody reviewed it: %s", code)


def say(
    talk: helpline.Talk, state: ChatState, code: str, *, rows: str | tuple[steps.Row, ...] = "", **params: Any
) -> None:
    """Say a reviewed text, with the rows of a question (or given rows) and the way to a person under it.

    Production says nothing rather than an unreviewed text: the words a child wrote are kept all the same.
    """
    under = standing(talk, state)
    wanted = steps.buttons(rows, under) if isinstance(rows, str) else rows
    shown = [row for row in wanted if all(may_show(label, talk.language) for label, _data in row)]
    with reviewed_only(code):
        helpline.bot_says(talk, code, buttons=shown, **params)


def say_once(
    talk: helpline.Talk, state: ChatState, code: str, *, every: timedelta = timedelta(minutes=10), **more: Any
) -> None:
    """Say it unless it was the last answer in this chat a short while ago."""
    if is_new(state, code, every=every):
        say(talk, state, code, **more)


def is_new(state: ChatState, code: str, *, every: timedelta = timedelta(minutes=10)) -> bool:
    """Whether an answer was not the last one in this chat a short while ago; from now on it is."""
    now = timezone.now()
    if state.last_answer == code and state.last_answer_at and now - state.last_answer_at < every:
        return False
    state.last_answer, state.last_answer_at = code, now
    state.save(update_fields=["last_answer", "last_answer_at"])
    return True


def ask_language(talk: helpline.Talk) -> None:
    """The first question, in every language at once; each language under its own name."""
    names = dict(settings.LANGUAGES)
    rows = [[{"text": names[code], "data": f"lang:{code}"}] for code in steps.LANGUAGES]
    with reviewed_only("language.choose"):
        asked = dict.fromkeys(word("language.choose", code) for code in steps.LANGUAGES)
        person = [[{"text": word(label, talk.language), "data": data} for label, data in steps.PERSON]]
        say_text(talk.conversation, " · ".join(asked), "language.choose", rows + person)


def say_numbers(talk: Place, intro: str) -> None:
    """Numbers to call under a sentence; an example is marked as one."""
    numbers = numbers_to_call(talk.language, talk.region)
    if not numbers:
        return
    with reviewed_only(intro):
        lines = [_number_line(shown, talk.language) for shown in numbers]
        say_text(talk.conversation, "\n\n".join([word(intro, talk.language), *lines]), intro)


def _number_line(shown: ShownNumber, language: str) -> str:
    line = f"{shown.name}: {shown.number}"
    return f"{line}\n({word('number.example', language)})" if shown.is_example else line


def say_text(
    conversation: talks.Conversation, text: str, code: str, rows: Rows | None = None, **more: str
) -> talks.Message:
    """Any text that was put together of reviewed ones; ``more`` are codes kept beside it."""
    meta = {"code": code, "buttons": rows or [], **more}
    return talks.append_message(conversation, direction=talks.Direction.BOT, body=text, meta=meta)


def say_in(
    conversation: talks.Conversation, language: str, code: str, *, rows: tuple[steps.Row, ...] = (), **params: Any
) -> None:
    """Say a reviewed text where no talk of the helpline is: in a report, or in a chat that follows one."""
    with reviewed_only(code):
        shown = [[{"text": word(label, language), "data": data} for label, data in row] for row in rows]
        say_text(conversation, word(code, language, **params), code, shown)


def introduce(talk: helpline.Talk, state: ChatState) -> None:
    """What a person is told first: two sentences with the way to the rest, and what not to send."""
    say(talk, state, "notice.short", rows=steps.ROWS["notice"])
    say(talk, state, "media.warning", rows=())


def ask_next(talk: helpline.Talk, state: ChatState) -> None:
    """The next of the first questions, if one is left."""
    if not helpline.is_talk_open(talk.language):
        say_once(talk, state, "outside.closed_for_now")
        return
    question = steps.next_question(standing(talk, state))
    if question == "language":
        ask_language(talk)
    elif question:
        say(talk, state, steps.QUESTIONS[question], rows=question)


def say_wait(talk: helpline.Talk, state: ChatState) -> None:
    """When a person will answer, as it was promised."""
    if talk.status != helpline.Status.WAITING or talk.promised_at is None:
        return
    if not helpline.is_talk_open(talk.language):
        say_once(talk, state, "outside.closed_for_now")
        return
    left = (talk.promised_at - timezone.now()).total_seconds()
    if talk.urgency == helpline.Urgency.U1:
        say(talk, state, "wait.urgent")
        say_numbers(talk, "danger.call_too")
    elif left <= 0:
        say_once(talk, state, "wait.still")
    elif left <= 3600:
        say(talk, state, "wait.soon", minutes=ceil(left / 60))
    elif talk.opened_outside_hours:
        say(talk, state, "outside.kept", time=_clock(talk.promised_at))
        say_numbers(talk, "wait.numbers")
    else:
        say(talk, state, "telegram.wait_day")


def _clock(at: datetime) -> str:
    local = timezone.localtime(at)
    return local.strftime("%H:%M" if local.date() == timezone.localdate() else "%d.%m.%Y, %H:%M")
