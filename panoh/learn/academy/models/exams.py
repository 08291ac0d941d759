"""Tests: the bank and its versions, attempts with everything frozen, answers, and the log for appeals."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from .courses import Course, CourseEdition
from .learning import Enrolment


class Question(models.Model):
    """One question of a module through all its versions. Retired, it is drawn for nobody any more."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="questions")
    module = models.SlugField(max_length=60)
    code = models.SlugField(max_length=60)
    retired_at = models.DateTimeField(null=True)
    retired_for = models.CharField(max_length=8, blank=True, default="")
    retired_by = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["course", "module", "code"], name="academy_question_once"),
        ]

    @property
    def name(self) -> str:
        """Its own in every paper of the course."""
        return f"{self.module}/{self.code}"


class RetiredFor(models.TextChoices):
    LEAK = "leak"
    KEY = "key"
    WORDS = "words"
    OUTDATED = "outdated"


class QuestionVersion(models.Model):
    """A question as it was asked; never changed. ``body`` is the file's row with the derived scripts in it."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=8)
    use = models.CharField(max_length=8)
    topic = models.SlugField(max_length=60)
    body = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["question", "number"], name="academy_question_version_once"),
            models.UniqueConstraint(fields=["question", "digest"], name="academy_question_said_once"),
        ]


class EditionQuestion(models.Model):
    """The version of a question that an edition draws from."""

    edition = models.ForeignKey(CourseEdition, on_delete=models.PROTECT, related_name="bank")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["edition", "version"], name="academy_bank_once"),
        ]


class TestKind(models.TextChoices):
    __test__ = False  # no test of pytest's

    PRE = "pre_test"
    POST = "post_test"
    FINAL = "final_test"


class AttemptState(models.TextChoices):
    """``overdue``: the server ended it at the deadline, with what it had. ``abandoned``: nobody came back."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    OVERDUE = "overdue"
    ABANDONED = "abandoned"


WITH_RESULT = (AttemptState.SUBMITTED, AttemptState.OVERDUE)


def _codes(choices: type[models.TextChoices]) -> list[tuple[str, str]]:
    return [(str(one.value), str(one.value)) for one in choices]


class Attempt(models.Model):
    """One person sits one test once. ``policy`` and the versions in its paper are those of the moment it began.

    ``percent`` and ``passed`` are the server's, written once at the end. ``module`` is "" for the final test.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attempts")
    kind = models.CharField(max_length=10, choices=_codes(TestKind))
    module = models.SlugField(max_length=60, blank=True, default="")
    number = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=32)
    language = models.CharField(max_length=8)
    policy = models.JSONField()
    state = models.CharField(max_length=11, choices=_codes(AttemptState), default=AttemptState.IN_PROGRESS)
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    percent = models.PositiveSmallIntegerField(null=True)
    passed = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enrolment", "kind", "module", "number"], name="academy_attempt_number"),
            models.UniqueConstraint(
                fields=["enrolment", "kind", "module"],
                condition=Q(state="in_progress"),
                name="academy_one_open_attempt",
            ),
            models.CheckConstraint(
                condition=Q(state="in_progress", closed_at=None, percent=None, passed=None)
                | Q(state__in=["submitted", "overdue"], closed_at__isnull=False, percent__range=(0, 100))
                | Q(state="abandoned", closed_at__isnull=False, percent=None, passed=None),
                name="academy_attempt_state",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["ends_at"], name="academy_attempts_ending", condition=Q(state="in_progress")),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == AttemptState.IN_PROGRESS

    @property
    def has_result(self) -> bool:
        return self.state in WITH_RESULT


class Response(models.Model):
    """One place of a paper: which version is asked there, and the newest answer as it was given."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="responses")
    place = models.PositiveSmallIntegerField()
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="responses")
    shown_at = models.DateTimeField(null=True)
    answer: "models.JSONField[Any, Any]" = models.JSONField(null=True)
    saved_at = models.DateTimeField(null=True)
    credit = models.CharField(max_length=16, blank=True, default="")  # an exact fraction, at the end

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["attempt", "question"], name="academy_one_answer_a_question"),
            models.UniqueConstraint(fields=["attempt", "place"], name="academy_one_question_a_place"),
        ]


class EventKind(models.TextChoices):
    BEGAN = "began"
    SHOWN = "shown"
    SAVED = "saved"
    LATE = "late"
    REDRAWN = "redrawn"
    CLOSED = "closed"


class ResponseEvent(models.Model):
    """What happened in an attempt, by two clocks; only ever added to. A ``client_id`` (the form's) comes in once."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="events")
    place = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=_codes(EventKind))
    answer: "models.JSONField[Any, Any]" = models.JSONField(null=True)
    client_id = models.UUIDField(null=True)
    device_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["attempt", "client_id"], name="academy_one_event_a_form"),
        ]


class Allowance(models.Model):
    """More time or attempts for one person, with the reason. ``module`` "" and ``kind`` "" mean every test."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="allowances")
    kind = models.CharField(max_length=10, blank=True, default="")
    module = models.SlugField(max_length=60, blank=True, default="")
    extra_minutes = models.PositiveSmallIntegerField(default=0)
    extra_attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=10)
    made_by = models.CharField(max_length=12)
    made_at = models.DateTimeField()


class Reason(models.TextChoices):
    """Why somebody needs more time or another attempt: a code, so that nobody writes down an illness."""

    LINE = "line"
    HEALTH = "health"
    QUESTION = "question"
    OTHER = "other"


class AttemptRequest(models.Model):
    """A learner asks for another attempt; staff grant it or not."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=10, choices=_codes(TestKind))
    module = models.SlugField(max_length=60, blank=True, default="")
    reason = models.CharField(max_length=10, choices=_codes(Reason))
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=12, blank=True, default="")
    is_granted = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["enrolment", "kind", "module"], condition=Q(decided_at=None), name="academy_one_open_request"
            ),
        ]
