"""Who the case is about, field by field; every value sealed in its own place."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .. import blind, policy
from ..errors import CaseRefusedError
from ..models import Case, Detail, Field, Person, PersonRole
from .indexing import index_case
from .moves import change, lock_case, refuse_unless, sealed

LONGEST = 500
CODES = {"kind", "region", "age_band", "sex", "language"}


@transaction.atomic
def add_person(case: Case, *, role: str, alias: str = "", details: dict[str, str] | None = None, by: User) -> Person:
    """Somebody around the child, with what is known of them. ``alias`` is what staff call them."""
    held = lock_case(case)
    refuse_unless(policy.can_begin(by, held) and role in PersonRole.values)
    person = Person(case=held, role=role, by=by)
    person.alias = sealed(held, person, "alias", alias.strip()[:LONGEST])
    person.save()
    audit.record("person.added", thing=held.reference, actor=by.code, role=role)
    for field, value in (details or {}).items():
        if value.strip():
            _write(held, person, field, value.strip(), by)
    index_case(held)
    change(held)
    return person


@transaction.atomic
def set_detail(person: Person, *, field: str, value: str, by: User) -> Detail | None:
    """Write one detail down; an empty value takes it away. Nobody changes a detail that they may not read."""
    held = lock_case(person.case)
    refuse_unless(policy.can_begin(by, held) and field in policy.visible_fields(by, held))
    detail = None
    if value.strip():
        detail = _write(held, person, field, value.strip(), by)
    elif Detail.objects.filter(person=person, field=field).delete()[0]:
        audit.record("detail.removed", thing=held.reference, actor=by.code, field=field, role=person.role)
    index_case(held)
    change(held)
    return detail


def _write(case: Case, person: Person, field: str, value: str, by: User) -> Detail:
    if field not in Field.values or len(value) > LONGEST:
        raise CaseRefusedError(_("This detail is too long, or is not one that we keep."))
    detail = Detail.objects.filter(person=person, field=field).first() or Detail(person=person, field=field)
    if field == Field.BIRTH_DATE:
        value = blind.day_of(value) or value
    detail.value, detail.by, detail.at = sealed(case, detail, "value", value), by, timezone.now()
    detail.save()
    audit.record("detail.written", thing=case.reference, actor=by.code, field=field, role=person.role)
    return detail


@transaction.atomic
def withhold_detail(detail: Detail, *, withhold: bool, by: User) -> Detail:
    """Keep a detail out of every packet, or let it in again."""
    held = lock_case(detail.person.case)
    refuse_unless(policy.can_work(by, held))
    Detail.objects.filter(pk=detail.pk).update(is_withheld=withhold)
    detail.is_withheld = withhold
    change(held)
    verb = "detail.withheld" if withhold else "detail.released"
    audit.record(verb, thing=held.reference, actor=by.code, field=detail.field, role=detail.person.role)
    return detail


@transaction.atomic
def set_codes(case: Case, *, by: User, **codes: Any) -> Case:
    """What the case is counted by: kind, region, age band, sex, language."""
    held = lock_case(case)
    refuse_unless(policy.can_begin(by, held) and not codes.keys() - CODES)
    changed = [name for name, value in codes.items() if getattr(held, name) != value]
    change(held, **codes)
    if "region" in changed:
        index_case(held)  # a school is found in its region
    if changed:
        audit.record("case.described", thing=held.reference, actor=by.code, fields=len(changed))
    return held
