"""How often certificates were looked up on a day. Never which, never by whom."""

from typing import ClassVar

from django.db import models


class DailyChecks(models.Model):
    day = models.DateField()
    answer = models.CharField(max_length=12)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "answer"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "answer"], name="certificates_one_count_a_day"),
        ]
