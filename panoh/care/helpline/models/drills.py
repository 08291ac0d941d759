"""Practice: synthetic children only. Nothing here touches the ledger, the facts, a case or Telegram."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

USER = settings.AUTH_USER_MODEL


class Drill(models.Model):
    """One practice talk of one counsellor: waits from ``arrives_at``, is answered, is scored, is talked over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=16, unique=True)
    scenario = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    trainee = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="drills")
    set_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    data_key = models.UUIDField()
    arrives_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    first_reply_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    urgency = models.PositiveSmallIntegerField(null=True)
    touched = models.JSONField(default=list)  # codes of beats, in the order they were touched
    unheard = models.PositiveSmallIntegerField(default=0)
    points = models.JSONField(null=True)  # time, asked, urgency, care
    debriefed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    debriefed_at = models.DateTimeField(null=True)
    note = models.BinaryField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["trainee", "arrives_at"], name="helpline_my_drills", condition=Q(ended_at=None)),
            models.Index(fields=["-ended_at"], name="helpline_drills_done"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(points__isnull=False), name="helpline_a_drill_ends_with_points"
            ),
            models.CheckConstraint(
                condition=Q(debriefed_by=None) | ~Q(debriefed_by=models.F("trainee")),
                name="helpline_nobody_debriefs_themselves",
            ),
        ]


class DrillLine(models.Model):
    """One line of a practice talk, sealed like any other: what a counsellor tries is nobody else's business."""

    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, related_name="lines")
    seq = models.PositiveSmallIntegerField()
    is_child = models.BooleanField()
    key = models.UUIDField(null=True)
    body = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["drill", "seq"], name="helpline_drill_line_once"),
            models.UniqueConstraint(fields=["drill", "key"], name="helpline_drill_key_once"),
        ]
