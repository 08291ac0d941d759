"""How a page of a course is opened: the same for all strangers, a learner's own for who is signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts import public as accounts
from panoh.ground.ui.safety import same_origin

KEPT_SECONDS = "300"
View = Callable[..., HttpResponse]


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def open_page(view: View) -> View:
    """Open to the street. The front keeps a stranger's page until the next publishing; a learner's is kept nowhere."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if accounts.learner_of(request) is not None:
            add_never_cache_headers(response)
        elif response.status_code == 200 and not request.GET:
            response["X-Panoh-Cache"] = KEPT_SECONDS
        return response

    return login_not_required(require_safe(opened))


def _own(view: View) -> View:
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        learner = accounts.learner_of(request)
        if learner is None:
            return to_sign_in(request)
        accounts.note_seen(learner)
        response = view(request, learner, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return opened


def own_page(view: View) -> View:
    """A page of one learner; the learner is the second argument. Whoever is not signed in is sent there and back."""
    return login_not_required(require_safe(_own(view)))


def own_deed(view: View) -> View:
    """Something a learner does: a form from our own pages, without a cookie of Django's."""
    return login_not_required(csrf_exempt(same_origin(require_POST(_own(view)))))


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in; afterwards back to the page, or to the one whose form was sent."""
    back = request.get_full_path() if request.method == "GET" else request.POST.get("back", "")
    return redirect(f"{reverse('learner:sign_in')}?{urlencode({'back': back})}" if back else "learner:sign_in")
