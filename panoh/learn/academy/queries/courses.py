"""Courses and lessons for the street, and the gates to them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max
from django.http import Http404
from django.shortcuts import get_object_or_404

from ..models import Course, CourseEdition, LessonText


@dataclass(frozen=True)
class Card:
    """A course as a list shows it; ``language`` is the one it can be read in here."""

    code: str
    words: dict[str, Any]
    minutes: int
    modules: int
    language: str
    is_here: bool

    @property
    def hours(self) -> int:
        return max(1, round(self.minutes / 60))


def shown_courses() -> Any:
    return Course.objects.filter(is_shown=True).exclude(current=None).select_related("current")


def shelf(language: str, audience: str = "") -> list[Card]:
    """Every open course; one that lacks the language is shown in the first it was written in."""
    held = shown_courses().order_by("position", "code")
    if audience:
        held = held.filter(current__audience=audience)
    return [_card(course, language) for course in held]


def _card(course: Course, language: str) -> Card:
    edition = course.current
    assert edition is not None  # noqa: S101 (shown_courses sees to it)
    is_here = language in edition.languages
    spoken = language if is_here else edition.written[0]
    return Card(course.code, edition.words[spoken], edition.minutes, len(edition.outline), spoken, is_here)


def course_for(code: str) -> Course:
    """The gate to a course: one that is not shown and one that is not there look the same."""
    found: Course = get_object_or_404(shown_courses(), code=code)
    return found


def lesson_for(edition: CourseEdition, module: str, lesson: str, language: str) -> LessonText:
    """The gate to a lesson in one written form."""
    texts = LessonText.objects.select_related("lesson__module")
    return get_object_or_404(
        texts, lesson__module__edition=edition, lesson__module__code=module, lesson__code=lesson, language=language
    )


def module_of(edition: CourseEdition, code: str) -> dict[str, Any]:
    """A module of the outline; raises ``Http404``."""
    for module in edition.outline:
        if module["code"] == code:
            found: dict[str, Any] = module
            return found
    raise Http404


def lessons_of(edition: CourseEdition) -> list[tuple[str, str, int]]:
    """Module code, lesson code and number of steps, in the order of reading."""
    return [
        (module["code"], lesson["code"], lesson["steps"]) for module in edition.outline for lesson in module["lessons"]
    ]


def edition() -> str:
    """Names what is published now; another text as soon as an edition is."""
    held = CourseEdition.objects.aggregate(last=Max("published_at"), many=Count("pk"))
    return f"{held['last']}/{held['many']}"
