"""Reads for the people pages, and the gates to a person and to an invitation."""

from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from panoh.ground.vault import public as vault

from .. import policy
from ..models import Invitation, InvitationQuerySet, Realm, User

TOKEN_PURPOSE = "accounts.invitation"
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def staff_with_role(*roles: str) -> QuerySet[User]:
    """Active staff holding one of ``roles``; all active staff when none is named."""
    return User.objects.holding(*roles)


def people() -> QuerySet[User]:
    """All staff, those who work here now first."""
    return User.objects.filter(realm=Realm.STAFF).order_by("-is_active", "name", "pk")


def person_for(code: str) -> User:
    """The one gate to a member of staff: a learner and a missing person look the same."""
    return get_object_or_404(people(), code=code)


def open_invitations() -> InvitationQuerySet:
    return Invitation.objects.open(timezone.now()).select_related("invited_by").order_by("-invited_at")


def invitation_for(code: str) -> Invitation:
    return get_object_or_404(open_invitations(), code=code)


def invitation_by_token(token: str) -> Invitation | None:
    """The open invitation behind a link, or nothing for a used, old, withdrawn and an invented one alike."""
    if not token:
        return None
    return open_invitations().filter(token_hash=vault.lookup(token, purpose=TOKEN_PURPOSE)).first()


def person_by_email(email: str) -> User | None:
    """The active member of staff behind an address."""
    return User.objects.holding().filter(email=email.strip().lower()).first()


def second_factors(user: User) -> QuerySet[Any]:
    """Authenticator app and passkeys; recovery codes are no factor of their own."""
    factors: QuerySet[Any] = Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS)
    return factors


def has_second_factor(user: User) -> bool:
    return second_factors(user).exists()


def with_second_factor(users: Iterable[User]) -> frozenset[int]:
    """The keys of those among ``users`` who have a second factor."""
    wanted = [user.pk for user in users]
    found = Authenticator.objects.filter(user_id__in=wanted, type__in=SECOND_FACTORS)
    return frozenset(found.values_list("user_id", flat=True))


def staff_of_session(key: str) -> User | None:
    """Whose live session this key opens, by the same limits as pages: for doors that run outside the middleware."""
    request = HttpRequest()
    request.session = SessionStore(key)
    user = get_user(request)
    if not isinstance(user, User) or not policy.may(user) or policy.session_is_over(request.session):
        return None
    if policy.second_factor_is_compulsory(user) and not has_second_factor(user):
        return None
    return user
