"""Written down for somebody who calls or comes: the same questions, and a return code to read out, once."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from panoh.ground.accounts.public import StaffRequest, opens_to
from panoh.ground.vault import public as vault

from .. import asking, queries, services
from ..errors import AnswerRefusedError, ReportRefusedError
from ..forms.intake import IntakeForm
from ..forms.street import shown_all
from ..models import Report
from ..policy import DESK


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def new_report(request: StaffRequest) -> HttpResponse:
    """Everything at once, or nothing: what was typed stays when something is missing."""
    first = {"language": request.GET.get("language") or request.user.language, "key": uuid.uuid4()}
    form = IntakeForm(request.POST or None, names=list(settings.LANGUAGES), initial=first)
    if request.method != "POST":
        return _page(request, form, {}, {})
    typed = {question.code: request.POST.get(question.code, "") for question in asking.questionnaire().questions}
    if not form.is_valid():
        return _page(request, form, typed, {})
    try:
        report = services.file_report(
            channel=form.cleaned_data["channel"],
            language=form.cleaned_data["language"],
            key=form.the_key(),
            answers=typed,
            by=request.user,
        )
    except AnswerRefusedError as refused:
        return _page(request, form, typed, refused.codes)
    except ReportRefusedError as refused:
        messages.warning(request, str(refused))
        return _page(request, form, typed, {})
    if queries.has_receipt(report):  # the same form once more: its code was read out already
        messages.info(request, _("It was taken already: %(reference)s.") % {"reference": report.reference})
        return redirect("reports:new")
    return _done(request, report.reference, _receipt(report))


def _receipt(report: Report) -> list[str]:
    """Nothing when too many ask at once: the report is kept all the same."""
    try:
        return services.read_out_receipt(report).splitlines()
    except vault.BusyError:
        return []


def _done(request: StaffRequest, reference: str, goods: list[str]) -> HttpResponse:
    return render(request, "reports/intake_done.html", {"reference": reference, "goods": goods})


def _page(request: StaffRequest, form: IntakeForm, typed: dict[str, str], refused: dict[str, str]) -> HttpResponse:
    """The questions in the language of the one who is asked, the page around them in ours."""
    asked_in = str(form["language"].value() or "")
    with override(asked_in if asked_in in dict(settings.LANGUAGES) else request.user.language):
        questions = shown_all(asking.questionnaire(), typed, refused)
    context = {"form": form, "questions": questions, "asked_in": asked_in}
    return render(request, "reports/intake.html", context, status=422 if refused or form.errors else 200)
