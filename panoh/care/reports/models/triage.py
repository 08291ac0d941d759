"""What the desk adds to a report: clocks, judgements, addresses, classification, notices, minutes on hard material."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .report import Report

USER = settings.AUTH_USER_MODEL


class Address(models.Model):
    """An address somebody reported. Sealed; found again by keyed hashes of its plain spelling and of its host."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="addresses")
    number = models.PositiveSmallIntegerField()
    url = models.BinaryField()
    lookup = models.CharField(max_length=64)
    host_lookup = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "lookup"], name="reports_address_once"),
            models.UniqueConstraint(fields=["report", "number"], name="reports_address_number"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["lookup"], name="reports_same_address"),
            models.Index(fields=["host_lookup"], name="reports_same_host"),
        ]


class Judgement(models.Model):
    """One change of a code of a report by a person of the desk: what it was, what it is, and why."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="judgements")
    what = models.CharField(max_length=8, choices=[(w, w) for w in ("urgency", "kind", "status", "assignee", "shown")])
    before = models.CharField(max_length=30, blank=True)
    after = models.CharField(max_length=30, blank=True)
    reason = models.BinaryField(null=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(what="urgency") | Q(after__lt=F("before")) | Q(reason__isnull=False),
                name="reports_lowering_has_a_reason",
            ),
        ]


class Notice(models.Model):
    """What a host or a platform is told about one address. ``contact`` is a code of ``centre/hotline/contacts.toml``.

    drafted > sent > acknowledged > removed > verified; a check that finds it still there leaves ``removed_at`` empty.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="notices")
    address = models.ForeignKey(Address, null=True, on_delete=models.PROTECT, related_name="notices")
    contact = models.CharField(max_length=40)
    template = models.CharField(max_length=30)
    language = models.CharField(max_length=8)
    body = models.BinaryField()
    way = models.CharField(max_length=8, blank=True, choices=[(w, w) for w in ("email", "by_hand")])
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    verified_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    checks = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None, acknowledged_at=None, removed_at=None, verified_at=None)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="reports_notice_sent_first",
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None) | Q(removed_at__isnull=False, verified_by__isnull=False),
                name="reports_notice_verified_by",
            ),
        ]


class Clock(models.Model):
    """By when something is done with a report; ``kind`` is a code of ``centre/clocks.toml``.

    ``step``: 0 nobody told, 1 supervisors told that it is late, 2 whoever is on call told.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="clocks")
    notice = models.ForeignKey(Notice, null=True, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    step = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["report", "kind"], condition=Q(notice=None), name="reports_one_clock_of_a_kind"
            ),
            models.UniqueConstraint(fields=["notice", "kind"], name="reports_one_clock_of_a_notice"),
            models.CheckConstraint(condition=Q(due_at__gte=F("started_at")), name="reports_due_after_the_start"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], name="reports_clock_late", condition=Q(met_at=None, step__lt=2)),
            models.Index(fields=["warn_at"], name="reports_clock_warn", condition=Q(met_at=None, warned_at=None)),
        ]


class Verdict(models.TextChoices):
    """In the order of how bad it is."""

    BASELINE = "baseline"
    NATIONALLY_ILLEGAL = "nationally_illegal"
    NOT_ILLEGAL = "not_illegal"
    OUT_OF_REMIT = "out_of_remit"


class Classification(models.Model):
    """What the hotline found an address (or the report as a whole) to be, under one version of the scheme.

    The worst wait for a second person (``needs_second``). One who disagrees withdraws it: it is classified anew.
    ``also``: labels of the other sections, spaced.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="classifications")
    address = models.ForeignKey(Address, null=True, on_delete=models.PROTECT, related_name="classifications")
    scheme = models.CharField(max_length=20)
    section = models.CharField(max_length=30)
    label = models.CharField(max_length=40)
    also = models.CharField(max_length=200, blank=True)
    verdict = models.CharField(max_length=20, choices=Verdict)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    needs_second = models.BooleanField(default=False)
    second_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    second_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(second_by=None, second_at=None) | (Q(second_at__isnull=False) & ~Q(second_by=F("by"))),
                name="reports_second_is_another",
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.BASELINE) | Q(needs_second=True), name="reports_worst_needs_a_second"
            ),
            models.UniqueConstraint(
                fields=["address"],
                condition=Q(withdrawn_at=None, address__isnull=False),
                name="reports_one_class_an_address",
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(withdrawn_at=None, address=None),
                name="reports_one_class_without_address",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["report"],
                name="reports_wait_for_second",
                condition=Q(needs_second=True, second_by=None, withdrawn_at=None),
            ),
        ]


class Exposure(models.Model):
    """One person's time on one hard report. Open while they look; what lies before a break no longer counts."""

    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="exposures")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="reports_one_open_look_a_person"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["user", "began_at"], name="reports_looks")]


class Rest(models.Model):
    """A break from hard material: until ``ends_at`` nothing hard is opened."""

    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["user", "ends_at"], name="reports_rests")]


class SavedView(models.Model):
    """A person's own way to look at the list. ``query`` holds codes only, as the list's filters give them."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "name"], name="reports_one_view_a_name"),
        ]
