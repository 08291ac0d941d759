"""What people who ran a campaign tell us: how many took part, where, and what went well. Never a name."""

from functools import reduce
from operator import or_
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

COUNTS = ("children_female", "children_male", "children_unsaid", "parents_female", "parents_male", "parents_unsaid")


class ReportState(models.TextChoices):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class CampaignReport(models.Model):
    """``key`` is made with the form, so that a second tap is not a second report. Only accepted ones are counted."""

    key = models.UUIDField(unique=True)
    campaign = models.SlugField(max_length=80)
    region = models.CharField(max_length=6)
    district = models.CharField(max_length=40, blank=True, default="")
    held_on = models.DateField()
    children_female = models.PositiveSmallIntegerField(default=0)
    children_male = models.PositiveSmallIntegerField(default=0)
    children_unsaid = models.PositiveSmallIntegerField(default=0)
    parents_female = models.PositiveSmallIntegerField(default=0)
    parents_male = models.PositiveSmallIntegerField(default=0)
    parents_unsaid = models.PositiveSmallIntegerField(default=0)
    went_well = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=ReportState, default=ReportState.WAITING)
    why = models.CharField(max_length=12, blank=True)  # a code, where it was refused
    sent_on = models.DateField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state=ReportState.WAITING, decided_at=None, decided_by=None)
                | (~Q(state=ReportState.WAITING) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="portal_campaign_report_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(district="") | Q(district__startswith=F("region")), name="portal_campaign_report_in_region"
            ),
            models.CheckConstraint(
                condition=reduce(or_, (Q(**{f"{name}__gt": 0}) for name in COUNTS)),
                name="portal_campaign_report_of_somebody",
            ),
        ]
        ordering: ClassVar[list[str]] = ["-state", "-sent_on", "-pk"]  # those that wait come first
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["campaign", "state"], name="portal_campaign_reports"),
        ]

    @property
    def children(self) -> int:
        return self.children_female + self.children_male + self.children_unsaid

    @property
    def parents(self) -> int:
        return self.parents_female + self.parents_male + self.parents_unsaid
