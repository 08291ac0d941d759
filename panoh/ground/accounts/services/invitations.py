"""The one way in: an administrator invites, the link is good once and for a week."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify
from panoh.ground.vault import public as vault

from .. import policy, queries
from ..errors import InvitationRefusedError
from ..models import Invitation, Realm, User
from .people import granted, role_codes


@transaction.atomic
def invite_person(*, email: str, roles: Iterable[str], language: str, by: User) -> tuple[Invitation, str]:
    """Invite somebody by mail. The link is returned as well, to be shown once: afterwards nobody can read it."""
    if not policy.can_manage_people(by):
        raise InvitationRefusedError(_("Only an administrator can invite people."))
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise InvitationRefusedError(_("Somebody with this e-mail address is here already."))
    codes, now, token = role_codes(roles), timezone.now(), secrets.token_urlsafe(24)
    Invitation.objects.open(now).filter(email=email).update(withdrawn_at=now)
    invitation = Invitation.objects.create(
        email=email,
        roles=codes,
        language=language,
        token_hash=vault.lookup(token, purpose=queries.TOKEN_PURPOSE),
        invited_by=by,
        expires_at=now + policy.INVITED_FOR,
    )
    link = settings.PUBLIC_URL + reverse("accept_invitation", args=[token])
    audit.record("person.invited", thing=invitation.code, actor=by.code, purpose=None, **granted(codes))
    notify.tell_email(
        email, "accounts/mail/invitation.txt", language, link=link, by=by.name, until=invitation.expires_at
    )
    return invitation, link


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Make the link useless."""
    if not policy.can_manage_people(by):
        raise InvitationRefusedError(_("Only an administrator can withdraw an invitation."))
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise InvitationRefusedError(_("This invitation has been accepted already."))
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    audit.record("person.invitation_withdrawn", thing=invitation.code, actor=by.code)
    return invitation


@transaction.atomic
def create_user_from_invitation(invitation: Invitation, *, name: str, password: str, language: str) -> User:
    """Turn an invitation into an account, once: two clicks at the same moment make one person."""
    now = timezone.now()
    open_one = Invitation.objects.open(now).select_for_update().filter(pk=invitation.pk).first()
    if open_one is None or User.objects.filter(email=open_one.email).exists():
        raise InvitationRefusedError(_("This invitation can no longer be used. Ask for a new one."))
    user = User.objects.create_user(
        open_one.email, password, name=name, roles=open_one.roles, language=language, realm=Realm.STAFF
    )
    open_one.accepted_at = now
    open_one.save(update_fields=["accepted_at"])
    audit.record("person.invitation_accepted", thing=user.code, actor=user.code, invitation=open_one.code)
    return user


@transaction.atomic
def forget(before: datetime) -> int:
    """Delete the invitations that ended before this moment; the audit keeps their codes."""
    ended = Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before) | Q(expires_at__lt=before)
    return Invitation.objects.filter(ended).delete()[0]
