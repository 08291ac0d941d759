"""The numbers people may call: each is valid only as long as somebody checked it."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation
from .texts import Codes, Texts, in_language


class Reader(models.TextChoices):
    """Whom a number is shown to where it is known who reads."""

    CHILD = "child", _("Child or teenager")
    PARENT = "parent", _("Parent or relative")
    PROFESSIONAL = "professional", _("Somebody who works with children")


class NumberToCall(models.Model):
    """A telephone number shown to people. An empty ``region`` means the country, empty ``languages`` all of ours.

    Empty ``readers`` means everybody; an emergency number is everybody's whatever stands there.
    """

    code = models.SlugField(max_length=40, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="numbers"
    )
    names: Texts = models.JSONField(default=dict)
    number = models.CharField(max_length=30)
    hours: Texts = models.JSONField(default=dict, blank=True)
    for_whom: Texts = models.JSONField(default=dict, blank=True)
    region = models.CharField(max_length=6, blank=True, default="")
    languages: Codes = models.JSONField(default=list, blank=True)
    readers: Codes = models.JSONField(default=list, blank=True)
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

    def is_for(self, reader: str) -> bool:
        """Whether it is meant for such a reader; without ``reader`` nobody knows who reads."""
        return self.is_emergency or not reader or not self.readers or reader in self.readers

    def serves(self, language: str, region: str) -> bool:
        """Whether somebody of this language and region may be sent to this number."""
        spoken = {"uz", "uz-cyrl"} if language in {"uz", "uz-cyrl"} else {language}
        return self.region in {"", region} and (not self.languages or not spoken.isdisjoint(self.languages))

    def facts(self) -> dict[str, Any]:
        """The fields an edit may touch; a change of any of them except the order undoes the check."""
        fields = ("names", "number", "hours", "for_whom", "region", "languages", "readers", "is_emergency")
        return {field: getattr(self, field) for field in fields}

    def checked_days_ago(self, today: date) -> int | None:
        return None if self.verified_on is None else (today - self.verified_on).days
