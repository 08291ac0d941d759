"""What every change of a referral does alike: the lock, the rule, the clock, the history, the ledger."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common import bell
from panoh.ground.vault import public as vault

from ..errors import ReferralRefusedError, ReferralTakenError
from ..models import Referral, StatusChange
from ..referral_policy import Party
from ..referral_settings import rules
from .counting import count_referral
from .moves import lock_case, refresh_due

LONGEST = 20_000
# How the ledger calls a verb: what was done, not what is asked.
DONE = {
    "approve": "approved",
    "send": "sent",
    "acknowledge": "acknowledged",
    "accept": "accepted",
    "decline": "declined",
    "ask": "asked",
    "answer": "answered",
    "start": "started",
    "complete": "completed",
    "revoke": "revoked",
    "expire": "expired",
}


def lock_referral(referral: Referral) -> Referral:
    """The row as it is now, held until the transaction ends; its case is locked first, as everywhere in this room."""
    if referral.case is not None:
        lock_case(referral.case)
    return _held().get(pk=referral.pk)


def lock_offers(referral: Referral) -> dict[UUID, Referral]:
    """All that were offered with this one, locked in one order so that two agencies cannot hold each other up."""
    if referral.offer_group is None:
        return {referral.pk: lock_referral(referral)}
    if referral.case is not None:
        lock_case(referral.case)
    return {one.pk: one for one in _held().filter(offer_group=referral.offer_group).order_by("pk")}


def _held() -> QuerySet[Referral]:
    whole = Referral.objects.select_for_update(of=("self",))
    return whole.select_related("to", "case", "case__owner", "drafted_by", "consent")


def refuse_unless_allowed(referral: Referral, verb: str) -> None:
    if rules().allows(verb, referral.status):
        return
    if referral.answer_code == "taken":
        raise ReferralTakenError(_("Another agency accepted this already. Thank you: nothing more is needed."))
    raise ReferralRefusedError(_("This can no longer be done: the referral has moved on. Please look at it again."))


def move(
    referral: Referral,
    verb: str,
    *,
    by: User | None = None,
    party: Party | None = None,
    code: str = "",
    **values: Any,
) -> Referral:
    """Carry out a verb of the rules on a locked referral; ``party`` when the agency does it."""
    refuse_unless_allowed(referral, verb)
    after, now = rules().after(verb, referral.status), timezone.now()
    if after != referral.status:
        values |= {"status": after, **_clock(referral.urgency, after, now)}
        values |= {"ended_at": now} if after in rules().last else {}
    values |= {"untold_at": None} if party else {}
    change(referral, **values)
    if referral.case is not None:
        refresh_due(referral.case)
    if referral.is_over:
        count_referral(referral)
    side = "them" if party else rules().verbs[verb].by
    write_down(referral, verb, side=side, by=party.user if party else by, via=party.via if party else "", code=code)
    actor = party.actor if party else by.code if by else "system"
    enter(referral, f"referral.{DONE[verb]}", actor=actor, code=code)
    bell.ring("referrals")
    return referral


def enter(referral: Referral, verb: str, *, actor: str, code: str = "") -> None:
    """Into the ledger of the referral, and into that of its case: its timeline is read from there."""
    audit.record(verb, thing=referral.reference, actor=actor, to=referral.to.code, code=code)
    if referral.case is not None:
        said = {"referral": referral.reference, "to": referral.to.code, "code": code}
        audit.record(verb, thing=referral.case.reference, actor=actor, purpose=None, **said)


def _clock(urgency: int, status: str, now: datetime) -> dict[str, Any]:
    """The clock of a new status, from now."""
    steps = rules().steps(urgency, status, now)
    return {
        "status_at": now,
        "due_at": rules().due_at(urgency, status, now),
        "next_step_at": steps[0].at if steps else None,
        "steps_done": 0,
    }


def change(referral: Referral, **values: Any) -> None:
    for name, value in values.items():
        setattr(referral, name, value)
    if values:
        referral.save(update_fields=list(values))


def write_down(
    referral: Referral, verb: str, *, side: str, by: User | None = None, via: str = "", code: str = ""
) -> StatusChange:
    """One line of the history both sides may see."""
    return StatusChange.objects.create(
        referral=referral, verb=verb, status=referral.status, code=code, side=side, via=via, by=by, at=timezone.now()
    )


def sealed(referral: Referral, field: str, text: str) -> bytes | None:
    """Words for a column of the referral; None when there are none."""
    text = text.strip()[:LONGEST]
    return vault.seal(referral.data_key, text, where=referral.where(field)) if text else None
