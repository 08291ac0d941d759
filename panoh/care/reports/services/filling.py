"""A report is begun, answered question by question, and sent. Called by every door, and by the desk for others."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common import bell
from panoh.ground.common.codes import new_code
from panoh.ground.common.inserting import insert, insert_all
from panoh.ground.vault import public as vault

from .. import asking
from ..errors import AnswerRefusedError, ReportRefusedError
from ..models import Answer, Report, ReportStatus
from ..queries.street import answers_of, asked_of, sealed_answers
from ..questionnaire import COUNTED, STEPS, Questionnaire, Value, check
from .addresses import note_first_addresses
from .clocks import first_clocks, keep_clocks, start_clocks
from .raising import note_words, raise_by_words, tell_supervisors
from .strays import drop_strays

WORDED = ("text", "line")  # kinds of question whose answer the lexicon reads
DECIDING = ("danger", "about", "kind")  # what the pages for pictures and codes hang on
# A web form sent twice by a nervous thumb; later it is somebody else at the same browser.
SAME_FORM = timedelta(minutes=10)


def start_report(
    *,
    channel: str,
    language: str,
    key: uuid.UUID,
    identity: talks.Identity | None = None,
    by: User | None = None,
) -> Report:
    """A draft from the first answer on, so that an abandoned form still counts. The same ``key`` is the same report.

    The key is worth as much as the report and is never kept.
    """
    try:
        return _start(Filing(report_id(key), channel, language, identity, by))
    except IntegrityError:
        again = Filing(uuid.uuid4(), channel, language, identity, by)
        return _same(report_id(key), channel) or _start(again)


def file_report(
    *,
    channel: str,
    language: str,
    key: uuid.UUID,
    answers: dict[str, Any],
    identity: talks.Identity | None = None,
    by: User | None = None,
) -> Report:
    """Begin, answer and send at once, all or nothing. Raises ``AnswerRefusedError``, ``ReportRefusedError``.

    With ``by`` somebody of ours writes for a person: they read out a return code that must be changed at its first use.
    """
    asked = asking.questionnaire()
    return file_checked(Filing(report_id(key), channel, language, identity, by), asked, checked(asked, answers))


@dataclass(frozen=True, slots=True)
class Filing:
    """A report that is about to be written; what arrived earlier brings its reference, its key and its hour."""

    pk: uuid.UUID
    channel: str
    language: str
    identity: talks.Identity | None = None
    by: User | None = None
    reference: str = ""
    data_key: uuid.UUID | None = None
    at: datetime | None = None


def file_checked(filing: Filing, asked: Questionnaire, answers: dict[str, Value]) -> Report:
    """Write it all, or find the report that these very hands sent a moment ago."""
    try:
        return _file(filing, asked, answers)
    except IntegrityError:
        return _same(filing.pk, filing.channel) or _file(replace(filing, pk=uuid.uuid4()), asked, answers)


def report_id(key: uuid.UUID) -> uuid.UUID:
    """The id that a form's key leads to; nobody comes back from it to the key."""
    return uuid.UUID(vault.lookup(str(key), purpose="reports.start")[:32])


def _same(pk: uuid.UUID, channel: str) -> Report | None:
    found = Report.objects.select_related("conversation").filter(pk=pk, forgotten_at=None)
    if channel == talks.Channel.WEB:
        found = found.filter(started_at__gte=timezone.now() - SAME_FORM)
    return found.first()


@transaction.atomic
def _start(filing: Filing) -> Report:
    report = _draft(filing, version=asking.newest())
    insert(report)
    actor, door = filing.by.code if filing.by else "system", filing.channel
    audit.record("report.started", thing=report.reference, actor=actor, channel=door, language=filing.language)
    return report


@transaction.atomic
def _file(filing: Filing, asked: Questionnaire, answers: dict[str, Value]) -> Report:
    """Every row is written once: nothing is read back, since nobody else can have touched it."""
    report = _draft(filing, version=asked.version, words=_words_for_talk(filing.channel, answers))
    report.receipt_to_change = filing.by is not None
    _note(report, asked, answers)
    note_words(report, _words_in(asked, answers))
    _mark_sent(report, filing.at)
    clocks = first_clocks(report)
    insert(report)
    insert_all(_answers(report, answers))
    note_first_addresses(report, answers.get("addresses"))
    keep_clocks(clocks)
    _announce(report, asked, answers, filing.by)
    return report


def _draft(filing: Filing, *, version: str, words: str = "") -> Report:
    """An unsaved draft in a conversation of its own."""
    conversation = talks.open_conversation(
        channel=filing.channel,
        language=filing.language,
        identity=filing.identity,
        pk=filing.pk,
        purpose=talks.Purpose.REPORT,
        words=words,
        data_key=filing.data_key,
    )
    return Report(
        conversation=conversation,
        reference=filing.reference or new_reference(),
        questionnaire=version,
        language=filing.language,
        channel=filing.channel,
        taken_by=filing.by,
        started_at=filing.at or timezone.now(),
    )


def new_reference() -> str:
    return f"R-{new_code()}"


def checked(asked: Questionnaire, given: Mapping[str, Any]) -> dict[str, Value]:
    """The clean answers on the way these answers lead; what was left empty is left out."""
    clean: dict[str, Value | None] = {}
    refused: dict[str, str] = {}
    for question in asked.walk(clean):
        typed = given.get(question.code)
        clean[question.code], refusal = check(question, typed) if typed else (None, "")
        if refusal and refusal != "empty" and question.kind not in STEPS:
            refused[question.code] = refusal
    if refused:
        raise AnswerRefusedError(refused)
    return _not_empty({code: value for code, value in clean.items() if value is not None})


def _not_empty(answers: dict[str, Value]) -> dict[str, Value]:
    if not answers:
        raise ReportRefusedError(_("There is no answer in it yet."))
    return answers


# --- one answer after the other -------------------------------------------------------------------------------------


@transaction.atomic
def answer_question(report: Report, code: str, value: object) -> Report:
    """Keep one answer as it is given; a new one takes the place of the old. Raises ``AnswerRefusedError``."""
    question = asked_of(report).question(code)
    if question is None:
        raise ReportRefusedError(_("This is not one of our questions."))
    clean, refusal = check(question, value)
    if refusal:
        raise AnswerRefusedError({code: refusal})
    return _answer(report, code, clean)


@transaction.atomic
def skip_question(report: Report, code: str) -> Report:
    """Left out on purpose: it is not asked again by itself."""
    if asked_of(report).question(code) is None:
        raise ReportRefusedError(_("This is not one of our questions."))
    return _answer(report, code, None)


def _answer(report: Report, code: str, value: Value | None) -> Report:
    held = _lock_draft(report)
    _keep(held, {code: value})
    asked = asked_of(held)
    option = asked.chosen(code, {code: value})
    changed = {code: str(value or "")} if code in COUNTED else {}
    urgency = min(held.urgency, option.urgency if option else held.urgency)
    if changed or urgency != held.urgency:
        held.urgency = urgency
        Report.objects.filter(pk=held.pk).update(urgency=urgency, **changed)
        for name, counted in changed.items():
            setattr(held, name, counted)
    if code in DECIDING:
        drop_strays(held)
    raise_by_words(held, _words_in(asked, {code: value}))
    return held


def _words_in(asked: Questionnaire, answers: Mapping[str, Value | None]) -> list[str]:
    """What was typed freely; an address or a number is no word."""
    found = ((asked.question(code), value) for code, value in answers.items() if value)
    return [str(value) for question, value in found if question and question.kind in WORDED]


def _lock_draft(report: Report) -> Report:
    held = lock_report(report)
    if held.status != ReportStatus.DRAFT or held.forgotten_at:
        raise ReportRefusedError(_("It is sent already. You can add words to it."))
    return held


def lock_report(report: Report) -> Report:
    """The row under its lock, with its conversation."""
    return Report.objects.select_for_update(of=("self",)).select_related("conversation").get(pk=report.pk)


def _keep(report: Report, answers: dict[str, Any]) -> None:
    """One statement for all answers."""
    Answer.objects.bulk_create(
        _answers(report, answers),
        update_conflicts=True,
        unique_fields=["report", "question"],
        update_fields=["value", "at"],
    )


def _answers(report: Report, answers: Mapping[str, Value | None]) -> list[Answer]:
    now, sealed = timezone.now(), sealed_answers(report, dict(answers))
    return [Answer(report=report, question=code, value=value, at=now) for code, value in sealed]


# --- sending --------------------------------------------------------------------------------------------------------


@transaction.atomic
def send_report(report: Report, *, by: User | None = None) -> Report:
    """The report is ours from now on and its clocks run. Twice is once. Raises ``ReportRefusedError`` for an empty one.

    Answers to questions that a later answer took off the path go: nobody was shown them before sending.
    """
    held = lock_report(report)
    if held.status != ReportStatus.DRAFT:
        return held
    if held.forgotten_at:
        raise ReportRefusedError(_("It was deleted."))
    asked, given = asked_of(held), answers_of(held)
    answers = _not_empty(asked.on_path(given))
    if off := set(given) - {question.code for question in asked.path(given)}:
        held.answers.filter(question__in=off).delete()
    _note(held, asked, answers)
    _mark_sent(held)
    held.save()
    drop_strays(held)
    _receive(held, asked, answers, by)
    return held


def _note(report: Report, asked: Questionnaire, answers: dict[str, Value]) -> None:
    """What is counted stands in plain columns; urgency is only raised."""
    for name in COUNTED:
        setattr(report, name, str(answers.get(name, "")))
    report.urgency = min(report.urgency, asked.urgency(answers))


def _mark_sent(report: Report, at: datetime | None = None) -> None:
    report.status = ReportStatus.RECEIVED
    report.shown_status = "received"
    report.sent_at = at or timezone.now()


def _receive(report: Report, asked: Questionnaire, answers: dict[str, Value], by: User | None) -> None:
    """Everything that follows from sending, in the same transaction. The caller saved the report and holds its lock."""
    if words := _words_for_talk(report.channel, answers):
        talks.append_message(report.conversation, direction=talks.Direction.IN, body=words)
    start_clocks(report)
    _announce(report, asked, answers, by)


def _words_for_talk(channel: str, answers: dict[str, Value]) -> str:
    """The story, once it is sent; in a chat it stands there already, as it was written."""
    return "" if channel == talks.Channel.TELEGRAM else str(answers.get("story", ""))


def _announce(report: Report, asked: Questionnaire, answers: dict[str, Value], by: User | None) -> None:
    """On record, and told to whoever waits for it."""
    if hours := asked.chosen("safe_hours", answers):
        talks.set_safe_hours(report.conversation, *clock_hours(hours.hours))
    audit.record(
        "report.sent",
        thing=report.reference,
        actor=by.code if by else "system",
        kind=report.kind,
        urgency=report.urgency,
        channel=report.channel,
    )
    bell.ring("reports")
    if report.urgency == 1:
        tell_supervisors(report)


def clock_hours(hours: str) -> tuple[time, time]:
    """``08:00-12:00`` as two clocks. Who says "at any time" names the whole day, and not nothing: for who names
    nothing a chat has hours of its own."""
    if not hours:
        return time.min, time.min
    begin, end = (datetime.strptime(part, "%H:%M").time() for part in hours.split("-"))  # noqa: DTZ007 (a clock)
    return begin, end
