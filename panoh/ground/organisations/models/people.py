"""Who speaks for an organisation: its focal points, and its people who have an account here."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .organisation import Organisation

USER = settings.AUTH_USER_MODEL


class FocalPoint(models.Model):
    """The named person of an agency, for a time. Name and addresses lie under a key of their own, destroyed after."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="focal_points")
    data_key = models.UUIDField()
    name = models.BinaryField()
    email = models.BinaryField()
    phone = models.BinaryField()
    language = models.CharField(max_length=8, default="uz")
    is_national = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-valid_from", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="organisations_focal_dates_in_order",
            ),
        ]


class Membership(models.Model):
    """A partner officer works for one organisation at a time."""

    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-since"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(until__isnull=True), name="organisations_one_membership"
            ),
        ]
