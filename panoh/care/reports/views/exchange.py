"""A report as an encrypted file for somebody else. Nothing is sent from here: a person carries it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from panoh.ground.accounts.public import StaffRequest, opens_to
from panoh.ground.vault import public as vault

from ..errors import ReportRefusedError
from ..forms.files import ExportForm
from ..models import Report
from ..policy import HOTLINE
from ..queries import report_for
from ..services.exporting import export_report


@require_http_methods(["GET", "POST"])
@opens_to(*HOTLINE)
def export(request: StaffRequest, reference: str) -> HttpResponse:
    """Choose the form and say why; the file is made at once and its passphrase shown once."""
    report = report_for(request.user, reference)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = export_report(report, **form.cleaned_data, by=request.user)
        except (ReportRefusedError, vault.ExportRefusedError) as refused:
            form.add_error(None, str(refused))
        else:
            return _never_kept(render(request, "reports/exported.html", {"report": report, "export": made}))
    return _form_page(request, report, form)


def _form_page(request: StaffRequest, report: Report, form: ExportForm) -> HttpResponse:
    page = {"report": report, "form": form}
    return _never_kept(render(request, "reports/export.html", page, status=422 if form.errors else 200))


def _never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@opens_to(*HOTLINE)
def fetch_export(request: StaffRequest, reference: str, code: str) -> HttpResponse:
    """The age file, for whoever made it, until it expires."""
    report_for(request.user, reference)
    try:
        name, content = vault.read_export(code, request.user.code)
    except vault.ExportRefusedError as gone:
        raise Http404 from gone
    response = _never_kept(HttpResponse(content, content_type="application/octet-stream"))
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
