"""What children gave us to be read by others."""

from django.http import HttpRequest, HttpResponse

from .. import queries
from ..models import Kind
from .opening import language, open_page
from .posts import shelf


@open_page
def voices(request: HttpRequest) -> HttpResponse:
    said = {"voices": queries.listed(language(), Kind.VOICE)}
    return shelf(request, Kind.VOICE, "voices", "portal/voices.html", said)
