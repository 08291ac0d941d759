"""What every page of the desk does alike: refusals told calmly, answers for a form or for a script."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from panoh.ground.ui.safety import safe_back

from ..errors import REFUSALS

PER_PAGE = 25

View = TypeVar("View", bound=Callable[..., Any])


def background(view: View) -> View:
    """Marks what a page asks for by itself: it does not keep an idle session alive."""
    view.is_background = True  # type: ignore[attr-defined]
    return view


@contextmanager
def calmly(request: HttpRequest, done: str = "") -> Iterator[None]:
    """Do one thing; a refusal becomes a message, and so does the good end when ``done`` says it."""
    try:
        yield
    except REFUSALS as refusal:
        messages.warning(request, str(refusal))
    else:
        if done:
            messages.success(request, done)


def attempt(form: forms.Form, act: Any, **more: Any) -> Any:
    """Run ``act`` with what a form holds; a refusal becomes an error of the form, so nothing typed is lost."""
    if not form.is_valid():
        return None
    try:
        return act(**form.cleaned_data, **more)
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return None


def back(request: HttpRequest, default: str) -> HttpResponse:
    """To where the person came from, if that is a page of ours."""
    return redirect(safe_back(request.POST.get("next"), default))


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def first_error(form: forms.Form) -> str:
    """One sentence for a script that has no room for a list."""
    said = [str(error) for errors in form.errors.values() for error in errors]
    return said[0] if said else _("This could not be kept.")


def page_of(request: HttpRequest, things: Any, per_page: int = PER_PAGE) -> Page[Any]:
    return Paginator(things, per_page).get_page(request.GET.get("page"))
