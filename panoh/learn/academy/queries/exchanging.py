"""What happened in courses, for rooms above that carry it to other systems: codes and moments, never a word."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from panoh.learn.certificates import public as certificates

from ..editions import achievement_name
from ..models import WITH_RESULT, Attempt, Course, Enrolment, LessonProgress


class Result(NamedTuple):
    """The result of one attempt. ``module`` is "" for the final test."""

    learner: UUID
    course: str
    kind: str
    module: str
    attempt: UUID
    percent: int
    at: datetime


def results_of(learners: Any, *, without: Any) -> Iterator[Result]:
    """Results of these learners (a query of their keys), the oldest first, but those of the attempts ``without``."""
    held = Attempt.objects.filter(state__in=WITH_RESULT, enrolment__learner__in=learners).exclude(pk__in=without)
    fields = "enrolment__learner", "enrolment__edition__course__code", "kind", "module", "pk", "percent", "closed_at"
    return (Result(*row) for row in held.order_by("closed_at").values_list(*fields))


class Event(NamedTuple):
    """``what``: enrolled, read, attempted, passed, failed, certified. ``place``: codes below the course's own."""

    what: str
    learner: UUID
    registration: UUID | None
    edition: int
    place: tuple[str, ...]
    at: datetime
    percent: int | None = None


def events_of(course: Course, since: datetime, until: datetime) -> Iterator[Event]:
    """Everything that happened in a course from ``since`` until before ``until``, kind by kind, streamed."""
    yield from _enrolled(course, since, until)
    yield from _read(course, since, until)
    yield from _attempted(course, since, until)
    achievement = achievement_name(course.code)
    for person, at in certificates.issued_between(achievement, since, until):
        yield Event("certified", person, None, 0, (), at)


def _enrolled(course: Course, since: datetime, until: datetime) -> Iterator[Event]:
    held = Enrolment.objects.filter(edition__course=course, began_at__gte=since, began_at__lt=until)
    rows = held.exclude(learner=None).order_by("began_at").values_list("learner", "pk", "edition__number", "began_at")
    for learner, pk, number, at in rows.iterator():
        yield Event("enrolled", learner, pk, number, (), at)


def _read(course: Course, since: datetime, until: datetime) -> Iterator[Event]:
    held = LessonProgress.objects.filter(enrolment__edition__course=course, done_at__gte=since, done_at__lt=until)
    fields = "enrolment__learner", "enrolment", "enrolment__edition__number", "lesson__module__code", "lesson__code"
    rows = held.exclude(enrolment__learner=None).order_by("done_at").values_list(*fields, "done_at")
    for learner, pk, number, module, lesson, at in rows.iterator():
        yield Event("read", learner, pk, number, (module, lesson), at)


def _attempted(course: Course, since: datetime, until: datetime) -> Iterator[Event]:
    fields = "enrolment__learner", "enrolment", "enrolment__edition__number", "module", "kind"
    rows = _attempts(course, since, until).order_by("closed_at").values_list(*fields, "closed_at", "percent", "passed")
    for learner, pk, number, module, kind, at, percent, passed in rows.iterator():
        place = tuple(filter(None, (module, kind)))
        yield Event("attempted", learner, pk, number, place, at, percent)
        if passed is not None:
            yield Event("passed" if passed else "failed", learner, pk, number, place, at, percent)


def _attempts(course: Course, since: datetime, until: datetime) -> QuerySet[Attempt]:
    held = Attempt.objects.filter(enrolment__edition__course=course, closed_at__gte=since, closed_at__lt=until)
    return held.filter(state__in=WITH_RESULT).exclude(enrolment__learner=None)


def people_in(course: Course, since: datetime, until: datetime) -> int:
    """How many learners the events of a period are of, but for certificates alone: a list about few is a list of
    persons."""
    enrolled = Enrolment.objects.filter(edition__course=course, began_at__gte=since, began_at__lt=until)
    read = LessonProgress.objects.filter(enrolment__edition__course=course, done_at__gte=since, done_at__lt=until)
    found = set(enrolled.exclude(learner=None).values_list("learner", flat=True))
    found |= set(read.exclude(enrolment__learner=None).values_list("enrolment__learner", flat=True))
    return len(found | set(_attempts(course, since, until).values_list("enrolment__learner", flat=True)))
