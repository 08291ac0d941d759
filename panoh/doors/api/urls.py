"""Ninja's routes and no other of its pages, opened to the street: who comes in is said by the signature."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt

from .problems import problem
from .views import api, missing

app_name = "api"


def opened(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Nothing of it stays in a cache, and a wrong method is a problem like the others."""

    @csrf_exempt
    @wraps(view, assigned=())
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            response = problem("method", 405, headers={"Allow": response["Allow"]})
        response["Cache-Control"] = "no-store"
        return response

    return login_not_required(answered)


NAMES = {"openapi-json": "openapi"}
HIDDEN = {"api-root"}
routes = [route for route in api.urls[0] if isinstance(route, URLPattern) and route.name not in HIDDEN]
urlpatterns = [
    *(
        path(str(route.pattern), opened(route.callback), name=NAMES.get(str(route.name), route.name))
        for route in routes
    ),
    re_path(r"^(?P<rest>.*)$", opened(missing), name="missing"),
]
