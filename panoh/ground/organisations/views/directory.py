"""The directory at the desk: who helps, with what, and when somebody last asked them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from panoh.ground.accounts.public import StaffRequest, opens_to
from panoh.ground.places.public import region_name

from .. import policy, queries, services
from ..errors import OrganisationRefusedError
from ..forms.directory import OrganisationCheckForm, OrganisationForm, SearchForm, ServiceForm
from ..models import Organisation, Service
from ..policy import KEEPERS, READERS
from .attempts import attempt

PER_PAGE, MOST_FOUND = 50, 300


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*READERS)
def directory(request: StaffRequest) -> HttpResponse:
    """Page by page; a search is a POST on one page, as everywhere at the desk."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = queries.directory(request.user, **asked)
    pages = Paginator(found, MOST_FOUND if any(asked.values()) else PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "asked": any(asked.values()),
        "page": page,
        "rows": [_row(one, request.user.language) for one in page],
        "may_keep": policy.can_keep_directory(request.user),
    }
    return render(request, "organisations/directory.html", context)


def _row(organisation: Organisation, language: str) -> dict[str, Any]:
    names = [queries.service_name(code, language) for code in queries.codes_of(organisation)]
    return {
        "one": organisation,
        "name": organisation.name_in(language),
        "region": region_name(organisation.region, language),
        "services": names,
    }


@require_http_methods(["GET", "HEAD"])
@opens_to(*READERS)
def organisation(request: StaffRequest, code: str) -> HttpResponse:
    """Everything about one, the people who speak for it among it; that they were read stands in the ledger."""
    one, language = queries.organisation_for(request.user, code), request.user.language
    may_keep = policy.can_keep_directory(request.user)
    context = page_of(request, one) | {
        "may_keep": may_keep,
        "lines": queries.service_lines(one, language),
        "accepts": [queries.service_name(code, language) for code in one.accepts],
        "regions": [region_name(code, language) for code in one.terms.regions],
        "people": services.open_focal_points(one, by=request.user),
        "memberships": queries.memberships_of(one),
        "systems": [(client, queries.webhook_of(client)) for client in queries.clients_of(one)] if may_keep else [],
    }
    return render(request, "organisations/organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*KEEPERS)
def add_organisation(request: StaffRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if form.is_bound and form.is_valid():
        facts = form.facts()
        code = queries.free_code(facts["names"]["en"])
        if attempt(form, lambda: services.add_organisation(code, **facts, by=request.user)):
            messages.success(request, _("Added. Ask them and record the check, so that people see it."))
            return redirect("organisations:organisation", code)
    return form_page(request, form, None, _("Add an organisation"))


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*KEEPERS)
def edit_organisation(request: StaffRequest, code: str) -> HttpResponse:
    one = queries.organisation_for(request.user, code)
    form = OrganisationForm(request.POST or None, thing=one)
    if attempt(form, lambda: services.change_organisation(one, **form.facts(), by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("organisations:organisation", code)
    return form_page(request, form, one, _("Edit"), undoes_check=one.verified_on is not None)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*KEEPERS)
def check_organisation(request: StaffRequest, code: str) -> HttpResponse:
    one = queries.organisation_for(request.user, code)
    form = OrganisationCheckForm(request.POST or None, organisation=one)
    if attempt(form, lambda: services.record_organisation_check(one, **form.cleaned_data, by=request.user)):
        messages.success(request, _("The check is recorded."))
        return redirect("organisations:organisation", code)
    return render(request, "organisations/organisation_check.html", page_of(request, one) | {"form": form})


@require_POST
@opens_to(*KEEPERS)
def switch_organisation(request: StaffRequest, code: str) -> HttpResponse:
    """As the pressed button says."""
    one = queries.organisation_for(request.user, code)
    services.switch_organisation(one, on=request.POST.get("on") == "1", by=request.user)
    return redirect("organisations:organisation", code)


# --- what it offers ------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*KEEPERS)
def add_service(request: StaffRequest, code: str) -> HttpResponse:
    one = queries.organisation_for(request.user, code)
    form = ServiceForm(request.POST or None)
    if attempt(form, lambda: services.add_service(one, **form.facts(), by=request.user)):
        messages.success(request, _("The service is added. It counts as checked with the next check."))
        return redirect("organisations:organisation", code)
    return form_page(request, form, one, _("Add a service"))


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*KEEPERS)
def edit_service(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    one, service = _service(request, code, pk)
    form = ServiceForm(request.POST or None, thing=service)
    if attempt(form, lambda: services.change_service(service, **form.facts(), by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("organisations:organisation", code)
    return form_page(request, form, one, _("Edit a service"), undoes_check=service.verified_on is not None)


@require_POST
@opens_to(*KEEPERS)
def remove_service(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    _one, service = _service(request, code, pk)
    try:
        services.remove_service(service, by=request.user)
    except OrganisationRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The service is taken off the list."))
    return redirect("organisations:organisation", code)


def _service(request: StaffRequest, code: str, pk: int) -> tuple[Organisation, Service]:
    one = queries.organisation_for(request.user, code)
    return one, queries.service_for(one, pk)


def page_of(request: StaffRequest, one: Organisation) -> dict[str, Any]:
    return {"one": one, "name": one.name_in(request.user.language)}


def form_page(
    request: StaffRequest, form: Any, one: Organisation | None, heading: str, undoes_check: bool = False
) -> HttpResponse:
    context = {"form": form, "heading": heading, "undoes_check": undoes_check}
    return render(request, "organisations/form.html", context | (page_of(request, one) if one else {}))
