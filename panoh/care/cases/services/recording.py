"""An agency answers by telephone, and one of us writes it down for them."""

from panoh.ground.accounts.public import User

from ..models import Referral, Via
from ..referral_policy import Party
from . import partner


def record_answer(referral: Referral, *, verb: str, code: str = "", words: str = "", by: User) -> Referral:
    """``verb`` of theirs, heard by ``by``; who heard it stands in the history. Raises ``ReferralRefusedError``."""
    party = Party(referral.to, user=by, via=Via.PHONE)
    if verb == "decline":
        return partner.decline_referral(referral, code=code, words=words, by=party)
    if verb == "complete":
        return partner.complete_referral(referral, code=code, words=words, by=party)
    acts = {
        "acknowledge": partner.acknowledge_referral,
        "accept": partner.accept_referral,
        "start": partner.start_service,
    }
    return acts[verb](referral, by=party)
