"""Every change of state of the academy."""

from .cohorts import (
    Outcome,
    accept_invitation,
    close_cohort,
    invite_people,
    join_cohort,
    make_cohort,
    note_pending_taken,
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
from .publishing import Imported, import_courses, make_scripts, publish_edition, read_courses
from .reminding import forget_invitations, remind

__all__ = [
    "Imported",
    "Outcome",
    "accept_invitation",
    "close_cohort",
    "complete_enrolment",
    "enrol_learner",
    "export_courses",
    "forget_invitations",
    "forget_learner",
    "import_courses",
    "invite_people",
    "join_cohort",
    "make_cohort",
    "make_scripts",
    "mark_step",
    "note_exported",
    "note_pending_taken",
    "publish_edition",
    "read_courses",
    "remind",
    "renew_enrolment",
    "renew_link",
    "withdraw_enrolment",
    "withdraw_invitation",
]
