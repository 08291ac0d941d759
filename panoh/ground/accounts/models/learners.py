"""Adults who learn. They share nothing with staff: no password, no role, another cookie, other tables."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q


class Way(models.TextChoices):
    """How a learner is reached; the same address is how they sign in.

    ``lti``: another learning system brings them; their address is its issuer and their number there.
    """

    EMAIL = "email"
    SMS = "sms"
    LTI = "lti"
    TELEGRAM = "telegram"


class Learner(models.Model):
    """One learner. Address and names are sealed under ``key``; ``address_hash`` finds the address again.

    ``telegram`` is the number of their chat with our bot, sealed as well, where they want to be reminded in it.
    ``name_latin`` and ``name_cyrillic`` are how the name is written on a certificate. No number of any document is
    asked for or kept.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(unique=True)
    way = models.CharField(max_length=8, choices=[(way.value, way.value) for way in Way], default=Way.EMAIL)
    address = models.BinaryField()
    address_hash = models.CharField(max_length=64, unique=True)
    name_latin = models.BinaryField(default=bytes)
    name_cyrillic = models.BinaryField(default=bytes)
    telegram = models.BinaryField(default=bytes)
    telegram_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 (unique where there is one)
    names_reviewed_at = models.DateTimeField(null=True)
    region = models.CharField(max_length=20, blank=True, default="")
    district = models.CharField(max_length=40, blank=True, default="")
    language = models.CharField(max_length=8, default="uz")
    consent = models.CharField(max_length=20)  # which wording of the notice was agreed to
    wants_reminders = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["seen_at"], name="accounts_learners_idle"),
            models.Index(fields=["region", "district"], name="accounts_learners_place"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class LearnerSession(models.Model):
    """One browser in which a learner is signed in; only the look-up of its token is kept."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="sessions")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["expires_at"], name="accounts_learn_over")]


class SignIn(models.Model):
    """Somebody asked to be let in: a link and a code went to the address. Each works once, and not for long.

    The address is sealed under a key of its own, destroyed with the row. ``browser_hash`` finds the browser that asked.
    By Telegram ``link_hash`` is that of the code for the bot, and the address is not known before the code came there;
    with a ``learner`` it is nobody who wants in, but one who is in and wants to be reminded there.
    """

    key = models.UUIDField(unique=True)
    way = models.CharField(max_length=8, choices=[(way.value, way.value) for way in Way])
    address = models.BinaryField()
    address_hash = models.CharField(max_length=64)
    browser_hash = models.CharField(max_length=64, unique=True)
    link_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, null=True, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=8)
    consent = models.CharField(max_length=20)
    back = models.CharField(max_length=200, blank=True, default="")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["address_hash", "asked_at"], name="accounts_asked_again"),
            models.Index(fields=["asked_at"], name="accounts_asked"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(tries__lte=100), name="accounts_tries_end"),
        ]
