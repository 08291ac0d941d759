"""Did this help? Two presses at most, without a word, a cookie or a name; and what editors learn from it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to
from panoh.ground.ui.safety import quiet, same_origin

from .. import policy, queries, services
from ..models import Answer, Reason
from .opening import language

PER_PAGE = 50


@csrf_exempt
@login_not_required
@same_origin
@quiet
@require_POST
def helped(request: HttpRequest, slug: str) -> HttpResponse:
    """Count the press and go on to the thanks, so that loading again counts nothing."""
    sheet = queries.sheet_for(slug, language())
    answer, reason = request.POST.get("answer", ""), request.POST.get("reason", "")
    thanks = reverse("portal:thanks", args=[slug])
    if reason in Reason.values:
        services.count_reason(sheet, reason)
        return redirect(f"{thanks}?last=1")
    if answer not in Answer.values:
        return redirect("portal:sheet", slug)
    services.count_answer(sheet, answer)
    return redirect(thanks if answer == Answer.YES else f"{thanks}?more=1")


@login_not_required
@quiet
@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks; who was not helped may say what was amiss, by one more press."""
    sheet = queries.sheet_for(slug, language())
    reasons = Reason.values if "more" in request.GET else []
    return render(request, "portal/thanks.html", {"sheet": sheet, "reasons": reasons})


@require_safe
@opens_to(*policy.FEEDBACK_READERS)
def feedback(request: StaffRequest) -> HttpResponse:
    """The pages that help least, first."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(one) for one in queries.PERIODS} else queries.PERIODS[0]
    chosen = request.GET.get("language", "")
    chosen = chosen if chosen in dict(settings.LANGUAGES) else ""
    pages = Paginator(queries.helped_least(days, chosen), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    names, titles = dict(settings.LANGUAGES), queries.titles(get_language() or settings.LANGUAGE_CODE)
    rows = [
        (one, titles.get(one.page, one.page), names.get(one.language, one.language),
         [(Reason(code).label, n) for code, n in one.told_reasons.items()])
        for one in page
    ]  # fmt: skip
    said = {
        "rows": rows, "page": page, "days": days, "periods": queries.PERIODS, "chosen": chosen,
        "languages": settings.LANGUAGES,
    }  # fmt: skip
    return render(request, "portal/feedback.html", said)
