"""Albums on the street, and the pictures themselves."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .. import queries
from ..album_rules import TYPES
from ..models import Kind
from ..queries import albums as kept
from .opening import language, open_page
from .posts import post, shelf


@open_page
def albums(request: HttpRequest) -> HttpResponse:
    held = sorted(queries.listed(language(), Kind.ALBUM), key=lambda one: str(one.data["date"]), reverse=True)
    return shelf(request, Kind.ALBUM, "albums", "portal/albums.html", {"posts": held})


@open_page
def album(request: HttpRequest, slug: str) -> HttpResponse:
    return post(request, slug, Kind.ALBUM, "portal/album.html")


@login_not_required
@require_safe
def picture(request: HttpRequest, token: str, width: int, ending: str) -> HttpResponse:
    """Asked anew each time, so that a withdrawn photo is gone at once; a browser may keep it for five minutes."""
    content = kept.public_picture(token, width, ending) if ending in TYPES else None
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Cache-Control"] = "private, max-age=300"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
