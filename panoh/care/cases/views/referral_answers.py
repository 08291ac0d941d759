"""What the link page and the partner desk do alike: show one referral, take one verb, say calmly why not."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse

from .. import referral_labels
from ..errors import REFUSALS, ReferralRefusedError
from ..forms.referrals import AskForm, CompleteForm, DeclineForm, PressForm
from ..models import Packet, Referral
from ..queries import referrals as reads
from ..referral_policy import Party
from ..referral_settings import rules
from ..services import partner

ACTS: dict[str, Callable[..., Any]] = {
    "acknowledge": partner.acknowledge_referral,
    "accept": partner.accept_referral,
    "decline": partner.decline_referral,
    "ask": partner.ask_about_referral,
    "start": partner.start_service,
    "complete": partner.complete_referral,
}
FORMS: dict[str, type[forms.Form]] = {"decline": DeclineForm, "ask": AskForm, "complete": CompleteForm}


def form_of(verb: str, data: Any = None) -> forms.Form:
    return FORMS.get(verb, PressForm)(data, auto_id=f"{verb}-%s")


def answer(referral: Referral, verb: str, data: Any, *, by: Party) -> forms.Form:
    """Do it; a refusal is an error of the form that comes back, and nothing typed is lost."""
    form = form_of(verb, data)
    if form.is_valid():
        try:
            ACTS[verb](referral, **form.cleaned_data, by=by)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
    return form


def their_page(referral: Referral, party: Party, refused: tuple[str, forms.Form] | None = None) -> dict[str, Any]:
    """Everything an agency sees of one referral; ``refused`` is the verb and form that did not go through."""
    verbs = rules().verbs_of("them", referral.status)
    shown = {verb: form_of(verb) for verb in verbs}
    if refused:
        shown[refused[0]] = refused[1]
    page: dict[str, Any] = {"referral": referral, "verbs": verbs, "forms": shown, "packet": None, "closed": ""}
    try:
        packet = partner.readable_packet(referral, by=party)
        page |= {"packet": reads.shown_packet(reads.packet_content(packet)), "version": packet.version}
    except ReferralRefusedError as refusal:
        page["closed"] = str(refusal)
    return {
        **page,
        "status": referral_labels.label("theirs", referral.status),
        "exchange": reads.exchange_of(referral),
        "outcome": reads.words_of(referral, "outcome"),
    }


def download(packet: Packet, kind: str) -> HttpResponse:
    """The packet as a file: canonical JSON, whose SHA-256 is in the PDF, or PDF/UA."""
    if kind == "json":
        response = HttpResponse(reads.packet_json(packet), content_type="application/json; charset=utf-8")
    else:
        response = HttpResponse(reads.packet_pdf(packet), content_type="application/pdf")
    name = f"{packet.referral.reference}-{packet.version}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Referrer-Policy"] = "no-referrer"
    return response
