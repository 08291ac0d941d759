"""The contact: the unit that is counted. Draft while somebody talks, final after the wrap-up, then only amended."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from .talks import Talk

USER = settings.AUTH_USER_MODEL


class Contact(models.Model):
    """Every code stands in ``centre/taxonomy/``; ``taxonomy_version`` says in which edition."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=16, unique=True)
    talk = models.OneToOneField(Talk, null=True, on_delete=models.PROTECT, related_name="contact")
    channel = models.CharField(max_length=10)
    status = models.CharField(max_length=6, choices=[("draft", "draft"), ("final", "final")], default="draft")
    language = models.CharField(max_length=8, blank=True)
    contact_type = models.CharField(max_length=30, blank=True)
    subject = models.CharField(max_length=10, blank=True)  # self, other
    age_band = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=12, blank=True)
    region = models.CharField(max_length=8, blank=True)
    reasons = models.JSONField(default=list)
    harms = models.JSONField(default=list)  # online-safety reasons; the 4Cs follow from them
    place = models.CharField(max_length=20, blank=True)
    platform = models.CharField(max_length=20, blank=True)
    actions = models.JSONField(default=list)
    outcome = models.CharField(max_length=30, blank=True)
    urgency = models.PositiveSmallIntegerField(null=True)
    taxonomy_version = models.CharField(max_length=20, blank=True)
    data_key = models.UUIDField()
    summary = models.BinaryField(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    finalized_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)
    counted = models.BooleanField(default=False)  # its facts are written

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(finalized_at__isnull=False), name="helpline_final_has_a_moment"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["by", "-finalized_at"], name="helpline_my_contacts"),
        ]


class Amendment(models.Model):
    """A correction after the end: what changed (codes only) and why (sealed)."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="amendments")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    changes = models.JSONField()
    reason = models.BinaryField()
