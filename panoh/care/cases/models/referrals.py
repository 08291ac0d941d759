"""A case or a report passed on to another agency: the referral, what they were told, and what was said about it."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from panoh.ground.organisations.public import Organisation

from .case import Case
from .consent import Consent
from .sealed import SealedRow

USER = settings.AUTH_USER_MODEL


class ReferralStatus(models.TextChoices):
    """How they follow each other stands in ``centre/referrals.toml``."""

    DRAFT = "draft"
    APPROVED = "approved"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    RETURNED_FOR_INFO = "returned_for_info"
    ACCEPTED = "accepted"
    IN_SERVICE = "in_service"
    DECLINED = "declined"
    COMPLETED = "completed"
    EXPIRED = "expired"
    REVOKED = "revoked"


S = ReferralStatus
UNSENT = [S.DRAFT, S.APPROVED]
AWAITING = [S.SENT, S.ACKNOWLEDGED, S.RETURNED_FOR_INFO]  # they have not said yes or no
TAKEN = [S.ACCEPTED, S.IN_SERVICE, S.COMPLETED]
RUNNING = [*AWAITING, S.ACCEPTED, S.IN_SERVICE]
OVER = [S.DECLINED, S.COMPLETED, S.EXPIRED, S.REVOKED]


class Via(models.TextChoices):
    """The way it went out, and the way somebody answered."""

    DESK = "desk"
    LINK = "link"
    API = "api"
    PHONE = "phone"


class ConsentState(models.TextChoices):
    """``asked``: there is no yes, and somebody asked to pass it on all the same; ``none``: it hangs on no case."""

    GIVEN = "given"
    ASKED = "asked"
    OVERRIDDEN = "overridden"
    NONE = "none"


class Referral(SealedRow):
    """Everything with words in it, its packets and its questions among them, lies under ``data_key``: one key, one end.

    ``source`` is the case's or the report's name at the desk. Referrals of one ``offer_group`` were offered to several
    agencies at once: the first that accepts has it. ``next_step_at`` is when the clock looks again, and ``steps_done``
    how often it has since the status changed.
    """

    reference = models.CharField(max_length=16, unique=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="referrals")
    source = models.CharField(max_length=16)
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="referrals")
    service = models.CharField(max_length=40, blank=True)
    urgency = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8)
    status = models.CharField(max_length=18, choices=ReferralStatus, default=ReferralStatus.DRAFT)
    via = models.CharField(max_length=6, choices=Via, default=Via.LINK)
    offer_group = models.UUIDField(null=True)
    data_key = models.UUIDField()
    reason = models.BinaryField()
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="referrals")
    consent_state = models.CharField(max_length=10, choices=ConsentState)
    override_basis = models.CharField(max_length=30, blank=True)
    override_reason = models.BinaryField(null=True)
    drafted_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)  # accepted or declined
    completed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer_code = models.CharField(max_length=30, blank=True)  # why they declined, or why it was taken back
    answer = models.BinaryField(null=True)
    outcome_code = models.CharField(max_length=30, blank=True)
    outcome = models.BinaryField(null=True)
    status_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    next_step_at = models.DateTimeField(null=True)
    steps_done = models.PositiveSmallIntegerField(default=0)
    escalated_at = models.DateTimeField(null=True)
    link_wanted_at = models.DateTimeField(null=True)  # the agency asked for a new link
    untold_at = models.DateTimeField(null=True)  # something happened here of which nobody over there could be told
    forgotten_at = models.DateTimeField(null=True)
    counted = models.BooleanField(default=False)  # that it ended stands in the facts

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["to", "-sent_at"], name="cases_referrals_theirs", condition=Q(sent_at__isnull=False)),
            models.Index(fields=["drafted_by", "-drafted_at"], name="cases_referrals_mine"),
            models.Index(
                fields=["next_step_at"], name="cases_referrals_clock", condition=Q(next_step_at__isnull=False)
            ),
            models.Index(fields=["status", "due_at"], name="cases_referrals_due", condition=Q(ended_at=None)),
            models.Index(fields=["-drafted_at", "-id"], name="cases_referrals_newest"),
            models.Index(
                fields=["offer_group"], name="cases_referrals_offered", condition=Q(offer_group__isnull=False)
            ),
            models.Index(fields=["sent_at"], name="cases_referrals_by_sending", condition=Q(sent_at__isnull=False)),
            models.Index(fields=["ended_at"], name="cases_referrals_to_forget", condition=Q(forgotten_at=None)),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status__in=OVER, ended_at__isnull=False) | (~Q(status__in=OVER) & Q(ended_at=None)),
                name="cases_referral_ended_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[*UNSENT, S.REVOKED]) | Q(sent_at__isnull=False, approved_at__isnull=False),
                name="cases_referral_sent_when_approved",
            ),
            models.CheckConstraint(
                condition=~Q(consent_state="asked") | Q(status__in=[S.DRAFT, S.REVOKED]),
                name="cases_referral_has_consent",
            ),
            models.CheckConstraint(
                condition=~Q(consent_state__in=["given", "overridden"]) | Q(consent__isnull=False),
                name="cases_referral_consent_is_written",
            ),
            models.UniqueConstraint(
                fields=["offer_group"], condition=Q(status__in=TAKEN), name="cases_referral_first_accepts"
            ),
        ]

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    @property
    def is_late(self) -> bool:
        return self.ended_at is None and self.due_at is not None and self.due_at < timezone.now()

    @property
    def urgency_code(self) -> str:
        return f"u{self.urgency}"


class Packet(SealedRow):
    """One frozen version of what they are told; never changed. ``body`` is the sealed canonical JSON."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="packets")
    version = models.PositiveSmallIntegerField()
    schema = models.CharField(max_length=40)
    fields: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    body = models.BinaryField()
    digest = models.CharField(max_length=64)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="packets")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["referral", "version"], name="cases_packet_version_once"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A packet is written once; a change is a new version."""
        if not self._state.adding:
            raise TypeError("a packet is frozen")
        super().save(*args, **kwargs)


class PartnerLink(models.Model):
    """The way in for an agency without an account: a link, and a code that went another way. It opens once.

    Only keyed look-ups of the three secrets are kept. Once opened, one browser holds it until ``session_until``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    code_by = models.CharField(max_length=6, choices=[(k, k) for k in ("sms", "phone")])
    failures = models.PositiveSmallIntegerField(default=0)
    issued_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    session_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 (unique, and none at first)
    session_until = models.DateTimeField(null=True)


class Exchange(SealedRow):
    """A question of theirs or an answer of ours. ``key`` makes a form that was sent twice one line."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="exchange")
    direction = models.CharField(max_length=3, choices=[(k, k) for k in ("in", "out")])
    body = models.BinaryField()
    key = models.UUIDField(default=uuid.uuid4)
    via = models.CharField(max_length=6, choices=Via)
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["referral", "at"], name="cases_exchange_at")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["referral", "key"], name="cases_exchange_once"),
        ]


class StatusChange(models.Model):
    """What happened to a referral, by codes: the history both sides may see."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="changes")
    verb = models.CharField(max_length=20)
    status = models.CharField(max_length=18, choices=ReferralStatus)
    code = models.CharField(max_length=30, blank=True)
    side = models.CharField(max_length=5, choices=[(k, k) for k in ("us", "them", "clock")])
    via = models.CharField(max_length=6, choices=Via, blank=True)
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["referral", "id"], name="cases_referral_changes")]
