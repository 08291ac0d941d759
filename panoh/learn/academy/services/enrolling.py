"""A learner begins, goes on step by step, comes to the end, or leaves. The server writes down what was read."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import Learner
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import progress
from ..errors import LearningRefusedError
from ..models import (
    CohortMember,
    Course,
    Enrolment,
    EnrolmentStatus,
    Invitation,
    Lesson,
    LessonProgress,
    Source,
)
from ..queries import mine
from .forgetting import forget_answers


@transaction.atomic
def enrol_learner(learner: Learner, course: Course, *, language: str, source: str = Source.SELF) -> Enrolment:
    """The learner's open enrolment in a course, or a new one in its current edition; twice at once makes one."""
    if held := mine.enrolment_in(learner, course):
        return held
    if course.current is None or not course.is_shown:
        raise LearningRefusedError(_("This course is not open now."))
    now = timezone.now()
    enrolment, is_new = Enrolment.objects.get_or_create(
        learner=learner,
        edition=course.current,
        defaults={
            "source": source,
            "language": language,
            "consent": learner.consent,
            "began_at": now,
            "seen_at": now,
        },
    )
    if enrolment.status == EnrolmentStatus.WITHDRAWN:
        Enrolment.objects.filter(pk=enrolment.pk).update(status=EnrolmentStatus.ACTIVE, seen_at=now)
        enrolment.status = EnrolmentStatus.ACTIVE
    if is_new:
        audit.record("enrolment.begun", thing=str(enrolment.pk), course=course.code[:40], source=source)
    return enrolment


@transaction.atomic
def mark_step(enrolment: Enrolment, lesson: Lesson, step: int, *, language: str = "") -> LessonProgress:
    """Step ``step`` (from 1) of a lesson of this edition was read; the place to go on from is kept."""
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if lesson.module.edition_id != enrolment.edition_id or not 1 <= step <= len(lesson.shape):
        raise LearningRefusedError(_("This step is not in your edition of the course."))
    now = timezone.now()
    read, _is_new = LessonProgress.objects.get_or_create(enrolment=enrolment, lesson=lesson)
    read.seen |= progress.bit(step)
    if read.done_at is None and progress.is_whole(read.seen, len(lesson.shape)):
        read.done_at = now
        enrolment.lessons_done += 1
    read.save()
    enrolment.last_module, enrolment.last_lesson, enrolment.last_step = lesson.module.code, lesson.code, step
    enrolment.seen_at, enrolment.language = now, language or enrolment.language
    enrolment.save(update_fields=["last_module", "last_lesson", "last_step", "seen_at", "language", "lessons_done"])
    return read


@transaction.atomic
def complete_enrolment(enrolment: Enrolment) -> Enrolment:
    """The course is done by whatever rule its test has; decided by who calls, never by a browser."""
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if enrolment.status != EnrolmentStatus.COMPLETED:
        enrolment.status, enrolment.completed_at = EnrolmentStatus.COMPLETED, timezone.now()
        enrolment.save(update_fields=["status", "completed_at"])
        audit.record("enrolment.completed", thing=str(enrolment.pk))
    return enrolment


@transaction.atomic
def withdraw_enrolment(enrolment: Enrolment) -> Enrolment:
    """The learner leaves the course; coming back goes on where they were."""
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if enrolment.status != EnrolmentStatus.ACTIVE:
        raise LearningRefusedError(_("Only a course that is still open can be left."))
    enrolment.status = EnrolmentStatus.WITHDRAWN
    enrolment.save(update_fields=["status"])
    audit.record("enrolment.withdrawn", thing=str(enrolment.pk))
    return enrolment


@transaction.atomic
def renew_enrolment(enrolment: Enrolment) -> Enrolment:
    """Move on to the current edition, with every lesson that is made of the same steps counted as before."""
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("edition__course__current")
        .get(pk=enrolment.pk)
    )
    current = enrolment.edition.course.current
    if enrolment.status != EnrolmentStatus.ACTIVE or current is None or current.pk == enrolment.edition_id:
        raise LearningRefusedError(_("There is no newer edition to move to."))
    if Enrolment.objects.filter(learner=enrolment.learner, edition=current).exists():
        raise LearningRefusedError(_("You began the newer edition already."))
    new = {
        (lesson.module.code, lesson.code): lesson
        for lesson in Lesson.objects.filter(module__edition=current).select_related("module")
    }
    done = 0
    for read in list(enrolment.progress.select_related("lesson__module")):
        twin = new.get((read.lesson.module.code, read.lesson.code))
        if twin is None or twin.shape != read.lesson.shape:
            read.delete()
            continue
        read.lesson = twin
        read.save(update_fields=["lesson"])
        done += read.done_at is not None
    enrolment.edition, enrolment.lessons_done = current, done
    if (enrolment.last_module, enrolment.last_lesson) not in new:
        enrolment.last_module, enrolment.last_lesson, enrolment.last_step = "", "", 0
    enrolment.save()
    audit.record("enrolment.renewed", thing=str(enrolment.pk), edition=current.number)
    return enrolment


@transaction.atomic
def forget_learner(learner: Learner) -> None:
    """Where they were, with whom and who asked them goes; that somebody once learned here stays as a number."""
    mine_now = Enrolment.objects.filter(learner=learner)
    asked = list(Invitation.objects.filter(enrolment__in=mine_now))
    vault.destroy_keys([invitation.key for invitation in asked], reason="academy.learner_gone")
    Invitation.objects.filter(pk__in=[invitation.pk for invitation in asked]).delete()
    CohortMember.objects.filter(enrolment__in=mine_now).delete()
    LessonProgress.objects.filter(enrolment__in=mine_now).delete()
    forget_answers(learner)
    mine_now.filter(status=EnrolmentStatus.ACTIVE).update(status=EnrolmentStatus.WITHDRAWN)
    mine_now.update(last_module="", last_lesson="", last_step=0)
