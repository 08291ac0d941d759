"""Every change of who speaks for an organisation."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import Role, User, may
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import policy, queries
from ..errors import OrganisationRefusedError
from ..models import FocalPoint, Membership, Organisation
from .directory import keeper_or_refusal, locked


@transaction.atomic
def add_focal_point(
    organisation: Organisation,
    *,
    name: str,
    email: str = "",
    phone: str = "",
    language: str = "uz",
    is_national: bool = False,
    valid_from: date,
    valid_until: date | None = None,
    by: User,
) -> FocalPoint:
    """Name somebody for a time. Who was named before stays valid until their own end."""
    keeper_or_refusal(by)
    organisation = locked(organisation)
    if not email and not phone:
        raise OrganisationRefusedError(_("Give an e-mail address or a telephone number."))
    if valid_until is not None and valid_until < valid_from:
        raise OrganisationRefusedError(_("The last day lies before the first."))
    focal = FocalPoint(
        id=uuid4(),
        organisation=organisation,
        data_key=vault.new_key("focal_point"),
        language=language,
        is_national=is_national,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    for field, said in (("name", name), ("email", email), ("phone", phone)):
        setattr(focal, field, vault.seal(focal.data_key, said, where=queries.where_words(focal, field)))
    focal.save(force_insert=True)
    audit.record("focal_point.added", thing=organisation.code, actor=by.code, person=str(focal.pk))
    return focal


@transaction.atomic
def end_focal_point(focal: FocalPoint, *, on: date, by: User) -> FocalPoint:
    """The last day of theirs; it may be moved, but not before the first."""
    keeper_or_refusal(by)
    focal = FocalPoint.objects.select_for_update().select_related("organisation").get(pk=focal.pk)
    if on < focal.valid_from:
        raise OrganisationRefusedError(_("The last day lies before the first."))
    focal.valid_until = on
    focal.save(update_fields=["valid_until"])
    audit.record("focal_point.ended", thing=focal.organisation.code, actor=by.code, person=str(focal.pk))
    return focal


@transaction.atomic
def open_focal_points(organisation: Organisation, *, by: User) -> list[queries.FocalPerson]:
    """Names and addresses of an agency's people; that somebody read them stands in the ledger."""
    if not policy.visible_organisations(by).filter(pk=organisation.pk).exists():
        raise OrganisationRefusedError(_("This is not yours to read."))
    found = queries.focal_points_of(organisation)
    if found:
        audit.record("focal_point.read", thing=organisation.code, actor=by.code, count=len(found))
    return found


@transaction.atomic
def add_member(organisation: Organisation, user: User, *, by: User) -> Membership:
    """Link an officer's account; from now on they see what was referred to this organisation, and nothing else."""
    keeper_or_refusal(by)
    organisation = locked(organisation)
    if not may(user, Role.PARTNER_OFFICER):
        raise OrganisationRefusedError(_("This account is not one of a partner officer."))
    try:
        with transaction.atomic():
            membership = Membership.objects.create(user=user, organisation=organisation)
    except IntegrityError:
        raise OrganisationRefusedError(_("This officer works for an organisation already.")) from None
    audit.record("organisation.member_added", thing=organisation.code, actor=by.code, to=user.code)
    return membership


@transaction.atomic
def end_member(membership: Membership, *, by: User) -> Membership:
    """They see nothing of the organisation from this moment; that they were there stays on record."""
    keeper_or_refusal(by)
    membership = Membership.objects.select_for_update().select_related("organisation", "user").get(pk=membership.pk)
    if membership.until is None:
        membership.until = timezone.now()
        membership.save(update_fields=["until"])
        audit.record(
            "organisation.member_ended",
            thing=membership.organisation.code,
            actor=by.code,
            to=membership.user.code,
        )
    return membership


def forget_focal_points(before: datetime) -> int:
    """Erase people whose time ended before this day: their keys first, then their rows; how many."""
    ended = list(FocalPoint.objects.filter(valid_until__lt=before.date()).values_list("pk", "data_key"))
    keys: list[UUID] = [key for _pk, key in ended]
    vault.destroy_keys(keys, reason="organisations.forgotten")
    FocalPoint.objects.filter(pk__in=[pk for pk, _key in ended]).delete()
    return len(ended)
