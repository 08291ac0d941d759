"""Lessons written in the browser: begun, saved, read by a second person, published as an edition, brought back.

What is published is made of files, as an import makes it, so that an export gives the same edition again.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.languages import public as languages

from .. import drafting, editions, lesson_files, policy, questions, tree
from ..errors import LessonRefusedError
from ..models import CourseEdition, Lesson, LessonDraft, LessonText, Module
from ..queries import drafts as queries
from .exporting import files_of
from .publishing import in_every_form, publish_edition, text_of


def begin_draft(module: Module, code: str, *, by: User) -> LessonDraft:
    """A draft that says what is published, or the one that somebody began already."""
    held = LessonDraft.objects.filter(course=module.edition.course, module=module.code, code=code).first()
    if held:
        return held
    return _new_draft(module, code, drafting.draft_of(queries.published_lesson(module.edition, module.code, code)), by)


def add_lesson(module: Module, code: str, *, by: User) -> LessonDraft:
    """A new lesson at the end of a module; nobody reads it before it is published."""
    if not questions.CODE.match(code):
        raise LessonRefusedError(_("A lesson is named in lower-case letters, digits and hyphens."))
    if module.lessons.filter(code=code).exists():
        raise LessonRefusedError(_("This module has a lesson of this name already."))
    return _new_draft(module, code, drafting.blank(module.edition.written), by)


def _new_draft(module: Module, code: str, content: drafting.Draft, by: User) -> LessonDraft:
    _mind_writer(by)
    try:
        with transaction.atomic():
            made = LessonDraft.objects.create(
                course=module.edition.course, module=module.code, code=code, base=module.edition, content=content,
                changed_by=by.code, changed_at=timezone.now(),
            )  # fmt: skip
            audit.record("lesson.begun", thing=made.name, module=made.module[:40], actor=by.code)
    except IntegrityError:  # somebody else began it at this moment
        return LessonDraft.objects.get(course=module.edition.course, module=module.code, code=code)
    return made


@transaction.atomic
def save_draft(draft: LessonDraft, content: drafting.Draft, *, version: int, by: User) -> LessonDraft:
    """Keep what was written. Raises ``LessonRefusedError`` when somebody else saved since ``version`` was read."""
    held = _locked(draft, by)
    if held.version != version:
        raise LessonRefusedError(_("Somebody else saved this lesson meanwhile. What you wrote is still here: copy it."))
    if held.content != content:
        _keep(held, content, by)
    return held


def _keep(held: LessonDraft, content: drafting.Draft, by: User) -> None:
    held.content, held.version = content, held.version + 1
    held.changed_by, held.changed_at = by.code, timezone.now()
    held.save(update_fields=["content", "version", "changed_by", "changed_at"])
    audit.record("lesson.saved", thing=held.name, module=held.module[:40], actor=by.code, version=held.version)


@transaction.atomic
def discard_draft(draft: LessonDraft, *, by: User) -> None:
    """Undo everything that was not published."""
    held = _locked(draft, by)
    audit.record("lesson.discarded", thing=held.name, module=held.module[:40], actor=by.code)
    held.delete()


@transaction.atomic
def restore_words(module: Module, code: str, number: int, *, by: User) -> LessonDraft:
    """The words that an earlier edition had, as a draft: they are read and published as all others are."""
    older = CourseEdition.objects.filter(course=module.edition.course, number=number).first()
    lessons = queries.published_lesson(older, module.code, code) if older else {}
    if not lessons or set(lessons) != set(module.edition.written):
        raise LessonRefusedError(_("This edition does not have the lesson in all languages of today."))
    draft = _locked(begin_draft(module, code, by=by), by)
    _keep(draft, drafting.draft_of(lessons), by)
    audit.record("lesson.restored", thing=draft.name, module=draft.module[:40], actor=by.code, edition=number)
    return draft


@transaction.atomic
def keep_my_words(draft: LessonDraft, *, by: User) -> None:
    """The draft stands although other words were published since it was begun: somebody looked at both."""
    held = _locked(draft, by)
    if held.course.current_id:
        held.base_id = held.course.current_id
        held.save(update_fields=["base"])
        audit.record("lesson.kept", thing=held.name, module=held.module[:40], actor=by.code)


def publish_draft(draft: LessonDraft, *, version: int, by: User) -> CourseEdition:
    """A new edition of the course with these words; who learns stays in the edition they began.

    Raises ``LessonRefusedError`` for what the checks find, and for who wrote the words last: somebody else reads them,
    and is named as their reader in every language that changed.
    """
    course = _edition_of(_readable(draft, version, by), by)
    in_every_form(course)  # other scripts are made and kept before anything is locked
    with transaction.atomic():
        held = _readable(_locked(draft, by), version, by)
        edition = publish_edition(_edition_of(held, by), made_by=by.code)
        audit.record(
            "lesson.published", thing=held.name, module=held.module[:40], actor=by.code, edition=edition.number
        )
        held.delete()
    return edition


def _readable(draft: LessonDraft, version: int, by: User) -> LessonDraft:
    """The draft, when this person may let these very words go."""
    if not policy.can_approve_lesson(by, written_by=draft.changed_by):
        raise LessonRefusedError(_("Somebody else than who wrote the words last must read them."))
    if draft.version != version:
        raise LessonRefusedError(_("The words changed since you read them. Read them once more."))
    if queries.is_overtaken(draft):
        raise LessonRefusedError(_("Other words of this lesson were published meanwhile. Look at both first."))
    current = draft.course.current
    module = current.modules.filter(code=draft.module).first() if current else None
    if module is None or queries.findings(draft, module):
        raise LessonRefusedError(_("Something is missing still: see what the checks found."))
    if not queries.changed_languages(draft):
        raise LessonRefusedError(_("Nothing is different from what is published."))
    return draft


def _edition_of(draft: LessonDraft, by: User) -> tree.Course:
    """The course as its files would say it with this lesson in it."""
    lessons = drafting.lessons_of(draft.content, draft.code)
    changed = queries.changed_languages(draft)
    today = timezone.localdate().isoformat()
    files = files_of(draft.course)
    for language, lesson in drafting.reviewed(lessons, changed, by=by.name, on=today).items():
        if language in changed:
            files[f"{language}/courses/{draft.course.code}/{draft.module}/{draft.code}.md"] = lesson_files.write(lesson)
    name = f"courses/{draft.course.code}/modules/{draft.module}.toml"
    if f'"{draft.code}"' not in files[name].partition("lessons = [")[2].partition("]")[0]:
        files[name] = drafting.with_lesson(files[name], draft.code)
    return _read(files, draft.course.code)


def _read(files: dict[str, str], code: str) -> tree.Course:
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        read = tree.Courses(Path(folder), code, media=Path(settings.CONTENT_DIR))
    if read.faults or not read.courses:
        raise LessonRefusedError(*read.faults)
    return read.courses[0]


def drafted_text(draft: LessonDraft, module: Module, language: str) -> LessonText:
    """The lesson as it would be read in a language or in a script of it. Only the derived texts are kept."""
    source = languages.source_of(language)
    said = drafting.lessons_of(draft.content, draft.code)[source]
    if language != source:
        plain = {said.title, said.summary, *(text for step in said.steps for text in (step.title, step.alt))} - {""}
        prose = {text for step in said.steps for text in (step.body, step.transcript) if text}
        words = {one: made.text for one, made in languages.derive_many(plain, source, language).items()}
        texts = {
            one: made.text for one, made in languages.derive_many(prose, source, language, form="markdown").items()
        }
        said = editions.turned_lesson(said, language, words | {"": ""}, texts)
    lesson = Lesson(module=module, code=draft.code, minutes=said.minutes, position=1, shape=editions.shape(said))
    return text_of(said, lesson, language)


def _mind_writer(by: User) -> None:
    if not policy.can_write_lessons(by):
        raise LessonRefusedError(_("Only editors write lessons."))


def _locked(draft: LessonDraft, by: User) -> LessonDraft:
    _mind_writer(by)
    rows: Any = LessonDraft.objects.select_for_update(of=("self",)).select_related("course__current", "base")
    held: LessonDraft | None = rows.filter(pk=draft.pk).first()
    if held is None:
        raise LessonRefusedError(_("This draft is gone: somebody published or discarded it."))
    return held
