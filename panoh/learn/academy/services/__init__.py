"""Every change of state of the academy."""

from .allowing import allow_more, ask_attempt, decide_request
from .bank import import_bank, retire_question
from .bank_files import RowOutcome, note_bank_taken, take_questions
from .certifying import certify
from .cohorts import (
    Outcome,
    accept_invitation,
    close_cohort,
    invite_people,
    join_cohort,
    make_cohort,
    note_pending_taken,
    note_progress_taken,
    renew_link,
    withdraw_invitation,
)
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
from .lesson_reading import approve_draft, ask_reading, return_draft
from .lessons import (
    add_lesson,
    begin_draft,
    discard_draft,
    drafted_text,
    keep_my_words,
    publish_draft,
    restore_words,
    save_draft,
)
from .publishing import Imported, import_courses, make_scripts, publish_courses, publish_edition, read_courses
from .reminding import forget_invitations, remind
from .sitting import Saved, begin_attempt, close_due, save_answer, show_place, submit_attempt

__all__ = [
    "Imported",
    "Outcome",
    "RowOutcome",
    "Saved",
    "accept_invitation",
    "add_lesson",
    "allow_more",
    "approve_draft",
    "ask_attempt",
    "ask_reading",
    "begin_attempt",
    "begin_draft",
    "certify",
    "close_cohort",
    "close_due",
    "complete_enrolment",
    "decide_request",
    "discard_draft",
    "drafted_text",
    "enrol_learner",
    "export_courses",
    "forget_answers",
    "forget_invitations",
    "forget_learner",
    "import_bank",
    "import_courses",
    "invite_people",
    "join_cohort",
    "keep_my_words",
    "make_cohort",
    "make_scripts",
    "mark_step",
    "note_bank_taken",
    "note_exported",
    "note_pending_taken",
    "note_progress_taken",
    "publish_courses",
    "publish_draft",
    "publish_edition",
    "read_courses",
    "remind",
    "renew_enrolment",
    "renew_link",
    "restore_words",
    "retire_question",
    "return_draft",
    "save_answer",
    "save_draft",
    "show_place",
    "submit_attempt",
    "take_questions",
    "withdraw_enrolment",
    "withdraw_invitation",
]
