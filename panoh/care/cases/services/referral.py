"""Passing a case or a report on: written, approved, sent, answered, taken back. Their side is in ``partner.py``."""

import secrets
import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common.centre import centre
from panoh.ground.common.codes import new_code
from panoh.ground.organisations.public import Organisation, Route, members_of
from panoh.ground.vault import public as vault

from .. import packets, policy, referral_policy
from ..errors import CaseRefusedError, ReferralRefusedError
from ..models import (
    RUNNING,
    Case,
    Consent,
    ConsentState,
    Exchange,
    Field,
    Packet,
    Referral,
    ReferralStatus,
    Via,
)
from ..queries.referrals import (
    blocked_by_consent,
    has_open_session,
    holds_what_is_kept_back,
    latest_packet,
    words_of,
)
from ..queries.sections import consent_for
from ..referral_settings import centre_name, setting
from .consenting import override_consent
from .links import NewLink, make_link
from .moves import lock_case
from .referral_moves import change, enter, lock_referral, move, sealed, write_down
from .referral_notices import tell_leads, tell_them
from .referral_withdrawing import take_back

VIA = {Route.ACCOUNT: Via.DESK, Route.API: Via.API, Route.PHONE: Via.PHONE}
Sections = Mapping[str, Mapping[str, Any]]


class Sent(NamedTuple):
    """A referral that is out, and what our own member of staff must see once to read it to the agency."""

    referral: Referral
    link: NewLink | None


# --- writing ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def draft_referral(
    *,
    case: Case | None = None,
    source: str,
    sections: Sections,
    to: Organisation,
    service: str = "",
    urgency: int,
    reason: str,
    by: User,
    fields: Collection[str] | None = None,
    language: str = "",
    override_basis: str = "",
    override_reason: str = "",
    offer_group: uuid.UUID | None = None,
) -> Referral:
    """A referral with its first packet: of ``sections`` the ``fields`` ("child.full_name"; None: all) that may go out.

    On a case it needs a yes that speaks of this agency, or ``override_basis`` and ``override_reason``, which a
    supervisor other than ``by`` must then approve. Without a case the room it comes from has judged. Raises
    ``ReferralRefusedError``.
    """
    if case is not None:
        case = lock_case(case)
    if not referral_policy.can_refer(by, case) or not to.is_active:
        raise ReferralRefusedError(_("This cannot be passed on by you, or not there."))
    if not reason.strip() or urgency not in (1, 2, 3, 4):
        raise ReferralRefusedError(_("Write down why you pass it on, and how urgent it is."))
    consent, state = _consent(case, to, override_basis, override_reason)
    now = timezone.now()
    referral = Referral(
        reference=f"F-{new_code()}",
        case=case,
        source=source,
        to=to,
        service=service,
        urgency=urgency,
        language=language or (case.language if case else centre("default_language", default="uz")),
        via=_way_to(to),
        offer_group=offer_group,
        data_key=vault.new_key("referral"),
        consent=consent,
        consent_state=state,
        override_basis=override_basis if state == ConsentState.ASKED else "",
        drafted_by=by,
        drafted_at=now,
        status_at=now,
    )
    reason = packets.clean(reason)
    referral.reason = sealed(referral, "reason", reason) or b""
    referral.override_reason = sealed(referral, "override_reason", override_reason) if referral.override_basis else None
    referral.save(force_insert=True)
    write_down(referral, "draft", side="us", by=by)
    enter(referral, "referral.drafted", actor=by.code)
    freeze_packet(referral, shareable(sections, case, by), fields=fields, by=by)
    return referral


def _consent(case: Case | None, to: Organisation, basis: str, reason: str) -> tuple[Consent | None, ConsentState]:
    """The yes it stands on; without one, that somebody asks to do without."""
    if case is None:
        return None, ConsentState.NONE
    consent = consent_for(case, to.code)
    if consent is not None:
        is_override = consent.answer == "overridden"
        return consent, ConsentState.OVERRIDDEN if is_override else ConsentState.GIVEN
    if basis in setting("override", "bases") and reason.strip():
        return None, ConsentState.ASKED
    raise ReferralRefusedError(
        _("There is no yes for this agency. Ask for it, or write down why it must go out without one.")
    )


def offer_referral(*, to: Sequence[Organisation], **referral: Any) -> list[Referral]:
    """The same to several agencies at once: the first that accepts has it, the others hear that it is taken."""
    group = uuid.uuid4() if len(to) > 1 else None
    with transaction.atomic():
        return [draft_referral(to=one, offer_group=group, **referral) for one in to]


def _way_to(to: Organisation) -> str:
    """Their route; an agency with accounts that nobody uses gets a link."""
    via = VIA.get(Route(to.route), Via.LINK)
    return Via.LINK if via == Via.DESK and not members_of(to).exists() else via


def shareable(sections: Sections, case: Case | None, by: User) -> dict[str, dict[str, Any]]:
    """What ``by`` could pass on: of people's details only those they may read themselves."""
    hidden = set(Field.values) - policy.visible_fields(by, case) if case is not None else set()
    return {
        section: {field: value for field, value in fields.items() if section == "case" or field not in hidden}
        for section, fields in sections.items()
    }


def freeze_packet(referral: Referral, sections: Sections, *, fields: Collection[str] | None, by: User) -> Packet:
    """The next version of what they are told; the caller holds the lock. Raises ``ReferralRefusedError``."""
    withheld = referral.consent.withheld if referral.consent else []
    chosen = packets.chosen(sections, fields, withheld)
    version = referral.packets.count() + 1
    packet = Packet(referral=referral, version=version, schema=packets.SCHEMA, consent=referral.consent, by=by)
    packet.at = timezone.now()
    packet.fields = [f"{section['code']}.{one['code']}" for section in chosen for one in section["fields"]]
    head = _head(referral, version, withheld=len(withheld))
    try:
        built = packets.build(head=head, sections=chosen, made_at=packet.at, salt=secrets.token_hex(16))
    except packets.PacketShapeError as wrong:
        raise ReferralRefusedError(_("This cannot be put in a packet: %(places)s") % {"places": wrong}) from None
    written = packets.canonical(built)
    packet.digest = packets.digest(written)
    packet.body = vault.seal(referral.data_key, written, where=packet.where("body"))
    packet.save(force_insert=True)
    audit.record("packet.frozen", thing=referral.reference, actor=by.code, version=version, fields=len(packet.fields))
    return packet


def _head(referral: Referral, version: int, *, withheld: int) -> dict[str, Any]:
    """Everything in a packet but its sections, its moment and its salt."""
    kind = "case" if referral.case_id else "contact" if referral.source.startswith("K-") else "report"
    return {
        "reference": referral.reference,
        "version": version,
        "from": {"name": centre_name(), "country": centre("country", default="UZ")},
        "to": {"code": referral.to.code, "name": referral.to.name_in(centre("default_language", default="uz"))},
        "source": {"kind": kind, "reference": referral.source},
        "service": referral.service,
        "urgency": referral.urgency,
        "language": referral.language,
        "reason": words_of(referral, "reason"),
        "consent": _consent_block(referral, withheld),
    }


def _consent_block(referral: Referral, withheld: int) -> dict[str, Any]:
    """What the agency reads about the yes. A packet that still waits for an override says so already."""
    if referral.consent_state == ConsentState.NONE:
        return {"state": "not_asked"}
    consent = referral.consent
    if consent is None or referral.consent_state == ConsentState.OVERRIDDEN:
        basis = referral.override_basis or (consent.legal_basis if consent else "")
        return {"state": "overridden", "basis": basis, "withheld": withheld}
    given_at = consent.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"state": "given", "given_by": consent.given_by, "given_at": given_at, "withheld": withheld}


@transaction.atomic
def renew_packet(referral: Referral, *, sections: Sections, fields: Collection[str] | None = None, by: User) -> Packet:
    """Another version of the packet; once it is out, the agency reads this one and is told."""
    held = lock_referral(referral)
    if held.status not in {ReferralStatus.DRAFT, *RUNNING} or not referral_policy.can_add_facts(by, held):
        raise ReferralRefusedError(_("A supervisor adds facts once the referral is out."))
    if held.case is not None and held.consent_state != ConsentState.ASKED:
        held.consent, held.consent_state = _consent(held.case, held.to, "", "")
        change(held, consent=held.consent, consent_state=held.consent_state)
    packet = freeze_packet(held, shareable(sections, held.case, by), fields=fields, by=by)
    write_down(held, "renew", side="us", by=by)
    if held.sent_at is not None:
        tell_them(held, "renew")
    return packet


# --- approving and sending -------------------------------------------------------------------------------------------


@transaction.atomic
def approve_referral(referral: Referral, *, by: User) -> Referral:
    """It may go out. Where somebody asked to do without a yes, this is the second person, and it is written as such."""
    held = lock_referral(referral)
    if not referral_policy.can_approve(by, held):
        raise ReferralRefusedError(_("Somebody else must approve this referral."))
    if held.consent_state == ConsentState.ASKED:
        _override_consent(held, by)
    elif held.case is not None and blocked_by_consent(held, latest_packet(held)):
        raise _no_longer_allowed()
    is_alone = by.pk == held.drafted_by_id
    move(held, "approve", by=by, approved_by=by, approved_at=timezone.now())
    if is_alone and held.urgency in setting("approval", "at_once_for"):
        tell_leads(held, "approve")
    return held


def _override_consent(referral: Referral, by: User) -> None:
    """The decision becomes a consent of the case, with both names on it; the asker's reason goes into the ledger."""
    case, reason = referral.case, words_of(referral, "override_reason")
    assert case is not None  # noqa: S101 (only a case asks for consent)
    try:
        consent = override_consent(
            case,
            scopes=["referral"],
            recipients=[referral.to.code],
            legal_basis=referral.override_basis,
            reason=reason,
            asked_by=referral.drafted_by,
            by=by,
        )
    except CaseRefusedError as refusal:
        raise ReferralRefusedError(str(refusal)) from None
    change(referral, consent=consent, consent_state=ConsentState.OVERRIDDEN)
    purpose = vault.seal(referral.data_key, reason, where=referral.where("purpose"))
    basis, asker = referral.override_basis, referral.drafted_by.code
    audit.record(
        "referral.consent_overridden",
        thing=referral.reference,
        actor=by.code,
        purpose=purpose,
        basis=basis,
        asked_by=asker,
    )


def _no_longer_allowed() -> ReferralRefusedError:
    return ReferralRefusedError(
        _("The yes for this packet is gone, or keeps back something in it. Choose the facts again.")
    )


@transaction.atomic
def send_referral(referral: Referral, *, by: User, via: str = "") -> Sent:
    """It goes out the way the agency is reached; ``via`` names another way. Its clock begins."""
    held = lock_referral(referral)
    if not referral_policy.can_work_on(by, held):
        raise ReferralRefusedError(_("This referral is not yours to send."))
    packet = latest_packet(held)
    if blocked_by_consent(held, packet) or holds_what_is_kept_back(held, packet):
        raise _no_longer_allowed()
    way = via if via in Via.values else held.via
    move(held, "send", by=by, sent_by=by, sent_at=timezone.now(), via=way)
    if held.via == Via.LINK:
        return Sent(held, make_link(held, event="send", by=by))
    tell_them(held, "send")
    return Sent(held, None)


# --- while it runs ---------------------------------------------------------------------------------------------------


@transaction.atomic
def answer_question(referral: Referral, *, text: str, key: uuid.UUID, by: User) -> Sent:
    """Our answer. Where they came by a link whose page is closed by now, they get a new one with it."""
    held = lock_referral(referral)
    if not referral_policy.can_work_on(by, held):
        raise ReferralRefusedError(_("This referral is not yours to answer."))
    if held.exchange.filter(key=key).exists():
        return Sent(held, None)
    move(held, "answer", by=by)
    add_line(held, direction="out", text=text, key=key, via=Via.DESK, by=by)
    if held.via == Via.LINK and not has_open_session(held):
        return Sent(held, make_link(held, event="answer", by=by))
    tell_them(held, "answer")
    return Sent(held, None)


def add_line(referral: Referral, *, direction: str, text: str, key: uuid.UUID, via: str, by: User | None) -> Exchange:
    """One question or answer on a locked referral."""
    text = packets.clean(text)
    if not text:
        raise ReferralRefusedError(_("Write a few words."))
    line = Exchange(referral=referral, direction=direction, key=key, via=via, by=by, at=timezone.now())
    line.body = vault.seal(referral.data_key, text[:20_000], where=line.where("body"))
    line.save(force_insert=True)
    return line


@transaction.atomic
def revoke_referral(referral: Referral, *, code: str, by: User, words: str = "") -> Referral:
    """Taken back: nobody over there reads it from now on."""
    held = lock_referral(referral)
    if not referral_policy.can_work_on(by, held):
        raise ReferralRefusedError(_("This referral is not yours to take back."))
    return take_back(held, code=code, words=words, by=by)


def count_reading(referral: Referral, *, by: User | None, via: str) -> None:
    """That they opened the packet stands in the history, once an hour; the ledger has every time."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    if not referral.changes.filter(verb="read", via=via, by=by, at__gt=an_hour_ago).exists():
        write_down(referral, "read", side="them", by=by, via=via)


@transaction.atomic
def take_packet(referral: Referral, *, by: User) -> Packet:
    """The newest packet for one of us, as a file; on record. Raises ``ReferralRefusedError``."""
    if not referral_policy.can_read_packet(by, referral):
        raise ReferralRefusedError(_("The facts of this packet are not yours to read."))
    packet = latest_packet(referral)
    audit.record("packet.taken", thing=referral.reference, actor=by.code, version=packet.version)
    return packet


def look_at_packet(referral: Referral, *, by: User) -> None:
    """One of us reads the words of a packet on its page: the ledger has it."""
    if referral_policy.can_read_packet(by, referral):
        audit.record("packet.shown", thing=referral.reference, actor=by.code)
