"""What a code says to anybody: outside of the languages' addresses and of the CMS, so that no change there moves it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.languages import public as languages

from .. import services
from ..codes import read_code
from ..labels import REASONS, STATES
from ..queries import keys, street

# Whole centre, a minute: codes that do not exist. One that does is always answered, so no school is ever locked out.
MOST_MISSES = 600
SCRIPT = Path(__file__).parents[1] / "static" / "certificates" / "verify.js"


@login_not_required
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Where a code is typed in."""
    typed = request.GET.get("code", "")
    if typed:
        return redirect("certificate:page", read_code(typed) or "unknown")
    return _page(request, "certificates/ask.html", {})


@login_not_required
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    language = _language(request)
    found = street.seen(code, language)
    services.count_check(found.state)
    if found.one is None:
        return _missed(request, code)
    return _page(request, "certificates/certificate.html", _said(found))


@login_not_required
@require_safe
def saved(request: HttpRequest, code: str) -> HttpResponse:
    """The page as one file that checks the signature anywhere, with no network."""
    found = street.seen(code, _language(request))
    if not found.credential:
        raise Http404
    said = _said(found) | {"script": SCRIPT.read_text(), "saved_at": timezone.now()}
    response = _page(request, "certificates/saved.html", said)
    response["Content-Disposition"] = f'attachment; filename="{found.code}.html"'
    return response


@login_not_required
@require_safe
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    found = street.paper_for(code)
    if found is None:
        raise Http404
    response = HttpResponse(found[1], content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found[0].code}.pdf"'
    return _unlisted(response)


@login_not_required
@require_safe
def credential(request: HttpRequest, code: str) -> HttpResponse:
    found = street.credential_for(code)
    if found is None:
        raise Http404
    return _document(found, "application/vc+ld+json")


@login_not_required
@require_safe
def status_list(request: HttpRequest, number: int) -> HttpResponse:
    found = keys.status_list(number)
    if not found:
        raise Http404
    return _document(found, "application/vc+ld+json")


@login_not_required
@require_safe
def issuer(request: HttpRequest) -> HttpResponse:
    return _document(keys.issuer_page(), "application/did+json")


@csrf_exempt  # nothing is changed, and nobody is signed in by it
@login_not_required
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """A file that somebody was sent: a PDF or a credential. It is read and not kept."""
    file = request.FILES.get("file")
    if file is None or file.size is None or file.size > 200_000:
        return _page(request, "certificates/ask.html", {"verdict": "not_ours"}, status=400)
    verdict, code = street.judged(file.read())
    return _page(request, "certificates/ask.html", {"verdict": verdict, "code": code})


def _said(found: street.Seen) -> dict[str, Any]:
    reason = REASONS.get(found.one.reason, "") if found.one else ""
    proof = {"credential": found.credential, "keys": found.keys}
    return {"found": found, "state": STATES[found.state], "reason": reason, "proof": proof}


def _missed(request: HttpRequest, code: str) -> HttpResponse:
    minute = f"certificates:{int(timezone.now().timestamp()) // 60}"
    cache.add(minute, 0, 120)
    try:
        is_flood = cache.incr(minute) > MOST_MISSES
    except ValueError:
        is_flood = False
    if is_flood:
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    return _page(request, "certificates/ask.html", {"missed": True, "is_slip": not read_code(code)}, status=404)


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE


def _page(request: HttpRequest, template: str, said: dict[str, Any], status: int = 200) -> HttpResponse:
    language = _language(request)
    links = [(code, name, languages.lang_tag(code), code == language) for code, name in settings.LANGUAGES]
    with translation.override(language):
        here = reverse("certificate:ask") if request.method == "POST" else request.path
        return _unlisted(render(request, template, {**said, "links": links, "here": here}, status=status))


def _document(said: dict[str, Any], kind: str) -> HttpResponse:
    """Open to scripts of any house: whoever verifies may stand elsewhere."""
    response = JsonResponse(said, json_dumps_params={"ensure_ascii": False}, content_type=kind)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _unlisted(response)


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache"
    return response
