"""Pictures on the street pages: a plain upload for some kinds, codes made on the device for those never uploaded."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from panoh.ground.languages.public import word

from ..errors import FileRefusedError
from ..file_rules import limit, takedown_services
from ..forms.files import CodesForm, PlaceForm
from ..forms.street import language
from ..models import Report, ReportStatus
from ..queries.files import attachments_of, pictures_hashed, question_of_step
from ..services.files import keep_file, remove_file
from ..services.hashing import keep_hashes, remove_hashes
from .street_page import holds_report, open_page

View = Callable[[HttpRequest], HttpResponse]
MEGABYTE = 1_000_000


class MemoryOnlyHandler(MemoryFileUploadHandler):
    """A picture is never written to a disk in the clear, not even for a moment; one that is too big is let go."""

    too_big = False

    def handle_raw_input(self, *_: Any, **__: Any) -> None:
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > limit("max_bytes"):
            self.too_big = True
            raise SkipFile
        self.file.write(raw_data)


def in_memory(view: View) -> View:
    """Stands outside everything that could read the form."""

    @wraps(view)
    def received(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            request.upload_handlers = [MemoryOnlyHandler(request)]
        return view(request)

    return received


@open_page("GET", "POST")
@in_memory
@holds_report
def files(request: HttpRequest, report: Report) -> HttpResponse:
    """Add a picture, take one back, go on."""
    if not question_of_step(report, "files"):
        return redirect("report:step")
    if request.method == "GET":
        return _files_page(request, report)
    try:
        _add_or_remove(request, report)
    except FileRefusedError as refused:
        return _files_page(request, report, problem=_said(refused.code))
    return redirect("report:files")


def _add_or_remove(request: HttpRequest, report: Report) -> None:
    gone = PlaceForm(request.POST)
    if gone.is_valid():
        return remove_file(report, position=gone.cleaned_data["remove"])
    sent = request.FILES.get("file")
    if any(getattr(handler, "too_big", False) for handler in request.upload_handlers):
        raise FileRefusedError("too_big")
    if sent is None or not sent.size:
        raise FileRefusedError("none")
    keep_file(report, content=sent.read())


def _said(code: str) -> str:
    limits = {"too_big": {"limit": limit("max_bytes") // MEGABYTE}, "many": {"limit": limit("max_count")}}
    return word(f"report.files.{code}", language(), **limits.get(code, {}))


def _files_page(request: HttpRequest, report: Report, problem: str = "") -> HttpResponse:
    kept = attachments_of(report)
    context = _step(report, "files") | {
        "files": kept,
        "can_add": len(kept) < limit("max_count") and report.closed_at is None,
        "limit": limit("max_bytes") // MEGABYTE,
        "problem": problem,
    }
    return render(request, "reports/street/files.html", context, status=422 if problem else 200)


def _step(report: Report, step: str) -> dict[str, Any]:
    """What the form of the last button says to the questions' own page."""
    return {"question": question_of_step(report, step), "is_draft": report.status == ReportStatus.DRAFT}


@open_page("GET", "POST")
@holds_report
def hashes(request: HttpRequest, report: Report) -> HttpResponse:
    """The picture stays on the device; its codes come here as two lines of text."""
    if not question_of_step(report, "hash"):
        return redirect("report:step")
    if request.method == "GET":
        return _hash_page(request, report)
    try:
        _keep_codes(request, report)
    except FileRefusedError as refused:
        return _hash_page(request, report, problem=word(f"report.hash.{refused.code}", language()))
    return redirect("report:hash")


def _keep_codes(request: HttpRequest, report: Report) -> None:
    gone = PlaceForm(request.POST)
    if gone.is_valid():
        return remove_hashes(report, number=gone.cleaned_data["remove"])
    codes = CodesForm(request.POST)
    if not codes.is_valid():
        raise FileRefusedError("broken")
    keep_hashes(report, **codes.cleaned_data)


def _hash_page(request: HttpRequest, report: Report, problem: str = "") -> HttpResponse:
    context = _step(report, "hash") | {
        "pictures": pictures_hashed(report),
        "services": takedown_services(report.age_band, verified=True),
        "most": limit("max_hash_bytes"),
        "problem": problem,
    }
    return render(request, "reports/street/hash.html", context, status=422 if problem else 200)
