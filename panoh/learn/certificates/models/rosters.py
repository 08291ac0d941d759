"""A list of people who get the same certificate. Names stand in the certificates, sealed; a row here has none."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panoh.ground.common.codes import new_code

from .achievements import Achievement
from .certificates import Certificate


class Outcome(models.TextChoices):
    ISSUED = "issued", _("Issued")
    HELD = "held", _("Has it already")
    REFUSED = "refused", _("Not issued")


class Roster(models.Model):
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    achievement = models.ForeignKey(Achievement, models.PROTECT, related_name="rosters")
    digest = models.CharField(max_length=64)
    made_by = models.CharField(max_length=12)
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.CharField(max_length=12, blank=True, default="")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["achievement", "digest"],
                condition=Q(undone_at=None),
                name="certificates_a_roster_is_issued_once",
            ),
        ]


class RosterRow(models.Model):
    roster = models.ForeignKey(Roster, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=7, choices=Outcome)
    fault = models.CharField(max_length=20, blank=True, default="")
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="roster_rows")

    class Meta:
        ordering: ClassVar[list[str]] = ["line"]
