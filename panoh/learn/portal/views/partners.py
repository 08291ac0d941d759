"""The partner register at the desk, and the page on which everybody sees what was promised and what came of it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to
from panoh.ground.languages.public import word

from .. import policy
from ..forms.partners import PartnerForm, PledgeForm, ReportForm, ShowPartnersForm
from ..models import Pledge
from ..policy import REGISTER_KEEPERS, REGISTER_READERS
from ..queries import partners as queries
from ..services import partners as services
from .heads import Head, head
from .opening import language
from .registers import attempt, csv_file, wants_csv

EVERYWHERE = list(dict(settings.LANGUAGES))
FORM = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def public_partners(request: HttpRequest) -> HttpResponse:
    """Kept nowhere by the front: what is taken off the page is off it at once."""
    shown = queries.shown_partners(language())
    said = {"partners": shown, "counted": queries.counted(shown), "head": _head(request)}
    return render(request, "portal/partners.html", said)


def _head(request: HttpRequest) -> Head:
    here = language()
    return head(request.path, word("portal.partners", here), word("portal.partners_lead", here), EVERYWHERE)


@require_safe
@opens_to(*REGISTER_READERS)
def partners(request: StaffRequest) -> HttpResponse:
    form, reader = ShowPartnersForm(request.GET), request.user.language
    lines = queries.register(request.user, form.asked)
    if wants_csv(request):
        head = [
            _("Partner"), _("Kind"), _("Promise"), _("How we will know"), _("Due at first"), _("Due"), _("State"),
            _("Overdue"), _("Why"), _("What was done"), _("Evidence"),
        ]  # fmt: skip
        return csv_file("partners", head, queries.pledge_cells(lines, reader))
    said = {"form": form, "asked": form.asked, "lines": lines, "may_keep": policy.can_keep_registers(request.user)}
    return render(request, "portal/partners/register.html", said)


@require_safe
@opens_to(*REGISTER_READERS)
def partner(request: StaffRequest, code: str) -> HttpResponse:
    one, reader = queries.partner_for(request.user, code), request.user.language
    pledges = [
        (pledge, queries.said_in(pledge.what, reader), queries.said_in(pledge.measure, reader),
         [(change, queries.said_in(change.reason or change.result, reader)) for change in pledge.changes.all()])
        for pledge in queries.pledges_of(one)
    ]  # fmt: skip
    said = {"one": one, "name": one.name_in(reader), "pledges": pledges}
    return render(request, "portal/partners/partner.html", said | {"may_keep": policy.can_keep_registers(request.user)})


@FORM
@opens_to(*REGISTER_KEEPERS)
def add_partner(request: StaffRequest) -> HttpResponse:
    form = PartnerForm(request.POST or None)
    if attempt(form, lambda: services.add_partner(**form.facts(), by=request.user)):
        messages.success(request, _("Added. Nobody outside sees it until you publish it."))
        return redirect("portal_desk:partners")
    return _form(request, form, _("Add a partner"))


@FORM
@opens_to(*REGISTER_KEEPERS)
def edit_partner(request: StaffRequest, code: str) -> HttpResponse:
    one = queries.partner_for(request.user, code)
    form = PartnerForm(request.POST or None, partner=one)
    if attempt(form, lambda: services.change_partner(one, **form.facts(), by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("portal_desk:partner", code)
    return _form(request, form, _("Edit"), code=code, name=one.name_in(request.user.language))


@require_POST
@opens_to(*REGISTER_KEEPERS)
def publish_partner(request: StaffRequest, code: str) -> HttpResponse:
    """Shows a partner to everybody or hides them, as the pressed button says."""
    one = queries.partner_for(request.user, code)
    services.publish_partner(one, on=request.POST.get("on") == "1", by=request.user)
    return redirect("portal_desk:partner", code)


@FORM
@opens_to(*REGISTER_KEEPERS)
def add_pledge(request: StaffRequest, code: str) -> HttpResponse:
    one = queries.partner_for(request.user, code)
    form = PledgeForm(request.POST or None)
    if attempt(form, lambda: services.add_pledge(one, **form.facts(), by=request.user)):
        messages.success(request, _("The promise is written down. Publish it when both sides agree on its words."))
        return redirect("portal_desk:partner", code)
    return _form(request, form, _("Add a promise"), code=code, name=one.name_in(request.user.language))


@FORM
@opens_to(*REGISTER_KEEPERS)
def edit_pledge(request: StaffRequest, code: str) -> HttpResponse:
    pledge = queries.pledge_for(request.user, code)
    form = PledgeForm(request.POST or None, pledge=pledge)
    if attempt(form, lambda: services.change_pledge(pledge, **form.facts(), by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("portal_desk:partner", pledge.partner.code)
    return _pledge_form(request, form, _("Change the promise"), pledge)


@FORM
@opens_to(*REGISTER_KEEPERS)
def report_pledge(request: StaffRequest, code: str) -> HttpResponse:
    """How it stands: kept with its evidence, or not, with the reason."""
    pledge = queries.pledge_for(request.user, code)
    form = ReportForm(request.POST or None, pledge=pledge)
    if attempt(form, lambda: services.report_pledge(pledge, **form.facts(), by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("portal_desk:partner", pledge.partner.code)
    return _pledge_form(request, form, _("How it stands"), pledge)


@require_POST
@opens_to(*REGISTER_KEEPERS)
def publish_pledge(request: StaffRequest, code: str) -> HttpResponse:
    pledge = queries.pledge_for(request.user, code)
    services.publish_pledge(pledge, on=request.POST.get("on") == "1", by=request.user)
    return redirect("portal_desk:partner", pledge.partner.code)


def _pledge_form(request: StaffRequest, form: Any, heading: str, pledge: Pledge) -> HttpResponse:
    what = queries.said_in(pledge.what, request.user.language).text
    return _form(request, form, heading, code=pledge.partner.code, name=what)


def _form(request: StaffRequest, form: Any, heading: str, *, code: str = "", name: str = "") -> HttpResponse:
    said = {"form": form, "heading": heading, "code": code, "name": name}
    return render(request, "portal/partners/form.html", said)
