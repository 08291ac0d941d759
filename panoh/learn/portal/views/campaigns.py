"""Campaigns: what they are, the kit to run one, and the short form "we did this"."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from panoh.ground.languages.public import word
from panoh.ground.ui.safety import same_origin

from .. import queries, services
from ..errors import PortalRefusedError
from ..forms.campaigns import CampaignReportForm
from ..models import Kind, Sheet
from ..queries import campaigns as told
from ..queries import posts
from .opening import hushed, language, open_page
from .posts import post, shelf
from .street import elsewhere


@open_page
def campaigns(request: HttpRequest) -> HttpResponse:
    return shelf(request, Kind.CAMPAIGN, "campaigns", "portal/campaigns.html", {"posts": posts.campaigns(language())})


@open_page
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    return post(
        request, slug, Kind.CAMPAIGN, "portal/campaign.html",
        resources=posts.resources_of, totals=lambda sheet, _now: told.campaign_totals(sheet.code),
    )  # fmt: skip


@login_not_required
@csrf_exempt
@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_report(request: HttpRequest, slug: str) -> HttpResponse:
    """No account, no cookie, no name; what was typed comes back with what is wrong."""
    try:
        sheet = queries.sheet_for(slug, language(), Kind.CAMPAIGN)
    except Http404:
        return elsewhere(request, queries.languages_of(slug, Kind.CAMPAIGN))
    form = CampaignReportForm(request.POST if request.method == "POST" else None, language=language())
    if form.is_bound and form.is_valid() and _sent(sheet, form):
        return redirect("portal:campaign_reported", slug)
    status = 422 if form.is_bound else 200
    page = render(request, "portal/campaign_report.html", {"sheet": sheet, "form": form}, status=status)
    return hushed(request, page)


def _sent(sheet: Sheet, form: CampaignReportForm) -> bool:
    facts: dict[str, Any] = form.facts()
    try:
        services.send_campaign_report(sheet, **facts)
    except PortalRefusedError:
        form.add_error(None, word("campaign.full", language()))
        return False
    return True


@open_page
def campaign_reported(request: HttpRequest, slug: str) -> HttpResponse:
    return post(request, slug, Kind.CAMPAIGN, "portal/campaign_reported.html")
