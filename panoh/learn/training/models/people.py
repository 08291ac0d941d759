"""Adults who are trained, and where they work. No number of any document; the name is sealed, found by keyed marks."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """Three, always, and a total is always their sum."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    NOT_STATED = "not_stated", _("Not stated")


class Work(models.TextChoices):
    """What somebody does, as far as the programme must tell people apart."""

    TEACHER = "teacher", _("Teacher")
    PSYCHOLOGIST = "psychologist", _("School psychologist")
    HEAD = "head", _("Head or deputy head")
    METHODIST = "methodist", _("Methodologist")
    SOCIAL = "social", _("Social worker")
    HEALTH = "health", _("Health worker")
    POLICE = "police", _("Police")
    PARENT = "parent", _("Parent")
    OTHER = "other", _("Other")


class Workplace(models.Model):
    """A school or an office as people write it; ``folded`` finds it in any script. Merged ones point to what stays."""

    name = models.CharField(max_length=160)
    folded = models.CharField(max_length=160)
    region = models.CharField(max_length=20)
    district = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["region", "district", "folded"], name="training_one_workplace"),
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who was listed at a training. ``sealed`` holds the names in both scripts, telephone and mail (JSON,
    ``naming.py``) under ``key``; destroying the key leaves a count without a person.

    ``merged_into``: the same person listed twice; figures follow it. ``learner`` is their account in the academy, a
    number that means nothing here. ``region`` is where they work, which may differ from where they were trained.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(unique=True)
    sealed = models.BinaryField(default=bytes)
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.NOT_STATED)
    work = models.CharField(max_length=12, choices=Work, default=Work.TEACHER)
    workplace = models.ForeignKey(Workplace, on_delete=models.SET_NULL, null=True, related_name="people")
    region = models.CharField(max_length=20, blank=True, default="")
    district = models.CharField(max_length=40, blank=True, default="")
    language = models.CharField(max_length=8, default="uz")
    learner = models.UUIDField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    made_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["learner"], name="training_of_learner", condition=Q(learner__isnull=False)),
            models.Index(fields=["region", "district"], name="training_person_place"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("uuid")), name="training_not_into_oneself"
            ),
        ]


class NameMark(models.Model):
    """A keyed look-up by which a person is found: 64 bits of an HMAC of the folded name (``marks.py``), never the name.

    ``strength`` 3: the whole name, in any script; 2: telephone or mail; 1: the bones of the family name with the first
    sign of the given name, which only proposes.
    """

    pk = models.CompositePrimaryKey("mark", "person_id")
    mark = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="marks")
    strength = models.PositiveSmallIntegerField()


class Verdict(models.TextChoices):
    SAME = "same", _("The same person")
    TWO = "two", _("Two people")


class DuplicateReview(models.Model):
    """What somebody decided of two people who look alike. "Two people" is asked again after ``until``.

    ``one`` is the smaller number of the two, so that a pair stands once. ``moved`` is what the merge changed, so that
    it can be undone: participations by their number and whom they belonged to.
    """

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=4, choices=Verdict)
    moved = models.JSONField(default=list)
    by = models.CharField(max_length=12)
    at = models.DateTimeField(auto_now_add=True)
    until = models.DateField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(undone_at=None), name="training_a_pair_is_judged_once"
            ),
        ]
