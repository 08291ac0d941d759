"""Every change of state of the academy."""

from .enrolling import (
    complete_enrolment,
    enrol_learner,
    forget_learner,
    mark_step,
    renew_enrolment,
    withdraw_enrolment,
)
from .exporting import export_courses, note_exported
from .publishing import Imported, import_courses, make_scripts, publish_edition, read_courses

__all__ = [
    "Imported",
    "complete_enrolment",
    "enrol_learner",
    "export_courses",
    "forget_learner",
    "import_courses",
    "make_scripts",
    "mark_step",
    "note_exported",
    "publish_edition",
    "read_courses",
    "renew_enrolment",
    "withdraw_enrolment",
]
