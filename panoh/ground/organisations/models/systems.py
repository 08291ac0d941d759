"""A partner's own computer system: its key, what it said already, and what it was answered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from .organisation import Organisation


class ApiClient(models.Model):
    """Secrets and web address lie sealed; after a rotation the secret before works until ``previous_until``."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="clients")
    key_id = models.CharField(max_length=16, unique=True)
    data_key = models.UUIDField()
    secret = models.BinaryField()
    previous_secret = models.BinaryField(default=bytes)
    previous_until = models.DateTimeField(null=True, blank=True)
    webhook = models.BinaryField(default=bytes)
    is_active = models.BooleanField(default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-is_active", "created_at"]


class ApiNonce(models.Model):
    """A number used once: the second call with it is refused. Kept a little longer than a call may be late."""

    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["client", "nonce"], name="organisations_nonce_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["expires_at"], name="organisations_nonce_end")]


class ApiAnswer(models.Model):
    """What a call with this idempotency key was answered, sealed, so that a repeated call changes nothing twice."""

    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.BinaryField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["client", "key"], name="organisations_answer_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["expires_at"], name="organisations_answer_end")]
