"""How the sign-in library meets this house: every hook makes one call into the room."""

import time
from io import BytesIO
from typing import Any, ClassVar

import qrcode
from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from . import policy, queries, services
from .models import User


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by address and password. Nobody signs up; wrong, unknown and locked all hear the same sentence."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This address and password do not fit together. Nothing was lost; try again. "
            "After six failures in a row an account rests for 30 minutes."
        ),
        "too_many_login_attempts": _("There were too many attempts. Wait a few minutes and try again."),
        "rate_limited": _("There were too many attempts. Wait a few minutes and try again."),
        "enter_current_password": _("This is not your present password. Type it again."),
        "incorrect_password": _("This is not your password. Type it again."),
        "incorrect_code": _("This code does not fit. Wait for the next one and type it again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        user = queries.person_by_email(credentials.get("email") or "")
        if user is not None and user.is_locked:
            # As slow as a real check, so that the clock does not tell a locked address from an unknown one.
            User().set_password(credentials.get("password"))
            raise self.validation_error("email_password_mismatch")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user is not None and user.is_active and not policy.may(user):
            return None  # a learner: this door does not know them
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        services.note_failed_login(credentials.get("email") or "")

    def login(self, request: HttpRequest, user: User) -> None:
        services.note_login(user)
        super().login(request, user)
        request.session[policy.BEGAN_AT] = request.session[policy.SEEN_AT] = time.time()

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            services.note_logout(request.user)
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        services.set_password(user, password)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        services.send_reset_link(user, context["password_reset_url"])

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        services.note_security_change(user, template_prefix.rsplit("/", 1)[-1])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/desk/people/me/"

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not in the first minutes of a session: whoever has just signed in is not asked for everything again."""
        began = self.request.session.get(policy.BEGAN_AT, 0)
        if time.time() - began < account_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


class DirectoryAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in through a ministry's own directory: it opens an account that is here, and never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Only the addresses the directory itself vouches for count; the account keeps its own password and factor."""
        addresses = [address.email for address in sociallogin.email_addresses if address.verified]
        found = next((user for user in map(queries.person_by_email, addresses) if user), None)
        if found is None or sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(redirect("socialaccount_login_error"))
        sociallogin.user = found

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Never by the library's way, which wipes the password and stores what the directory says about a person."""
        return None


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: sealed at rest, and the last one stays where it is compulsory."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code does not fit. Wait for the next one and type it again."),
        "cannot_delete_authenticator": _("A second factor is compulsory here. Add another one first."),
        "cannot_generate_recovery_codes": _("Set up an authenticator app or a passkey first."),
    }

    def build_totp_svg(self, url: str) -> str:
        """Dark on white whatever the page's theme: phones cannot read it otherwise."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return services.seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        return services.unseal_secret(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user = authenticator.user
        others = queries.second_factors(user).exclude(pk=authenticator.pk)
        return not policy.second_factor_is_compulsory(user) or others.exists()
