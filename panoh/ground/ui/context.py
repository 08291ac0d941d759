from typing import Any

from django.conf import settings
from django.http import HttpRequest

from panoh.ground.common.centre import centre

from .display import COOKIE, read_cookie


def page(request: HttpRequest) -> dict[str, Any]:
    """What every frame needs, without a query and without touching the session."""
    return {
        "centre_name": centre("name", default="Panoh"),
        "is_demo": not settings.PRODUCTION,
        "quiet": getattr(request, "quiet", False),
        "path": request.get_full_path() if request.method == "GET" else request.path,
        "display": read_cookie(request.COOKIES.get(COOKIE, ""), dict(settings.LANGUAGES)),
    }
