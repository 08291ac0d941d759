"""A photo on its way in: refused by its announced size before a byte is read, and cut off when it lied about it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponseBase

from ..album_rules import MOST_BYTES

AROUND = 65_536  # what a form needs around its file
View = Callable[..., HttpResponseBase]


class PhotoHandler(MemoryFileUploadHandler):
    """In memory: the original is never written to a disk. One that is too big is let go."""

    too_big = False

    def handle_raw_input(self, *_: Any, **__: Any) -> None:
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > MOST_BYTES:
            self.too_big = True
            raise SkipFile
        self.file.write(raw_data)


def takes_photo(view: View) -> View:
    """Stands outside everything that could read the form. ``request.too_big``: nothing of it was read."""

    @wraps(view)
    def received(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.too_big = int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + AROUND  # type: ignore[attr-defined]  # a mark for the middleware
        if request.method == "POST":
            request.upload_handlers = [PhotoHandler(request)]
        return view(request, *args, **kwargs)

    return received


def is_too_big(request: HttpRequest) -> bool:
    """Asked before the form is read for what was announced, and after it for what came."""
    return bool(getattr(request, "too_big", False)) or any(
        getattr(handler, "too_big", False) for handler in request.upload_handlers
    )
