"""The partner desk: an officer of an agency sees what was sent to that agency, and answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts.public import Role, StaffRequest, opens_to
from panoh.ground.organisations.public import organisation_of

from ..errors import ReferralRefusedError
from ..models import Referral, Via
from ..queries import referrals as reads
from ..referral_policy import Party
from ..services import partner
from .referral_answers import answer, download, their_page

VERBS = ("acknowledge", "accept", "decline", "ask", "start", "complete")


def _party(request: StaffRequest, referral: Referral) -> Party:
    return Party(referral.to, user=request.user, via=Via.DESK)


@require_safe
@opens_to(Role.PARTNER_OFFICER)
@never_cache
def referrals(request: StaffRequest) -> HttpResponse:
    """All that was sent to their agency, what is due first on top."""
    organisation = organisation_of(request.user)
    page = Paginator(reads.referrals_for_organisation(organisation), 25).get_page(request.GET.get("page"))
    return render(request, "cases/partner/list.html", {"page": page, "organisation": organisation})


@require_safe
@opens_to(Role.PARTNER_OFFICER)
@never_cache
def referral(request: StaffRequest, reference: str) -> HttpResponse:
    one = reads.partner_referral_for(request.user, reference)
    return render(request, "cases/partner/referral.html", their_page(one, _party(request, one)))


@require_POST
@opens_to(Role.PARTNER_OFFICER)
def do(request: StaffRequest, reference: str, verb: str) -> HttpResponse:
    """One answer of theirs."""
    one = reads.partner_referral_for(request.user, reference)
    form = answer(one, verb, request.POST, by=_party(request, one))
    if not form.errors:
        messages.success(request, _("It is done, and we were told."))
        return redirect("partner:referral", reference)
    fresh = reads.partner_referral_for(request.user, reference)
    page = their_page(fresh, _party(request, fresh), (verb, form))
    return render(request, "cases/partner/referral.html", page, status=422)


@require_safe
@opens_to(Role.PARTNER_OFFICER)
@never_cache
def packet_file(request: StaffRequest, reference: str, kind: str) -> HttpResponse:
    one = reads.partner_referral_for(request.user, reference)
    try:
        return download(partner.readable_packet(one, by=_party(request, one)), kind)
    except ReferralRefusedError as refusal:
        messages.warning(request, str(refusal))
        return redirect("partner:referral", reference)
