"""Reads about tests for the learner's side: what may be begun, what stands in a paper, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import Learner

from .. import deadlines, results
from ..drawing import Item
from ..models import (
    Allowance,
    Attempt,
    AttemptRequest,
    AttemptState,
    CourseEdition,
    EditionQuestion,
    Enrolment,
    Response,
    TestKind,
)


@dataclass(frozen=True)
class May:
    """Whether another attempt may begin: ``refusal`` is "" or a code; ``left`` is None without a cap."""

    rules: Mapping[str, int]
    refusal: str = ""
    left: int | None = None
    at: datetime | None = None
    extra_minutes: int = 0


class Allowed(NamedTuple):
    """What one person was given beyond the rules; ``granted`` says when how many attempts."""

    minutes: int
    attempts: int
    granted: list[tuple[datetime, int]]


def may_begin(enrolment: Enrolment, kind: str, module: str, now: datetime) -> May:
    """By the rules of the edition, what was taken already in this course, and what this person was allowed."""
    if kind not in TestKind.values or (kind == TestKind.FINAL) == bool(module):
        return May({}, "unknown")
    rules = results.policy_of(enrolment.edition.tests, kind)
    if not rules["questions"]:
        return May(rules, "none")
    taken = list(taken_attempts(enrolment, kind, module))
    more = allowed(enrolment, kind, module)
    left = deadlines.attempts_left(len(taken), cap=rules["attempts"], extra=more.attempts)
    ended = max((one.closed_at for one in taken if one.closed_at), default=None)
    at = deadlines.next_attempt_at(ended, cooling_off_hours=rules["cooling_off_hours"])
    lifted = deadlines.waits_lifted(more.granted, [one.began_at for one in taken])
    refusal = ""
    if any(one.passed for one in taken):
        refusal = "passed"
    elif left == 0:
        refusal = "cap"
    elif at is not None and at > now and not lifted:
        refusal = "wait"
    return May(rules, refusal, left, at, more.minutes)


def refusal_words(may: May) -> str:
    when = date_format(timezone.localtime(may.at), "DATETIME_FORMAT") if may.at else ""
    return {
        "unknown": _("There is no such test in this course."),
        "none": _("This course has no such test."),
        "passed": _("You have passed this test already."),
        "cap": _("You have used all your attempts. You can ask for another one."),
        "wait": _("Your next attempt opens on %(when)s.") % {"when": when},
    }[may.refusal]


def taken_attempts(enrolment: Enrolment, kind: str, module: str) -> QuerySet[Attempt]:
    """In every edition of the course: a new enrolment is no new set of attempts."""
    return Attempt.objects.filter(_same_person(enrolment), kind=kind, module=module).order_by("began_at")


def _same_person(enrolment: Enrolment) -> Q:
    if enrolment.learner_id is None:
        return Q(enrolment=enrolment)
    return Q(enrolment__learner=enrolment.learner_id, enrolment__edition__course=enrolment.edition.course_id)


def allowed(enrolment: Enrolment, kind: str, module: str) -> Allowed:
    rows = Allowance.objects.filter(enrolment=enrolment).filter(Q(kind="") | Q(kind=kind, module=module))
    held = list(rows.values_list("made_at", "extra_minutes", "extra_attempts"))
    return Allowed(
        sum(minutes for _at, minutes, _attempts in held),
        sum(attempts for _at, _minutes, attempts in held),
        [(at, attempts) for at, _minutes, attempts in held if attempts],
    )


def later(at: datetime | None, minutes: int) -> datetime | None:
    return at + timedelta(minutes=minutes) if at else None


def pool(edition: int, module: str = "") -> dict[Item, tuple[int, int]]:
    """What may be drawn, with the numbers of question and version."""
    rows = EditionQuestion.objects.filter(edition=edition, version__use="test", version__question__retired_at=None)
    if module:
        rows = rows.filter(version__question__module=module)
    fields = "version__question__module", "version__question__code", "version__topic", "version__question", "version"
    return {
        Item(f"{of}/{code}", of, topic): (question, version)
        for of, code, topic, question, version in rows.values_list(*fields)
    }


def met(enrolment: Enrolment) -> set[str]:
    """Questions this person was shown before in this course."""
    same = Attempt.objects.filter(_same_person(enrolment))
    shown = Response.objects.filter(attempt__in=same).exclude(shown_at=None)
    return {f"{module}/{code}" for module, code in shown.values_list("question__module", "question__code")}


def paper_names(attempt: Attempt) -> set[str]:
    held = attempt.responses.values_list("question__module", "question__code")
    return {f"{module}/{code}" for module, code in held}


# --- gates --------------------------------------------------------------------------------------------------------


def attempt_for(learner: Learner, course: str, uuid: UUID) -> Attempt:
    """The gate to an attempt: somebody else's and a missing one look the same."""
    held = Attempt.objects.select_related("enrolment__edition__course")
    return get_object_or_404(held, pk=uuid, enrolment__learner=learner, enrolment__edition__course__code=course)


def place_for(learner: Learner, course: str, uuid: UUID, place: int) -> Response:
    """The gate to a question of an attempt: one statement."""
    held = Response.objects.select_related("attempt", "version", "question")
    mine = {"attempt__enrolment__learner": learner, "attempt__enrolment__edition__course__code": course}
    return get_object_or_404(held, attempt=uuid, place=place, **mine)


def locked_place(attempt: UUID, place: int) -> Response:
    rows = Response.objects.select_for_update(of=("attempt",))
    return rows.select_related("attempt__enrolment", "version", "question").get(attempt=attempt, place=place)


def attempts_due(now: datetime) -> list[UUID]:
    """Attempts whose shown deadline is over, or that began long ago; the service looks closer under the lock."""
    old = Q(ends_at=None, began_at__lt=now - deadlines.UNTOUCHED)
    held = Attempt.objects.filter(Q(ends_at__lt=now) | old, state=AttemptState.IN_PROGRESS)
    return list(held.values_list("pk", flat=True))


def next_place(attempt: Attempt) -> int | None:
    """The first place without an answer; None when every place has one."""
    return attempt.responses.filter(saved_at=None).order_by("place").values_list("place", flat=True).first()


def saved_places(attempt: UUID) -> list[tuple[int, datetime | None]]:
    """Every place of a paper with the moment its answer was kept."""
    return list(Response.objects.filter(attempt=attempt).order_by("place").values_list("place", "saved_at"))


def places_of(attempt: Attempt) -> list[Response]:
    return list(attempt.responses.select_related("version", "question").order_by("place"))


# --- what came of it ----------------------------------------------------------------------------------------------


def scored(responses: list[Response]) -> list[results.Scored]:
    return [results.Scored(one.question.module, one.version.topic, Fraction(one.credit or "0")) for one in responses]


def names_of_topics(edition: CourseEdition, language: str) -> dict[tuple[str, str], str]:
    """(module, topic) → its name in this language."""
    return {
        (module.code, topic["code"]): _named(topic["names"], language, edition.written)
        for module in edition.modules.all()
        for topic in module.topics
    }


def _named(names: Mapping[str, str], language: str, written: list[str]) -> str:
    return names.get(language) or names.get(written[0]) or next(iter(names.values()))


def lessons_practised(edition: CourseEdition) -> dict[str, list[tuple[str, list[str]]]]:
    """module → its lessons in order, each with the topics of the questions it practises."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for module in edition.modules.order_by("position").prefetch_related("lessons"):
        topics = {row["code"]: row["topic"] for row in module.questions}
        found[module.code] = [
            (lesson.code, [topics[step.split(" ", 1)[1]] for step in lesson.shape if step.startswith("practice ")])
            for lesson in sorted(module.lessons.all(), key=lambda one: one.position)
        ]
    return found


def gains_of(enrolment: Enrolment) -> list[results.Gain]:
    """Every module before and after, as far as it was tested."""
    done = Attempt.objects.filter(_same_person(enrolment), percent__isnull=False)
    before: dict[str, int] = {}
    after: dict[str, list[int]] = {}
    for module, kind, percent in done.order_by("began_at").values_list("module", "kind", "percent"):
        if percent is None:
            continue
        if kind == TestKind.PRE:
            before.setdefault(module, percent)
        elif kind == TestKind.POST:
            after.setdefault(module, []).append(percent)
    return results.gains([module["code"] for module in enrolment.edition.outline], before, after)


@dataclass(frozen=True)
class Offer:
    """A test of a course as its learner sees it on the list."""

    kind: str
    module: str
    may: May
    open_attempt: Attempt | None
    done: tuple[Attempt, ...]
    is_asked: bool

    @property
    def refusal(self) -> str:
        return refusal_words(self.may) if self.may.refusal else ""


def offers(enrolment: Enrolment) -> list[Offer]:
    """Every test of the course in its order: per module before and after, then the final."""
    now = timezone.now()
    keys = [(kind, module["code"]) for module in enrolment.edition.outline for kind in ("pre_test", "post_test")]
    asked = set(AttemptRequest.objects.filter(enrolment=enrolment, decided_at=None).values_list("kind", "module"))
    found = []
    for kind, module in [*keys, ("final_test", "")]:
        may = may_begin(enrolment, kind, module, now)
        if may.refusal == "none":
            continue
        attempts = list(taken_attempts(enrolment, kind, module))
        open_one = next((one for one in attempts if one.is_open and one.enrolment_id == enrolment.pk), None)
        done = tuple(one for one in attempts if one.has_result)
        found.append(Offer(kind, module, may, open_one, done, (kind, module) in asked))
    return found


def what_is_held(learner: Learner) -> list[dict[str, Any]]:
    """Attempts and answers of a learner, as they download them."""
    held = Attempt.objects.filter(enrolment__learner=learner).prefetch_related("responses__version__question")
    return [
        {
            "number": str(one.pk), "kind": one.kind, "module": one.module, "state": one.state,
            "began_at": one.began_at.isoformat(), "closed_at": one.closed_at.isoformat() if one.closed_at else None,
            "percent": one.percent, "passed": one.passed,
            "answers": [{"question": row.question.name, "answer": row.answer} for row in one.responses.all()],
        }
        for one in held.prefetch_related("responses__question")
    ]  # fmt: skip


def passing_attempt(enrolment: Enrolment) -> Attempt | None:
    """The first final test of an enrolment that was passed."""
    finals = Attempt.objects.filter(enrolment=enrolment, kind=TestKind.FINAL, passed=True)
    return finals.order_by("closed_at").first()
