"""Six months in which a graduate teaches others: the plan, one-minute reports, and checks. Pupils are numbers only."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panoh.learn.academy.public import CourseEdition

from .pathway import Trainer
from .people import Workplace


class CascadePlan(models.Model):
    """What a trainer set out to do between two days. ``weeks`` are those of the window that are school weeks."""

    trainer = models.OneToOneField(Trainer, on_delete=models.CASCADE, related_name="plan")
    starts_on = models.DateField()
    ends_on = models.DateField()
    lessons = models.PositiveSmallIntegerField()
    pupils = models.PositiveIntegerField()
    weeks = models.PositiveSmallIntegerField()
    made_by = models.CharField(max_length=12)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="training_plan_ends_after"),
        ]


class Band(models.TextChoices):
    """Who was taught: a band of grades, never an age or a name."""

    G1_4 = "g1_4", _("Grades 1–4")
    G5_9 = "g5_9", _("Grades 5–9")
    G10_11 = "g10_11", _("Grades 10–11")
    MIXED = "mixed", _("Mixed grades")
    TEACHERS = "teachers", _("Colleagues")
    PARENTS = "parents", _("Parents")


class Trouble(models.TextChoices):
    """What went badly, from a list: there is no field for words, because words about a child do not belong here."""

    NONE = "", _("Nothing")
    NO_LINE = "no_line", _("No internet")
    NO_DEVICE = "no_device", _("No computer or projector")
    NO_TIME = "no_time", _("Too little time")
    NO_ROOM = "no_room", _("No room")
    LANGUAGE = "language", _("No material in the language of the class")
    LEAVE = "leave", _("The school did not allow it")


class ReportState(models.TextChoices):
    SUBMITTED = "submitted", _("Reported")
    QUERIED = "queried", _("Asked about")
    VERIFIED = "verified", _("Verified")
    REJECTED = "rejected", _("Not counted")


class CascadeReport(models.Model):
    """One lesson taught, as its trainer says. ``client_id`` comes from the phone: the same again is the same report.

    ``flags`` are what the limits of plausibility found (``plausible.py``). ``generation`` is that of who was taught.
    Verified numbers stand beside the reported ones, never in their place.
    """

    client_id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    trainer = models.ForeignKey(Trainer, on_delete=models.PROTECT, related_name="reports")
    on = models.DateField()
    workplace = models.ForeignKey(Workplace, on_delete=models.SET_NULL, null=True, related_name="+")
    region = models.CharField(max_length=20)
    district = models.CharField(max_length=40, blank=True, default="")
    band = models.CharField(max_length=8, choices=Band)
    female = models.PositiveSmallIntegerField()
    male = models.PositiveSmallIntegerField()
    not_stated = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField()
    lesson = models.ForeignKey(CourseEdition, on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=8)
    trouble = models.CharField(max_length=10, choices=Trouble, blank=True, default="")
    generation = models.PositiveSmallIntegerField(default=2)
    state = models.CharField(max_length=9, choices=ReportState, default=ReportState.SUBMITTED)
    flags = models.JSONField(default=list)
    verified_female = models.PositiveSmallIntegerField(null=True)
    verified_male = models.PositiveSmallIntegerField(null=True)
    verified_not_stated = models.PositiveSmallIntegerField(null=True)
    way = models.CharField(max_length=8, default="web")  # web, telegram, desk
    counted = models.JSONField(default=list)  # what it stands for in ``Figure`` (``figures.py``)
    device_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-on"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["trainer", "on"], name="training_report_of"),
            models.Index(fields=["state", "at"], name="training_report_waits"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(verified_female=None, verified_male=None, verified_not_stated=None)
                | Q(verified_female__isnull=False, verified_male__isnull=False, verified_not_stated__isnull=False),
                name="training_verified_in_three",
            ),
        ]

    @property
    def reported(self) -> int:
        return self.female + self.male + self.not_stated

    @property
    def verified(self) -> int | None:
        """How many a check agreed on; None while nobody checked."""
        if self.verified_female is None or self.verified_male is None or self.verified_not_stated is None:
            return None
        return self.verified_female + self.verified_male + self.verified_not_stated


class ClassQuiz(models.Model):
    """A class before and after: how many answered and how many answers were right. No pupil is a row anywhere."""

    report = models.OneToOneField(CascadeReport, on_delete=models.CASCADE, related_name="quiz")
    questions = models.PositiveSmallIntegerField()
    before_pupils = models.PositiveSmallIntegerField()
    before_right = models.PositiveSmallIntegerField()
    after_pupils = models.PositiveSmallIntegerField()
    after_right = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(before_right__lte=models.F("before_pupils") * models.F("questions"))
                & Q(after_right__lte=models.F("after_pupils") * models.F("questions")),
                name="training_no_more_right_than_asked",
            ),
        ]


class Way(models.TextChoices):
    PHONE = "phone", _("By telephone")
    LINK = "link", _("The head confirms by a link")
    VISIT = "visit", _("A visit")


class CheckState(models.TextChoices):
    DRAWN = "drawn", _("To be checked")
    AGREED = "agreed", _("Agrees")
    DIFFERS = "differs", _("Differs")
    NOT_HELD = "not_held", _("The lesson was not held")
    NO_ANSWER = "no_answer", _("Nobody could be reached")


class SpotCheck(models.Model):
    """A report that was drawn for checking, and what was found. ``seed`` repeats the draw."""

    report = models.ForeignKey(CascadeReport, on_delete=models.CASCADE, related_name="checks")
    way = models.CharField(max_length=5, choices=Way)
    state = models.CharField(max_length=9, choices=CheckState, default=CheckState.DRAWN)
    seed = models.BigIntegerField()
    female = models.PositiveSmallIntegerField(null=True)
    male = models.PositiveSmallIntegerField(null=True)
    not_stated = models.PositiveSmallIntegerField(null=True)
    link_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 (unique where there is one)
    drawn_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(state=CheckState.DRAWN), name="training_one_open_check"
            ),
        ]
