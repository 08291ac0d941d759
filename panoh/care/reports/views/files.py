"""Files at the desk: grey squares first, the picture itself only with a reason, never in the sexual kinds."""

from csp.constants import NONE
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to

from ..errors import ReportRefusedError
from ..file_rules import NEVER
from ..forms.files import OpenFileForm
from ..models import Attachment
from ..policy import READERS
from ..queries import report_for
from ..queries.files import file_for, is_open_to
from ..services import files as services

SHUT = {"default-src": [NONE], "sandbox": True, "frame-ancestors": [NONE]}
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


@require_safe
@opens_to(*READERS)
def file(request: StaffRequest, reference: str, position: int) -> HttpResponse:
    """One file: what is known about it, its grey squares, and the question that must be answered before more."""
    return _page(request, file_for(request.user, reference, position), OpenFileForm())


def _page(request: StaffRequest, found: Attachment, form: OpenFileForm, status: int = 200) -> HttpResponse:
    closed = found.blocked or found.report.kind in NEVER
    page = {
        "report": found.report,
        "file": found,
        "form": form,
        "is_closed": closed,
        "is_open": not closed and is_open_to(request.user, found),
    }
    response = render(request, "reports/file.html", page, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@opens_to(*READERS)
def open_file(request: StaffRequest, reference: str, position: int) -> HttpResponse:
    """Nothing is shown clearly before somebody says why."""
    found = file_for(request.user, reference, position)
    form = OpenFileForm(request.POST)
    if form.is_valid():
        try:
            services.open_file(found, reason=form.cleaned_data["reason"], by=request.user)
            return redirect("reports:file", reference, position)
        except ReportRefusedError as refused:
            form.add_error("reason", str(refused))
    return _page(request, found, form, status=422)


@csp_replace(SHUT)
@require_safe
@opens_to(*READERS)
def file_preview(request: StaffRequest, reference: str, position: int) -> HttpResponse:
    """A few grey squares."""
    found = file_for(request.user, reference, position)
    try:
        content = services.show_preview(found, by=request.user)
    except ReportRefusedError as closed:
        raise Http404 from closed
    return _bytes(content, "image/png", f"{reference}-{position}-squares")


@csp_replace(SHUT)
@require_safe
@opens_to(*READERS)
def file_copy(request: StaffRequest, reference: str, position: int) -> HttpResponse:
    """The picture drawn anew, typed by us, in a sandbox, never stored; each look is on record."""
    found = file_for(request.user, reference, position)
    try:
        content = services.show_file(found, by=request.user)
    except ReportRefusedError as closed:
        raise Http404 from closed
    return _bytes(content, found.content_type, f"{reference}-{position}")


def _bytes(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = f'inline; filename="{name}.{ENDINGS[kind]}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@require_POST
@opens_to(*READERS)
def lock_files(request: StaffRequest, reference: str) -> HttpResponse:
    """It may be sexual: the files of this report are closed for everyone, for good."""
    services.lock_files(report_for(request.user, reference), by=request.user)
    messages.success(request, _("The files of this report are locked for good. Nobody will see them."))
    return redirect("reports:report", reference)
