"""What an agency does with a referral: one set of verbs for the link, the partner desk, its system and the phone."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.audit import public as audit

from .. import referral_policy
from ..errors import ReferralRefusedError, ReferralTakenError
from ..models import AWAITING, TAKEN, UNSENT, Exchange, Packet, Referral, ReferralStatus
from ..queries.referrals import blocked_by_consent, latest_packet, packet_content
from ..referral_policy import Party
from ..referral_settings import codes
from .referral import add_line, count_reading
from .referral_moves import lock_offers, lock_referral, move, sealed
from .referral_notices import tell_us
from .referral_withdrawing import take_back


@transaction.atomic
def readable_packet(referral: Referral, *, by: Party) -> Packet:
    """The newest packet, while they may read it, and the reading on record. Raises ``ReferralRefusedError``."""
    _refuse_unless_theirs(referral, by)
    if referral.status == ReferralStatus.DECLINED:
        raise ReferralRefusedError(_("You declined this referral. Its packet can no longer be read."))
    if referral.answer_code == "taken":
        raise ReferralTakenError(_("Another agency accepted this already. Thank you: nothing more is needed."))
    if referral.status in {ReferralStatus.REVOKED, ReferralStatus.EXPIRED}:
        raise ReferralRefusedError(_("This referral was taken back. Its packet can no longer be read."))
    packet = latest_packet(referral)
    if blocked_by_consent(referral, packet):
        raise ReferralRefusedError(_("The consent for this packet is gone. It can no longer be read."))
    count_reading(referral, by=by.user, via=by.via)
    audit.record("packet.read", thing=referral.reference, actor=by.actor, version=packet.version)
    return packet


def read_packet(referral: Referral, *, by: Party) -> dict[str, Any]:
    """What the packet says, as the published schema has it. Raises ``ReferralRefusedError``."""
    return packet_content(readable_packet(referral, by=by))


@transaction.atomic
def acknowledge_referral(referral: Referral, *, by: Party) -> Referral:
    """They have it and somebody reads it; once more changes nothing."""
    held = _held(referral, by)
    if held.acknowledged_at is not None:
        return held
    move(held, "acknowledge", party=by, acknowledged_at=timezone.now())
    return held


@transaction.atomic
def accept_referral(referral: Referral, *, by: Party) -> Referral:
    """They take it on. Of several asked at once the first has it; the rest get ``ReferralTakenError``."""
    offers = lock_offers(referral)
    held = offers.pop(referral.pk)
    _refuse_unless_theirs(held, by)
    if held.status in TAKEN:
        return held
    now = timezone.now()
    move(held, "accept", party=by, answered_at=now, acknowledged_at=held.acknowledged_at or now)
    for other in offers.values():
        if other.status in [*UNSENT, *AWAITING]:
            take_back(other, code="taken")
    tell_us(held, "accept")
    return held


@transaction.atomic
def decline_referral(referral: Referral, *, code: str, words: str = "", by: Party) -> Referral:
    """They do not take it on, and say why by a code of ``centre/referrals.toml``."""
    held = _held(referral, by)
    if held.status == ReferralStatus.DECLINED:
        return held
    _refuse_unless_listed(code, "decline")
    move(
        held,
        "decline",
        party=by,
        code=code,
        answered_at=timezone.now(),
        answer_code=code,
        answer=sealed(held, "answer", words),
    )
    tell_us(held, "decline")
    return held


@transaction.atomic
def ask_about_referral(referral: Referral, *, text: str, key: uuid.UUID, by: Party) -> Exchange:
    """Their question; the same ``key`` twice is one question."""
    held = _held(referral, by)
    if old := held.exchange.filter(key=key).first():
        return old
    move(held, "ask", party=by)
    line = add_line(held, direction="in", text=text, key=key, via=by.via, by=by.user)
    tell_us(held, "ask")
    return line


@transaction.atomic
def start_service(referral: Referral, *, by: Party) -> Referral:
    """They have begun."""
    held = _held(referral, by)
    if held.status == ReferralStatus.IN_SERVICE:
        return held
    move(held, "start", party=by)
    tell_us(held, "start")
    return held


@transaction.atomic
def complete_referral(referral: Referral, *, code: str, words: str = "", by: Party) -> Referral:
    """What came of it: a code that is counted, and words for us. What the child reads is written by one of us."""
    held = _held(referral, by)
    if held.status == ReferralStatus.COMPLETED:
        return held
    _refuse_unless_listed(code, "outcome")
    outcome = sealed(held, "outcome", words)
    move(held, "complete", party=by, code=code, completed_at=timezone.now(), outcome_code=code, outcome=outcome)
    tell_us(held, "complete")
    return held


def _held(referral: Referral, party: Party) -> Referral:
    held = lock_referral(referral)
    _refuse_unless_theirs(held, party)
    return held


def _refuse_unless_theirs(referral: Referral, party: Party) -> None:
    if not referral_policy.speaks_for(party, referral):
        raise ReferralRefusedError(_("This referral was not sent to you."))


def _refuse_unless_listed(code: str, of: str) -> None:
    if code not in codes(of):
        raise ReferralRefusedError(_("Choose one of the answers."))
