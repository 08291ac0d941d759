"""What a learner has begun, and how far they are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from panoh.ground.accounts.public import Learner
from panoh.learn.certificates import public as certificates

from .. import progress
from ..models import Course, CourseEdition, Enrolment, EnrolmentStatus, Lesson, LessonProgress
from . import exams


@dataclass(frozen=True)
class Going:
    """An enrolment as its learner sees it."""

    enrolment: Enrolment
    title: str
    done: int
    of: int
    place: tuple[str, str, int] | None  # module, lesson, step to go on with
    has_newer: bool

    @property
    def percent(self) -> int:
        return progress.percent(self.done, self.of)


def enrolment_in(learner: Learner | None, course: Course) -> Enrolment | None:
    """The newest enrolment in any edition of the course that was not left."""
    if learner is None:
        return None
    held = Enrolment.objects.filter(learner=learner, edition__course=course)
    return (
        held.exclude(status=EnrolmentStatus.WITHDRAWN)
        .select_related("edition__course")
        .order_by("-edition__number")
        .first()
    )


def goings(learner: Learner, language: str) -> list[Going]:
    """All courses a learner is in or has finished, the last one first."""
    held = (
        Enrolment.objects.filter(learner=learner)
        .exclude(status=EnrolmentStatus.WITHDRAWN)
        .select_related("edition__course")
        .order_by("-seen_at")
    )
    return [_going(enrolment, language) for enrolment in held]


def _going(enrolment: Enrolment, language: str) -> Going:
    edition = enrolment.edition
    of = sum(len(module["lessons"]) for module in edition.outline)
    has_newer = edition.course.current_id != edition.pk and enrolment.status == EnrolmentStatus.ACTIVE
    title = words_in(edition, language)["title"]
    return Going(enrolment, title, enrolment.lessons_done, of, next_place(enrolment), has_newer)


def words_in(edition: CourseEdition, language: str) -> dict[str, Any]:
    """The words of an edition in this language, or in the first it was written in."""
    words: dict[str, Any] = edition.words.get(language) or edition.words[edition.written[0]]
    return words


def next_place(enrolment: Enrolment) -> tuple[str, str, int] | None:
    """The step after the last one read; the first of all where nothing was, ``None`` after the very last."""
    places = [
        (module["code"], lesson["code"], step)
        for module in enrolment.edition.outline
        for lesson in module["lessons"]
        for step in range(1, lesson["steps"] + 1)
    ]
    last = (enrolment.last_module, enrolment.last_lesson, enrolment.last_step)
    at = places.index(last) + 1 if last in places else 0
    return places[at] if at < len(places) else None


def read_of(enrolment: Enrolment) -> dict[tuple[str, str], LessonProgress]:
    """What was read, by module and lesson code: one query."""
    held = enrolment.progress.select_related("lesson__module")
    return {(read.lesson.module.code, read.lesson.code): read for read in held}


def seen_in(enrolment: Enrolment, lesson: Lesson) -> int:
    """The steps of a lesson that were read, as bits."""
    read = LessonProgress.objects.filter(enrolment=enrolment, lesson=lesson).only("seen").first()
    return read.seen if read else 0


@dataclass(frozen=True)
class Held:
    """A certificate as its holder sees it in a list."""

    code: str
    name: str
    status: str
    issued_at: datetime


def certificates_held(learner: Learner, language: str) -> list[Held]:
    """All that were issued to a learner, the newest first."""
    found = certificates.certificates_of(learner.pk)
    return [Held(one.code, one.facts["achievement"]["names"][language], one.status, one.issued_at) for one in found]


def what_is_held(learner: Learner) -> dict[str, Any]:
    """All that the academy holds of a learner, as they download it."""
    held = Enrolment.objects.filter(learner=learner).select_related("edition__course")
    return {
        "tests": exams.what_is_held(learner),
        "certificates": certificates.export_of(learner.pk),
        "courses": [
            {
                "registration": str(one.pk),
                "course": one.edition.course.code,
                "edition": one.edition.number,
                "status": one.status,
                "source": one.source,
                "began_at": one.began_at.isoformat(),
                "seen_at": one.seen_at.isoformat(),
                "completed_at": one.completed_at.isoformat() if one.completed_at else None,
                "lessons_done": one.lessons_done,
                "groups": [member.cohort.name for member in one.memberships.select_related("cohort")],
                "lessons": [
                    {"module": module, "lesson": lesson, "steps_read": read.seen.bit_count()}
                    for (module, lesson), read in read_of(one).items()
                ],
            }
            for one in held
        ],
    }
