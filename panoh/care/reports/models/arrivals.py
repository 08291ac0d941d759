"""What was sent while another report was being written: kept whole, acknowledged, and filed a moment later."""

import uuid
from typing import ClassVar

from django.db import models


class Arrival(models.Model):
    """``id`` is that of the report to be; ``sealed`` holds the clean answers under the key of its conversation.

    ``visit`` is the keyed hash of the cookie that the browser was given. The row goes when the report stands.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reference = models.CharField(max_length=16, unique=True)
    data_key = models.UUIDField()
    sealed = models.BinaryField()
    questionnaire = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    urgency = models.PositiveSmallIntegerField()
    visit = models.CharField(max_length=64, unique=True)
    arrived_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["urgency", "arrived_at"], name="reports_arrivals_in_turn"),
        ]
