"""The way in from another learning system, as it comes to its four addresses.

Browsers keep no cookie of a page inside another site's page, so whoever is to be signed in is led out of the frame
into a window first. Choosing a course signs nobody in, and may happen inside the frame.
"""

import secrets
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panoh.ground.accounts import public as accounts
from panoh.ground.ui.safety import same_origin

from .. import services
from ..errors import LaunchRefusedError
from ..queries import lti as queries
from ..things import Thing

COOKIE = "lti"
ASKED = ("iss", "login_hint", "target_link_uri", "lti_message_hint", "lti_deployment_id", "client_id")
CHOOSING_SECONDS = 3600
SALT = "exchange.choosing"


class OutRedirect(HttpResponseRedirect):
    allowed_schemes = ["https"] if settings.PRODUCTION else ["https", "http"]


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """A platform says that somebody comes; they are sent back to it to be named."""
    said = {name: (request.POST or request.GET).get(name, "")[:2000] for name in ASKED}
    is_choosing = urlsplit(said["target_link_uri"]).path == reverse("lti:choose")
    if request.headers.get("Sec-Fetch-Dest") in {"iframe", "frame"} and not is_choosing:
        return _out_of_frame(request, said)
    browser = "" if is_choosing else request.COOKIES.get(COOKIE) or secrets.token_urlsafe(24)
    to = reverse("lti:choose" if is_choosing else "lti:launch")
    try:
        _platform, address = services.begin_launch(
            issuer=said["iss"],
            client_id=said["client_id"],
            hint=said["login_hint"],
            message=said["lti_message_hint"],
            redirect_uri=settings.PUBLIC_URL + to,
            browser=browser,
        )
    except LaunchRefusedError as refused:
        return _refused(request, refused)
    response = OutRedirect(address)
    if browser:
        _keep_browser(response, browser)
    add_never_cache_headers(response)
    return response


def _keep_browser(response: HttpResponse, browser: str) -> None:
    """It must come back with a form that another site sends, so it is not Lax; it opens nothing by itself."""
    secure = settings.SECURE_HTTPS
    same = "None" if secure else None  # without https a browser takes no "None"
    response.set_cookie(
        COOKIE, browser, max_age=600, path=reverse("lti:login").removesuffix("login/"), httponly=True,
        secure=secure, samesite=same,  # type: ignore[arg-type]  # None says nothing, which Django takes
    )  # fmt: skip


def _out_of_frame(request: HttpRequest, said: dict[str, str]) -> HttpResponse:
    """Say that it was framed, and open the same in a window."""
    platform = queries.platform_of(said["iss"], said["client_id"])
    response = render(request, "exchange/framed.html", {"said": said, "platform": platform})
    _allow(response, frames=[said["iss"]] if platform else [], forms=[platform.auth_url] if platform else [])
    return response


@login_not_required
@csrf_exempt
@require_POST
def launch(request: HttpRequest) -> HttpResponse:
    """The message itself: checked, its person let in, and what they came for a press away."""
    return _finish(request)


@login_not_required
@csrf_exempt
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """For a teacher of another system: which course, module or test. First the message, then what was chosen."""
    return _choose(request) if "chosen" in request.POST else _finish(request)


def _finish(request: HttpRequest) -> HttpResponse:
    token, state = request.POST.get("id_token", ""), request.POST.get("state", "")
    if request.POST.get("error"):
        return _refused(request, LaunchRefusedError("message"))
    try:
        come = services.finish_launch(token, state, request.COOKIES.get(COOKIE, ""))
    except LaunchRefusedError as refused:
        return _refused(request, refused)
    with translation.override(come.language):
        response = _choices(request, come) if come.settings is not None else _come(request, come)
    add_never_cache_headers(response)
    return response


def _come(request: HttpRequest, come: services.Come) -> HttpResponse:
    """A page of our own stands between: a cookie set on the answer to another site's form goes with its next press."""
    entered = come.entered
    if entered is None:
        raise LaunchRefusedError("message")
    said = {"platform": come.platform, "is_new": entered.is_new, "to": _address(come.thing)}
    response = render(request, "exchange/come.html", said)
    seconds = accounts.learner_setting("session_days", 60) * 86400
    response.set_cookie(
        accounts.LEARNER_COOKIE, entered.token, max_age=seconds, httponly=True, samesite="Lax",
        secure=settings.SECURE_HTTPS,
    )  # fmt: skip
    response.delete_cookie(COOKIE, path=reverse("lti:login").removesuffix("login/"))
    return response


def _address(thing: Thing | None) -> str:
    if thing is None:
        return reverse("academy:courses")
    if thing.kind:
        return reverse("academy:tests", args=[thing.course])
    return reverse(
        "academy:module" if thing.module else "academy:course", args=list(filter(None, (thing.course, thing.module)))
    )


def _choices(request: HttpRequest, come: services.Come, problem: str = "") -> HttpResponse:
    held = {"platform": come.platform.pk, "settings": come.settings, "language": come.language}
    said = {
        "platform": come.platform,
        "choices": list(queries.choices(come.language)),
        "held": signing.dumps(held, salt=SALT, compress=True),
        "problem": problem,
    }
    response = render(request, "exchange/choose.html", said, status=422 if problem else 200)
    _allow(response, frames=[come.platform.issuer])
    return response


@same_origin
def _choose(request: HttpRequest) -> HttpResponse:
    try:
        held: dict[str, Any] = signing.loads(request.POST.get("held", ""), salt=SALT, max_age=CHOOSING_SECONDS)
    except signing.BadSignature:
        return _refused(request, LaunchRefusedError("expired"))
    platform = queries.platform_by_key(held["platform"])
    thing = queries.thing_for(request.POST.get("chosen", ""))
    if platform is None:
        return _refused(request, LaunchRefusedError("platform"))
    with translation.override(held["language"]):
        if thing is None:
            come = services.Come(platform, held["language"], settings=held["settings"])
            return _choices(request, come, _("Choose what to link."))
        title = _title(thing, held["language"])
        token = services.choose_thing(
            platform, held["settings"], thing, title, settings.PUBLIC_URL + reverse("lti:launch")
        )
        url = held["settings"]["url"]
        response = render(request, "exchange/chosen.html", {"token": token, "url": url, "title": title})
    _allow(response, frames=[platform.issuer], forms=[url])
    add_never_cache_headers(response)
    return response


def _title(thing: Thing, language: str) -> str:
    title = queries.title_of(thing, language) or queries.title_of(Thing(thing.course), language)
    return _("Test: %(title)s") % {"title": title} if thing.kind else title


@login_not_required
@require_safe
def keys(request: HttpRequest) -> JsonResponse:
    """Our public keys, for every platform."""
    response = JsonResponse({"keys": queries.published_keys()})
    response["Cache-Control"] = "public, max-age=300"
    return response


def _refused(request: HttpRequest, refused: LaunchRefusedError) -> HttpResponse:
    """Why, in words. Which platform may show it in a frame is not known now, so none may: it opens alone."""
    response = render(request, "exchange/refused.html", {"why": refused.words, "code": refused.why}, status=403)
    add_never_cache_headers(response)
    return response


def _allow(response: HttpResponse, *, frames: list[str], forms: list[str] | None = None) -> None:
    """Let these sites show this one page in a frame, and its form go there; every other page stays as shut as ever."""
    rules: dict[str, list[str]] = {}
    if origins := [_origin(url) for url in frames]:
        rules["frame-ancestors"] = origins
        response.xframe_options_exempt = True
    if forms:
        rules["form-action"] = ["'self'", *(_origin(url) for url in forms)]
    response._csp_replace = rules  # type: ignore[attr-defined]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
