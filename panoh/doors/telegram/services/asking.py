"""The questions of a report in the chat, one at a time: asked, looked over, sent. Codes of the place are remembered."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone

from panoh.care.reports import public as reports
from panoh.care.talks import public as talks
from panoh.ground.languages.public import may_show, word

from .. import queries, report_steps, steps
from ..models import ChatState
from . import says
from .caller import Caller

KEYS = uuid.UUID("f1f3c8b4-5d0d-4e0f-8e4d-3f5c5a6a9b07")
LANGUAGE, REVIEW = ".language", ".review"  # places that are no question of the report
SHOWN = 300  # signs of an answer when it is looked over
TAPPED = ("one", "files", "hash")  # kinds of question that are not answered by typing
PAGES = ("files", "hash")  # questions that only the web page can ask: there is its address


def tag_of(report: reports.Report) -> str:
    return str(report.pk.hex[: report_steps.TAG])


def language_of(caller: Caller, report: reports.Report) -> str:
    return caller.state.language or report.language


def is_ready(language: str) -> bool:
    """Whether somebody reviewed what we say around the questions; else a report is a talk, as it was before."""
    return may_show("telegram_report.intro", language)


def remember(state: ChatState, question: str, report: reports.Report | None) -> None:
    state.report, state.question, state.asked_at = report, question, timezone.now()
    state.save(update_fields=["report", "question", "asked_at"])


def begin(caller: Caller) -> None:
    """A new report; first the language, when we do not know it yet."""
    if not caller.state.language:
        says.ask_language(caller.any_talk())
        return remember(caller.state, LANGUAGE, None)
    report = reports.start_report(
        channel=talks.Channel.TELEGRAM,
        language=caller.state.language,
        key=uuid.uuid5(KEYS, str(caller.update_id)),
        identity=caller.identity,
    )
    talks.set_safe_hours(report.conversation, *talks.default_safe_hours())
    remember(caller.state, "", report)
    says.say_in(report.conversation, report.language, "telegram_report.intro")
    ask_next(caller, report)


def rest(caller: Caller) -> None:
    """Something else comes first: what was answered stays, and /report goes on."""
    report = caller.answering
    if report is not None:
        says.say_in(report.conversation, language_of(caller, report), "telegram_report.rests")
    pause(caller.state)


def pause(state: ChatState) -> None:
    """Without a word: what is typed now is no answer."""
    if state.question:
        remember(state, "", state.report)


def ask_next(caller: Caller, report: reports.Report) -> None:
    """What was not asked yet; at the end everything is shown before it is sent."""
    question = reports.next_question(report)
    if question is not None and question.code == "contact":  # in a chat there is nothing to ask
        reports.answer_question(report, "contact", "telegram")
        question = reports.next_question(report)
    if question is None:
        return look_over(caller, report)
    ask(caller, report, question)


def ask(caller: Caller, report: reports.Report, question: reports.Question, page: int = 0) -> None:
    """One question with its answers as buttons, the way back, past it, and to a person."""
    language, given = language_of(caller, report), reports.answers_of(report)
    with says.reviewed_only(question.words):
        text = word(question.words, language)
        if question.kind in PAGES:
            text = word(f"telegram_report.{question.kind}", language, link=web_address(language))
        rows = _rows(report, question, given, language, page)
        if given.get(question.code):
            now = reports.value_name(question, given[question.code], language)
            text += "\n\n" + word("telegram_report.your_answer", language, answer=now[:SHOWN])
        says.say_text(report.conversation, text, question.words, rows, question=question.code)
    remember(caller.state, question.code, report)


def web_address(language: str) -> str:
    return f"{settings.PUBLIC_URL}/{language}/report/"


def _rows(
    report: reports.Report, question: reports.Question, given: dict[str, Any], language: str, page: int
) -> says.Rows:
    tag, code = tag_of(report), question.code
    options = reports.option_names(question, language)
    rows = report_steps.option_rows(tag, code, options, page, word("button.more", language))
    on = ("button.next", "keep") if given.get(code) else ("step.skip", "skip")
    way = [(word(on[0], language), report_steps.verb(tag, on[1], code))]
    if reports.asked_of(report).before(code, given):
        way.insert(0, (word("button.back", language), report_steps.verb(tag, "back", code)))
    return [*as_buttons([*rows, way]), *named((steps.PERSON,), language)]


def as_buttons(rows: Sequence[report_steps.Row]) -> says.Rows:
    return [[{"text": text, "data": data} for text, data in row] for row in rows]


def named(rows: Sequence[steps.Row], language: str) -> says.Rows:
    """Rows of word codes as buttons."""
    return as_buttons([[(word(label, language), data) for label, data in row] for row in rows])


def look_over(caller: Caller, report: reports.Report) -> None:
    """Everything that was said, before it is sent."""
    language, tag = language_of(caller, report), tag_of(report)
    last = reports.asked_of(report).path(reports.answers_of(report))[-1]
    with says.reviewed_only("telegram_report.review"):
        said = [one for one in reports.said_in(report, language) if one.question.code != "contact" and one.text]
        lines = [f"{word(one.question.words, language)}\n— {one.text[:SHOWN]}" for one in said]
        text = "\n\n".join([word("telegram_report.review", language), *lines])[:3900]
        send = [(word("button.send", language), report_steps.verb(tag, "send"))]
        back = [(word("button.back", language), report_steps.verb(tag, "back", last.code))]
        rows = [*as_buttons([send, back]), *named((steps.PERSON,), language)]
        says.say_text(report.conversation, text, "telegram_report.review", rows)
    remember(caller.state, REVIEW, report)


def is_empty(report: reports.Report) -> bool:
    """Whether nothing was told yet; how to answer is not a thing told."""
    said = reports.said_in(report, report.language)
    return not any(one.text for one in said if one.question.code not in {"contact", "safe_hours"})


def say_sent(caller: Caller, report: reports.Report) -> None:
    """It is ours now. No code is needed here; who wants one for another device can have it."""
    remember(caller.state, "", None)
    code = (("telegram_report.get_code", report_steps.verb(tag_of(report), "code")),)
    language = language_of(caller, report)
    says.say_in(report.conversation, language, "telegram_report.sent", rows=(code, steps.PERSON))


def say_status(caller: Caller, report: reports.Report) -> None:
    """Where the newest report stands, how to add to it, and the way to another one."""
    language, tag = language_of(caller, report), tag_of(report)
    rows: tuple[steps.Row, ...] = (
        (("telegram_report.new", "rnew"),),
        (("telegram_report.get_code", report_steps.verb(tag, "code")),),
        steps.PERSON,
    )
    with says.reviewed_only("telegram_report.status"):
        status = reports.status_word(report, language)
        says.say_in(report.conversation, language, "telegram_report.status", rows=rows, status=status)


def open_report(caller: Caller) -> None:
    """What /report does: go on with a draft, tell where the last one stands, or begin."""
    draft, sent = caller.draft, queries.sent_report_of(caller.identity)
    if draft is not None:
        ask_next(caller, draft)
    elif sent is not None:
        say_status(caller, sent)
    else:
        begin(caller)
