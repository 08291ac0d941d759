"""Accounts for other rooms: who somebody is, what they may, the decorator that opens a page to a role; and learners."""

from .addresses import read_email
from .errors import LearnerRefusedError
from .models import Learner, Realm, Role, User
from .policy import StaffRequest, may, opens_to
from .queries import person_for, staff_of_session, staff_with_role
from .queries.learners import (
    COOKIE as LEARNER_COOKIE,
)
from .queries.learners import (
    Names,
    launched_as,
    learner_by_address,
    learner_for,
    learner_names,
    learner_of,
    names_of,
    register_learner_room,
)
from .services import create_person
from .services.learner_chats import forget_chat, hear_chat
from .services.learners import Entered, note_seen, open_launched, open_learner, stop_reminders, tell_learner
from .services.learners import setting as learner_setting

__all__ = [
    "LEARNER_COOKIE",
    "Entered",
    "Learner",
    "LearnerRefusedError",
    "Names",
    "Realm",
    "Role",
    "StaffRequest",
    "User",
    "create_person",
    "forget_chat",
    "hear_chat",
    "launched_as",
    "learner_by_address",
    "learner_for",
    "learner_names",
    "learner_of",
    "learner_setting",
    "may",
    "names_of",
    "note_seen",
    "open_launched",
    "open_learner",
    "opens_to",
    "person_for",
    "read_email",
    "register_learner_room",
    "staff_of_session",
    "staff_with_role",
    "stop_reminders",
    "tell_learner",
]
