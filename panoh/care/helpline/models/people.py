"""Who answers, when, and what they need: skills, vetting, presence, shifts, hand-overs, debriefs."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

USER = settings.AUTH_USER_MODEL


class Presence(models.TextChoices):
    OFF = "off"
    ON = "on"
    FULL = "full"  # on, but takes nothing new
    BREAK = "break"


class Counsellor(models.Model):
    """One who answers. Without a vetting that is still valid no talk is offered."""

    user = models.OneToOneField(USER, primary_key=True, on_delete=models.PROTECT, related_name="counsellor")
    languages = models.CharField(max_length=60)  # spaced codes
    topics = models.CharField(max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(default=3)
    presence = models.CharField(max_length=6, choices=Presence, default=Presence.OFF)
    presence_since = models.DateTimeField(default=timezone.now)
    phone_key = models.UUIDField(null=True)
    phone = models.BinaryField(null=True)  # reached here when on call; sealed
    vetted_on = models.DateField(null=True)
    vetted_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    vetting_expires_on = models.DateField(null=True)


class Shift(models.Model):
    """A stretch of the rota; ``on_call`` is reached by telephone when nobody at the desk answers."""

    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    on_call = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="helpline_shift_has_length"),
            models.UniqueConstraint(fields=["user", "starts_at", "on_call"], name="helpline_shift_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["ends_at", "starts_at"], name="helpline_rota")]


class HandOver(models.Model):
    """What the next shift must know; sealed under a key of its own."""

    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    data_key = models.UUIDField()
    note = models.BinaryField()


class DebriefRequest(models.Model):
    """A counsellor asks to talk after a hard one. The wish is recorded, never the reason."""

    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    held_with = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True)
