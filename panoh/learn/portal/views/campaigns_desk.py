"""Reports of campaigns at the desk: looked at, counted or put aside."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from panoh.ground.accounts.public import StaffRequest, opens_to
from panoh.ground.places.public import district_name, region_name

from .. import services
from ..campaign_codes import WHY_REFUSED
from ..errors import PortalRefusedError
from ..policy import EDITORS
from ..queries import campaigns as told

SHOWN = 100


@require_http_methods(["GET", "HEAD"])
@opens_to(*EDITORS)
def campaign_reports(request: StaffRequest) -> HttpResponse:
    speaks = request.user.language
    rows = [
        (one, region_name(one.region, speaks), district_name(one.district, speaks))
        for one in told.campaign_reports(request.user)[:SHOWN]
    ]
    names = {"twice": _("sent twice"), "test": _("a test"), "not_believable": _("cannot be right"),
             "names_somebody": _("names somebody")}  # fmt: skip
    whys = [(code, names[code]) for code in WHY_REFUSED]
    said = {"rows": rows, "totals": told.campaigns_told().items(), "whys": whys}
    return render(request, "portal/desk/campaign_reports.html", said)


@require_POST
@opens_to(*EDITORS)
def decide_campaign_report(request: StaffRequest, pk: int) -> HttpResponse:
    report = told.campaign_report_for(request.user, pk)
    accept, why = request.POST.get("accept") == "1", request.POST.get("why", "")
    try:
        services.decide_campaign_report(report, accept=accept, why=why, by=request.user)
    except PortalRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("portal_desk:campaign_reports")
