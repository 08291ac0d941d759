"""Too many reports at once, or from one browser: a small sum or a short wait before a new one. Never for danger.

Nothing here knows an address of the net: a whole school behind one gets through. How often one browser began is
remembered for some minutes under a hash of the cookie that it holds anyway, and nowhere written down.
"""

import uuid
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from panoh.care.talks import public as talks

from .. import queries
from .street_page import COOKIE

NOT_KEPT = {"sum", "stamp"}


def wait_before(request: HttpRequest, *, danger: str) -> HttpResponse | None:
    """None lets the person in. ``danger`` is the name of the field that says somebody is in danger now."""
    if request.POST.get(danger) == "yes" and "skip" not in request.POST:
        return None
    if not (queries.is_flooded() or _begun(request) >= queries.most_of_one_browser()):
        return None
    stamp = request.POST.get("stamp", "")
    if talks.lets_in(solved=request.POST.get("sum", ""), stamp=stamp):
        return None
    fields = [(name, value) for name, value in request.POST.items() if name not in NOT_KEPT]
    context = {
        "action": request.path,
        "fields": fields,
        "danger": danger,
        "in_danger": [(name, value) for name, value in fields if name not in {danger, "skip"}],
        "gate": talks.gate_for(stamp, str(uuid.uuid4())),
    }
    return render(request, "talks/wait.html", context, status=429)


def note_begun(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """This browser began one more; the count goes on under the cookie that it was just given."""
    cache.set(_name(response.cookies[COOKIE].value), _begun(request) + 1, queries.BROWSER_SECONDS)
    return response


def _begun(request: HttpRequest) -> int:
    token = request.COOKIES.get(COOKIE, "")
    return int(cache.get(_name(token), 0)) if token else 0


def _name(token: str) -> str:
    return f"reports.begun:{sha256(token.encode()).hexdigest()}"
