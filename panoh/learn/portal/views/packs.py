"""Packs to take along: read here, saved by choice on this device, or fetched as a file for a stick or a message."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from panoh.ground.common.centre import centre
from panoh.ground.languages.public import word

from .. import packing, queries
from ..packs import FORMS
from . import heads
from .opening import language, open_page
from .street import elsewhere

KINDS = {"html": "text/html; charset=utf-8", "zip": "application/zip"}


def may_save() -> bool:
    """The switch of ``centre/centre.toml``: off, every saved pack goes from every device that asks again."""
    return bool(centre("offline", "saving", default=True))


@open_page
def offline(request: HttpRequest) -> HttpResponse:
    """What there is, how big it really is, and how to be rid of it."""
    here, now = language(), queries.edition()
    rows = [
        (shelf, word(f"portal.pack_{shelf.pack.code}", here),
         {form: packing.packed(shelf, here, form, now) for form in FORMS})
        for shelf in queries.shelves(here, now)
    ]  # fmt: skip
    title, lead = word("portal.offline", here), word("portal.offline_lead", here)
    readable = [code for code, _name in settings.LANGUAGES if queries.shelves(code, now)]
    said = {"rows": rows, "may_save": may_save(), "head": heads.of_list(request.path, title, lead, readable)}
    return render(request, "portal/offline.html", said)


@open_page
def pack(request: HttpRequest, code: str) -> HttpResponse:
    """Everything of a pack on one page: what a device keeps when its reader presses "save"."""
    here, now = language(), queries.edition()
    try:
        shelf = queries.shelf_for(code, here, now)
    except Http404:
        return elsewhere(request, queries.languages_of_pack(code, now))
    title = word(f"portal.pack_{code}", here)
    said = {"pack": shelf.pack, "pages": queries.pages_of(shelf, here), "title": title}
    return render(request, "portal/pack.html", said)


@login_not_required
@require_safe
def pack_file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The file itself, under a name that says nothing."""
    if form not in FORMS:
        raise Http404
    here, now = language(), queries.edition()
    try:
        shelf = queries.shelf_for(code, here, now)
    except Http404:
        return elsewhere(request, queries.languages_of_pack(code, now))
    made = packing.packed(shelf, here, form, now)
    response = HttpResponse(made.path.read_bytes(), content_type=KINDS[form])
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Answers what a device kept while there is no line; switched off, it takes away itself and all that was kept."""
    name = "portal/worker.js" if may_save() else "portal/worker_off.js"
    response = render(request, name, {"scope": reverse("portal:offline")}, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
