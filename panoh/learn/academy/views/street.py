"""Courses, read by anybody: a list, a course, a module, a lesson step by step, and what is printed."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from panoh.ground.accounts import public as accounts
from panoh.ground.languages import public as languages
from panoh.ground.ui import paths
from panoh.ground.ui.opening import let_play

from .. import practice
from ..models import Course, CourseEdition, Enrolment, LessonText
from ..queries import courses as queries
from ..queries import mine
from ..queries.media import Media, media_of
from . import heads
from .opening import language, open_page

PRINTED = ("activity", "discussion")


@open_page
def courses(request: HttpRequest) -> HttpResponse:
    learner = accounts.learner_of(request)
    cards = queries.shelf(language())
    said = {"cards": cards, "learner": learner, "head": heads.of_courses(request.path)}
    return render(request, "academy/courses.html", said)


@open_page
def course(request: HttpRequest, course: str) -> HttpResponse:
    found, edition, enrolment = _opened(request, course)
    if language() not in edition.languages:
        return elsewhere(request, edition)
    said = _about(request, found, edition, enrolment) | {
        "modules": edition.outline,
        "read": _done(enrolment),
        "head": heads.of_course(request.path, edition, language()),
    }
    return render(request, "academy/course.html", said)


@open_page
def module(request: HttpRequest, course: str, module: str) -> HttpResponse:
    found, edition, enrolment = _opened(request, course)
    here = queries.module_of(edition, module)
    if language() not in edition.languages:
        return elsewhere(request, edition)
    at = edition.outline.index(here)
    said = _about(request, found, edition, enrolment) | {
        "module": here,
        "number": at + 1,
        "words": queries.module_words(edition, module, language()),
        "before": edition.outline[at - 1] if at else None,
        "after": edition.outline[at + 1] if at + 1 < len(edition.outline) else None,
        "read": _done(enrolment),
    }
    title = said["words"]["title"]
    said["head"] = heads.of_page(request.path, edition, title, said["words"]["summary"])
    return render(request, "academy/module.html", said)


@open_page
def lesson(request: HttpRequest, course: str, module: str, lesson: str) -> HttpResponse:
    """What the lesson is about and of what steps it is made."""
    said = _lesson(request, course, module, lesson)
    if isinstance(said, HttpResponse):
        return said
    text = said["text"]
    said["head"] = heads.of_page(request.path, said["edition"], text.title, text.summary)
    return render(request, "academy/lesson.html", said)


@open_page
def step(request: HttpRequest, course: str, module: str, lesson: str, number: int) -> HttpResponse:
    """One step on one small page. A practice is answered by GET: without a cookie, and nothing is kept."""
    said = _lesson(request, course, module, lesson)
    if isinstance(said, HttpResponse):
        return said
    text = said["text"]
    if not 1 <= number <= len(text.steps):
        raise Http404
    here = text.steps[number - 1]
    media = media_of(here, language())
    said |= {
        "step": here,
        "media": media,
        "number": number,
        "before": number - 1 if number > 1 else 0,
        "after": number + 1 if number < len(text.steps) else 0,
        "next_lesson": queries.lesson_after(said["edition"], module, lesson) if number == len(text.steps) else None,
        "is_printed": here["kind"] in PRINTED,
        "head": heads.of_page(request.path, said["edition"], f"{here['title']} · {text.title}", text.summary),
    }
    if here["kind"] == "practice":
        question = queries.practice_of(text.lesson.module, here["target"])
        said["practice"] = practice.asked(question, language(), _fields(request), languages.fold)
    response = render(request, "academy/step.html", said)
    let_play(response, [media] if media and media.kind == "video" else [])
    return response


def _fields(request: HttpRequest) -> dict[str, list[str]]:
    """What the form of a practice says; nothing before it was sent."""
    return {name: [str(one) for one in said] for name, said in request.GET.lists()} if "try" in request.GET else {}


@open_page
def whole(request: HttpRequest, course: str, module: str, lesson: str) -> HttpResponse:
    """The whole lesson for paper. Practice questions stand without their answers."""
    said = _lesson(request, course, module, lesson)
    if isinstance(said, HttpResponse):
        return said
    text = said["text"]
    rows = whole_rows(text)
    said |= {"rows": rows, "head": heads.of_page(request.path, said["edition"], text.title, text.summary)}
    response = render(request, "academy/whole.html", said)
    let_play(response, [media for _step, _practice, media in rows if media])
    return response


def whole_rows(text: LessonText) -> list[tuple[dict[str, str], practice.Asked | None, Media | None]]:
    """Each step with its question, not answered, and its file."""
    rows = []
    for one in text.steps:
        question = queries.practice_of(text.lesson.module, one["target"]) if one["kind"] == "practice" else None
        asked = practice.asked(question, text.language, {}) if question else None
        rows.append((one, asked, media_of(one, text.language)))
    return rows


@open_page
def sheet(request: HttpRequest, course: str, module: str, lesson: str, number: int) -> HttpResponse:
    """A classroom activity or discussion on a sheet of its own."""
    said = _lesson(request, course, module, lesson)
    if isinstance(said, HttpResponse):
        return said
    steps = said["text"].steps
    if not 1 <= number <= len(steps) or steps[number - 1]["kind"] not in PRINTED:
        raise Http404
    here = steps[number - 1]
    said |= {"step": here, "number": number}
    said["head"] = heads.of_page(request.path, said["edition"], here["title"], said["text"].title)
    return render(request, "academy/sheet.html", said)


def _opened(request: HttpRequest, code: str) -> tuple[Course, CourseEdition, Enrolment | None]:
    """The course, and the edition this reader reads: the learner's own, else the current one."""
    found = queries.course_for(code)
    enrolment = mine.enrolment_in(accounts.learner_of(request), found)
    edition = enrolment.edition if enrolment else found.current
    if edition is None:
        raise Http404
    return found, edition, enrolment


def _about(request: HttpRequest, found: Course, edition: CourseEdition, enrolment: Enrolment | None) -> dict[str, Any]:
    return {
        "course": found,
        "edition": edition,
        "course_words": mine.words_in(edition, language()),
        "enrolment": enrolment,
        "learner": accounts.learner_of(request),
        "place": mine.next_place(enrolment) if enrolment else None,
    }


def _done(enrolment: Enrolment | None) -> set[tuple[str, str]]:
    """Module and lesson codes that the learner has read to the end."""
    if enrolment is None:
        return set()
    return {key for key, read in mine.read_of(enrolment).items() if read.done_at}


def _lesson(request: HttpRequest, course: str, module: str, lesson: str) -> dict[str, Any] | HttpResponse:
    found, edition, enrolment = _opened(request, course)
    if language() not in edition.languages:
        return elsewhere(request, edition)
    text = queries.lesson_for(edition, module, lesson, language())
    seen = mine.seen_in(enrolment, text.lesson) if enrolment else 0
    return _about(request, found, edition, enrolment) | {
        "text": text,
        "module": queries.module_of(edition, module),
        "module_code": module,
        "steps": [
            (number, one["kind"], one["title"], bool(seen >> (number - 1) & 1))
            for number, one in enumerate(text.steps, 1)
        ],
    }


def elsewhere(request: HttpRequest, edition: CourseEdition) -> HttpResponse:
    """Not in this language: where it can be read."""
    known = dict(settings.LANGUAGES)
    here = [(code, known[code], paths.in_language(request.path, code, known)) for code in edition.languages]
    return render(request, "academy/elsewhere.html", {"readable": here}, status=404)
