"""The end of a file: its keys and those of its referrals are destroyed, the blind index goes, its counts stay."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import BinaryField, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import policy
from ..errors import CaseRefusedError
from ..models import Case, NameIndex, PartnerLink, Referral
from .counting import count_case, count_referral
from .moves import lock_case

STRIPPED: dict[str, Any] = {"region": "", "age_band": "", "sex": ""}
# The way from each table with sealed columns to its case, or to its referral where it has a key of its own.
OF_CASE = {
    "access": "case",
    "look": "case",
    "reveal": "case",
    "breakglass": "case",
    "person": "case",
    "detail": "person__case",
    "consent": "case",
    "assessment": "case",
    "plan": "case",
    "action": "plan__case",
    "noteversion": "note__case",
    "document": "case",
    "followup": "case",
    "approval": "case",
}
OF_REFERRAL = {"referral": "pk", "packet": "referral", "exchange": "referral"}


@transaction.atomic
def forget_case(case: Case, *, reason: str, actor: str = "system") -> bool:
    """Erase everything in the file of a case that has ended, its referrals with it. ``reason`` is a code.

    False under a legal hold: it is erased by the first nightly run after the hold.
    """
    held = lock_case(case)
    if held.forgotten_at:
        return True
    if vault.is_held(held.reference, kind="legal"):
        vault.erase_when_lifted(held.reference)
        audit.record("case.erasure_waits", thing=held.reference, actor=actor)
        return False
    count_case(held)
    referrals = Referral.objects.filter(case=held, forgotten_at=None)
    _forget_referrals(referrals, reason=reason)
    for name, path in OF_CASE.items():
        _blank(_table(name), **{path: held})
    NameIndex.objects.filter(case=held).delete()
    held.links.all().delete()
    Case.objects.filter(pk=held.pk).update(forgotten_at=timezone.now(), **STRIPPED)
    audit.record("case.forgotten", thing=held.reference, actor=actor, reason=reason)
    vault.destroy_exports([held.reference], reason=reason)
    vault.destroy_keys([held.data_key], reason=reason)
    return True


@transaction.atomic
def erase_case(case: Case, *, reason: str, by: User) -> bool:
    """Erase a case that has ended before its days are over; a supervisor's act. False: a legal hold stands, it is owed.

    ``reason`` is a code like ``asked`` or ``court``. Raises ``CaseRefusedError``.
    """
    held = lock_case(case)
    if not policy.can_lead(by) or held.closed_at is None:
        raise CaseRefusedError(_("Close it first; then a supervisor may erase it."))
    return forget_case(held, reason=reason, actor=by.code)


def forget(before: datetime) -> int:
    """Retention: forget cases that ended before ``before`` and that nothing holds, and referrals without a case.

    And those that were erased once and that an old backup has brought back.
    """
    back = Case.objects.filter(data_key__in=vault.erased_keys(), forgotten_at=None)
    ended = Q(closed_at__lt=before) | Q(reference__in=vault.owed_things("C-"), closed_at__isnull=False)
    due = Case.objects.filter(ended, forgotten_at=None).exclude(reference__in=vault.held_things("C-"))
    forgotten = sum(forget_case(case, reason="retention") for case in [*due.iterator(), *back.iterator()])
    return forgotten + _forget_free(Referral.objects.filter(case=None, ended_at__lt=before), reason="retention")


def forget_referrals_from(sources: Any, *, reason: str) -> int:
    """Forget the ended referrals that hang on no case and came from these reports; how many.

    ``sources``: references, or a query of them. One that is still running is forgotten by a later run.
    """
    return _forget_free(Referral.objects.filter(case=None, source__in=sources, ended_at__isnull=False), reason=reason)


@transaction.atomic
def _forget_free(referrals: QuerySet[Referral], *, reason: str) -> int:
    free = referrals.filter(forgotten_at=None).exclude(reference__in=vault.held_things())
    return _forget_referrals(free.exclude(source__in=vault.held_things()), reason=reason)


def _forget_referrals(referrals: QuerySet[Referral], *, reason: str) -> int:
    """What agencies were told and what they said. The caller is in the transaction."""
    gone = list(referrals.select_for_update())
    pks, keys = [one.pk for one in gone], [one.data_key for one in gone]
    for one in gone:
        count_referral(one)
    PartnerLink.objects.filter(referral__in=pks).delete()
    for name, path in OF_REFERRAL.items():
        _blank(_table(name), **{f"{path}__in": pks})
    _table("packet").objects.filter(referral__in=pks).update(digest="")
    Referral.objects.filter(pk__in=pks).update(forgotten_at=timezone.now())
    vault.destroy_exports([one.reference for one in gone], reason=reason)
    vault.destroy_keys(keys, reason=reason)
    return len(gone)


def _blank(model: Any, **where: Any) -> None:
    """Empty every sealed column of these rows; what was never filled stays as it is, for the table's own rules."""
    for column in sealed_columns(model):
        model.objects.filter(**where).exclude(**{column: None}).update(**{column: b""})


def sealed_columns(model: type[Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if isinstance(field, BinaryField)]


def _table(name: str) -> Any:
    return apps.get_model("cases", name)
