"""What a search engine asks for: where it may look, and the map of what it may show."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from .. import queries
from .heads import alternates, whole
from .opening import open_page

XML = "application/xml"
# A demo holds examples that nobody has checked: no child may be led to it by a search engine.
CLOSED = ["/"]
STAFF = ["/desk/", "/accounts/", "/api/", "/exit/", "/telegram/"]


@open_page
def robots(request: HttpRequest) -> HttpResponse:
    """Pages about trouble are not named here: each of them says ``noindex`` itself."""
    refused = STAFF if settings.PRODUCTION else CLOSED
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in refused), "", f"Sitemap: {whole(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@open_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """One map for each language and script: none of them grows too big to be kept."""
    maps = [whole(reverse("sitemap_of", args=[code])) for code, _ in settings.LANGUAGES]
    return render(request, "portal/sitemap_index.xml", {"maps": maps}, content_type=XML)


@open_page
def sitemap_of(request: HttpRequest, script: str) -> HttpResponse:
    if script not in dict(settings.LANGUAGES):
        raise Http404
    places = queries.places(queries.edition(), timezone.localdate(), script, settings.PRODUCTION)
    rows = [(whole(one.path), one.changed, alternates(one.path, one.readable)) for one in places]
    return render(request, "portal/sitemap.xml", {"rows": rows}, content_type=XML)
