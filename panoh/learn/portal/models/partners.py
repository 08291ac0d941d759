"""The partner register: who promised what, by when, and what came of it. Nothing is public until a person says so."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panoh.ground.common.codes import new_code

USER = settings.AUTH_USER_MODEL
Texts = models.JSONField[dict[str, str], dict[str, str]]
NOBODY = Q(published_by=None, published_at=None)


class PartnerKind(models.TextChoices):
    COMPANY = "company", _("Company")
    SCHOOL = "school", _("School")
    NGO = "ngo", _("Non-governmental organisation")
    AGENCY = "agency", _("Agency")
    MEDIA = "media", _("Media")
    OPERATOR = "operator", _("Operator")


class PledgeState(models.TextChoices):
    PROMISED = "promised", _("Promised")
    ON_THE_WAY = "on_the_way", _("On the way")
    KEPT = "kept", _("Kept")
    NOT_KEPT = "not_kept", _("Not kept")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PledgeVerb(models.TextChoices):
    """What a change did."""

    ADDED = "added", _("written down")
    CHANGED = "changed", _("changed")
    REPORTED = "reported", _("reported")
    SHOWN = "shown", _("published")
    HIDDEN = "hidden", _("taken off the public page")


OPEN_STATES = (PledgeState.PROMISED, PledgeState.ON_THE_WAY)


class Partner(models.Model):
    """Somebody of the directory, or a plain ``name``. ``responsible`` hears before a promise is due."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True)
    name = models.CharField(max_length=120, blank=True, default="")
    kind = models.CharField(max_length=10, choices=PartnerKind)
    website = models.URLField(max_length=200, blank=True, default="")
    responsible = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(organisation=None) & ~Q(name="") | Q(organisation__isnull=False, name=""),
                name="portal_a_partner_is_somebody",
            ),
            models.CheckConstraint(
                condition=NOBODY | Q(published_by__isnull=False, published_at__isnull=False),
                name="portal_partner_published_by_a_person",
            ),
            models.UniqueConstraint(fields=["organisation"], name="portal_one_partner_an_organisation"),
        ]

    def name_in(self, language: str) -> str:
        return self.organisation.name_in(language) if self.organisation is not None else self.name

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class Pledge(models.Model):
    """One promise. ``first_due_on`` stays what was said at first, however often the day is moved."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="pledges")
    what: Texts = models.JSONField(default=dict)
    measure: Texts = models.JSONField(default=dict)
    due_on = models.DateField()
    first_due_on = models.DateField()
    state = models.CharField(max_length=10, choices=PledgeState, default=PledgeState.PROMISED)
    reason: Texts = models.JSONField(default=dict)
    result: Texts = models.JSONField(default=dict)
    evidence_url = models.URLField(max_length=300, blank=True, default="")
    reminded_step = models.PositiveSmallIntegerField(default=0)
    published_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=NOBODY | Q(published_by__isnull=False, published_at__isnull=False),
                name="portal_pledge_published_by_a_person",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "due_on"], name="portal_pledges_due")]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_moved(self) -> bool:
        return self.due_on > self.first_due_on

    def is_overdue(self, today: date | None = None) -> bool:
        return self.is_open and self.due_on < (today or timezone.localdate())


class PledgeChange(models.Model):
    """What a promise said after each change, and who wrote it so. Rows are only added."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=10, choices=PledgeVerb)
    state = models.CharField(max_length=10, choices=PledgeState)
    due_on = models.DateField()
    what: Texts = models.JSONField(default=dict)
    reason: Texts = models.JSONField(default=dict)
    result: Texts = models.JSONField(default=dict)
    evidence_url = models.URLField(max_length=300, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]
