"""Who speaks for an organisation today."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from panoh.ground.accounts.public import Role, User, may, staff_with_role
from panoh.ground.vault import public as vault

from ..models import FocalPoint, Membership, Organisation


class FocalPerson(NamedTuple):
    """The unsealed words of a focal point; an empty ``email`` or ``phone`` means there is none."""

    id: UUID
    name: str
    email: str
    phone: str
    language: str
    is_national: bool
    valid_from: date
    valid_until: date | None

    def __repr__(self) -> str:
        return f"FocalPerson({self.id})"


def where_words(focal: FocalPoint, field: str) -> str:
    return f"organisations.focal_point:{focal.pk}:{field}"


def focal_person(focal: FocalPoint) -> FocalPerson:
    said = {
        field: vault.unseal(focal.data_key, getattr(focal, field), where=where_words(focal, field))
        for field in ("name", "email", "phone")
    }
    return FocalPerson(
        id=focal.pk,
        language=focal.language,
        is_national=focal.is_national,
        valid_from=focal.valid_from,
        valid_until=focal.valid_until,
        **said,
    )


def focal_point(organisation: Organisation, on: date) -> FocalPerson | None:
    """Who is named for this day; of several the one named last."""
    valid = Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    found = FocalPoint.objects.filter(valid, organisation=organisation).order_by("-valid_from", "-id").first()
    return focal_person(found) if found else None


def national_focal_points(on: date) -> list[tuple[Organisation, FocalPerson]]:
    """Of each organisation those named for the whole country on this day."""
    valid = Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    rows = FocalPoint.objects.filter(valid, is_national=True, organisation__is_active=True)
    return [(row.organisation, focal_person(row)) for row in rows.select_related("organisation")]


def focal_points_of(organisation: Organisation) -> list[FocalPerson]:
    return [focal_person(row) for row in FocalPoint.objects.filter(organisation=organisation)]


def focal_point_for(organisation: Organisation, pk: UUID) -> FocalPoint:
    return get_object_or_404(FocalPoint, organisation=organisation, pk=pk)


def organisation_of(user: User) -> Organisation | None:
    """Where a partner officer works now; nothing once they left, or lost the role, or it was switched off."""
    if not may(user, Role.PARTNER_OFFICER):
        return None
    current = Membership.objects.filter(user=user, until__isnull=True, organisation__is_active=True)
    found = current.select_related("organisation").first()
    return found.organisation if found else None


def members_of(organisation: Organisation) -> QuerySet[User]:
    """The officers who work there now and still have an open account of the role."""
    current = Membership.objects.filter(organisation=organisation, until__isnull=True)
    return staff_with_role(Role.PARTNER_OFFICER).filter(pk__in=current.values("user")).order_by("name", "pk")


def memberships_of(organisation: Organisation) -> QuerySet[Membership]:
    return Membership.objects.filter(organisation=organisation, until__isnull=True).select_related("user")


def membership_for(organisation: Organisation, code: str) -> Membership:
    return get_object_or_404(memberships_of(organisation), user__code=code)


def officers_without_organisation() -> QuerySet[User]:
    """Accounts that could be linked: partner officers who work nowhere yet."""
    taken = Membership.objects.filter(until__isnull=True).values("user")
    return staff_with_role(Role.PARTNER_OFFICER).exclude(pk__in=taken).order_by("name", "pk")
