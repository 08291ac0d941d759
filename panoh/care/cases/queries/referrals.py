"""Reads of referrals for both sides, the gates to them, and the packet as it was frozen."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import Role, User, may
from panoh.ground.organisations.public import Organisation, organisation_of, organisations_for, service_name
from panoh.ground.vault import public as vault

from .. import packets, policy, printing, referral_labels, referral_policy
from ..errors import ReferralRefusedError
from ..models import (
    RUNNING,
    Case,
    Consent,
    Exchange,
    Field,
    Packet,
    PartnerLink,
    Referral,
    ReferralStatus,
    StatusChange,
    Via,
)
from ..referral_settings import centre_name, rules
from .sections import case_sections, consent_for

TABS = ("open", "late", "untold", "to_approve", "questions", "over")


WORDS = ("answer", "outcome", "override_reason")


class Line(NamedTuple):
    """One question or answer, opened."""

    direction: str
    text: str
    at: datetime
    by: User | None


# --- gates -----------------------------------------------------------------------------------------------------------


def referral_for(user: User, reference: str) -> Referral:
    """The gate from our desk: a hidden referral and a missing one look the same."""
    return get_object_or_404(_whole(referral_policy.visible_referrals(user)), reference=reference)


def partner_referral_for(user: User, reference: str) -> Referral:
    """The gate from the partner desk: another agency's referral and a missing one look the same."""
    return referral_of_organisation(organisation_of(user), reference)


def referral_of_organisation(organisation: Organisation | None, reference: str) -> Referral:
    """The gate from a partner's own system."""
    return get_object_or_404(_whole(referral_policy.referrals_of_agency(organisation)), reference=reference)


def referral_of_session(token: str) -> Referral | None:
    """The one referral that this browser opened with a link and its code, while that lasts."""
    link = _session(token)
    return _whole(Referral.objects.all()).get(pk=link.referral_id) if link else None


def _session(token: str) -> PartnerLink | None:
    if not token:
        return None
    live = PartnerLink.objects.filter(withdrawn_at=None, session_until__gt=timezone.now())
    return live.filter(session_hash=vault.lookup(token, purpose="cases.link_session")).first()


def has_open_session(referral: Referral) -> bool:
    return referral.links.filter(withdrawn_at=None, session_until__gt=timezone.now()).exists()


def _whole(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    return referrals.select_related("to", "case", "case__owner", "consent", "drafted_by")


# --- lists -----------------------------------------------------------------------------------------------------------


def referrals_of(case: Case) -> QuerySet[Referral]:
    """The referrals of a case, newest first."""
    return Referral.objects.filter(case=case).select_related("to").order_by("-drafted_at")


def referrals_for_organisation(organisation: Organisation | None) -> QuerySet[Referral]:
    """What was sent to an agency: running ones first, the soonest due on top."""
    sent = referral_policy.referrals_of_agency(organisation).select_related("to")
    return sent.order_by("ended_at", "due_at", "-sent_at")


def my_referrals(user: User, tab: str = "open") -> QuerySet[Referral]:
    """Our list in one of its ``TABS``."""
    seen = referral_policy.visible_referrals(user).select_related("to", "drafted_by")
    wanted = {
        "late": Q(status__in=RUNNING, due_at__lt=timezone.now()),
        "untold": Q(untold_at__isnull=False, ended_at=None),
        "to_approve": Q(status=ReferralStatus.DRAFT),
        "questions": Q(status=ReferralStatus.RETURNED_FOR_INFO),
        "over": Q(ended_at__isnull=False),
    }
    found = seen.filter(wanted.get(tab, Q(ended_at=None)))
    return found.order_by("-drafted_at", "-id") if tab == "over" else found.order_by("due_at", "-drafted_at", "-id")


def referral_counters(user: User) -> dict[str, int]:
    """For the frame: ours to do (``late``, ``untold``, ``questions``, ``to_approve``), or a partner's ``open`` ones."""
    if may(user, Role.PARTNER_OFFICER):
        theirs = referral_policy.referrals_of_agency(organisation_of(user))
        return {"open": theirs.filter(ended_at=None).count()}
    running = referral_policy.visible_referrals(user).filter(ended_at=None)
    is_mine_to_approve = Q(status=ReferralStatus.DRAFT) & ~Q(drafted_by=user)
    counted: dict[str, int] = running.aggregate(
        late=Count("pk", filter=Q(status__in=RUNNING, due_at__lt=timezone.now())),
        untold=Count("pk", filter=Q(untold_at__isnull=False)),
        questions=Count("pk", filter=Q(status=ReferralStatus.RETURNED_FOR_INFO)),
        to_approve=Count("pk", filter=is_mine_to_approve),
    )
    return counted if may(user, Role.SUPERVISOR) else {**counted, "to_approve": 0}


def next_referral_due(case: Case) -> datetime | None:
    """The earliest moment at which a running referral of this case is due."""
    running = Referral.objects.filter(case=case, ended_at=None, due_at__isnull=False)
    return running.order_by("due_at").values_list("due_at", flat=True).first()


def referral_keys(cases: Iterable[UUID]) -> list[UUID]:
    """The data keys under which everything of the referrals of these cases lies."""
    return list(Referral.objects.filter(case__in=list(cases)).values_list("data_key", flat=True))


# --- one referral ----------------------------------------------------------------------------------------------------


def words_of(referral: Referral, field: str) -> str:
    """``reason``, ``answer``, ``outcome`` or ``override_reason``, opened; "" where nothing stands or it was erased."""
    return _opened(referral, getattr(referral, field), referral.where(field))


def exchange_of(referral: Referral) -> list[Line]:
    """Their questions and our answers, the first on top."""
    rows = Exchange.objects.filter(referral=referral).select_related("by").order_by("at", "pk")
    return [Line(row.direction, _opened(referral, row.body, row.where("body")), row.at, row.by) for row in rows]


def history_of(referral: Referral) -> QuerySet[StatusChange]:
    return StatusChange.objects.filter(referral=referral).select_related("by").order_by("pk")


def referral_changes(case: Case) -> QuerySet[StatusChange]:
    """Everything that happened to the referrals of a case, for its timeline."""
    return StatusChange.objects.filter(referral__case=case).select_related("referral__to", "by").order_by("at", "pk")


def _opened(referral: Referral, sealed: bytes | memoryview | None, where: str) -> str:
    if not sealed:
        return ""
    try:
        return vault.unseal(referral.data_key, bytes(sealed), where=where)
    except vault.ErasedError:
        return ""


# --- the packet ------------------------------------------------------------------------------------------------------


def latest_packet(referral: Referral) -> Packet:
    found: Packet = referral.packets.order_by("-version")[0]
    return found


def blocked_by_consent(referral: Referral, packet: Packet) -> bool:
    """Whether the yes that this packet stands on is gone, or a newer one keeps back what is in it."""
    if referral.case_id is None:
        return False
    assert referral.case is not None  # noqa: S101 (narrows the type)
    consent = consent_for(referral.case, referral.to.code)
    return consent is None or packets.holds_any(packet.fields, consent.withheld)


def holds_what_is_kept_back(referral: Referral, packet: Packet) -> bool:
    """Whether a detail in a packet that is not out yet was marked as withheld, or taken away, since it was made."""
    if referral.case is None:
        return False
    told = packets.field_names(case_sections(referral.case, referral.consent))
    details = {name for name in packet.fields if name.rpartition(".")[2] in Field.values and name[:5] != "case."}
    return not details <= set(told)


def packet_json(packet: Packet) -> str:
    """The canonical JSON as it was frozen; raises ``ReferralRefusedError`` where it is not what it was, or erased."""
    refusal = ReferralRefusedError(_("This packet cannot be opened: it is not the one that was made here."))
    erased = ReferralRefusedError(_("The words of this referral were erased; their time was over."))
    if packet.referral.forgotten_at is not None:
        raise erased
    try:
        written = vault.unseal_bytes(packet.referral.data_key, packet.body, where=packet.where("body"))
    except vault.ErasedError:
        raise erased from None
    except vault.TamperedError:
        raise refusal from None
    if packets.digest(written) != packet.digest:
        raise refusal
    told = json.loads(written)
    if (told["reference"], told["version"]) != (packet.referral.reference, packet.version):
        raise refusal
    return written.decode("utf-8")


def packet_content(packet: Packet) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(packet_json(packet))
    return content


def packet_pdf(packet: Packet, language: str = "") -> bytes:
    """The packet as PDF/UA-1, its headings in ``language`` (the reader's where none is named)."""
    language = language or get_language() or settings.LANGUAGE_CODE
    with override(language):
        return printing.to_pdf("packet", _printed(packet, packet_content(packet), language), language=language)


def shown_packet(content: dict[str, Any]) -> dict[str, Any]:
    """A packet as a page shows it: every code with the name it has in the reader's language."""
    facts = _facts(content, get_language() or settings.LANGUAGE_CODE)
    return {"facts": facts, "reason": content["reason"], "sections": shown_sections(content["sections"])}


def shown_sections(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Titles, labels and values instead of codes."""
    language = get_language() or settings.LANGUAGE_CODE
    return [
        {
            "title": section.get("label") or referral_labels.section_name(section["code"]),
            "fields": [
                {
                    "label": one.get("label") or referral_labels.field_name(one["code"]),
                    "values": referral_labels.values(section["code"], one["code"], one["values"], language),
                }
                for one in section["fields"]
            ],
        }
        for section in sections
    ]


def _facts(content: dict[str, Any], language: str) -> list[dict[str, Any]]:
    """The lines on top of a packet."""
    service = service_name(content["service"], language) if content["service"] else ""
    rows = [
        (_("To"), content["to"]["name"]),
        (_("From"), content["from"]["name"]),
        (_("About"), content["source"]["reference"]),
        (_("Service"), service),
        (_("Urgency"), referral_labels.label("urgency", content["urgency"])),
        (_("Language of the child"), dict(settings.LANGUAGES).get(content["language"], content["language"])),
        (_("Consent"), referral_labels.consent_sentence(content["consent"])),
    ]
    return [{"label": label, "values": [value]} for label, value in rows if value]


def _printed(packet: Packet, content: dict[str, Any], language: str) -> dict[str, Any]:
    shown = shown_packet(content)
    made = _("Version %(version)d, made %(at)s") % {"version": content["version"], "at": content["made_at"]}
    return {
        "title": _("Referral %(reference)s") % {"reference": content["reference"]},
        "author": centre_name(),
        "footer": f"{content['reference']} · {centre_name()} · " + _("Confidential: only for the agency named here"),
        "facts": shown["facts"],
        "reason": {"label": _("Why we refer"), "values": [content["reason"]]},
        "sections": shown["sections"],
        "proof": {"label": _("Proof"), "values": [made, f"SHA-256 {packet.digest}"]},
    }


# --- our pages -------------------------------------------------------------------------------------------------------


class Offer(NamedTuple):
    """What could be passed on to some agencies: the sections, the names of their facts, and the yes they stand on."""

    sections: dict[str, dict[str, Any]]
    names: list[str]
    consents: list[tuple[Organisation, Consent | None]]

    @property
    def has_consent(self) -> bool:
        return all(consent is not None for _agency, consent in self.consents)


class Agency(NamedTuple):
    """One line of the directory, and what we may tell it."""

    organisation: Organisation
    name: str
    consent: Consent | None


def agencies(codes: list[str]) -> list[Organisation]:
    """The active organisations of these codes, at most ten."""
    return list(Organisation.objects.filter(code__in=codes[:10], is_active=True))


def agencies_for(case: Case, *, service: str = "", region: str = "", language: str = "") -> list[Agency]:
    """Who may help, best checked first, each with the yes that there is."""
    found = organisations_for(service=service, region=region, language=language)
    reader = get_language() or settings.LANGUAGE_CODE
    return [Agency(one, one.name_in(reader), consent_for(case, one.code)) for one in found]


def offer(case: Case, to: list[Organisation], user: User) -> Offer:
    """Without what is kept back for any of them, and without what the reader may not see."""
    consents = [(one, consent_for(case, one.code)) for one in to]
    withheld = {code for _agency, consent in consents if consent for code in consent.withheld}
    hidden = set(Field.values) - policy.visible_fields(user, case)
    sections = {
        section: {
            field: value
            for field, value in fields.items()
            if section == "case" or (field not in hidden and not packets.holds_any([f"{section}.{field}"], withheld))
        }
        for section, fields in case_sections(case).items()
    }
    return Offer(sections, packets.field_names(sections), consents)


def preview(offered: Offer, fields: list[str]) -> list[dict[str, Any]]:
    """The sections as they will be read, of the chosen facts."""
    return shown_sections(packets.chosen(offered.sections, fields))


def fields_of(referral: Referral) -> list[str]:
    return list(latest_packet(referral).fields)


def our_page(user: User, referral: Referral) -> dict[str, Any]:
    """What our own page of one referral shows."""
    may_read = referral_policy.can_read_packet(user, referral)
    packet, closed = latest_packet(referral), ""
    shown: dict[str, Any] | None = None
    if may_read:
        try:
            shown = shown_packet(packet_content(packet))
        except ReferralRefusedError as refusal:
            closed = str(refusal)
    is_running = not referral.is_over
    return {
        "referral": referral,
        "packet": shown,
        "version": packet.version,
        "closed": closed,
        "words": {name: words_of(referral, name) if may_read else "" for name in WORDS},
        "exchange": exchange_of(referral) if may_read else [],
        "history": history_of(referral),
        "others": others_offered(referral),
        "verbs": rules().verbs_of("us", referral.status),
        "can_approve": referral.status == ReferralStatus.DRAFT and referral_policy.can_approve(user, referral),
        "can_renew": is_running and referral.case_id is not None and referral_policy.can_add_facts(user, referral),
        "can_link": is_running and referral.sent_at is not None and referral.via == Via.LINK,
        "is_blocked": is_running and blocked_by_consent(referral, packet) and referral.consent_id is not None,
        "is_untold": is_running and referral.untold_at is not None,
        "is_late": is_running and referral.due_at is not None and referral.due_at < timezone.now(),
    }


def others_offered(referral: Referral) -> QuerySet[Referral]:
    """Those to whom the same was offered."""
    if referral.offer_group is None:
        return Referral.objects.none()
    return Referral.objects.filter(offer_group=referral.offer_group).exclude(pk=referral.pk).select_related("to")
