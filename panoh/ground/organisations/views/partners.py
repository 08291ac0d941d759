"""Who speaks for an organisation, which accounts work for it, and the keys of its computer system."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import queries, services
from ..forms.partners import EndForm, FocalPointForm, MemberForm, WebhookForm
from ..models import ApiClient, Organisation
from ..policy import KEEPERS
from .attempts import attempt
from .directory import form_page, page_of


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*KEEPERS)
def add_focal_point(request: StaffRequest, code: str) -> HttpResponse:
    one = queries.organisation_for(request.user, code)
    form = FocalPointForm(request.POST or None, initial={"language": request.user.language})
    if attempt(form, lambda: services.add_focal_point(one, **form.cleaned_data, by=request.user)):
        messages.success(request, _("The focal point is added."))
        return redirect("organisations:organisation", code)
    return form_page(request, form, one, _("Add a focal point"))


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*KEEPERS)
def end_focal_point(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    one = queries.organisation_for(request.user, code)
    focal = queries.focal_point_for(one, pk)
    form = EndForm(request.POST or None)
    if attempt(form, lambda: services.end_focal_point(focal, **form.cleaned_data, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("organisations:organisation", code)
    return form_page(request, form, one, _("Last day of a focal point"))


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*KEEPERS)
def add_member(request: StaffRequest, code: str) -> HttpResponse:
    one = queries.organisation_for(request.user, code)
    form = MemberForm(request.POST or None)
    if attempt(form, lambda: services.add_member(one, form.officer, by=request.user)):
        messages.success(request, _("The account is linked. It sees what is referred to this organisation."))
        return redirect("organisations:organisation", code)
    return form_page(request, form, one, _("Link the account of an officer"))


@require_POST
@opens_to(*KEEPERS)
def end_member(request: StaffRequest, code: str, officer: str) -> HttpResponse:
    one = queries.organisation_for(request.user, code)
    services.end_member(queries.membership_for(one, officer), by=request.user)
    messages.success(request, _("The account no longer sees anything of this organisation."))
    return redirect("organisations:organisation", code)


# --- their computer system -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*KEEPERS)
def add_client(request: StaffRequest, code: str) -> HttpResponse:
    """The secret is shown on the answer to the POST and nowhere else: it cannot be read again."""
    one = queries.organisation_for(request.user, code)
    form, made = WebhookForm(request.POST or None), []
    if attempt(form, lambda: made.append(services.add_client(one, **form.cleaned_data, by=request.user))):
        return _secret_page(request, one, made[0])
    return form_page(request, form, one, _("Give their system a key"))


@require_POST
@opens_to(*KEEPERS)
def rotate_client(request: StaffRequest, code: str, key_id: str) -> HttpResponse:
    one, client = _client(request, code, key_id)
    return _secret_page(request, one, services.rotate_client(client, by=request.user))


@require_POST
@opens_to(*KEEPERS)
def end_overlap(request: StaffRequest, code: str, key_id: str) -> HttpResponse:
    _one, client = _client(request, code, key_id)
    services.end_overlap(client, by=request.user)
    messages.success(request, _("The secret before no longer works."))
    return redirect("organisations:organisation", code)


@require_POST
@opens_to(*KEEPERS)
def switch_client(request: StaffRequest, code: str, key_id: str) -> HttpResponse:
    """As the pressed button says."""
    _one, client = _client(request, code, key_id)
    services.switch_client(client, on=request.POST.get("on") == "1", by=request.user)
    return redirect("organisations:organisation", code)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*KEEPERS)
def change_webhook(request: StaffRequest, code: str, key_id: str) -> HttpResponse:
    one, client = _client(request, code, key_id)
    form = WebhookForm(request.POST or None, initial={"webhook": queries.webhook_of(client)})
    if attempt(form, lambda: services.change_webhook(client, **form.cleaned_data, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("organisations:organisation", code)
    return form_page(request, form, one, _("Where their system is told"))


def _client(request: StaffRequest, code: str, key_id: str) -> tuple[Organisation, ApiClient]:
    one = queries.organisation_for(request.user, code)
    return one, queries.client_of(one, key_id)


def _secret_page(request: StaffRequest, one: Organisation, made: services.NewSecret) -> HttpResponse:
    context = page_of(request, one) | {"client": made.client, "secret": made.secret}
    return render(request, "organisations/secret.html", context)
