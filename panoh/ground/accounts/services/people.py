"""People and what they may be. Every change of it ends the person's sessions at once."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import policy
from ..errors import PersonRefusedError
from ..models import Realm, Role, User
from .secrets import keys_in


def role_codes(roles: Iterable[str]) -> str:
    """The spaced list that is stored, in the order of ``Role``; raises for a code that is no role."""
    wanted = {str(role) for role in roles}
    if unknown := wanted - set(Role.values):
        raise PersonRefusedError(_("There is no role called %(codes)s.") % {"codes": ", ".join(sorted(unknown))})
    return " ".join(role.value for role in Role if role.value in wanted)


def granted(codes: str) -> dict[str, bool]:
    """The roles as the audit writes them: one code a role."""
    return dict.fromkeys(codes.split(), True)


@transaction.atomic
def create_person(
    *,
    email: str,
    name: str,
    roles: Iterable[str] = (),
    password: str | None = None,
    alias: str = "",
    language: str = "uz",
    by: User | None = None,
) -> User:
    """A new member of staff without an invitation: for the first administrator and for the demo centre."""
    if by is not None and not policy.can_manage_people(by):
        raise PersonRefusedError(_("Only an administrator can add people."))
    if User.objects.filter(email=email.strip().lower()).exists():
        raise PersonRefusedError(_("Somebody with this e-mail address is here already."))
    codes = role_codes(roles)
    user = User.objects.create_user(
        email.strip(), password, name=name, roles=codes, alias=alias, language=language, realm=Realm.STAFF
    )
    audit.record("person.created", thing=user.code, actor=by.code if by else "system", purpose=None, **granted(codes))
    return user


@transaction.atomic
def change_roles(person: User, *, roles: Iterable[str], by: User) -> User:
    """Give a person exactly these roles. A learner is refused, whoever asks."""
    person = _locked(person, by)
    before, person.roles = person.roles, role_codes(roles)
    if before == person.roles:
        return person
    person.session_version += 1
    person.save(update_fields=["roles", "session_version"])
    lost = dict.fromkeys(set(before.split()) - set(person.roles.split()), False)
    gained = granted(" ".join(set(person.roles.split()) - set(before.split())))
    audit.record("person.roles_changed", thing=person.code, actor=by.code, purpose=None, **gained, **lost)
    return person


@transaction.atomic
def change_profile(person: User, *, name: str, alias: str, language: str, by: User) -> User:
    """What people set about themselves: nobody writes another one's name."""
    if by.pk != person.pk:
        raise PersonRefusedError(_("Only the person can change this."))
    person = User.objects.select_for_update().get(pk=person.pk)
    person.name, person.alias, person.language = name, alias, language
    person.save(update_fields=["name", "alias", "language"])
    audit.record("person.profile_changed", thing=person.code, actor=by.code, language=language)
    return person


@transaction.atomic
def switch_off_person(person: User, *, by: User) -> User:
    """Close the account. Nothing the person did is lost, and it can be switched on again."""
    return _switch(person, on=False, by=by)


@transaction.atomic
def switch_on_person(person: User, *, by: User) -> User:
    return _switch(person, on=True, by=by)


@transaction.atomic
def end_sessions(person: User, *, by: User) -> User:
    """Sign the person out everywhere. People may do it to themselves."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if by.pk != person.pk and not policy.can_change(by, person):
        raise PersonRefusedError(_("You cannot change this account."))
    person.session_version += 1
    person.save(update_fields=["session_version"])
    audit.record("person.sessions_ended", thing=person.code, actor=by.code)
    return person


@transaction.atomic
def reset_second_factor(person: User, *, by: User) -> User:
    """Take every second factor away after a lost phone; at the next sign-in the person sets up a new one."""
    person = _locked(person, by)
    factors = Authenticator.objects.filter(user=person)
    keys = [key for factor in factors for key in keys_in(factor.data)]
    factors.delete()
    person.session_version += 1
    person.save(update_fields=["session_version"])
    audit.record("person.second_factor_reset", thing=person.code, actor=by.code, sealed_secrets=len(keys))
    transaction.on_commit(lambda: vault.destroy_keys(keys, reason="accounts.second_factor_reset") and None)
    return person


def _locked(person: User, by: User) -> User:
    """The person's row under lock, once it is sure that ``by`` may change it."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.realm != Realm.STAFF:
        raise PersonRefusedError(_("A learner's account can hold no role and is not managed here."))
    if not policy.can_change(by, person):
        raise PersonRefusedError(_("You cannot change this account."))
    return person


def _switch(person: User, *, on: bool, by: User) -> User:
    person = _locked(person, by)
    if person.is_active == on:
        return person
    person.is_active = on
    person.session_version += 1
    person.save(update_fields=["is_active", "session_version"])
    audit.record("person.switched_on" if on else "person.switched_off", thing=person.code, actor=by.code)
    return person
