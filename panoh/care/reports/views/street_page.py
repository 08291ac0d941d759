"""What the pages of a report share: whose report this browser holds, and what it is shown when it holds none."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from panoh.care.talks import public as talks
from panoh.ground.organisations.public import ShownNumber, numbers_to_call
from panoh.ground.ui.safety import quiet, same_origin

from .. import queries, services
from ..forms.street import language
from ..models import Report

COOKIE = "report"
LONGEST_KEPT = 20_000  # characters of lost words that are given back
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def open_page(*methods: str) -> Callable[[View[P]], View[P]]:
    """A page for anybody: no session, no CSRF cookie, posts from our own pages only, kept by no cache."""

    def decorate(view: View[P]) -> View[P]:
        guarded: View[P] = login_not_required(csrf_exempt(same_origin(quiet(require_http_methods(methods)(view)))))
        return guarded

    return decorate


def report_here(request: HttpRequest) -> Report | None:
    """The report that this browser holds open, by its cookie."""
    token = request.COOKIES.get(COOKIE, "")
    conversation = talks.conversation_by_visit(token)
    if conversation is None and token:
        services.file_arrival_of(token)
        conversation = talks.conversation_by_visit(token)
    return queries.report_of(conversation) if conversation else None


def enter(response: HttpResponse, conversation: talks.Conversation, cookie: str = COOKIE) -> HttpResponse:
    """Give this browser the report: a cookie that scripts cannot read and other sites cannot send."""
    return give_cookie(response, talks.start_visit(conversation), cookie)


def give_cookie(response: HttpResponse, token: str, cookie: str = COOKIE) -> HttpResponse:
    response.set_cookie(cookie, token, httponly=True, samesite="Strict", secure=settings.SECURE_HTTPS)
    return response


def holds_report(view: Callable[[HttpRequest, Report], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Lets in who holds a report. A return code that we read out must be changed before anything else."""

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        report = report_here(request)
        if report is None:
            return lost(request) if request.method == "POST" else redirect("report:start")
        if report.receipt_to_change:
            return redirect("report:code")
        return view(request, report)

    return opened


def lost(request: HttpRequest) -> HttpResponse:
    """The cookie is gone or too old: what was typed comes back on the page, to be copied."""
    kept = [request.POST[name] for name in ("answer", "text") if request.POST.get(name)]
    context = {"draft": "\n".join(kept)[:LONGEST_KEPT], "numbers": numbers_to_call(language())}
    return render(request, "reports/street/lost.html", context, status=410)


def numbers_for(report: Report) -> list[ShownNumber]:
    """Numbers to call, those of the person's region among them."""
    return numbers_to_call(language(), report.region)
