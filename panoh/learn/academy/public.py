"""The academy: courses from files, who is in them, and what other rooms may ask."""

from .errors import CourseFaultsError, LearningRefusedError
from .models import Course, CourseEdition, Enrolment, EnrolmentStatus, Lesson, Module
from .queries import edition
from .queries.courses import course_for, shown_courses
from .queries.exchanging import Event, Result, events_of, people_in, results_of
from .queries.mine import words_in
from .services import Imported, complete_enrolment, enrol_learner, import_courses, make_scripts, publish_courses

__all__ = [
    "Course",
    "CourseEdition",
    "CourseFaultsError",
    "Enrolment",
    "EnrolmentStatus",
    "Event",
    "Imported",
    "LearningRefusedError",
    "Lesson",
    "Module",
    "Result",
    "complete_enrolment",
    "course_for",
    "edition",
    "enrol_learner",
    "events_of",
    "import_courses",
    "make_scripts",
    "people_in",
    "publish_courses",
    "results_of",
    "shown_courses",
    "words_in",
]
