"""Letters, text messages and webhooks on their way out: written before they are sent, sealed, dropped after."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Channel(models.TextChoices):
    EMAIL = "email"
    SMS = "sms"
    WEBHOOK = "webhook"
    TELEGRAM = "telegram"


class Status(models.TextChoices):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Outgoing(models.Model):
    """One message to one address; both are sealed under a key of its own. ``reason`` is a code, never a sentence.

    ``secrets``: of a webhook, what it is signed with, sealed too.
    """

    channel = models.CharField(max_length=8, choices=Channel)
    address = models.BinaryField()
    body = models.BinaryField()
    secrets = models.BinaryField(default=bytes)
    key = models.UUIDField(unique=True)
    status = models.CharField(max_length=7, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=40, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_attempt_at", "id"], name="notify_due", condition=Q(status__in=["queued", "sending"])
            ),
            models.Index(fields=["done_at"], name="notify_done"),
        ]
