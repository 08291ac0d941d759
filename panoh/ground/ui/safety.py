"""What keeps a public page safe: for its reader (quiet) and from other sites (same origin)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}

View = Callable[..., HttpResponse]


def quiet(view: View) -> View:
    """A page about trouble: never stored by browser or proxy, and nothing in its tab tells what it is."""

    @wraps(view)
    def hushed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.quiet = True  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return hushed


def same_origin(view: View) -> View:
    """Lets a form through only from our own pages, without any cookie.

    Browsers say where a POST comes from (Fetch Metadata; older ones Origin or Referer) and a page cannot forge it.
    Stands in for the CSRF cookie where a person must stay without cookies; use it under ``csrf_exempt``.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in SAFE_METHODS or _unchecked(request) or came_from_here(request):
            return view(request, *args, **kwargs)
        return render(request, "ui/came_from_elsewhere.html", status=403)

    return guarded


def _unchecked(request: HttpRequest) -> bool:
    """Django's test client switches its own check off by this mark, and ours with it."""
    return bool(getattr(request, "_dont_enforce_csrf_checks", False))


def came_from_here(request: HttpRequest) -> bool:
    """Whether the request says that one of our own pages sent it. Silence is a no."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin") or _origin_of(request.headers.get("Referer", ""))
    return origin in {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}


def _origin_of(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def safe_back(address: str | None, default: str) -> str:
    """``address`` if it is a path of this very site, else ``default``."""
    if (
        address
        and address.startswith("/")
        and "\\" not in address
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    ):
        return address
    return default
