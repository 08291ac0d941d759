"""Organisations that help, and the numbers people may call: each is valid only as long as somebody checked it."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from panoh.ground.languages.public import to_script


def in_language(texts: dict[str, str], language: str) -> str:
    """The text in this language; Uzbek Cyrillic is turned from Latin; else in the first language there is."""
    if language == "uz-cyrl" and language not in texts and "uz" in texts:
        return to_script(texts["uz"], language)
    for code in (language, "uz", "ru", "en"):
        if texts.get(code):
            return texts[code]
    return next(iter(texts.values()), "")


class Kind(models.TextChoices):
    EMERGENCY = "emergency", _("Emergency service")
    HELPLINE = "helpline", _("Helpline")
    SOCIAL = "social", _("Social service")
    HEALTH = "health", _("Health service")
    SCHOOL = "school", _("Education")
    OTHER = "other", _("Other")


class Organisation(models.Model):
    """An agency, service or partner. ``names`` by language."""

    code = models.SlugField(max_length=40, unique=True)
    names: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    region = models.CharField(max_length=6, blank=True, default="")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]

    def name_in(self, language: str) -> str:
        return in_language(self.names, language)


class NumberToCall(models.Model):
    """A telephone number shown to people. An empty ``region`` means the country, empty ``languages`` all of ours."""

    code = models.SlugField(max_length=40, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="numbers"
    )
    names: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    number = models.CharField(max_length=30)
    hours: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict, blank=True)
    for_whom: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict, blank=True)
    region = models.CharField(max_length=6, blank=True, default="")
    languages: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    is_emergency = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=100)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    evidence = models.CharField(max_length=300, blank=True, default="")
    warned_step = models.PositiveSmallIntegerField(default=0)
    alarmed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-is_emergency", "position", "code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(verified_on__isnull=True) | models.Q(verified_by__isnull=False),
                name="organisations_a_check_has_a_checker",
            ),
        ]

    def name_in(self, language: str) -> str:
        return in_language(self.names, language)

    def serves(self, language: str, region: str) -> bool:
        """Whether somebody of this language and region may be sent to this number."""
        spoken = {"uz", "uz-cyrl"} if language in {"uz", "uz-cyrl"} else {language}
        return self.region in {"", region} and (not self.languages or not spoken.isdisjoint(self.languages))

    def facts(self) -> dict[str, Any]:
        """The fields an edit may touch; a change of any of them except the order undoes the check."""
        fields = ("names", "number", "hours", "for_whom", "region", "languages", "is_emergency")
        return {field: getattr(self, field) for field in fields}

    def checked_days_ago(self, today: date) -> int | None:
        return None if self.verified_on is None else (today - self.verified_on).days
