"""Telling people that something happened to a referral: a reference and a code, never a name or a word of it."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from panoh.ground.accounts.public import Role, User, staff_with_role
from panoh.ground.notify import public as notify
from panoh.ground.organisations.public import FocalPerson, focal_point, members_of, tell_system

from ..models import Referral, Via
from ..referral_labels import LABELS
from ..referral_settings import centre_name
from .referral_moves import change

TO_THEM = {
    "send": _("A new referral is waiting for you."),
    "answer": _("Your question was answered."),
    "renew": _("There is a new version of the packet."),
    "link": _("Here is a new link."),
    "remind": _("A reminder: this referral waits for you."),
    "late": _("This referral waits for you, and its time is over."),
    "escalate": _("A referral to your organisation was not answered in time."),
    "revoke": _("We took this referral back. Nothing more is needed."),
    "expire": _("We took this referral back: nobody answered in time."),
}


def owner_of(referral: Referral) -> User:
    """Who looks after it on our side."""
    if referral.case is not None and referral.case.owner is not None:
        return referral.case.owner
    return referral.drafted_by


def tell_us(referral: Referral, event: str, *, leads: bool = False) -> None:
    """Its owner; the supervisors too with ``leads``, and in any case where the owner works here no longer."""
    owner = owner_of(referral)
    people = {owner.pk: owner} if owner.is_active else {}
    if leads or not people:
        people |= {person.pk: person for person in staff_with_role(Role.SUPERVISOR)}
    address = settings.PUBLIC_URL + reverse("cases:referral", args=[referral.reference])
    for person in people.values():
        with override(person.language):
            what = str(LABELS["verb"].get(event, event))
        notify.tell_email(
            person.email,
            "cases/mail/referral_ours.txt",
            person.language,
            reference=referral.reference,
            what=what,
            address=address,
        )


def tell_leads(referral: Referral, event: str) -> None:
    tell_us(referral, event, leads=True)


def focal_of(referral: Referral) -> FocalPerson | None:
    return focal_point(referral.to, timezone.localdate())


def tell_them(referral: Referral, event: str, *, url: str = "", until: datetime | None = None) -> bool:
    """By the way the referral went out: their system, their officers here, or a letter to their focal point.

    False where nobody could be told; on a locked referral that stands there until somebody was, or they act.
    """
    is_told = _tell(referral, event, url, until)
    change(referral, untold_at=None if is_told else timezone.now())
    return is_told


def _tell(referral: Referral, event: str, url: str, until: datetime | None) -> bool:
    if referral.via == Via.API:
        return tell_system(referral.to, f"referral.{event}", referral.reference) > 0
    if referral.via == Via.DESK:
        address = settings.PUBLIC_URL + reverse("partner:referral", args=[referral.reference])
        officers = [(officer.email, officer.language) for officer in members_of(referral.to)]
        _write(referral, event, officers, address=address)
        return bool(officers)
    return referral.via == Via.LINK and _tell_focal(referral, event, url=url, until=until)


def tell_focal(referral: Referral, event: str) -> bool:
    """Their named person, whichever way the referral went; False where there is none we can write to."""
    return _tell_focal(referral, event)


def _tell_focal(referral: Referral, event: str, *, url: str = "", until: datetime | None = None) -> bool:
    focal = focal_of(referral)
    if focal is None or not focal.email:
        return False
    _write(referral, event, [(focal.email, focal.language)], url=url, until=until)
    return True


def _write(
    referral: Referral,
    event: str,
    to: Iterable[tuple[str, str]],
    *,
    url: str = "",
    until: datetime | None = None,
    address: str = "",
) -> None:
    for email, language in to:
        with override(language):
            what = str(TO_THEM[event])
        notify.tell_email(
            email,
            "cases/mail/referral_theirs.txt",
            language,
            centre=centre_name(),
            reference=referral.reference,
            what=what,
            url=url,
            until=timezone.localtime(until) if until else "",
            address=address,
        )
