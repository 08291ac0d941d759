"""What a certificate is given for, who signs it, and what it looks like."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    COURSE = "course", _("Course")
    TRAINING = "training", _("Training")
    TRAINER = "trainer_status", _("Trainer status")
    EVENT = "event", _("Event")


class Achievement(models.Model):
    """``names`` and ``criteria`` by written language; Uzbek Cyrillic is derived. The code never changes."""

    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=14, choices=Kind)
    names = models.JSONField()
    criteria = models.JSONField()
    hours = models.PositiveSmallIntegerField(null=True)
    valid_months = models.PositiveSmallIntegerField(null=True)
    design = models.CharField(max_length=40, default="plain")
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]


class Signatory(models.Model):
    """Who answers for certificates in public: name and office by written language, as they are printed."""

    code = models.SlugField(max_length=40, unique=True)
    names = models.JSONField()
    offices = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]


class CertificateDesign(models.Model):
    """One version of a design; it never changes once it is here. ``words`` by written language.

    ``layout`` is a key of ``designs.LAYOUTS``.
    """

    code = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    layout = models.CharField(max_length=8, default="frame")
    words = models.JSONField()
    accent = models.CharField(max_length=12)
    signatory = models.ForeignKey(Signatory, models.PROTECT, null=True, related_name="designs")
    made_by = models.CharField(max_length=12)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["code", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code", "version"], name="certificates_a_version_is_one"),
        ]
