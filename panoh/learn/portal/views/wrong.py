"""Addresses that were right somewhere else: a language under another name."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from panoh.ground.ui import paths

from .. import othernames
from .opening import open_page


@open_page
def other_name(request: HttpRequest, named: str, rest: str = "") -> HttpResponse:
    """``/oz/guide/…`` and ``/UZ_Cyrl/…`` lead to the same page under the name it has here."""
    code, query = othernames.ours(named), request.META.get("QUERY_STRING", "")
    there = paths.in_language(f"/{code}/{rest}", code, dict(settings.LANGUAGES))
    return redirect(f"{there}?{query}" if query else there)
