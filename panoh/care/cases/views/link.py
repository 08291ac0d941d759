"""The door for an agency without an account: one link, one code, one referral; nothing else is reached from here.

No address but the first holds a secret, and that one only leaves a cookie and goes away.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panoh.ground.organisations.public import numbers_to_call
from panoh.ground.ui.safety import quiet, same_origin

from ..errors import LinkRefusedError, ReferralRefusedError
from ..forms.referrals import CodeForm
from ..models import Referral, Via
from ..queries.referrals import referral_of_session
from ..referral_policy import Party
from ..referral_settings import setting
from ..services import links, partner
from .referral_answers import answer, download, their_page

LINK, SESSION = "packet-link", "packet"
VERBS = ("acknowledge", "accept", "decline", "ask", "start", "complete")


@login_not_required
@require_safe
@quiet
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The letter leads here. Nothing is used up: a mail scanner may look, too. The address is left at once."""
    response = redirect("packet:code")
    response["Referrer-Policy"] = "no-referrer"
    # Lax: whoever comes from a web mail page must still have it on the next page.
    _keep(response, LINK, token[:64], hours=int(setting("link", "lives_hours")), samesite="Lax")
    return response


def _keep(response: HttpResponse, name: str, value: str, *, hours: float, samesite: Any = "Strict") -> None:
    response.set_cookie(
        name, value, max_age=int(hours * 3600), httponly=True, samesite=samesite, secure=settings.SECURE_HTTPS
    )


@login_not_required
@csrf_exempt
@same_origin
@quiet
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code that came another way; it opens the link for this browser, once."""
    if _referral(request) is not None and request.method != "POST":
        return redirect("packet:read")
    token = request.COOKIES.get(LINK, "")
    if (why := links.link_state(token)) != "open":
        return _closed(request, why)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            session = links.enter_code(token, form.cleaned_data["code"])
        except LinkRefusedError as refusal:
            if refusal.why != "code":
                return _closed(request, refusal.why)
            form.add_error("code", _wrong(links.tries_left(token)))
        else:
            response = redirect("packet:read")
            _keep(response, SESSION, session, hours=setting("link", "session_minutes") / 60)
            return response
    return render(request, "cases/link/code.html", {"form": form}, status=422 if form.errors else 200)


def _wrong(left: int) -> str:
    return ngettext(
        "This is not the code. You have %(left)d more try.", "This is not the code. You have %(left)d more tries.", left
    ) % {"left": left}


def _closed(request: HttpRequest, why: str) -> HttpResponse:
    """A calm page: what happened, and whom to phone. A forged link and an unknown one look the same."""
    shown = numbers_to_call(get_language() or settings.LANGUAGE_CODE)
    numbers = [number for number in shown if not number.is_emergency]
    context = {"why": why, "numbers": numbers, "may_ask": why in {"expired", "used", "locked", "session"}}
    return render(request, "cases/link/closed.html", context, status=410)


def _referral(request: HttpRequest) -> Referral | None:
    return referral_of_session(request.COOKIES.get(SESSION, ""))


def _party(referral: Referral) -> Party:
    return Party(referral.to, via=Via.LINK)


@login_not_required
@require_safe
@quiet
def read(request: HttpRequest) -> HttpResponse:
    """The referral and its packet, and what can be answered."""
    referral = _referral(request)
    if referral is None:
        return _closed(request, "session")
    return render(request, "cases/link/read.html", their_page(referral, _party(referral)))


@login_not_required
@csrf_exempt
@same_origin
@quiet
@require_POST
def do(request: HttpRequest, verb: str) -> HttpResponse:
    """One answer of theirs."""
    referral = _referral(request)
    if referral is None:
        return _closed(request, "session")
    form = answer(referral, verb, request.POST, by=_party(referral))
    if not form.errors:
        return redirect("packet:read")
    fresh = _referral(request) or referral
    return render(request, "cases/link/read.html", their_page(fresh, _party(fresh), (verb, form)), status=422)


@login_not_required
@require_safe
@quiet
def packet_file(request: HttpRequest, kind: str) -> HttpResponse:
    referral = _referral(request)
    if referral is None:
        return _closed(request, "session")
    try:
        return download(partner.readable_packet(referral, by=_party(referral)), kind)
    except ReferralRefusedError:
        return render(request, "cases/link/read.html", their_page(referral, _party(referral)), status=410)


@login_not_required
@csrf_exempt
@same_origin
@quiet
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Done for now: this browser lets go."""
    links.leave_link(request.COOKIES.get(SESSION, ""))
    response = _closed(request, "left")
    response.status_code = 200
    response.delete_cookie(SESSION, samesite="Strict")
    return response


@login_not_required
@csrf_exempt
@same_origin
@quiet
@require_POST
def ask_again(request: HttpRequest) -> HttpResponse:
    """An old link asks for a new one. Whether there ever was such a link is not told."""
    links.want_link(request.COOKIES.get(LINK, ""))
    return render(request, "cases/link/asked_again.html")
