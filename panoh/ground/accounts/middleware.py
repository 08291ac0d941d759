"""What holds on every staff page: the limits of a session, the second factor, the language, nothing kept in caches."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import get_language_from_path

from . import policy, queries
from .models import User

STAFF_PATHS = ("/desk/", "/accounts/")
# A look at the clock every minute is enough: a page of the desk should not write to the database each time.
SEEN_EVERY = 60
# What somebody without a second factor may reach where it is compulsory.
SET_UP_ROUTES = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
    }
)


class ShutByDefaultMiddleware(LoginRequiredMiddleware):
    """Django's own, but an open page is let through before the session is looked at: it must not vary by cookie."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not getattr(view, "login_required", True):
            return None
        return super().process_view(request, view, args, kwargs)


class StaffSessionMiddleware:
    """Looks at a session only when the browser brings one: anonymous pages stay free of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(request.user, User):
            if policy.session_is_over(request.session):
                auth.logout(request)
            elif get_language_from_path(request.path_info) is None:
                translation.activate(request.user.language)
                request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        response = self.get_response(request)
        if request.path_info.startswith(STAFF_PATHS):
            response["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not isinstance(request.user, User):
            return None
        if not getattr(view, "is_background", False):
            self._see(request)
        if getattr(view, "login_required", True) and self._must_set_up(request, request.user):
            return redirect("mfa_index")
        return None

    def _see(self, request: HttpRequest) -> None:
        now, session = time.time(), request.session
        session.setdefault(policy.BEGAN_AT, now)
        if now - session.get(policy.SEEN_AT, 0) >= SEEN_EVERY:
            session[policy.SEEN_AT] = now

    def _must_set_up(self, request: HttpRequest, user: User) -> bool:
        route = request.resolver_match.view_name if request.resolver_match else ""
        return (
            policy.second_factor_is_compulsory(user)
            and route not in SET_UP_ROUTES
            and not queries.has_second_factor(user)
        )
