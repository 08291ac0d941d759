"""The bank for those who keep it: what answers say of each question, and who has seen it."""

import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max
from django.http import Http404
from django.shortcuts import get_object_or_404

from panoh.ground.accounts.public import User
from panoh.ground.languages.public import fold

from .. import item_statistics, paper, policy, scoring
from ..item_statistics import Answer, Statistics
from ..models import (
    WITH_RESULT,
    Attempt,
    AttemptRequest,
    Course,
    EditionQuestion,
    Question,
    QuestionVersion,
    Response,
    ResponseEvent,
)

COMMON = 8  # typed answers that were not accepted, the commonest first


@dataclass(frozen=True)
class BankRow:
    question: Question
    version: QuestionVersion
    text: str
    statistics: Statistics


@dataclass(frozen=True)
class OptionLine:
    text: str
    use: item_statistics.Distractor


@dataclass(frozen=True)
class Preview:
    """A question in one written form with what is right; for the desk alone."""

    language: str
    shown: paper.Shown
    right: list[str]
    why: str


def courses_with_tests(by: User) -> list[Course]:
    if not policy.can_keep_bank(by):
        raise Http404
    return list(Course.objects.exclude(current=None).select_related("current").order_by("position", "code"))


def bank_course(by: User, code: str) -> Course:
    """The gate to a bank."""
    if not policy.can_keep_bank(by):
        raise Http404
    return get_object_or_404(Course.objects.exclude(current=None).select_related("current"), code=code)


def question_for(by: User, pk: int) -> Question:
    """The gate to a question with its key."""
    if not policy.can_keep_bank(by):
        raise Http404
    return get_object_or_404(Question.objects.select_related("course__current"), pk=pk)


def written_questions(course: Course) -> list[tuple[str, dict[str, Any]]]:
    """Every question of the current edition with its module, in the written languages alone, as the files say it."""
    modules = course.current.modules.order_by("position") if course.current else []
    return [(one.code, row) for one in modules for row in tomllib.loads(one.source)["questions"]]


def bank_rows(course: Course, language: str) -> list[BankRow]:
    """The current edition's test questions; those an editor should look at come first. Four statements."""
    held = EditionQuestion.objects.filter(edition=course.current, version__use="test")
    versions = [one.version for one in held.select_related("version__question").order_by("version__question__code")]
    found = statistics_of(course, versions)
    rows = [BankRow(one.question, one, paper.words(one.body["text"], language), found[one.pk]) for one in versions]
    return sorted(
        rows, key=lambda row: ("key" not in row.statistics.flags, not row.statistics.flags, row.question.name)
    )


def statistics_of(course: Course, versions: list[QuestionVersion]) -> dict[int, Statistics]:
    """By version: answers to another wording say nothing of this one. Attempts that have a result count."""
    done = Response.objects.filter(attempt__enrolment__edition__course=course, attempt__state__in=WITH_RESULT).exclude(
        credit=""
    )
    rows = list(done.values_list("attempt", "version", "question__module", "credit", "answer", "attempt__module"))
    sums: dict[UUID, list[Fraction]] = defaultdict(list)
    for attempt, _version, _module, credit, _answer, _of in rows:
        sums[attempt].append(Fraction(credit))
    papers = {attempt: (sum(credits, Fraction(0)), len(credits)) for attempt, credits in sums.items()}
    wanted = {one.pk: one for one in versions}
    answers: dict[int, list[Answer]] = defaultdict(list)
    for attempt, version, _module, credit, answer, _of in rows:
        total, count = papers[attempt]
        if version in wanted and count > 1:
            rest = float((total - Fraction(credit)) / (count - 1))
            answers[version].append(Answer(float(Fraction(credit)), rest, _chosen(answer)))
    could = Counter({attempt: of for attempt, _v, _m, _c, _a, of in rows}.values())
    return {
        pk: item_statistics.statistics(
            answers[pk],
            right=scoring.right_codes(one.body) if one.kind in {"one", "several"} else (),
            options=[option["code"] for option in one.body["options"]] if one.kind in {"one", "several"} else (),
            could_hold=could[""] + could[one.question.module],
        )
        for pk, one in wanted.items()
    }


def _chosen(answer: object) -> list[str]:
    return [answer] if isinstance(answer, str) else [str(one) for one in answer] if isinstance(answer, list) else []


def newest_version(question: Question) -> QuestionVersion:
    return question.versions.order_by("-number").select_related("question")[0]


def option_lines(version: QuestionVersion, found: Statistics, language: str) -> list[OptionLine]:
    words = {option["code"]: paper.words(option, language) for option in version.body.get("options", [])}
    return [OptionLine(words[one.code], one) for one in found.options]


def previews(version: QuestionVersion) -> list[Preview]:
    """In every written form, derived ones too."""
    held = [code for code, _name in settings.LANGUAGES if code in version.body["text"]]
    name = version.question.name
    return [
        Preview(
            code,
            paper.shown(version.body, name, "preview", code),
            paper.right_answer(version.body, code),
            paper.words(version.body["why"], code),
        )
        for code in held
    ]


@dataclass(frozen=True)
class Exposure:
    """People and attempts that were shown a question; the newest moment of it."""

    people: int
    attempts: int
    last: object


def exposure(question: Question) -> Exposure:
    shown = Response.objects.filter(question=question).exclude(shown_at=None)
    found = shown.aggregate(
        people=Count("attempt__enrolment", distinct=True),
        attempts=Count("attempt", distinct=True),
        last=Max("shown_at"),
    )
    return Exposure(**found)


def exposed_attempts(question: Question) -> list[Attempt]:
    """The newest hundred attempts in which it was shown."""
    shown = Response.objects.filter(question=question).exclude(shown_at=None)
    held = Attempt.objects.filter(pk__in=shown.values("attempt")).order_by("-began_at")
    return list(held[:100])


def not_accepted(version: QuestionVersion) -> list[tuple[str, int]]:
    """What people typed that was not right, folded and counted: perhaps a form is missing. Said by three or more."""
    if version.kind != "short":
        return []
    typed = version.responses.filter(credit="0").exclude(answer=None).values_list("answer", flat=True)
    counted = Counter(scoring.word_key(str(one), fold) for one in typed)
    return [(word, times) for word, times in counted.most_common(COMMON) if times >= 3 and word]


# --- attempts and requests ----------------------------------------------------------------------------------------


def attempt_at_desk(by: User, pk: UUID) -> Attempt:
    """The gate for staff who look into an appeal."""
    if not policy.can_allow(by):
        raise Http404
    return get_object_or_404(Attempt.objects.select_related("enrolment__edition__course"), pk=pk)


def events_of(attempt: Attempt) -> list[ResponseEvent]:
    return list(attempt.events.order_by("pk"))


def request_for(by: User, pk: int) -> AttemptRequest:
    if not policy.can_allow(by):
        raise Http404
    return get_object_or_404(AttemptRequest, pk=pk)


def waiting_requests(by: User) -> list[tuple[AttemptRequest, list[Attempt]]]:
    """Who asks for another attempt, the longest wait first, with what they sat already."""
    if not policy.can_allow(by):
        raise Http404
    asked = AttemptRequest.objects.filter(decided_at=None).select_related("enrolment__edition__course")
    found = []
    for one in asked.order_by("asked_at")[:100]:
        sat = Attempt.objects.filter(enrolment=one.enrolment_id, kind=one.kind, module=one.module)
        found.append((one, list(sat.order_by("number"))))
    return found
