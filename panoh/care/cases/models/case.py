"""The case: governed work for one child. Words and names in it are sealed under its own key."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from panoh.care.talks.public import Conversation

USER = settings.AUTH_USER_MODEL


class CaseStatus(models.TextChoices):
    """new > assessment > plan > in service > closed; a closed case may be reopened, and then stands in assessment."""

    NEW = "new"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    IN_SERVICE = "in_service"
    CLOSED = "closed"
    DUPLICATE = "duplicate"
    TRANSFERRED = "transferred"


ENDED = [CaseStatus.CLOSED, CaseStatus.DUPLICATE, CaseStatus.TRANSFERRED]


class Risk(models.TextChoices):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"


class Case(models.Model):
    """Codes only, beside the key: every name, address and word lies sealed in the tables around it.

    ``next_due_at`` is the earliest open due moment of its actions, follow-ups and referrals; None when there is none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=16, unique=True)
    status = models.CharField(max_length=12, choices=CaseStatus, default=CaseStatus.NEW)
    risk = models.CharField(max_length=8, choices=Risk, default=Risk.UNKNOWN)
    urgency = models.PositiveSmallIntegerField(default=3)  # 1 immediate danger … 4 advice, as at the helpline
    kind = models.CharField(max_length=40, blank=True)  # a code of centre/taxonomy/harms.toml or of the report's kinds
    alias = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    region = models.CharField(max_length=8, blank=True)
    age_band = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=12, blank=True)
    owner = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    data_key = models.UUIDField()
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    next_due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closure_reason = models.CharField(max_length=30, blank=True)
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="duplicates")
    times_reopened = models.PositiveSmallIntegerField(default=0)
    forgotten_at = models.DateTimeField(null=True)
    counted = models.BooleanField(default=False)  # that it ended stands in the facts

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner", "next_due_at"], name="cases_mine", condition=Q(closed_at=None)),
            models.Index(fields=["-changed_at", "-id"], name="cases_by_change"),
            models.Index(fields=["status", "-changed_at", "-id"], name="cases_by_status"),
            models.Index(fields=["owner", "-changed_at", "-id"], name="cases_by_owner"),
            models.Index(fields=["opened_by", "-changed_at", "-id"], name="cases_by_opener"),
            models.Index(fields=["region", "-changed_at", "-id"], name="cases_by_region"),
            models.Index(fields=["risk", "-changed_at", "-id"], name="cases_by_risk"),
            models.Index(fields=["-changed_at", "-id"], name="cases_open", condition=Q(closed_at=None)),
            # Three filters at once find few among many: without it a million cases are walked for one page.
            models.Index(
                fields=["region", "status", "risk", "-changed_at", "-id"],
                name="cases_by_three",
                condition=Q(closed_at=None),
            ),
            models.Index(fields=["next_due_at", "id"], name="cases_due", condition=Q(closed_at=None)),
            models.Index(fields=["closed_at"], name="cases_to_forget", condition=Q(forgotten_at=None)),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status__in=ENDED, closed_at__isnull=False) | (~Q(status__in=ENDED) & Q(closed_at=None)),
                name="cases_ended_has_a_moment",
            ),
        ]


class Link(models.Model):
    """What belongs to a case: a talk, a report or a contact by hand. ``reference`` is its name at the desk."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=8, choices=[(k, k) for k in ("talk", "report", "contact")])
    reference = models.CharField(max_length=16)
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.PROTECT, related_name="case_links")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "kind", "reference"], name="cases_link_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["reference"], name="cases_link_reference")]
