"""What every page of the case room does alike: refusals told calmly, nothing typed is lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from ..documents import MOST_BYTES
from ..errors import REFUSALS

ROOM_FOR_THE_FORM = 50_000


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


def attempt(form: forms.Form, act: Callable[..., Any]) -> tuple[bool, Any]:
    """Run ``act`` with what a form holds; a refusal becomes an error of the form. Was it done, and the result."""
    if not form.is_valid():
        return False, None
    try:
        return True, act(**form.cleaned_data)
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return False, None


def to_part(reference: str, part: str = "summary") -> HttpResponse:
    """Back to a part of the page of a case."""
    return redirect(part_address(reference, part))


def part_address(reference: str, part: str) -> str:
    address = reverse("cases:case", args=[reference])
    return address if part == "summary" else f"{address}?part={part}"


def in_memory(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A small upload is read into memory only: nothing of it ever lies on the disk unsealed. Too big is not read."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        length = request.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > MOST_BYTES + ROOM_FOR_THE_FORM:
            messages.warning(request, _("The file is bigger than 2 MB. Nothing was kept."))
            return redirect(request.path.rsplit("/documents/", 1)[0] + "/?part=documents")
        request.upload_handlers = [MemoryFileUploadHandler(request)]
        return csrf_protect(view)(request, *args, **kwargs)

    return guarded
