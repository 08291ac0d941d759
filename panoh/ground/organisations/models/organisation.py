"""The directory: an agency, school or partner, and each service it offers. Both go stale unless somebody checks."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import ageing, fitting
from .texts import Codes, Texts, in_language

USER = settings.AUTH_USER_MODEL
CHECKED = Q(verified_on__isnull=True) | Q(verified_by__isnull=False)
AGES = Q(age_from__isnull=True) | Q(age_to__isnull=True) | Q(age_to__gte=models.F("age_from"))


class Kind(models.TextChoices):
    EMERGENCY = "emergency", _("Emergency service")
    HELPLINE = "helpline", _("Helpline")
    POLICE = "police", _("Police")
    SOCIAL = "social", _("Social service")
    HEALTH = "health", _("Health service")
    SCHOOL = "school", _("Education")
    HOTLINE = "hotline", _("Hotline for illegal content")
    LEGAL = "legal", _("Legal aid")
    OMBUDSMAN = "ombudsman", _("Ombudsman")
    NGO = "ngo", _("Non-governmental organisation")
    PLATFORM = "platform", _("Online platform")
    MINISTRY = "ministry", _("Ministry or agency")
    OTHER = "other", _("Other")


class Route(models.TextChoices):
    """How a referral reaches them."""

    ACCOUNT = "account", _("They have accounts here")
    LINK = "link", _("A link and a code")
    API = "api", _("Their own system")
    EMAIL = "email", _("A notice by e-mail, the rest by phone")
    PHONE = "phone", _("By phone only")


class Organisation(models.Model):
    """``region`` is where it sits, ``regions`` whom it serves; empty means everybody, as empty ``languages`` does."""

    code = models.SlugField(max_length=40, unique=True)
    names: Texts = models.JSONField(default=dict)
    about: Texts = models.JSONField(default=dict, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    route = models.CharField(max_length=8, choices=Route, default=Route.LINK)
    region = models.CharField(max_length=6, blank=True, default="")
    regions: Codes = models.JSONField(default=list, blank=True)
    languages: Codes = models.JSONField(default=list, blank=True)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    accepts: Codes = models.JSONField(default=list, blank=True)
    hours: Texts = models.JSONField(default=dict, blank=True)
    is_active = models.BooleanField(default=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.CharField(max_length=300, blank=True, default="")
    warned_step = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=CHECKED, name="organisations_checked_by_somebody"),
            models.CheckConstraint(condition=AGES, name="organisations_ages_in_order"),
        ]

    def __str__(self) -> str:
        return self.code

    def name_in(self, language: str) -> str:
        return in_language(self.names, language)

    @property
    def terms(self) -> fitting.Terms:
        """Whom it serves: the regions it names, else the one it sits in."""
        regions = self.regions or ([self.region] if self.region else [])
        return fitting.Terms(regions, self.languages, self.age_from, self.age_to)

    @property
    def freshness(self) -> str:
        """``trusted``, ``due`` for a check, ``stale`` and so hidden from people, or ``never`` checked."""
        return ageing.freshness(self.verified_on, timezone.localdate())

    @property
    def is_stale(self) -> bool:
        return self.freshness == "stale"

    def facts(self) -> dict[str, Any]:
        """What somebody confirmed at a check: a change of any of these undoes it."""
        fields = ("names", "about", "kind", "region", "regions", "languages", "age_from", "age_to", "accepts", "hours")
        return {field: getattr(self, field) for field in fields}


class Service(models.Model):
    """One thing an organisation does, where and for whom. Empty means: as the organisation itself.

    ``code`` is of ``centre/services.toml``; ``accepts`` says whether they take new referrals at present.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="services")
    code = models.CharField(max_length=40)
    region = models.CharField(max_length=6, blank=True, default="")
    languages: Codes = models.JSONField(default=list, blank=True)
    hours: Texts = models.JSONField(default=dict, blank=True)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    accepts = models.BooleanField(default=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["code", "region"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "code", "region"], name="organisations_service_once"),
            models.CheckConstraint(condition=CHECKED, name="organisations_service_checked_by"),
            models.CheckConstraint(condition=AGES, name="organisations_service_ages"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["code"], name="organisations_service_code")]

    @property
    def terms(self) -> fitting.Terms:
        regions = [self.region] if self.region else []
        own = fitting.Terms(regions, self.languages, self.age_from, self.age_to)
        return fitting.narrowed(self.organisation.terms, own)

    @property
    def freshness(self) -> str:
        return ageing.freshness(self.verified_on, timezone.localdate())

    @property
    def checks(self) -> tuple[date | None, date | None]:
        """A service is as good as the older of these two: its own check, and that of its organisation."""
        return self.verified_on, self.organisation.verified_on

    def facts(self) -> dict[str, Any]:
        """What somebody confirmed at a check; whether they take referrals this week changes without one."""
        fields = ("code", "region", "languages", "hours", "age_from", "age_to")
        return {field: getattr(self, field) for field in fields}
