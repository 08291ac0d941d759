"""Our side of a referral: choose an agency and facts, approve, send, answer, take back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import referral_labels, referral_policy
from ..errors import REFUSALS
from ..forms.referrals import FactsForm, FindForm, RecordForm, ReferForm, ReplyForm, RevokeForm
from ..models import Case, Referral
from ..policy import DESK
from ..queries import case_for
from ..queries import referrals as reads
from ..referral_policy import REFERRERS
from ..referral_settings import rules
from ..services import links
from ..services import referral as services
from ..services.recording import record_answer
from .referral_answers import download

# --- lists and one referral ------------------------------------------------------------------------------------------


@require_safe
@opens_to(*REFERRERS)
def referrals(request: StaffRequest) -> HttpResponse:
    """Ours that run, and what is late among them."""
    tab = request.GET.get("tab", "open")
    tab = tab if tab in reads.TABS else "open"
    page = Paginator(reads.my_referrals(request.user, tab), 25).get_page(request.GET.get("page"))
    tabs = [(referral_labels.label("tab", one), f"?tab={one}", one == tab) for one in reads.TABS]
    return render(request, "cases/referrals/list.html", {"page": page, "tabs": tabs, "tab": tab})


@require_safe
@opens_to(*REFERRERS)
@never_cache
def referral(request: StaffRequest, reference: str) -> HttpResponse:
    one = reads.referral_for(request.user, reference)
    services.look_at_packet(one, by=request.user)
    return _screen(request, one)


def _screen(request: StaffRequest, one: Referral, *, status: int = 200, **refused: forms.Form) -> HttpResponse:
    """The page of one referral; ``refused`` are forms that came back."""
    shown = reads.our_page(request.user, one)
    page = {
        **shown,
        "reply_form": ReplyForm(auto_id="reply-%s"),
        "revoke_form": RevokeForm(auto_id="revoke-%s"),
        "record_form": RecordForm(auto_id="record-%s", verbs=rules().verbs_of("them", one.status)),
        **refused,
    }
    return render(request, "cases/referrals/referral.html", page, status=status)


def _attempt(form: forms.Form, act: Any, **more: Any) -> Any:
    """Run ``act`` with what the form holds; a refusal becomes an error of the form, so nothing typed is lost."""
    if not form.is_valid():
        return None
    try:
        return act(**form.cleaned_data, **more)
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return None


# --- writing ---------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
@never_cache
def refer(request: StaffRequest, reference: str) -> HttpResponse:
    """First the agency, then the facts, then a look at exactly what they will read."""
    case = case_for(request.user, reference)
    if not referral_policy.can_refer(request.user, case):
        raise Http404
    chosen = reads.agencies(request.POST.getlist("to") or request.GET.getlist("to"))
    if not chosen:
        return _choose(request, case)
    offer = reads.offer(case, chosen, request.user)
    form = ReferForm(
        request.POST or None,
        to=chosen,
        names=offer.names,
        needs_override=not offer.has_consent,
        initial={"urgency": case.urgency, "service": request.GET.get("service", "")},
    )
    context = {"case": case, "to": chosen, "offer": offer, "form": form}
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            said = form.said()
            context["preview"] = reads.preview(offer, said["fields"])
        elif (made := _draft(request, case, chosen, offer, form)) is not None:
            return redirect("cases:referral", made.reference)
    return render(request, "cases/referrals/refer.html", context, status=422 if form.errors else 200)


def _choose(request: StaffRequest, case: Case) -> HttpResponse:
    """The directory, narrowed to who may help here."""
    asked = request.GET if "service" in request.GET else {"region": case.region, "language": case.language}
    form = FindForm(asked)
    found = reads.agencies_for(case, **form.cleaned_data) if form.is_valid() else []
    return render(request, "cases/referrals/choose.html", {"case": case, "form": form, "found": found})


def _draft(request: StaffRequest, case: Case, to: list[Any], offer: reads.Offer, form: ReferForm) -> Referral | None:
    try:
        made = services.offer_referral(
            case=case, source=case.reference, sections=offer.sections, to=to, by=request.user, **form.said()
        )
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("It is written down. Nothing has gone out yet."))
    return made[0]


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*REFERRERS)
@never_cache
def renew(request: StaffRequest, reference: str) -> HttpResponse:
    """Another version of the packet, from what is known of the case now."""
    one = reads.referral_for(request.user, reference)
    if one.case is None or one.is_over or not referral_policy.can_add_facts(request.user, one):
        raise Http404
    offer = reads.offer(one.case, [one.to], request.user)
    form = FactsForm(request.POST or None, names=offer.names, initial={"fields_chosen": reads.fields_of(one)})
    if request.method == "POST":
        made = _attempt(
            form,
            lambda fields_chosen: services.renew_packet(
                one, sections=offer.sections, fields=fields_chosen, by=request.user
            ),
        )
        if made:
            messages.success(request, _("The packet has a new version."))
            return redirect("cases:referral", reference)
    context = {"referral": one, "offer": offer, "form": form}
    return render(request, "cases/referrals/renew.html", context, status=422 if form.errors else 200)


# --- moving it -------------------------------------------------------------------------------------------------------


@require_POST
@opens_to(*REFERRERS)
def approve(request: StaffRequest, reference: str) -> HttpResponse:
    one = reads.referral_for(request.user, reference)
    try:
        services.approve_referral(one, by=request.user)
    except REFUSALS as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Approved. It can be sent now."))
    return redirect("cases:referral", reference)


@require_POST
@opens_to(*REFERRERS)
@never_cache
def send(request: StaffRequest, reference: str) -> HttpResponse:
    """It goes out. A link and a code are shown here, once."""
    one = reads.referral_for(request.user, reference)
    try:
        sent = services.send_referral(one, by=request.user, via=request.POST.get("via", ""))
    except REFUSALS as refusal:
        messages.warning(request, str(refusal))
        return redirect("cases:referral", reference)
    return _shown_once(request, sent.referral, sent.link)


def _shown_once(request: StaffRequest, one: Referral, link: links.NewLink | None) -> HttpResponse:
    if link is None:
        if one.untold_at is None:
            messages.success(request, _("It is out, and they were told."))
        else:
            messages.warning(request, _("It is out, but nobody could be told. Call them."))
        return redirect("cases:referral", one.reference)
    return render(request, "cases/referrals/link.html", {"referral": one, "link": link})


@require_POST
@opens_to(*REFERRERS)
@never_cache
def new_link(request: StaffRequest, reference: str) -> HttpResponse:
    one = reads.referral_for(request.user, reference)
    try:
        made = links.renew_link(one, by=request.user)
    except REFUSALS as refusal:
        messages.warning(request, str(refusal))
        return redirect("cases:referral", reference)
    return _shown_once(request, reads.referral_for(request.user, reference), made)


@require_POST
@opens_to(*REFERRERS)
@never_cache
def reply(request: StaffRequest, reference: str) -> HttpResponse:
    """Our answer to their question."""
    one = reads.referral_for(request.user, reference)
    form = ReplyForm(request.POST, auto_id="reply-%s")
    sent = _attempt(form, lambda **typed: services.answer_question(one, **typed, by=request.user))
    if sent is None:
        return _screen(request, one, status=422, reply_form=form)
    return _shown_once(request, sent.referral, sent.link)


@require_POST
@opens_to(*REFERRERS)
@never_cache
def revoke(request: StaffRequest, reference: str) -> HttpResponse:
    one = reads.referral_for(request.user, reference)
    form = RevokeForm(request.POST, auto_id="revoke-%s")
    if _attempt(form, lambda **typed: services.revoke_referral(one, **typed, by=request.user)) is None:
        return _screen(request, one, status=422, revoke_form=form)
    messages.success(request, _("It is taken back: they can no longer read it."))
    return redirect("cases:referral", reference)


@require_POST
@opens_to(*REFERRERS)
@never_cache
def record(request: StaffRequest, reference: str) -> HttpResponse:
    """They answered by telephone; we write it down for them."""
    one = reads.referral_for(request.user, reference)
    form = RecordForm(request.POST, auto_id="record-%s", verbs=rules().verbs_of("them", one.status))
    if _attempt(form, lambda **typed: record_answer(one, **typed, by=request.user)) is None:
        return _screen(request, one, status=422, record_form=form)
    return redirect("cases:referral", reference)


@require_safe
@opens_to(*REFERRERS)
@never_cache
def packet_file(request: StaffRequest, reference: str, kind: str) -> HttpResponse:
    """What they read, as they get it; the taking is on record."""
    one = reads.referral_for(request.user, reference)
    try:
        return download(services.take_packet(one, by=request.user), kind)
    except REFUSALS as refusal:
        messages.warning(request, str(refusal))
        return redirect("cases:referral", reference)
