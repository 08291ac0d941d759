"""Reads for the pages that face the street: whose report it is, what was answered, what is asked next."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from panoh.care.talks import public as talks
from panoh.ground.audit import public as audit
from panoh.ground.common.centre import centre
from panoh.ground.languages.public import UnknownWordError, word
from panoh.ground.vault import public as vault

from .. import asking
from ..models import Arrival, Report, ReportStatus
from ..questionnaire import STEPS, Question, Questionnaire, Value

STATUS_WORD = "report.status."
FLOODED = "reports.flooded"
BROWSER_SECONDS = 600
NOBODY_TO_TELL = {"", "none", "unknown", "other"}


def where_answer(report_id: object, question: str) -> str:
    """What a sealed answer is bound to: its report and its question."""
    return f"reports.answer:{report_id}:{question}"


def report_of(conversation: talks.Conversation) -> Report | None:
    """The report whose words lie in this conversation; None for a talk of the helpline."""
    return Report.objects.select_related("conversation").filter(conversation=conversation).first()


def asked_of(report: Report) -> Questionnaire:
    """The questions of the version this report was begun with."""
    return asking.questionnaire(report.questionnaire)


def answers_of(report: Report) -> dict[str, Value | None]:
    """What was answered, by question; ``None`` for a question left out. Empty once it was forgotten."""
    key = report.conversation.data_key
    found: dict[str, Value | None] = {}
    for code, sealed in report.answers.values_list("question", "value"):
        try:
            found[code] = json.loads(vault.unseal(key, sealed, where=where_answer(report.pk, code)))
        except vault.ErasedError:
            return {}
    return found


def next_question(report: Report) -> Question | None:
    """What is asked now; ``None`` when everything was asked or the report is sent."""
    return asked_of(report).next_after(answers_of(report)) if report.status == ReportStatus.DRAFT else None


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as a person reads it; ``text`` is empty for a question left out."""

    question: Question
    text: str


def said_in(report: Report, language: str) -> list[Said]:
    """Every question on the way and what was answered to it, under the version it was asked in."""
    answers, asked = answers_of(report), asked_of(report)
    return [
        Said(one, _pictures(report, one, language) if one.kind in STEPS else _name(one, answers, language))
        for one in asked.path(answers)
    ]


def _name(question: Question, answers: dict[str, Value | None], language: str) -> str:
    return asking.value_name(question, answers.get(question.code), language)


def _pictures(report: Report, question: Question, language: str) -> str:
    """That their page was gone through is no answer: the pictures that were added there are."""
    if question.kind == "files":
        numbers = set(report.attachments.values_list("position", flat=True))
    else:
        numbers = set(report.hashes.filter(attachment=None).values_list("number", flat=True))
    return ", ".join(word(f"report.{question.kind}.one", language, number=one) for one in sorted(numbers))


def advice_for(report: Report) -> list[str]:
    """Codes of the words that help with this kind of trouble."""
    option = asked_of(report).chosen("kind", {"kind": report.kind})
    return [option.advice] if option and option.advice else []


def platform_to_tell(report: Report, language: str) -> str:
    """The platform that could be told too, by its name; empty where that would not help. Never a condition."""
    asked = asked_of(report)
    kind, question = asked.chosen("kind", {"kind": report.kind}), asked.question("platform")
    if kind is None or not kind.tell_platform or question is None or report.platform in NOBODY_TO_TELL:
        return ""
    return asking.value_name(question, report.platform, language)


def status_word(report: Report, language: str) -> str:
    """Where the report stands, in plain words; a status without a word of its own is "we have it"."""
    try:
        return word(f"{STATUS_WORD}{report.shown_status}", language)
    except UnknownWordError:
        return word(f"{STATUS_WORD}received", language)


def times_opened(report: Report) -> int:
    """How many times somebody of ours opened it."""
    return audit.count_views(report.reference)


def has_receipt(report: Report) -> bool:
    return report.conversation.receipts.filter(expires_at__gt=timezone.now()).exists()


def writes_too_fast(report: Report) -> bool:
    """More messages within a minute than anybody types. By report, never by address."""
    limit = int(centre("public", "flood_messages_per_minute", default=20))
    since: datetime = timezone.now() - timedelta(minutes=1)
    recent = report.conversation.messages.filter(direction=talks.Direction.IN, created_at__gte=since)
    return recent[: limit + 1].count() >= limit


def is_flooded() -> bool:
    """More new reports from the web within a minute, or an hour, than people could send. Asked once a second."""
    found: bool | None = cache.get(FLOODED)
    if found is None:
        found = any(_begun_since(span, limit) > limit for span, limit in _limits())
        cache.set(FLOODED, found, 1)
    return found


def _limits() -> list[tuple[timedelta, int]]:
    a_minute = int(centre("public", "flood_reports_per_minute", default=6000))
    an_hour = int(centre("public", "flood_reports_per_hour", default=20000))
    return [(timedelta(minutes=1), a_minute), (timedelta(hours=1), an_hour)]


def _begun_since(span: timedelta, limit: int) -> int:
    """Drafts by when they were begun, sent ones by when they were sent: for both there is an index."""
    since = timezone.now() - span
    web = Report.objects.filter(channel=talks.Channel.WEB)
    drafts, sent = web.filter(status=ReportStatus.DRAFT, started_at__gte=since), web.filter(sent_at__gte=since)
    arrived = Arrival.objects.filter(arrived_at__gte=since)
    return sum(some[: limit + 1].count() for some in (drafts, sent, arrived))


def most_of_one_browser() -> int:
    """As many reports one browser begins within ten minutes without a wait; a family shares a telephone."""
    return int(centre("public", "flood_reports_per_browser", default=5))


def sealed_answers(report: Report, answers: dict[str, Value | None]) -> list[tuple[str, bytes]]:
    """Each answer as the row holds it."""
    key: Any = report.conversation.data_key
    return [
        (code, vault.seal(key, json.dumps(value, ensure_ascii=False), where=where_answer(report.pk, code)))
        for code, value in answers.items()
    ]


def safe_hours_code(report: Report) -> str:
    """Which of the offered hours the conversation keeps now: "any" for the whole day, "" where none were named."""
    question = asked_of(report).question("safe_hours")
    begin, end = report.conversation.safe_from, report.conversation.safe_until
    if question is None or begin is None or end is None:
        return ""
    kept = "" if begin == end else f"{begin:%H:%M}-{end:%H:%M}"
    return next((option.code for option in question.options if option.hours == kept), "")
