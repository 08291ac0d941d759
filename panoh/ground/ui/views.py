import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import loader
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import get_language, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panoh.ground.common.centre import centre
from panoh.ground.languages import public as languages

from . import paths
from .context import page
from .display import COOKIE, Display, read_cookie
from .forms import DisplayForm
from .gallery import samples
from .safety import quiet, safe_back, same_origin

log = logging.getLogger(__name__)

YEAR = 365 * 24 * 3600
STAFF_PATHS = ("/desk/", "/accounts/")
TALK_COOKIES = ("talk", "learner")


# --- the front, the way out, the pulse -----------------------------------------------------------------------------


@login_not_required
@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """From the bare address to a language: the one chosen before, else the browser's, else the centre's."""
    response = HttpResponseRedirect(f"/{language_for(request)}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def language_for(request: HttpRequest) -> str:
    """The language a person reads, without asking the session or the database."""
    known = dict(settings.LANGUAGES)
    return (
        paths.language_of(request.path, known)
        or read_cookie(request.COOKIES.get(COOKIE, ""), known).language
        or paths.preferred(request.headers.get("Accept-Language", ""), known)
        or settings.LANGUAGE_CODE
    )


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """The quick exit: forgets what this browser holds of us and goes to a harmless page.

    A browser that only peeks (prefetch, an image on another site) is sent on, but loses nothing.
    """
    response = HttpResponseRedirect(centre("public", "exit_url", default="https://www.google.com/search?q=ob-havo"))
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "no-referrer"
    if _only_peeks(request):
        return response
    _end_session(request)
    for name in (*TALK_COOKIES, settings.SESSION_COOKIE_NAME):
        response.delete_cookie(name)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _only_peeks(request: HttpRequest) -> bool:
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return "prefetch" in purpose or request.headers.get("Sec-Fetch-Dest", "document") not in {"document", "empty"}


def _end_session(request: HttpRequest) -> None:
    """The way out stays open when the database does not answer."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return
    try:
        request.session.flush()
    except DatabaseError:
        log.warning("a session could not be ended on leaving")


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when this process can read the database, 503 when it cannot."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        response = HttpResponse("ok", content_type="text/plain")
    except DatabaseError:
        response = HttpResponse("no database", status=503, content_type="text/plain")
    add_never_cache_headers(response)
    return response


# --- how pages look ------------------------------------------------------------------------------------------------


@csrf_exempt
@login_not_required
@same_origin
@quiet
@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Size, contrast, theme and the rest, kept in one cookie on the person's own device."""
    language = language_for(request)
    back = safe_back(request.POST.get("back") or request.GET.get("back"), f"/{language}/")
    if request.method != "POST":
        chosen = read_cookie(request.COOKIES.get(COOKIE, ""), dict(settings.LANGUAGES))
        form = DisplayForm.showing(chosen, language)
        return render(request, "ui/display.html", {"form": form, "back": back})
    if "reset" in request.POST:
        response: HttpResponse = HttpResponseRedirect(back)
        response.delete_cookie(COOKIE)
        return response
    form = DisplayForm(request.POST, language=language)
    if not form.is_valid():
        return render(request, "ui/display.html", {"form": form, "back": back}, status=422)
    response = HttpResponseRedirect(back)
    _remember(response, form.display())
    return response


@csrf_exempt
@login_not_required
@same_origin
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light or dark in one press, the other choices as they were."""
    known = dict(settings.LANGUAGES)
    asked = read_cookie(request.POST.get("theme", ""), ())
    kept = read_cookie(request.COOKIES.get(COOKIE, ""), known)
    response = HttpResponseRedirect(safe_back(request.POST.get("back"), "/desk/"))
    _remember(response, kept.with_theme(asked.theme))
    return response


def _remember(response: HttpResponse, chosen: Display) -> None:
    response.set_cookie(
        COOKIE, chosen.cookie, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SECURE_HTTPS
    )


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for eyes and for axe; it does not exist in production."""
    if settings.PRODUCTION:
        raise Http404
    frame = "desk" if "desk" in request.GET else "public"
    return render(request, f"ui/gallery_{frame}.html", samples(with_errors="errors" in request.GET))


# --- when something is not as it should be ---------------------------------------------------------------------------


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _sorry(request, "too_big", 413)
    return _sorry(request, "bad", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _sorry(request, "forbidden", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _sorry(request, "not_found", 404)


def broken(request: HttpRequest) -> HttpResponse:
    return _sorry(request, "broken", 500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _sorry(request, "expired", 403)


def _sorry(request: HttpRequest, what: str, status: int) -> HttpResponse:
    """A calm page in the person's language. It asks nothing of the session, the database or the request's body."""
    staff = request.path.startswith(STAFF_PATHS)
    chosen = get_language() if staff else None  # the desk speaks the language of whoever sits at it
    language = chosen if chosen in languages.LANGUAGES else language_for(request)
    context: dict[str, Any] = {**page(request), "what": what, "quiet": True, "path": f"/{language}/"}
    try:
        with override(language):
            context |= {"heading": languages.word(f"ui.{what}_title", language)}
            context |= {"said": languages.word(f"ui.{what}", language)}
            body = loader.render_to_string("ui/sorry_staff.html" if staff else "ui/sorry.html", context)
    except Exception:  # the last page must come whatever else is missing
        log.exception("the page for %s could not be shown", status)
        body = loader.render_to_string("ui/last_resort.html", {"status": status})
    response = HttpResponse(body, status=status)
    response["Content-Language"] = languages.lang_tag(language)
    add_never_cache_headers(response)
    return response
