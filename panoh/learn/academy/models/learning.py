"""Who learns what, and how far they are."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from panoh.ground.accounts.public import Learner

from .courses import CourseEdition, Lesson


class Source(models.TextChoices):
    SELF = "self"
    INVITE = "invite"
    ROSTER = "roster"


class EnrolmentStatus(models.TextChoices):
    ACTIVE = "active"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class Enrolment(models.Model):
    """One learner in one edition, which stays theirs. ``uuid`` is the registration in the exchange of xAPI.

    When the learner's account goes, the row stays as a count without a person.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.SET_NULL, null=True, related_name="enrolments")
    edition = models.ForeignKey(CourseEdition, on_delete=models.PROTECT, related_name="enrolments")
    source = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Source], default=Source.SELF)
    status = models.CharField(
        max_length=9, choices=[(one.value, one.value) for one in EnrolmentStatus], default=EnrolmentStatus.ACTIVE
    )
    language = models.CharField(max_length=8)
    consent = models.CharField(max_length=20, blank=True)
    last_module = models.SlugField(max_length=60, blank=True)
    last_lesson = models.SlugField(max_length=60, blank=True)
    last_step = models.PositiveSmallIntegerField(default=0)  # from 1; 0: nothing read yet
    lessons_done = models.PositiveSmallIntegerField(default=0)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    times_reminded = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["learner", "edition"], name="academy_enrolled_once"),
            models.CheckConstraint(
                condition=Q(status=EnrolmentStatus.COMPLETED, completed_at__isnull=False)
                | (~Q(status=EnrolmentStatus.COMPLETED) & Q(completed_at=None)),
                name="academy_completed_at_a_moment",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["seen_at"], name="academy_idle", condition=Q(status=EnrolmentStatus.ACTIVE)),
        ]


class LessonProgress(models.Model):
    """Which steps of a lesson were read: bit 0 is the first. ``done_at``: the moment the last of them was."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="progress")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="+")
    seen = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="academy_one_progress_a_lesson"),
        ]
