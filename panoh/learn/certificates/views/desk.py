"""Certificates at the desk: find one, end it, issue for a whole list, keep what they are given for."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import policy, services
from ..errors import CertificateRefusedError
from ..forms.desk import AchievementForm, ReissueForm, RevokeForm, RosterForm
from ..labels import STATES
from ..models import Status
from ..queries import desk
from ..queries.reading import facts_of, named
from ..queries.street import state_of
from ..rosters import RosterError

PER_PAGE = 50
FORM = ("GET", "HEAD", "POST")


@require_safe
@opens_to(*policy.READERS)
def certificates(request: StaffRequest) -> HttpResponse:
    asked = request.GET.dict()
    page = Paginator(desk.certificates(request.user, asked), PER_PAGE).get_page(asked.get("page"))
    rows = [(one, named(one.achievement.names, request.user.language), STATES[state_of(one)]) for one in page]
    said: dict[str, Any] = {"rows": rows, "page": page, "asked": asked, "statuses": Status.choices}
    said |= {"rosters": desk.rosters(request.user)[:20], "may_issue": policy.can_issue(request.user)}
    return render(request, "certificates/desk/list.html", said)


@require_safe
@opens_to(*policy.READERS)
def certificate(request: StaffRequest, code: str) -> HttpResponse:
    one = desk.certificate_for(request.user, code)
    said = {
        "one": one,
        "name": desk.name_shown(one),
        "state": STATES[state_of(one)],
        "lines": facts_of(one, request.user.language),
        "achievement": named(one.facts["achievement"]["names"], request.user.language),
        "events": one.events.all(),
        "may_end": policy.can_issue(request.user) and one.status == Status.ISSUED,
        "revoke": RevokeForm(),
        "reissue": ReissueForm(),
    }
    return render(request, "certificates/desk/certificate.html", said)


@require_POST
@opens_to(*policy.ISSUERS)
def revoke(request: StaffRequest, code: str) -> HttpResponse:
    one, form = desk.certificate_for(request.user, code), RevokeForm(request.POST)
    try:
        if form.is_valid():
            services.revoke_certificate(one, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Revoked. Its page says so."))
    except CertificateRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("certificates:certificate", one.code)


@require_POST
@opens_to(*policy.ISSUERS)
def reissue(request: StaffRequest, code: str) -> HttpResponse:
    one, form = desk.certificate_for(request.user, code), ReissueForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the name in Latin letters."))
        return redirect("certificates:certificate", one.code)
    data = form.cleaned_data
    try:
        name = (data["latin"], data["cyrillic"])
        one = services.reissue_certificate(one, holder_name=name, reason=data["reason"], by=request.user)
        messages.success(request, _("Issued anew. The one before leads to it."))
    except CertificateRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("certificates:certificate", one.code)


@require_http_methods(FORM)
@opens_to(*policy.ISSUERS)
def issue_roster(request: StaffRequest) -> HttpResponse:
    form = RosterForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        of = desk.achievements().get(code=data["achievement"])
        try:
            roster = services.issue_roster(
                data["file"].read(), achievement=of, language=data["language"], facts=form.facts(), by=request.user
            )
            return redirect("certificates:roster", roster.code)
        except CertificateRefusedError as refusal:
            form.add_error(None, str(refusal))
        except RosterError:
            form.add_error("file", _("This is no list that we can read: it needs a column of names."))
    said = {"form": form, "title": _("Issue for a list"), "send": _("Issue")}
    return render(request, "certificates/desk/form.html", said)


@require_safe
@opens_to(*policy.READERS)
def roster(request: StaffRequest, code: str) -> HttpResponse:
    one = desk.roster_for(request.user, code)
    page = Paginator(one.rows.select_related("certificate"), 100).get_page(request.GET.get("page"))
    faults = {"name": _("The name is missing, too long, or cannot be printed."), "twice": _("It stands here twice.")}
    rows = [(row, faults.get(row.fault, "")) for row in page]
    said = {"one": one, "rows": rows, "page": page, "may_undo": policy.can_issue(request.user)}
    return render(request, "certificates/desk/roster.html", said)


@require_POST
@opens_to(*policy.ISSUERS)
def undo_roster(request: StaffRequest, code: str) -> HttpResponse:
    services.undo_roster(one := desk.roster_for(request.user, code), by=request.user)
    messages.success(request, _("Taken back: what it brought is revoked."))
    return redirect("certificates:roster", one.code)


@require_http_methods(FORM)
@opens_to(*policy.ISSUERS)
def keep_achievement(request: StaffRequest) -> HttpResponse:
    form = AchievementForm(request.POST or None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        facts = {name: data[name] for name in ("kind", "hours", "valid_months")}
        try:
            services.keep_achievement(
                data["code"], names=form.said("name"), criteria=form.said("criteria"), **facts, by=request.user
            )
            messages.success(request, _("Kept. Certificates that were issued before say what they said."))
            return redirect("certificates:list")
        except CertificateRefusedError as refusal:
            form.add_error(None, str(refusal))
    said = {"form": form, "title": _("What certificates are given for"), "send": _("Keep")}
    return render(request, "certificates/desk/form.html", said)
