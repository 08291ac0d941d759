"""The second pair of eyes on a lesson: who could read it hears of it once, who wrote it hears how it went."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User, staff_with_role
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify

from .. import policy
from ..errors import LessonRefusedError
from ..models import CourseEdition, LessonDraft
from ..queries import drafts as queries
from .lessons import publish_draft


@transaction.atomic
def ask_reading(draft: LessonDraft, *, by: User) -> int:
    """Write to every editor who may read it; how many letters. Asked again while it waits, nobody is told again."""
    held = LessonDraft.objects.select_for_update(of=("self",)).select_related("course__current").get(pk=draft.pk)
    if not policy.can_write_lessons(by):
        raise LessonRefusedError(_("Only editors write lessons."))
    if held.asked_at:
        return 0
    held.asked_at, held.asked_by, held.returned_by, held.returned_word = timezone.now(), by.code, "", ""
    held.save(update_fields=["asked_at", "asked_by", "returned_by", "returned_word"])
    readers = [one for one in staff_with_role(*policy.LESSON_WRITERS) if one.pk != by.pk]
    readers = [one for one in readers if policy.can_approve_lesson(one, written_by=held.changed_by)]
    for reader in readers:
        _tell(reader, "academy/mail/lesson_asked.txt", held, by)
    audit.record("lesson.reading_asked", thing=held.name, module=held.module[:40], actor=by.code, told=len(readers))
    return len(readers)


@transaction.atomic
def return_draft(draft: LessonDraft, *, word: str, by: User) -> None:
    """Send it back with a word to who wrote it."""
    held = LessonDraft.objects.select_for_update(of=("self",)).select_related("course__current").get(pk=draft.pk)
    if not policy.can_approve_lesson(by, written_by=held.changed_by):
        raise LessonRefusedError(_("Somebody else than who wrote the words last must read them."))
    if not word.strip():
        raise LessonRefusedError(_("Say in a word what should be different."))
    held.asked_at, held.asked_by, held.returned_by, held.returned_word = None, "", by.code, word.strip()[:600]
    held.save(update_fields=["asked_at", "asked_by", "returned_by", "returned_word"])
    _tell_writer(held, by, is_approved=False)
    audit.record("lesson.returned", thing=held.name, module=held.module[:40], actor=by.code)


def approve_draft(draft: LessonDraft, *, version: int, by: User) -> CourseEdition:
    """Read, published, and its writer told."""
    edition = publish_draft(draft, version=version, by=by)
    with transaction.atomic():
        _tell_writer(draft, by, is_approved=True)
    return edition


def _tell_writer(draft: LessonDraft, by: User, *, is_approved: bool) -> None:
    people = queries.writers_of(draft)
    for person in people:
        if person.pk != by.pk:
            _tell(person, "academy/mail/lesson_done.txt", draft, by, is_approved=is_approved)


def _tell(person: User, template: str, draft: LessonDraft, by: User, **more: object) -> None:
    address = settings.PUBLIC_URL + reverse("lesson_desk:lesson", args=[draft.course.code, draft.module, draft.code])
    title = next((head["title"] for head in draft.content["head"].values() if head["title"]), draft.code)
    notify.tell_email(person.email, template, person.language, address=address, title=title, name=by.name, **more)
