"""Every look at a case is on record with its purpose; so is every search."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .. import policy
from ..errors import CaseRefusedError
from ..models import Case, Look
from .moves import refuse_unless, sealed_purpose

OWN = "own"
PURPOSES = ("supervision", "cover", "consultation", "approval", "quality", "data_request", "other")
AGAIN_AFTER = timedelta(hours=1)


@transaction.atomic
def give_purpose(case: Case, *, purpose: str, reason: str, by: User) -> Look:
    """Say why one opens a case that is not one's own."""
    refuse_unless(policy.can_read(by, case))
    if purpose not in PURPOSES:
        raise CaseRefusedError(_("Say why you open it."))
    return _look(case, by, purpose, sealed_purpose(case, reason))


@transaction.atomic
def note_view(case: Case, *, purpose: str, sealed: bytes | None = None, by: User, what: str = "viewed") -> None:
    """Somebody looks at a case: written down once an hour for each person and purpose, a print each time."""
    recent = Look.objects.filter(case=case, user=by, purpose=purpose, at__gt=timezone.now() - AGAIN_AFTER)
    if what != "viewed":
        audit.record(f"case.{what}", thing=case.reference, actor=by.code, why=purpose)
    if not recent.exists():
        _look(case, by, purpose, sealed)


def _look(case: Case, by: User, purpose: str, sealed: bytes | None) -> Look:
    """The case's own entry, and one for each thing tied to it: a reporter's page counts who opened their report."""
    audit.record("case.viewed", thing=case.reference, actor=by.code, purpose=sealed, why=purpose)
    for reference in case.links.values_list("reference", flat=True):
        audit.record("case.viewed", thing=reference, actor=by.code, through=case.reference)
    return Look.objects.create(case=case, user=by, purpose=purpose, reason=sealed, at=timezone.now())


def note_search(*, found: int, by: User) -> None:
    """That somebody searched, never for what."""
    audit.record("cases.searched", thing="cases", actor=by.code, found=found)
