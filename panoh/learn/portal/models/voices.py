"""Children's voice: words that a child gave to a school or a centre to be read by others. Never a name."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panoh.ground.common.codes import new_code

USER = settings.AUTH_USER_MODEL


class VoiceState(models.TextChoices):
    WAITING = "waiting", _("Waits for two reviewers")
    PUBLISHED = "published", _("Published")
    REFUSED = "refused", _("Not published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ChildsYes(models.TextChoices):
    SAID = "said", _("The child said yes and was told where it will stand")
    WROTE = "wrote", _("The child wrote the yes")


class GuardiansYes(models.TextChoices):
    WRITTEN = "written", _("In writing, kept by the school or centre")
    RECORDED = "recorded", _("By telephone, written down by staff")


class Voice(models.Model):
    """``sealed`` holds the words and the first letter of the child's name, if any, under a key of their own.

    Both are destroyed when it is refused or withdrawn. What two people have published stands in its sheet.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    language = models.CharField(max_length=8)
    data_key = models.UUIDField()
    sealed = models.BinaryField(null=True)
    age_band = models.CharField(max_length=8)
    region = models.CharField(max_length=6, blank=True, default="")
    childs_yes = models.CharField(max_length=8, choices=ChildsYes)
    guardians_yes = models.CharField(max_length=8, choices=GuardiansYes)
    state = models.CharField(max_length=9, choices=VoiceState, default=VoiceState.WAITING)
    entered_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    entered_on = models.DateField()
    first_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    first_at = models.DateTimeField(null=True)
    second_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-entered_on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(state=VoiceState.PUBLISHED)
                | (Q(first_by__isnull=False, second_by__isnull=False) & ~Q(first_by=F("second_by"))),
                name="portal_a_voice_has_two_reviewers",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[VoiceState.REFUSED, VoiceState.WITHDRAWN]) | Q(sealed=None),
                name="portal_a_voice_that_ended_has_no_words",
            ),
        ]
