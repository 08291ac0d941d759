"""What the editors' desk reads of lessons: which there are, their drafts, what the checks find, their older words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.languages import public as languages

from .. import drafting, lesson_checks, lesson_files, paper, policy
from ..lesson_faults import SENTENCES, Fault
from ..models import Course, CourseEdition, LessonDraft, LessonText, Module

EDITIONS = 20


@dataclass(frozen=True)
class Standing:
    """A lesson in the list: ``draft`` is None where nobody is writing, ``code`` of a new one stands in no edition."""

    module: str
    code: str
    titles: Mapping[str, str]
    draft: LessonDraft | None


@dataclass(frozen=True)
class Found:
    """What the checks find: in which language, at which step (0: the lesson as a whole), as a sentence."""

    language: str
    step: int
    sentence: str


@dataclass(frozen=True)
class Older:
    """Words that a lesson had from this edition on."""

    number: int
    published_at: datetime
    made_by: str
    is_current: bool


def writable_courses(by: User) -> list[tuple[Course, list[tuple[Mapping[str, Any], list[Standing]]]]]:
    """Every course with its modules and their lessons, those that are only drafts too."""
    if not policy.can_write_lessons(by):
        raise Http404
    drafts: dict[tuple[int, str], list[LessonDraft]] = {}
    for draft in LessonDraft.objects.select_related("course").order_by("pk"):
        drafts.setdefault((draft.course_id, draft.module), []).append(draft)
    held = Course.objects.exclude(current=None).select_related("current").order_by("position", "code")
    return [
        (course, [(module, _standings(module, drafts.get((course.pk, module["code"]), []))) for module in _of(course)])
        for course in held
    ]


def _of(course: Course) -> list[dict[str, Any]]:
    return list(course.current.outline) if course.current else []


def is_being_written(course: Course, module: str, code: str) -> bool:
    return LessonDraft.objects.filter(course=course, module=module, code=code).exists()


def _standings(module: Mapping[str, Any], drafts: list[LessonDraft]) -> list[Standing]:
    by_code = {draft.code: draft for draft in drafts}
    rows = [
        Standing(module["code"], one["code"], one["titles"], by_code.pop(one["code"], None))
        for one in module["lessons"]
    ]
    rest = [
        Standing(module["code"], code, {name: head["title"] for name, head in draft.content["head"].items()}, draft)
        for code, draft in by_code.items()
    ]
    return [*rows, *rest]


def module_for(by: User, course: str, module: str) -> Module:
    """The gate: a module of a current edition, for who may write lessons."""
    if not policy.can_write_lessons(by):
        raise Http404
    found = get_object_or_404(Course.objects.exclude(current=None).select_related("current"), code=course)
    return get_object_or_404(Module.objects.select_related("edition__course"), edition=found.current, code=module)


def draft_for(by: User, course: str, module: str, lesson: str) -> LessonDraft | None:
    """The gate: the draft of a lesson, None where nobody writes it; ``Http404`` where there is no such lesson."""
    held = module_for(by, course, module)
    draft = LessonDraft.objects.select_related("course__current", "base").filter(
        course=held.edition.course, module=module, code=lesson
    )
    if (found := draft.first()) is None and not held.lessons.filter(code=lesson).exists():
        raise Http404
    return found


def published_lesson(edition: CourseEdition, module: str, lesson: str) -> dict[str, lesson_files.Lesson]:
    """What an edition says of a lesson, by written language; empty where it has none."""
    texts = LessonText.objects.filter(
        lesson__module__edition=edition, lesson__module__code=module, lesson__code=lesson
    ).exclude(source="")
    held = {text.language: lesson_files.read(text.source, lesson, text.language)[0] for text in texts}
    return {language: held[language] for language in edition.written if language in held}


def title_of(edition: CourseEdition, module: str, lesson: str, language: str) -> str:
    """As the street calls it, in this language where it has it; "" for a lesson that nobody published."""
    lessons = [one for held in edition.outline if held["code"] == module for one in held["lessons"]]
    titles: Mapping[str, str] = next((one["titles"] for one in lessons if one["code"] == lesson), {})
    return str(titles.get(language) or next(iter(titles.values()), ""))


def practice_choices(module: Module, language: str) -> list[tuple[str, str]]:
    """The practice questions of a module: code, and what is asked."""
    return [
        (str(one["code"]), f"{one['code']}: {paper.words(one['text'], language)}")
        for one in module.questions
        if one.get("use") == "practice"
    ]


def findings(draft: LessonDraft, module: Module) -> list[Found]:
    """Everything that keeps it from the street, in the order of languages and steps."""
    practice = [code for code, _text in practice_choices(module, draft.languages[0])]
    found = []
    for language, lesson in drafting.lessons_of(draft.content, draft.code).items():
        faults = [
            *lesson_checks.of_lesson(lesson, practice, Path(settings.CONTENT_DIR)),
            *lesson_checks.of_words(lesson),
        ]
        found += [Found(language, one.step, said(one)) for one in sorted(faults, key=lambda one: one.step)]
    return found


def said(fault: Fault) -> str:
    """A fault as a sentence in the editor's language."""
    names = {
        "alt": _("words for the picture"), "captions": _("captions"), "transcript": _("the words of the video"),
        "poster": _("picture before the video begins"), "picture": _("a picture"), "video": _("a video"),
        "download": _("a file to take along"), "practice": _("a practice question"), "text": _("a text"),
        "activity": _("an activity"), "discussion": _("a question to talk about"),
    }  # fmt: skip
    told = {name: names.get(value, value) if name in {"kind", "name"} else value for name, value in fault.told.items()}
    return _(SENTENCES[fault.code]).format(**told)


def is_overtaken(draft: LessonDraft) -> bool:
    """Whether other words of the lesson were published since the draft was begun."""
    current = draft.course.current
    if current is None or current.pk == draft.base_id:
        return False
    now, then = (published_lesson(one, draft.module, draft.code) for one in (current, draft.base))
    return bool(drafting.changed(now, then)) or set(now) != set(then)


def changed_languages(draft: LessonDraft) -> list[str]:
    """The languages in which the draft says something else than the street reads."""
    current = draft.course.current
    before = published_lesson(current, draft.module, draft.code) if current else {}
    return drafting.changed(drafting.lessons_of(draft.content, draft.code), before)


def older_words(course: Course, module: str, lesson: str) -> list[Older]:
    """The editions in which the words of the lesson changed, the newest first."""
    rows = LessonText.objects.filter(
        lesson__module__edition__course=course, lesson__module__code=module, lesson__code=lesson
    ).exclude(source="")
    by_edition: dict[int, list[tuple[str, str]]] = {}
    for number, language, source in rows.values_list("lesson__module__edition__number", "language", "source"):
        by_edition.setdefault(number, []).append((language, source))
    told = {one.number: one for one in course.editions.filter(number__in=by_edition)}
    found, before = list[Older](), None
    for number in sorted(by_edition):
        if (words := sorted(by_edition[number])) != before:
            one = told[number]
            found.append(Older(number, one.published_at, one.made_by, False))
        before = words
    newest = [Older(one.number, one.published_at, one.made_by, one is found[-1]) for one in found]
    return newest[::-1][:EDITIONS]


def names_of(codes: set[str]) -> dict[str, str]:
    """The names of editors by their codes."""
    return dict(User.objects.filter(code__in=codes - {""}).values_list("code", "name"))


def forms_of(draft: LessonDraft) -> list[str]:
    """Every written form in which the draft can be looked at: its languages and the scripts made from them."""
    return [form for language in draft.languages for form in (language, *languages.variants_on(language))]


def writers_of(draft: LessonDraft) -> list[User]:
    """Who wrote last and who asked for a reader, while they work here."""
    codes = {draft.changed_by, draft.asked_by} - {""}
    return list(User.objects.filter(code__in=codes, is_active=True, realm="staff"))
