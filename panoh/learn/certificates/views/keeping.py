"""Designs with their preview, and the signing key."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import policy, printing, services
from ..errors import CertificateRefusedError
from ..forms.desk import DesignForm
from ..queries import desk, keys
from ..queries.reading import sample_of


@require_http_methods(("GET", "HEAD", "POST"))
@opens_to(*policy.DESIGNERS)
def designs(request: StaffRequest) -> HttpResponse:
    form = DesignForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            data = form.cleaned_data
            services.keep_design(data["code"], words=form.words(), accent=data["accent"], by=request.user)
            messages.success(request, _("A new version is kept. What is issued from now on looks like it."))
            return redirect("certificates:designs")
        except CertificateRefusedError as refusal:
            form.add_error(None, str(refusal))
    found = policy.visible_designs(request.user)[:30]
    return render(request, "certificates/desk/designs.html", {"form": form, "designs": found})


@require_safe
@opens_to(*policy.READERS)
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """The design as PDF with an invented name and a code that is none."""
    paper = sample_of(desk.design_for(request.user, pk), request.user.language)
    return HttpResponse(printing.to_pdf(paper), content_type="application/pdf")


@require_safe
@opens_to(*policy.KEY_KEEPERS)
def signing_keys(request: StaffRequest) -> HttpResponse:
    return render(request, "certificates/desk/keys.html", {"keys": keys.all_keys()})


@require_POST
@opens_to(*policy.KEY_KEEPERS)
def rotate(request: StaffRequest) -> HttpResponse:
    services.ask_for_new_key(by=request.user)
    messages.success(request, _("The worker makes a new key within seconds. The old one stays published."))
    return redirect("certificates:keys")


@require_POST
@opens_to(*policy.KEY_KEEPERS)
def compromise(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        services.compromise_key(desk.key_for(pk), by=request.user)
        messages.success(request, _("Given up. The worker signs everything again with a new key."))
    except CertificateRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("certificates:keys")
