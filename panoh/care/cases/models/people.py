"""The child and the people around it, detail by detail, and the blind index by which a child is found again."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from .case import Case
from .sealed import SealedRow

USER = settings.AUTH_USER_MODEL


class PersonRole(models.TextChoices):
    """A child who has shown harmful behaviour is never one word with an adult who harms."""

    CHILD = "child"
    CAREGIVER = "caregiver"
    RELATIVE = "relative"
    FRIEND = "friend"
    PROFESSIONAL = "professional"
    PERSON_WHO_HARMS = "person_who_harms"
    CHILD_WHO_HARMS = "child_who_harms"
    OTHER = "other"


class Field(models.TextChoices):
    """What may be written down about a person, one sealed value each. Numbers of papers are not among them."""

    FULL_NAME = "full_name"
    OTHER_NAMES = "other_names"
    BIRTH_DATE = "birth_date"
    LANGUAGE = "language"
    PHONE = "phone"
    ACCOUNT = "account"
    ADDRESS = "address"
    SCHOOL = "school"
    WORKPLACE = "workplace"
    HEALTH = "health"


class Person(SealedRow):
    """Somebody around the child. ``alias`` is what staff call them, sealed like a name."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="people")
    role = models.CharField(max_length=20, choices=PersonRole)
    alias = models.BinaryField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class Detail(SealedRow):
    """One thing known of one person. ``is_withheld`` keeps it out of every packet, whatever the consent says."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="details")
    field = models.CharField(max_length=20, choices=Field)
    value = models.BinaryField()
    is_withheld = models.BooleanField(default=False)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "field"], name="cases_detail_once"),
        ]


class NameIndex(models.Model):
    """One keyed look-up by which a case is found: 64 bits of an HMAC, and how much a hit is worth (``blind.py``).

    The pair is the key of the table, so that a million cases need one index and no second column of numbers.
    """

    pk = models.CompositePrimaryKey("token", "case_id")
    token = models.BigIntegerField()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tokens")
    weight = models.PositiveSmallIntegerField()
