"""The academy: courses from files, who is in them, and what other rooms may ask."""

from .errors import CourseFaultsError, LearningRefusedError
from .models import Course, CourseEdition, Enrolment, EnrolmentStatus, Lesson, Module
from .queries import edition
from .services import Imported, complete_enrolment, enrol_learner, import_courses, make_scripts, publish_courses

__all__ = [
    "Course",
    "CourseEdition",
    "CourseFaultsError",
    "Enrolment",
    "EnrolmentStatus",
    "Imported",
    "LearningRefusedError",
    "Lesson",
    "Module",
    "complete_enrolment",
    "edition",
    "enrol_learner",
    "import_courses",
    "make_scripts",
    "publish_courses",
]
