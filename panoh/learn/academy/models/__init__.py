"""Tables: ``courses`` (what is taught, frozen by edition), ``learning`` (who learns), ``cohorts`` (together), and
``exams`` (the bank, attempts and answers)."""

from .cohorts import Cohort, CohortMember, Invitation, InvitationStatus
from .courses import Course, CourseEdition, Lesson, LessonText, Module
from .drafts import LessonDraft
from .exams import (
    WITH_RESULT,
    Allowance,
    Attempt,
    AttemptRequest,
    AttemptState,
    EditionQuestion,
    EventKind,
    Question,
    QuestionVersion,
    Reason,
    Response,
    ResponseEvent,
    RetiredFor,
    TestKind,
)
from .learning import Enrolment, EnrolmentStatus, LessonProgress, Source

__all__ = [
    "WITH_RESULT",
    "Allowance",
    "Attempt",
    "AttemptRequest",
    "AttemptState",
    "Cohort",
    "CohortMember",
    "Course",
    "CourseEdition",
    "EditionQuestion",
    "Enrolment",
    "EnrolmentStatus",
    "EventKind",
    "Invitation",
    "InvitationStatus",
    "Lesson",
    "LessonDraft",
    "LessonProgress",
    "LessonText",
    "Module",
    "Question",
    "QuestionVersion",
    "Reason",
    "Response",
    "ResponseEvent",
    "RetiredFor",
    "Source",
    "TestKind",
]
