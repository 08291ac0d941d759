"""What is done for the child: assessment, plan and its actions, notes, documents, follow-ups, and who approved."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .case import Case, Risk
from .sealed import SealedRow

USER = settings.AUTH_USER_MODEL


class WorkStatus(models.TextChoices):
    """draft > submitted > approved, or back to draft when it is returned."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"


class Assessment(SealedRow):
    """Answers to one version of one tool; the points are counted on the server and never read from a browser."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assessments")
    tool = models.CharField(max_length=30)
    version = models.CharField(max_length=20)
    answers = models.BinaryField()  # sealed JSON
    score = models.PositiveSmallIntegerField()
    risk = models.CharField(max_length=8, choices=Risk)
    status = models.CharField(max_length=10, choices=WorkStatus, default=WorkStatus.DRAFT)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approver = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(approver__isnull=False, approved_at__isnull=False),
                name="cases_assessment_has_an_approver",
            ),
            models.CheckConstraint(condition=~Q(approver=F("by")), name="cases_assessment_needs_two"),
            models.UniqueConstraint(
                fields=["case"], condition=~Q(status="approved"), name="cases_one_assessment_in_work"
            ),
        ]


class Plan(SealedRow):
    """What shall be done, approved as a whole; what comes later is a plan of its own beside it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="plans")
    goal = models.BinaryField()
    status = models.CharField(max_length=10, choices=WorkStatus, default=WorkStatus.DRAFT)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    approver = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(approver__isnull=False, approved_at__isnull=False),
                name="cases_plan_has_an_approver",
            ),
            models.UniqueConstraint(fields=["case"], condition=~Q(status="approved"), name="cases_one_plan_in_work"),
        ]


class Action(SealedRow):
    """One step of a plan: a colleague's or an organisation's."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="actions")
    title = models.BinaryField()
    owner = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.CharField(max_length=40, blank=True)
    due_on = models.DateField()
    status = models.CharField(max_length=10, choices=[(k, k) for k in ("open", "done", "dropped")], default="open")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False, organisation="") | (Q(owner=None) & ~Q(organisation="")),
                name="cases_action_has_one_owner",
            ),
        ]


class Note(SealedRow):
    """A note is changed by writing it anew: every earlier wording stays, and none is ever deleted by hand."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    key = models.UUIDField(default=uuid.uuid4)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "key"], name="cases_note_once"),
        ]


class NoteVersion(SealedRow):
    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    body = models.BinaryField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["note", "number"], name="cases_note_version_once"),
        ]


class Document(SealedRow):
    """A small file, sealed whole. Its type is read from its content; it is only ever handed out as a download."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="documents")
    title = models.BinaryField()
    content = models.BinaryField()
    content_type = models.CharField(max_length=30)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class FollowUp(SealedRow):
    """To look again at a moment that was agreed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="follow_ups")
    what = models.BinaryField()
    due_at = models.DateTimeField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")


class Approval(SealedRow):
    """One question to a supervisor: may this assessment, this plan, this end stand? Nobody answers their own."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="approvals")
    of = models.CharField(max_length=10, choices=[(k, k) for k in ("assessment", "plan", "closing")])
    subject = models.UUIDField(null=True)  # the assessment or the plan
    reason = models.CharField(max_length=30, blank=True)  # of a closing: its code
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    words = models.BinaryField(null=True)  # what the asker wrote
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=10, blank=True, choices=[(k, k) for k in ("approved", "returned")])
    note = models.BinaryField(null=True)  # what the supervisor wrote

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="cases_approval_needs_two"),
            models.CheckConstraint(
                condition=Q(decision="", decided_by=None, decided_at=None)
                | (~Q(decision="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="cases_approval_decided_whole",
            ),
            models.UniqueConstraint(
                fields=["case", "of"], condition=Q(decided_at=None), name="cases_one_open_approval"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["asked_at"], name="cases_to_approve", condition=Q(decided_at=None)),
        ]
