"""What schools send of their yearly self-review: totals of a place. No name, no address, no day of the answers."""

from typing import ClassVar

from django.db import models


class SchoolKind(models.TextChoices):
    GENERAL = "general"
    SPECIAL = "special"
    LYCEUM = "lyceum"
    PRIVATE = "private"
    OTHER = "other"


class SchoolReview(models.Model):
    """``scores`` are points by area of one edition of the statements. ``key`` makes a second press count nothing."""

    key = models.UUIDField(unique=True)
    year = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField()
    region = models.CharField(max_length=6)
    district = models.CharField(max_length=40, blank=True, default="")
    kind = models.CharField(max_length=8, choices=SchoolKind)
    scores = models.JSONField[dict[str, int], dict[str, int]](default=dict)
    sent_on = models.DateField()  # only so that nobody can flood the count; shown nowhere

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["year", "region"], name="portal_reviews_by_place"),
            models.Index(fields=["sent_on"], name="portal_reviews_by_day"),
        ]
