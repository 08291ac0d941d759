"""Course files become an edition, whole: every module, lesson and written form in one transaction, or none."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from panoh.ground.audit import public as audit
from panoh.ground.jobs.public import job
from panoh.ground.languages import public as languages
from panoh.ground.search import public as search
from panoh.learn.portal import public as portal

from .. import editions, tree
from ..errors import CourseFaultsError
from ..models import Course, CourseEdition, Lesson, LessonText, Module
from ..queries.indexing import index_rows, things_of
from .bank import import_bank
from .certifying import keep_course_achievement

Steps = dict[tuple[str, str, str], list[dict[str, str]]]  # module, lesson, language
log = logging.getLogger(__name__)
ORDER = ("information-security", "online-safety")


@dataclass(frozen=True)
class Imported:
    """Codes of courses: with a new edition, as they were, left to the browser's words."""

    fresh: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True)
class Forms:
    """A course in every written form: ``lessons[module, lesson, language]``, and a function that turns words."""

    course: tree.Course
    languages: tuple[str, ...]
    lessons: dict[tuple[str, str, str], tree.Lesson]
    turned: dict[str, dict[str, str]]  # derived language → plain text → its other script

    def words(self, held: Any) -> dict[str, Any]:
        """``held`` by language, with the derived ones."""
        said = {language: held[language] for language in self.course.languages}
        for variant, texts in self.turned.items():
            said[variant] = editions.turned_words(held[languages.source_of(variant)], texts.__getitem__)
        return said

    def question(self, held: Any) -> Any:
        """A question with its texts in the derived scripts, too."""
        for variant, texts in self.turned.items():
            held = editions.in_scripts(held, languages.source_of(variant), variant, texts.__getitem__)
        return held


def read_courses(folder: Path, only: str = "") -> list[tree.Course]:
    """The courses of a folder; raises ``CourseFaultsError`` with every fault found."""
    read = tree.Courses(folder, only)
    if read.faults:
        raise CourseFaultsError(read.faults)
    return read.courses


def import_courses(folder: Path, *, take_files: bool = False) -> Imported:
    """A new edition of each course whose files say something new. Raises ``CourseFaultsError``; then nothing changed.

    A course that was changed in the browser and not exported yet is left alone, unless ``take_files``; so is one whose
    files say what they said before the browser changed it: the export was written elsewhere.
    """
    fresh, unchanged, kept = [], [], []
    for course in read_courses(folder):
        found = Course.objects.filter(code=course.code).select_related("current").first()
        mark = editions.fingerprint(course)
        if found and found.current and found.current.fingerprint == mark:
            if found.is_edited:
                Course.objects.filter(pk=found.pk).update(is_edited=False)
            unchanged.append(course.code)
        elif found and not take_files and _browser_wins(found, mark):
            kept.append(course.code)
        else:
            publish_edition(course)
            fresh.append(course.code)
    return Imported(tuple(fresh), tuple(unchanged), tuple(kept))


def _browser_wins(course: Course, mark: str) -> bool:
    if course.is_edited:
        return True
    if course.current is None or not course.current.made_by:
        return False
    return course.editions.exclude(pk=course.current.pk).filter(fingerprint=mark).exists()


@job(retries=2)
def publish_courses() -> None:
    """By the worker, so that nobody waits for it: the slow part, other scripts, is made before anything is locked."""
    folder = Path(settings.CONTENT_DIR)
    make_scripts(folder)
    try:
        done = import_courses(folder)
        for code in done.kept:
            log.warning("%s: the browser's words were kept, its files say something else", code)
    except CourseFaultsError as error:
        for fault in error.faults:
            log.error("a course file is wrong: %s", fault)


def make_scripts(folder: Path) -> None:
    """Make and keep the scripts that ``import_courses`` will ask for; faults are left for it to tell."""
    for course in tree.Courses(folder).courses:
        if course.modules and course.lessons:
            in_every_form(course)


def publish_edition(course: tree.Course, *, made_by: str = "") -> CourseEdition:
    """Write the next edition of a course and put it before the street. The editions before it stay as they are.

    Texts are made before anything is locked: elsewhere a child may be writing to us.
    """
    forms = in_every_form(course)
    steps = {key: _steps_of(lesson, key[2]) for key, lesson in forms.lessons.items()}
    return _write(course, forms, steps, made_by)


@transaction.atomic
def _write(course: tree.Course, forms: Forms, steps: Steps, made_by: str) -> CourseEdition:
    held, _is_new = Course.objects.get_or_create(code=course.code)
    held = Course.objects.select_for_update().get(pk=held.pk)
    last = held.editions.aggregate(last=Max("number"))["last"] or 0
    edition = CourseEdition.objects.create(
        course=held,
        number=max(last + 1, course.edition),
        fingerprint=editions.fingerprint(course),
        audience=course.audience,
        written=list(course.languages),
        languages=list(forms.languages),
        words=forms.words(course.words),
        tests=dict(course.tests),
        outline=editions.outline(course, _titles(forms), forms.languages),
        minutes=editions.minutes(course),
        source=course.source,
        made_by=made_by,
        published_at=timezone.now(),
    )
    for position, module in enumerate(course.modules, 1):
        _write_module(edition, position, module, forms, steps)
    import_bank(edition)
    held.current, held.is_edited = edition, bool(made_by)
    held.position = ORDER.index(course.code) if course.code in ORDER else len(ORDER)
    held.save()
    _index(held)
    keep_course_achievement(edition)
    audit.record("course.published", thing=course.code, actor=made_by or "system", edition=edition.number)
    return edition


def in_every_form(course: tree.Course) -> Forms:
    """The course in its written languages and in the scripts that are made from them."""
    lessons, turned, all_of = dict(course.lessons), dict[str, dict[str, str]](), list[str]()
    for language in course.languages:
        all_of.append(language)
        plain, prose = editions.texts_of(course, language)
        for variant in languages.variants_on(language):
            words = _made(plain, language, variant)
            texts = _made(prose, language, variant, form="markdown")
            turned[variant] = words
            all_of.append(variant)
            lessons |= {
                (module, code, variant): editions.turned_lesson(lesson, variant, words, texts)
                for (module, code, spoken), lesson in course.lessons.items()
                if spoken == language
            }
    return Forms(course, tuple(all_of), lessons, turned)


def _made(texts: set[str], language: str, variant: str, form: Any = "text") -> dict[str, str]:
    return {one: made.text for one, made in languages.derive_many(texts, language, variant, form=form).items()}


def _titles(forms: Forms) -> Any:
    """The title of a lesson, or of a module when no lesson is named, in a language."""
    words = {module.code: forms.words(module.words) for module in forms.course.modules}

    def title(module: str, lesson: str, language: str) -> str:
        return forms.lessons[module, lesson, language].title if lesson else str(words[module][language]["title"])

    return title


def _write_module(edition: CourseEdition, position: int, module: tree.Module, forms: Forms, steps: Steps) -> None:
    row = Module.objects.create(
        edition=edition,
        code=module.code,
        position=position,
        words=forms.words(module.words),
        topics=[{"code": topic["code"], "names": forms.words(topic)} for topic in module.topics],
        questions=[forms.question(question) for question in module.questions],
        source=module.source,
    )
    for place, code in enumerate(module.lessons, 1):
        first = forms.course.lessons[module.code, code, forms.course.languages[0]]
        lesson = Lesson.objects.create(
            module=row, code=code, position=place, minutes=first.minutes, shape=editions.shape(first)
        )
        LessonText.objects.bulk_create(
            _text(forms.lessons[module.code, code, language], lesson, language, steps[module.code, code, language])
            for language in forms.languages
        )


def text_of(said: tree.Lesson, lesson: Lesson, language: str) -> LessonText:
    """What the street would read, not kept yet."""
    return _text(said, lesson, language, _steps_of(said, language))


def _steps_of(said: tree.Lesson, language: str) -> list[dict[str, str]]:
    return [_step_of(step, language) for step in said.steps]


def _step_of(step: tree.Step, language: str) -> dict[str, str]:
    """What there is nothing of is left out."""
    row = {"kind": step.kind, "target": step.target, "title": step.title, "html": portal.as_html(step.body, language)}
    more = {name: getattr(step, name) for name in ("alt", "captions", "poster")}
    more["transcript"] = portal.as_html(step.transcript, language) if step.transcript else ""
    return row | {name: said for name, said in more.items() if said}


def _text(said: tree.Lesson, lesson: Lesson, language: str, steps: list[dict[str, str]]) -> LessonText:
    return LessonText(
        lesson=lesson,
        language=language,
        title=said.title,
        summary=said.summary,
        sources=list(said.sources),
        reviewed_by=said.reviewed_by,
        reviewed_on=said.reviewed_on,
        steps=steps,
        source=said.source if language == languages.source_of(language) else "",
    )


def _index(course: Course) -> None:
    """The index holds the current edition only."""
    rows = list(index_rows(course))
    fresh = {(row.thing, row.language) for row in rows}
    for thing, language in things_of(course):
        if (thing, language) not in fresh:
            search.remove("academy", thing, language)
    search.index_many(rows)
