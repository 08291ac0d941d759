"""How a page is opened to the street: safe methods only, and kept by the front where it is the same for everyone."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from csp.constants import SELF
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

KEPT_SECONDS = "300"
View = Callable[..., HttpResponse]


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def open_page(view: View) -> View:
    """Open to the street; the same for everyone, so the front may keep it until the next publishing.

    A view that counts who came marks the request ``is_counted``, one about trouble ``quiet``: these are never kept.
    """

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        is_own = getattr(request, "quiet", False) or getattr(request, "is_counted", False) or request.GET
        if not is_own and response.status_code == 200:
            response["X-Panoh-Cache"] = KEPT_SECONDS
        return response

    return login_not_required(require_safe(opened))


def hushed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A page about trouble is stored nowhere."""
    add_never_cache_headers(response)
    return response


def let_play(response: HttpResponse, recorded: Sequence[Any]) -> None:
    """A page with recordings may play those of our own house, and no other page may."""
    if recorded:
        response._csp_update = {"media-src": [SELF]}  # type: ignore[attr-defined]  # a mark for the middleware
