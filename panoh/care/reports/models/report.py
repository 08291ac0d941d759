"""The report: what the public notifies. It is a draft from the first answer, so that an abandoned form still counts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from panoh.care.talks.public import Conversation

USER = settings.AUTH_USER_MODEL


class ReportStatus(models.TextChoices):
    """draft > received > assessed > one of the outcomes > closed."""

    DRAFT = "draft"
    RECEIVED = "received"
    ASSESSED = "assessed"
    ACTIONED = "actioned"
    REFERRED = "referred"
    DUPLICATE = "duplicate"
    OUT_OF_REMIT = "out_of_remit"
    UNABLE_TO_ASSESS = "unable_to_assess"
    UNFOUNDED = "unfounded"
    CLOSED = "closed"


class Report(models.Model):
    """Its words lie in the conversation and in sealed answers, all under the conversation's key: one key, one end.

    Only codes that are counted stand here in plain: ``kind``, ``about``, ``danger``, ``region``, ``age_band``, ``sex``,
    ``platform`` are filled from the answers of those names. ``shown_status`` is what the return page says.
    """

    conversation = models.OneToOneField(Conversation, primary_key=True, on_delete=models.PROTECT, related_name="report")
    reference = models.CharField(max_length=16, unique=True)
    status = models.CharField(max_length=16, choices=ReportStatus, default=ReportStatus.DRAFT)
    shown_status = models.CharField(max_length=20, default="received")
    questionnaire = models.CharField(max_length=20)  # the version whose questions were asked
    language = models.CharField(max_length=8)
    channel = models.CharField(max_length=10)  # web, telegram, phone, walk_in, letter
    urgency = models.PositiveSmallIntegerField(default=4)
    kind = models.CharField(max_length=30, blank=True)
    about = models.CharField(max_length=10, blank=True)  # self, known, seen
    danger = models.CharField(max_length=6, blank=True)  # yes, no, unsure
    region = models.CharField(max_length=8, blank=True)
    age_band = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=12, blank=True)
    platform = models.CharField(max_length=20, blank=True)
    lexicon_classes = models.CharField(max_length=200, blank=True)  # what was seen in the words
    assignee = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")  # assisted intake
    receipt_to_change = models.BooleanField(default=False)  # somebody of ours has read the return code out
    started_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # the earliest open clock
    assessed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="duplicates")
    forgotten_at = models.DateTimeField(null=True)
    counted = models.BooleanField(default=False)  # its facts are written

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["urgency", "due_at"],
                name="reports_to_triage",
                condition=Q(status__in=["received", "assessed"]),
            ),
            models.Index(fields=["assignee", "due_at"], name="reports_mine", condition=Q(closed_at=None)),
            models.Index(fields=["-sent_at"], name="reports_by_arrival"),
            models.Index(fields=["kind", "-sent_at"], name="reports_by_kind"),
            models.Index(fields=["status", "-sent_at"], name="reports_by_status"),
            models.Index(fields=["region", "-sent_at"], name="reports_by_region"),
            models.Index(fields=["started_at"], name="reports_unsent", condition=Q(status="draft")),
            models.Index(fields=["closed_at"], name="reports_to_forget", condition=Q(forgotten_at=None)),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status="draft", sent_at=None) | (~Q(status="draft") & Q(sent_at__isnull=False)),
                name="reports_sent_has_a_moment",
            ),
        ]


class Answer(models.Model):
    """One answer, kept as it was given; a changed answer replaces the earlier one. ``value`` is sealed JSON."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=30)
    value = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "question"], name="reports_one_answer_a_question"),
        ]
