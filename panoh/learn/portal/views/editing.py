"""The gate before every page of Wagtail: our sign-in, our roles, our refusals; what is not opened is not there."""

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from panoh.ground.accounts.public import opens_to

from .. import policy, services
from ..errors import WritingRefusedError
from ..models import Writer

View = Callable[..., HttpResponseBase]
OURS = "wagtailsnippets_portal_writing:"
# Of the writings themselves: not deleting, not where a thing is used.
SHUT = {f"{OURS}{verb}" for verb in ("delete", "usage", "reorder", "copy", "inspect")}
OPENED = {
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_dismissibles",
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release",
}
LEADS = {
    "wagtailadmin_home": "portal_desk:pages",
    "wagtailadmin_account": "accounts:me",
    "wagtailadmin_logout": "account_logout",
}
# Its sidebar and icons set styles on elements; scripts come from files alone.
LOOSER = {
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:"],
    "frame-src": [SELF],
    "frame-ancestors": [NONE],
}


def guarded(view: View) -> View:
    @opens_to(*policy.EDITORS)
    @wraps(view)
    def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        name = request.resolver_match.view_name
        if name in LEADS:
            return redirect(LEADS[name])
        if name in SHUT or (name not in OPENED and not name.startswith(OURS)):
            raise Http404
        services.open_desk()
        request.user = _writer(request)
        response = _answer(view, request, *args, **kwargs)
        if isinstance(response, HttpResponse) and not response.has_header("Content-Security-Policy"):
            response._csp_replace = LOOSER  # type: ignore[attr-defined]  # what django-csp reads
        return response

    vars(opened)["login_required"] = True  # its own sign-in and API say they need none
    return opened


def _writer(request: HttpRequest) -> Writer:
    """The same person, as the editing pages want to know them."""
    person = copy(request.user)
    person.__class__ = Writer
    return person  # type: ignore[return-value]  # its class was just changed


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """All of it or nothing: a refusal of a service undoes what Wagtail wrote before it."""
    try:
        with transaction.atomic():
            return view(request, *args, **kwargs)
    except WritingRefusedError as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
        if f"{OURS}edit" == request.resolver_match.view_name:  # type: ignore[union-attr]  # resolved
            return redirect(request.path)
        return redirect("portal_desk:pages")
