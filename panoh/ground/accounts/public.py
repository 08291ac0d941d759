"""Accounts for other rooms: who somebody is, what they may, and the decorator that opens a page to a role."""

from .models import Realm, Role, User
from .policy import StaffRequest, may, opens_to
from .queries import person_for, staff_of_session, staff_with_role
from .services import create_person

__all__ = [
    "Realm",
    "Role",
    "StaffRequest",
    "User",
    "create_person",
    "may",
    "opens_to",
    "person_for",
    "staff_of_session",
    "staff_with_role",
]
