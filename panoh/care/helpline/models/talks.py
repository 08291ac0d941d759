"""A talk: a conversation as the helpline handles it. It waits, is answered, is written up and ends for good."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from panoh.care.talks.public import Conversation

USER = settings.AUTH_USER_MODEL


class Urgency(models.IntegerChoices):
    """The promised time to a human; 1 is immediate danger. The smaller the number, the sooner."""

    U1 = 1
    U2 = 2
    U3 = 3
    U4 = 4


class Status(models.TextChoices):
    NEW = "new"
    TRIAGING = "triaging"  # the first steps: language, who you are, is anyone in danger
    WAITING = "waiting"
    ACTIVE = "active"
    ON_HOLD = "on_hold"
    WRAP_UP = "wrap_up"
    CLOSED = "closed"


OPEN = [Status.NEW, Status.TRIAGING, Status.WAITING, Status.ACTIVE, Status.ON_HOLD, Status.WRAP_UP]


class CallerRole(models.TextChoices):
    CHILD = "child"
    PARENT = "parent"
    PROFESSIONAL = "professional"
    OTHER = "other"
    UNKNOWN = "unknown"


class Danger(models.TextChoices):
    """What the person answered to "is anyone in danger now"."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class CloseReason(models.TextChoices):
    FINISHED = "finished"
    LEFT_BEFORE_ANSWER = "left_before_answer"
    LEFT = "left"
    OUTSIDE_HOURS = "outside_hours"
    BLOCKED_US = "blocked_us"
    ABUSE = "abuse"
    DELETED = "deleted"


class Talk(models.Model):
    """``waiting_since``: the person began to wait for a human; ``promised_at``: we said one would be there."""

    conversation = models.OneToOneField(Conversation, primary_key=True, on_delete=models.PROTECT, related_name="talk")
    status = models.CharField(max_length=10, choices=Status, default=Status.NEW)
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.U4)
    danger = models.CharField(max_length=6, choices=Danger, blank=True)
    language = models.CharField(max_length=8)
    topics = models.CharField(max_length=120, blank=True)
    lexicon_classes = models.CharField(max_length=200, blank=True)
    caller_role = models.CharField(max_length=12, choices=CallerRole, default=CallerRole.UNKNOWN)
    region = models.CharField(max_length=8, blank=True)
    assignee = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    offered_to = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    first_human_reply_at = models.DateTimeField(null=True)
    last_in_at = models.DateTimeField(null=True)
    last_out_at = models.DateTimeField(null=True)
    escalation = models.PositiveSmallIntegerField(default=0)  # 0 none, 1 supervisor told, 2 on-call told
    opened_outside_hours = models.BooleanField(default=False)
    notice_version = models.CharField(max_length=20, blank=True)
    media_locked = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=20, choices=CloseReason, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["urgency", "promised_at"], name="helpline_waiting", condition=Q(status="waiting")),
            models.Index(fields=["assignee", "status"], name="helpline_mine", condition=~Q(status="closed")),
            models.Index(fields=["assignee", "-closed_at"], name="helpline_finished", condition=Q(status="closed")),
            models.Index(fields=["waiting_since"], name="helpline_waited_today"),
            models.Index(
                fields=["closed_at"], name="helpline_unanswered_today", condition=Q(first_human_reply_at=None)
            ),
            models.Index(fields=["status", "opened_at"], name="helpline_still_open", condition=~Q(status="closed")),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(status__in=["active", "on_hold"]) | Q(assignee__isnull=False),
                name="helpline_active_has_someone",
            ),
            models.CheckConstraint(
                condition=~Q(status="waiting") | Q(promised_at__isnull=False), name="helpline_waiting_has_a_promise"
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False) | ~Q(status="closed") & Q(closed_at=None),
                name="helpline_closed_has_a_moment",
            ),
        ]


class UrgencyChange(models.Model):
    """Why a talk became more or less urgent. A machine may only raise; lowering names a person and a reason."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="urgency_changes")
    before = models.PositiveSmallIntegerField(choices=Urgency)
    after = models.PositiveSmallIntegerField(choices=Urgency)
    source = models.CharField(max_length=10, choices=[("person", "person"), ("lexicon", "lexicon"), ("staff", "staff")])
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.BinaryField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(after__lt=models.F("before")) | Q(by__isnull=False, reason__isnull=False),
                name="helpline_only_people_lower",
            ),
        ]


class Transfer(models.Model):
    """A talk handed from one counsellor to another, or taken over by a supervisor."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="transfers")
    kind = models.CharField(
        max_length=10,
        choices=[(k, k) for k in ("offer", "accept", "decline", "transfer", "take_over", "return")],
    )
    frm = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.BinaryField(null=True)
    at = models.DateTimeField(auto_now_add=True)


class HelpRequest(models.Model):
    """ "Help me with this one": open until a supervisor answers."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="help_requests")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)


class Held(models.Model):
    """A counsellor's message that the centre keeps back until a supervisor has read it."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="held")
    message_seq = models.PositiveIntegerField()
    found = models.CharField(max_length=60)  # codes: phone handle link place
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=8, blank=True, choices=[("released", "released"), ("refused", "refused")])

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["talk", "message_seq"], name="helpline_held_once"),
        ]


class Complaint(models.Model):
    """What a person says about the one they wrote to. Never shown to that one."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="complaints")
    about = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    data_key = models.UUIDField()
    body = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True)
    key = models.UUIDField(unique=True)
    answer = models.BinaryField(null=True)
    answered_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)


class MediaRequest(models.Model):
    """A counsellor asks for one picture or file, says what it shows and why. Nothing is fetched without one."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="media_requests")
    message_seq = models.PositiveIntegerField()
    shows = models.CharField(max_length=20)
    reason = models.BinaryField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    status = models.CharField(max_length=8, default="asked", choices=[(s, s) for s in ("asked", "fetched", "failed")])
    failure = models.CharField(max_length=40, blank=True)
    content = models.BinaryField(null=True)
    content_type = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["talk", "message_seq"], name="helpline_media_once"),
        ]
