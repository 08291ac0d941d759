"""Taking a referral back: by hand, because another agency has it, or because the yes is gone."""

from django.utils import timezone

from panoh.ground.accounts.public import User

from ..models import AWAITING, UNSENT, Case, ConsentState, Referral
from ..queries.referrals import blocked_by_consent, latest_packet
from .referral_moves import lock_referral, move, sealed, write_down
from .referral_notices import tell_them, tell_us


def take_back(referral: Referral, *, code: str, by: User | None = None, words: str = "") -> Referral:
    """The same on a locked referral, for whatever reason; they are told that it happened, not why."""
    was_out = referral.sent_at is not None
    move(referral, "revoke", by=by, code=code, answer_code=code, answer=sealed(referral, "answer", words))
    referral.links.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
    if was_out:
        tell_them(referral, "revoke")
    return referral


def revoke_without_consent(case: Case, *, by: User) -> int:
    """After a withdrawal: what nobody accepted yet is taken back, what somebody has can no longer be read there.

    The caller holds the case's lock. How many were taken back.
    """
    taken_back = 0
    for referral in Referral.objects.filter(case=case, ended_at=None).order_by("pk"):
        held = lock_referral(referral)
        if held.consent_state in {ConsentState.ASKED, ConsentState.NONE} or not _is_blocked(held):
            continue
        if held.status in [*UNSENT, *AWAITING]:
            take_back(held, code="consent_withdrawn", by=by)
            taken_back += 1
        else:
            write_down(held, "consent_withdrawn", side="us", by=by)
            tell_us(held, "consent_withdrawn")
    return taken_back


def _is_blocked(referral: Referral) -> bool:
    return blocked_by_consent(referral, latest_packet(referral))
