"""A yes or a no, who gave it, for what, to whom, and what stays withheld."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .case import Case
from .sealed import SealedRow

USER = settings.AUTH_USER_MODEL


class ConsentAnswer(models.TextChoices):
    GIVEN = "given"
    REFUSED = "refused"
    OVERRIDDEN = "overridden"  # no yes could be had or it was a no: a supervisor decided, and wrote down why


class Scope(models.TextChoices):
    REFERRAL = "referral"
    STATISTICS = "statistics"
    CONTACT_BACK = "contact_back"
    RECORDING = "recording"


ANY = "any"


class Consent(SealedRow):
    """Never changed but once, when it is withdrawn. The newest one that speaks of a recipient decides.

    ``recipients``: codes of organisations, or ``any``. ``withheld``: field codes, or ``role.field``.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consents")
    answer = models.CharField(max_length=10, choices=ConsentAnswer)
    given_by = models.CharField(max_length=10, choices=[(k, k) for k in ("child", "caregiver", "other", "nobody")])
    scopes = models.JSONField(default=list)
    recipients = models.JSONField(default=list)
    withheld = models.JSONField(default=list)
    legal_basis = models.CharField(max_length=30)
    notice_version = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reason = models.BinaryField(null=True)  # why it was overridden
    asked_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case", "-at"], name="cases_consents")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(answer="overridden") | Q(reason__isnull=False, approver__isnull=False),
                name="cases_override_has_an_approver",
            ),
            models.CheckConstraint(condition=~Q(approver=F("asked_by")), name="cases_override_needs_two"),
        ]
