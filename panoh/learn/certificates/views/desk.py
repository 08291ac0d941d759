"""One certificate at the desk: found, shown with its history, issued anew, ended, handed to its holder."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import policy, services
from ..errors import CertificateRefusedError
from ..forms.desk import ReissueForm, RevokeForm
from ..labels import STATES
from ..models import Status
from ..queries import desk
from ..queries.reading import facts_of, named
from ..queries.street import state_of

PER_PAGE = 50


@require_safe
@opens_to(*policy.READERS)
def certificates(request: StaffRequest) -> HttpResponse:
    asked = request.GET.dict()
    page = Paginator(desk.certificates(request.user, asked), PER_PAGE).get_page(asked.get("page"))
    language = request.user.language
    rows = [(one, desk.title_of(one.achievement, language), STATES[state_of(one)]) for one in page]
    said: dict[str, Any] = {"rows": rows, "page": page, "asked": asked, "statuses": Status.choices}
    lists = [(one, desk.title_of(one.achievement, language)) for one in desk.rosters(request.user)[:20]]
    said |= {"rosters": lists, "may_issue": policy.can_issue(request.user)}
    said |= {"may_design": policy.can_design(request.user), "may_keep_keys": policy.can_keep_keys(request.user)}
    return render(request, "certificates/desk/list.html", said)


@require_safe
@opens_to(*policy.READERS)
def certificate(request: StaffRequest, code: str) -> HttpResponse:
    one = desk.certificate_for(request.user, code)
    latin, cyrillic = desk.names_shown(one)
    said = {
        "one": one,
        "latin": latin,
        "cyrillic": cyrillic,
        "state": STATES[state_of(one)],
        "lines": facts_of(one, request.user.language),
        "achievement": named(one.facts["achievement"]["names"], request.user.language),
        "events": desk.history_of(one),
        "newer": desk.newer_of(one),
        "may_end": policy.can_issue(request.user) and one.status == Status.ISSUED,
        "may_hand_out": policy.can_issue(request.user) and one.sealed is not None,
        "revoke": RevokeForm(),
        "reissue": ReissueForm(initial={"latin": latin, "cyrillic": cyrillic}),
    }
    return render(request, "certificates/desk/certificate.html", said)


@require_safe
@opens_to(*policy.ISSUERS)
def export_certificates(request: StaffRequest, code: str) -> HttpResponse:
    """For the holder who asks: everything kept of this person here, as JSON with the papers."""
    one = desk.certificate_for(request.user, code)
    response = HttpResponse(services.export_for_holder(one, by=request.user), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{one.number}.zip"'
    response["Cache-Control"] = "no-store"
    return response


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
