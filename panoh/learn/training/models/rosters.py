"""Who was at what: participations, the marks of attendance behind them, and the lists they came from."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panoh.ground.common.codes import new_code

from .people import Person
from .programmes import Session, TrainingEvent


class Part(models.TextChoices):
    """Only a participant is counted as trained; those who train are not."""

    TRAINER = "trainer", _("Trainer")
    CO_TRAINER = "co_trainer", _("Co-trainer")
    PARTICIPANT = "participant", _("Participant")
    OBSERVER = "observer", _("Observer")


class State(models.TextChoices):
    """Of a participation. ``registered`` and ``cancelled`` are said by people, the others follow from attendance."""

    REGISTERED = "registered", _("Registered")
    WAITING = "waiting", _("On the waiting list")
    ATTENDED = "attended", _("Attended in part")
    COMPLETED = "completed", _("Completed")
    NO_SHOW = "no_show", _("Did not come")
    CANCELLED = "cancelled", _("Cancelled")


CAME = (State.ATTENDED, State.COMPLETED)


class Source(models.TextChoices):
    HAND = "hand", _("By hand")
    FILE = "file", _("From a file")
    LINK = "link", _("By the link")


def new_ticket() -> str:
    return new_code(10)


class Participation(models.Model):
    """A person at an event: once, in one part. ``ticket`` stands in the QR of their row, badge or phone."""

    event = models.ForeignKey(TrainingEvent, on_delete=models.PROTECT, related_name="participations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    part = models.CharField(max_length=11, choices=Part, default=Part.PARTICIPANT)
    state = models.CharField(max_length=10, choices=State, default=State.REGISTERED)
    source = models.CharField(max_length=4, choices=Source, default=Source.HAND)
    ticket = models.CharField(max_length=12, unique=True, default=new_ticket)
    line = models.PositiveSmallIntegerField(default=0)  # its place on the printed sheet, from 1
    consent = models.CharField(max_length=20, blank=True, default="")
    made_at = models.DateTimeField(auto_now_add=True)
    completed_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event", "person"], name="training_at_an_event_once"),
            models.CheckConstraint(
                condition=Q(state=State.COMPLETED, completed_on__isnull=False)
                | (~Q(state=State.COMPLETED) & Q(completed_on=None)),
                name="training_completed_on_a_day",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "state"], name="training_of_person"),
        ]


class Method(models.TextChoices):
    ROSTER = "roster", _("Ticked on the list")
    QR = "qr", _("QR at the door")
    PAPER = "paper", _("From the signed sheet")
    CORRECTION = "correction", _("Correction")


class Attendance(models.Model):
    """Whether somebody was there for half a day, as it stands now; ``AttendanceMark`` is how it came to be."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="attendance")
    is_present = models.BooleanField()
    method = models.CharField(max_length=10, choices=Method)
    marked_at = models.DateTimeField()  # ``held_at`` of the mark that stands

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "participation"], name="training_present_once"),
        ]


class AttendanceMark(models.Model):
    """One mark as it arrived, never changed. The device gave ``client_id``: the same again is the same mark.

    Two clocks: ``device_at`` as the phone said it, ``at`` when it was taken here; ``held_at`` is the phone's moment put
    on our clock (``clocks.py``). Of two marks of one half day the later by ``held_at`` stands, then the later arrival.
    """

    client_id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="marks")
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="marks")
    is_present = models.BooleanField()
    method = models.CharField(max_length=10, choices=Method)
    device_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.CharField(max_length=12)


class ImportState(models.TextChoices):
    PREVIEW = "preview", _("To be looked at")
    APPLIED = "applied", _("Applied")
    UNDONE = "undone", _("Undone")
    DROPPED = "dropped", _("Dropped")


class RosterImport(models.Model):
    """A list from a file. What its rows said is sealed under ``key`` until it was applied, then only outcomes stay."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    event = models.ForeignKey(TrainingEvent, on_delete=models.PROTECT, related_name="imports")
    key = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    head = models.JSONField()  # the headings of the file
    mapping = models.JSONField()  # which of our columns is which of theirs, from 0
    state = models.CharField(max_length=7, choices=ImportState, default=ImportState.PREVIEW)
    made_by = models.CharField(max_length=12)
    made_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["event", "digest"],
                condition=Q(state=ImportState.APPLIED),
                name="training_a_file_is_applied_once",
            ),
        ]


class RowOutcome(models.TextChoices):
    NEW = "new", _("New person")
    MATCHED = "matched", _("Known already")
    ALIKE = "alike", _("Looks like somebody known")
    TWICE = "twice", _("Stands in the file twice")
    REJECTED = "rejected", _("Not taken")


class ImportRow(models.Model):
    """``sealed``: the cells of the row, while they are needed. ``choice``: what a person decided of a row that looks
    like somebody known: "same" or "new"; until then it is not applied."""

    of = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    sealed = models.BinaryField(default=bytes)
    outcome = models.CharField(max_length=8, choices=RowOutcome)
    fault = models.CharField(max_length=24, blank=True, default="")
    alike = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    choice = models.CharField(max_length=4, blank=True, default="")
    participation = models.ForeignKey(Participation, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["line"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["of", "line"], name="training_a_line_once"),
        ]
