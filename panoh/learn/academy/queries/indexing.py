"""Courses as the index knows them: a row for the course and one for each lesson, in every written form."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import override

from panoh.ground.search import public as search

from ..models import Course, LessonText

LONGEST = 64


def thing_of(course: str, module: str = "", lesson: str = "") -> str:
    """Long codes are cut from the left: their ends differ."""
    return ":".join(filter(None, (course, module, lesson)))[-LONGEST:]


def things_of(course: Course) -> Iterator[tuple[str, str]]:
    """Everything that any edition but the newest two could have left in the index."""
    for edition in course.editions.order_by("-number")[:2]:
        for language in edition.languages:
            yield thing_of(course.code), language
            for module in edition.outline:
                for lesson in module["lessons"]:
                    yield thing_of(course.code, module["code"], lesson["code"]), language


def index_rows(course: Course) -> Iterator[search.Row]:
    edition = course.current
    if edition is None or not course.is_shown:
        return
    for language in edition.languages:
        words = edition.words[language]
        with override(language):
            url = reverse("academy:course", args=[course.code])
        text = " ".join([words["for_whom"], *words["outcomes"]])
        yield search.Row(
            "academy", thing_of(course.code), "course", language, words["title"][:200], text, url, words["summary"]
        )
    texts = LessonText.objects.filter(lesson__module__edition=edition).select_related("lesson__module")
    for one in texts.iterator():
        yield _lesson_row(course.code, one)


def _lesson_row(course: str, text: LessonText) -> search.Row:
    module, lesson = text.lesson.module.code, text.lesson.code
    with override(text.language):
        url = reverse("academy:lesson", args=[course, module, lesson])
    said = " ".join(f"{step['title']} {strip_tags(step['html'])}" for step in text.steps)
    return search.Row(
        "academy", thing_of(course, module, lesson), "lesson", text.language, text.title[:200], said, url, text.summary
    )


def search_rows() -> Iterator[search.Row]:
    for course in Course.objects.select_related("current"):
        yield from index_rows(course)
