"""The way to being a trainer: what is required, how far somebody is, what they signed, and what they are."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .people import Person
from .programmes import Programme


class Needs(models.TextChoices):
    """Who can say that it is met: the system itself (event, test, report, agreement), or a person (lesson)."""

    EVENT = "event", _("A training completed")
    TEST = "test", _("A test passed in the academy")
    LESSON = "lesson", _("A lesson observed")
    REPORT = "report", _("Lessons reported")
    AGREEMENT = "agreement", _("The agreement signed")


class Requirement(models.Model):
    """One step of a programme's pathway, as data. ``what`` is the kind of event or the code of a course, where one is
    meant; ``times`` how often. One that was dropped stays for those who met it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="requirements")
    code = models.SlugField(max_length=40)
    names = models.JSONField()
    needs = models.CharField(max_length=9, choices=Needs)
    what = models.CharField(max_length=60, blank=True, default="")
    times = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "code"], name="training_a_requirement_once"),
            models.CheckConstraint(condition=Q(times__gte=1), name="training_at_least_once"),
        ]


class Status(models.TextChoices):
    CANDIDATE = "candidate", _("Candidate")
    CERTIFIED = "certified", _("Certified")
    ACTIVE = "active", _("Active: trains others")
    LAPSED = "lapsed", _("Lapsed")
    SUSPENDED = "suspended", _("Suspended")


class Trainer(models.Model):
    """A person on the pathway of a programme. ``agreement`` is the version they signed, in ``agreement_language``.

    ``link_hash`` finds the personal link with which they report without a password; a new one makes the old useless.
    ``address`` (sealed under the person's key) is where nudges go; none where they want none.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="trainerships")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="trainers")
    status = models.CharField(max_length=9, choices=Status, default=Status.CANDIDATE)
    region = models.CharField(max_length=20)
    district = models.CharField(max_length=40, blank=True, default="")
    generation = models.PositiveSmallIntegerField(default=1)
    agreement = models.CharField(max_length=20, blank=True, default="")
    agreement_language = models.CharField(max_length=8, blank=True, default="")
    agreement_digest = models.CharField(max_length=64, blank=True, default="")  # SHA-256 of the text they read
    agreed_at = models.DateTimeField(null=True)
    link_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 (unique where there is one)
    wants_reminders = models.BooleanField(default=True)
    since = models.DateTimeField()
    certified_on = models.DateField(null=True)
    last_lesson_on = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)
    reminded_days = models.PositiveSmallIntegerField(default=0)  # the last of 30, 60, 90 idle days that was told
    counted = models.JSONField(default=list)  # what it stands for in ``Figure`` (``figures.py``)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "programme"], name="training_a_trainer_once"),
            models.CheckConstraint(
                condition=Q(agreement="", agreed_at=None) | (~Q(agreement="") & Q(agreed_at__isnull=False)),
                name="training_agreed_at_a_moment",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme", "region", "status"], name="training_trainers_where"),
        ]


class TrainerEvent(models.Model):
    """What changed a trainer's status: codes only."""

    trainer = models.ForeignKey(Trainer, on_delete=models.CASCADE, related_name="events")
    status = models.CharField(max_length=9, choices=Status)
    reason = models.CharField(max_length=40, blank=True, default="")
    by = models.CharField(max_length=12)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]


class Progress(models.TextChoices):
    NOT_EVALUATED = "none", _("Not evaluated")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Failed")
    REPEAT = "repeat", _("To be repeated")


class RequirementProgress(models.Model):
    """How far a trainer is with one requirement."""

    trainer = models.ForeignKey(Trainer, on_delete=models.CASCADE, related_name="progress")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="progress")
    state = models.CharField(max_length=6, choices=Progress, default=Progress.NOT_EVALUATED)
    done = models.PositiveSmallIntegerField(default=0)  # of the requirement's ``times``
    by = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["trainer", "requirement"], name="training_one_progress"),
        ]
