"""Who works at this moment, and when each entry of the timetable runs next."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Worker(models.Model):
    """One worker process. It beats while it lives; what a silent one held is given to others."""

    code = models.CharField(max_length=40, primary_key=True)
    started_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField()


class Slot(models.Model):
    """An entry of the timetable and its next time. ``held_by``: the worker that runs it, empty when none does."""

    name = models.CharField(max_length=80, primary_key=True)
    last_run_at = models.DateTimeField(null=True)
    next_run_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    held_by = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["next_run_at"], name="jobs_due")]
