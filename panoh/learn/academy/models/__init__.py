"""Tables: ``courses`` (what is taught, frozen by edition), ``learning`` (who learns), ``cohorts`` (together)."""

from .cohorts import Cohort, CohortMember, Invitation, InvitationStatus
from .courses import Course, CourseEdition, Lesson, LessonText, Module
from .learning import Enrolment, EnrolmentStatus, LessonProgress, Source

__all__ = [
    "Cohort",
    "CohortMember",
    "Course",
    "CourseEdition",
    "Enrolment",
    "EnrolmentStatus",
    "Invitation",
    "InvitationStatus",
    "Lesson",
    "LessonProgress",
    "LessonText",
    "Module",
    "Source",
]
