"""Every change of state of the academy."""

from .allowing import allow_more, ask_attempt, decide_request
from .bank import import_bank, retire_question
from .enrolling import (
    complete_enrolment,
    enrol_learner,
    forget_learner,
    mark_step,
    renew_enrolment,
    withdraw_enrolment,
)
from .exporting import export_courses, note_exported
from .forgetting import forget_answers
from .publishing import Imported, import_courses, make_scripts, publish_edition, read_courses
from .sitting import Saved, begin_attempt, close_due, save_answer, show_place, submit_attempt

__all__ = [
    "Imported",
    "Saved",
    "allow_more",
    "ask_attempt",
    "begin_attempt",
    "close_due",
    "complete_enrolment",
    "decide_request",
    "enrol_learner",
    "export_courses",
    "forget_answers",
    "forget_learner",
    "import_bank",
    "import_courses",
    "make_scripts",
    "mark_step",
    "note_exported",
    "publish_edition",
    "read_courses",
    "renew_enrolment",
    "retire_question",
    "save_answer",
    "show_place",
    "submit_attempt",
    "withdraw_enrolment",
]
