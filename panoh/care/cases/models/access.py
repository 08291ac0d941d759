"""Who else may read a case, why somebody looked, and how it comes out who is behind an alias."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from panoh.care.talks.public import Conversation

from .case import Case
from .sealed import SealedRow

USER = settings.AUTH_USER_MODEL


class Access(SealedRow):
    """Need to know: somebody may read a case that is not theirs, for a reason and for a time."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="access")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reason = models.BinaryField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["user", "until"], name="cases_access_until")]


class Look(SealedRow):
    """Somebody opened a case for a purpose; written again each hour it goes on."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="looks")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20)
    reason = models.BinaryField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case", "user", "-at"], name="cases_looks")]


class Reveal(SealedRow):
    """The wish to know who is behind an alias: one person asks, a custodian decides, it is opened once."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reveals")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.BinaryField()
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=10, blank=True, choices=[(k, k) for k in ("granted", "refused")])
    note = models.BinaryField(null=True)
    expires_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="cases_reveal_needs_two"),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(decision="granted", decided_by__isnull=False),
                name="cases_reveal_opened_when_granted",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["asked_at"], name="cases_reveals_waiting", condition=Q(decided_at=None)),
        ]


class BreakGlass(SealedRow):
    """One person looked alone because a life was in danger. Somebody else judges it within a day."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="glass")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.BinaryField()
    review_due_at = models.DateTimeField()
    reminded = models.PositiveSmallIntegerField(default=0)  # 1: it is due soon, 2: it is late
    reviewed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=15, blank=True, choices=[(k, k) for k in ("justified", "not_justified")])
    review = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(reviewed_by=F("by")), name="cases_glass_needs_two"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["review_due_at"], name="cases_glass_to_review", condition=Q(reviewed_at=None)),
        ]


class PublicCount(models.Model):
    """A number the centre owes the public, by month: no case, no person, no time of day."""

    what = models.CharField(max_length=30)
    month = models.DateField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["what", "month"], name="cases_one_count_a_month"),
        ]


class SavedView(models.Model):
    """Filters somebody comes back to. It has no name of its own: what it shows is its name, so no word is kept."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    filters = models.CharField(max_length=120)  # codes as they stand in the address: "tab=open&risk=high"

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "filters"], name="cases_view_once"),
        ]
