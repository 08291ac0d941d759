"""What comes by telephone: calls to return at a safe hour, and calls nobody answered."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL


class CallBack(models.Model):
    """Somebody asked to be called. The number is sealed; the safe hours are local clock times."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    data_key = models.UUIDField()
    number = models.BinaryField()
    note = models.BinaryField(null=True)
    language = models.CharField(max_length=8)
    urgency = models.PositiveSmallIntegerField(default=3)
    safe_from = models.TimeField(null=True)
    safe_until = models.TimeField(null=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=12,
        default="open",
        choices=[(s, s) for s in ("open", "taken", "reached", "not_reached", "cancelled")],
    )
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)


class MissedCall(models.Model):
    """One call the telephone system says nobody answered; imported, never typed. The caller is a keyed hash."""

    record_id = models.CharField(max_length=64, unique=True)  # keyed hash of the system's own record id
    caller_lookup = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    waited_seconds = models.PositiveIntegerField(default=0)
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["at"], name="helpline_missed_at")]
