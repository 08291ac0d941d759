"""Who may: the one function that decides, and the decorator that asks it."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from .models import Realm, Role, User

View = Callable[..., HttpResponseBase]

PEOPLE_KEEPERS = (Role.ADMINISTRATOR,)
FAILURES_ALLOWED = 6
LOCKED_FOR = timedelta(minutes=30)
INVITED_FOR = timedelta(days=7)
# Moments kept in a session, in seconds since 1970: its beginning, and the last thing its person did.
BEGAN_AT, SEEN_AT = "began_at", "seen_at"


class StaffRequest(HttpRequest):
    """A request whose person is known to be staff: what a view behind ``opens_to`` is given."""

    user: User


def may(user: User | AnonymousUser, *roles: str) -> bool:
    """True for active staff holding one of ``roles``; with none named, for any active staff. Never for a learner."""
    if not isinstance(user, User) or not user.is_active or user.realm != Realm.STAFF:
        return False
    return user.has_role(*roles) if roles else True


def opens_to(*roles: str) -> Callable[[View], View]:
    """Opens a view to staff of these roles (to all staff when none is named); others get 403, strangers the sign-in.

    The codes are kept as ``view.roles``, where the table of permissions finds them.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not may(request.user, *roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        vars(guarded)["roles"] = frozenset(str(role) for role in roles)
        return guarded

    return decorate


def can_manage_people(user: User) -> bool:
    return may(user, *PEOPLE_KEEPERS)


def can_change(by: User, person: User) -> bool:
    """An administrator changes staff, but never the own account: nobody raises or locks out themselves."""
    return can_manage_people(by) and by.pk != person.pk and person.realm == Realm.STAFF


def session_is_over(session: SessionBase) -> bool:
    """True past the idle or the absolute limit. A session that has not been dated yet is new."""
    at = time.time()
    began, seen = session.get(BEGAN_AT, at), session.get(SEEN_AT, at)
    return bool(at - began > settings.SESSION_ABSOLUTE_HOURS * 3600 or at - seen > settings.SESSION_IDLE_MINUTES * 60)


def second_factor_is_compulsory(user: User) -> bool:
    return bool(settings.SECOND_FACTOR_COMPULSORY) and user.realm == Realm.STAFF
