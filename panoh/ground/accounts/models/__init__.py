"""Tables: ``staff`` (people who work here, invitations) and ``learners`` (a realm of its own)."""

from .learners import Learner, LearnerSession, SignIn, Way
from .staff import Invitation, InvitationQuerySet, Realm, Role, User, UserManager

__all__ = [
    "Invitation",
    "InvitationQuerySet",
    "Learner",
    "LearnerSession",
    "Realm",
    "Role",
    "SignIn",
    "User",
    "UserManager",
    "Way",
]
