"""Courses and lessons for the street, and the gates to them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import override

from ..models import Course, CourseEdition, LessonText, Module


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
    def href(self) -> str:
        """Where it is read in its own language."""
        with override(self.language):
            return reverse("academy:course", args=[self.code])


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


def module_words(edition: CourseEdition, code: str, language: str) -> dict[str, Any]:
    """Title and summary of a module."""
    module = get_object_or_404(Module.objects.only("words"), edition=edition, code=code)
    words: dict[str, Any] = module.words[language]
    return words


def lesson_after(edition: CourseEdition, module: str, lesson: str) -> tuple[str, str] | None:
    """The lesson that follows in the order of reading, ``None`` after the last."""
    order = [(one["code"], each["code"]) for one in edition.outline for each in one["lessons"]]
    at = order.index((module, lesson)) + 1
    return order[at] if at < len(order) else None


def practice_of(module: Module, code: str) -> dict[str, Any]:
    """A practice question of a module; raises ``Http404``. Never a question of a test."""
    for question in module.questions:
        if question["code"] == code and question.get("use") == "practice":
            found: dict[str, Any] = question
            return found
    raise Http404


def edition() -> str:
    """Names what is published now; another text as soon as an edition is."""
    held = CourseEdition.objects.aggregate(last=Max("published_at"), many=Count("pk"))
    return f"{held['last']}/{held['many']}"


def texts_of(edition: CourseEdition, language: str) -> list[LessonText]:
    """Every lesson of an edition in one written form, in the order of reading."""
    texts = LessonText.objects.filter(lesson__module__edition=edition, language=language)
    return list(texts.select_related("lesson__module").order_by("lesson__module__position", "lesson__position"))
