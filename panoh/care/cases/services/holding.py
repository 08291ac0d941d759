"""A legal hold on a case: while it stands nothing of it is forgotten, whatever its days and whoever asks."""

from django.db import transaction

from panoh.ground.accounts.public import User
from panoh.ground.vault import public as vault

from .. import policy
from ..models import Case
from .moves import lock_case, refuse_unless


@transaction.atomic
def hold_case(case: Case, *, reason: str, by: User) -> None:
    """A court or an inquiry asks for it: why is sealed, and that it is held is on record. Held twice is held once."""
    held = lock_case(case)
    refuse_unless(policy.can_lead(by) and held.forgotten_at is None)
    vault.hold(held.reference, reason=reason, by=by.code)


@transaction.atomic
def lift_case_hold(case: Case, *, by: User) -> None:
    """Its days count again; what somebody asked to erase meanwhile goes with the next nightly run."""
    held = lock_case(case)
    refuse_unless(policy.can_lead(by))
    vault.lift_hold(held.reference, by=by.code)
