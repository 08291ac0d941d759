"""Every change of the directory: an organisation, its services, its check."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .. import policy
from ..errors import OrganisationRefusedError
from ..models import Organisation, Service


def keeper_or_refusal(by: User) -> None:
    if not policy.can_keep_directory(by):
        raise OrganisationRefusedError(_("Only a supervisor or an administrator keeps the directory."))


def locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


@transaction.atomic
def add_organisation(code: str, *, by: User, **facts: Any) -> Organisation:
    """A new entry. Nobody checked it yet, so the public does not see it."""
    keeper_or_refusal(by)
    if Organisation.objects.filter(code=code).exists():
        raise OrganisationRefusedError(_("There is an organisation with this code already."))
    organisation = Organisation.objects.create(code=code, **facts)
    audit.record("organisation.added", thing=organisation.code, actor=by.code)
    return organisation


@transaction.atomic
def change_organisation(organisation: Organisation, /, *, by: User, **facts: Any) -> Organisation:
    """New facts undo the check: what was checked was another text. How a referral travels may change without one."""
    keeper_or_refusal(by)
    organisation = locked(organisation)
    before = organisation.facts()
    for field, value in facts.items():
        setattr(organisation, field, value)
    is_new = organisation.facts() != before
    if is_new:
        _undo_check(organisation)
    organisation.save()
    audit.record("organisation.changed", thing=organisation.code, actor=by.code, check_undone=is_new)
    return organisation


def _undo_check(organisation: Organisation) -> None:
    organisation.verified_on, organisation.verified_by = None, None
    organisation.evidence, organisation.warned_step = "", 0


@transaction.atomic
def switch_organisation(organisation: Organisation, *, on: bool, by: User) -> Organisation:
    """Off: nobody is sent there, its officers see nothing and its systems are not let in. On undoes all three."""
    keeper_or_refusal(by)
    organisation = locked(organisation)
    organisation.is_active = on
    organisation.save(update_fields=["is_active"])
    audit.record("organisation.switched", thing=organisation.code, actor=by.code, on=on)
    return organisation


@transaction.atomic
def record_organisation_check(
    organisation: Organisation, *, on: date, by: User, evidence: str = "", services: list[int] | None = None
) -> Organisation:
    """Somebody asked them and what we say is right, of these ``services`` too (keys of lines; none: of no line)."""
    keeper_or_refusal(by)
    organisation = locked(organisation)
    if on > timezone.localdate():
        raise OrganisationRefusedError(_("A check cannot be dated in the future."))
    if organisation.verified_on is not None and on < organisation.verified_on:
        raise OrganisationRefusedError(_("There is a later check of this organisation already."))
    organisation.verified_on, organisation.verified_by = on, by
    organisation.evidence, organisation.warned_step = evidence, 0
    organisation.save()
    lines = organisation.services.filter(pk__in=services or [])
    checked = lines.update(verified_on=on, verified_by=by)
    audit.record("organisation.checked", thing=organisation.code, actor=by.code, on=on.isoformat(), services=checked)
    return organisation


# --- what it offers ------------------------------------------------------------------------------------------------


@transaction.atomic
def add_service(organisation: Organisation, *, by: User, **facts: Any) -> Service:
    """One line for each service and region."""
    keeper_or_refusal(by)
    organisation = locked(organisation)
    try:
        with transaction.atomic():
            service = Service.objects.create(organisation=organisation, **facts)
    except IntegrityError:
        raise _twice() from None
    audit.record("service.added", thing=organisation.code, actor=by.code, service=service.code)
    return service


@transaction.atomic
def change_service(service: Service, *, by: User, **facts: Any) -> Service:
    """New facts undo its check; whether they take referrals at present does not."""
    keeper_or_refusal(by)
    service = Service.objects.select_for_update().select_related("organisation").get(pk=service.pk)
    before = service.facts()
    for field, value in facts.items():
        setattr(service, field, value)
    if service.facts() != before:
        service.verified_on, service.verified_by = None, None
    try:
        with transaction.atomic():
            service.save()
    except IntegrityError:
        raise _twice() from None
    audit.record("service.changed", thing=service.organisation.code, actor=by.code, service=service.code)
    return service


@transaction.atomic
def remove_service(service: Service, *, by: User) -> None:
    keeper_or_refusal(by)
    audit.record("service.removed", thing=service.organisation.code, actor=by.code, service=service.code)
    service.delete()


def _twice() -> OrganisationRefusedError:
    return OrganisationRefusedError(_("This service is in the list for this region already."))
