"""A page to hang on a wall: its title, its steps, and a code that leads to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from .. import codes, queries
from .heads import whole
from .opening import hushed, language, open_page


@open_page
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """For a page about trouble, too: a wall reaches whom a screen does not. Its tab is as neutral as the page's."""
    sheet = queries.sheet_for(slug, language())
    request.quiet = sheet.quiet  # type: ignore[attr-defined]  # a mark for the middleware
    address = whole(reverse("portal:sheet", args=[slug]))
    side, path = codes.qr_path(address)
    said = {"sheet": sheet, "address": address, "side": side, "dots": path}
    response = render(request, "portal/poster.html", said)
    return hushed(request, response) if sheet.quiet else response
