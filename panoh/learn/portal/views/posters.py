"""A page to hang on a wall: its title, its steps, and a code that leads to it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from .. import codes, queries
from .heads import whole
from .opening import hushed, language, open_page
from .street import elsewhere


@open_page
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """For a page about trouble, too: a wall reaches whom a screen does not. Its tab is as neutral as the page's."""
    try:
        sheet = queries.sheet_for(slug, language())
    except Http404:
        if new := queries.moved_to(slug, queries.edition()):
            return redirect("portal:poster", new, permanent=True)
        return elsewhere(request, queries.languages_of(slug))
    request.quiet = sheet.quiet  # type: ignore[attr-defined]  # a mark for the middleware
    address = whole(reverse("portal:sheet", args=[slug]))
    side, path = codes.qr_path(address)
    said = {"sheet": sheet, "address": address, "side": side, "dots": path}
    response = render(request, "portal/poster.html", said)
    return hushed(request, response) if sheet.quiet else response
