"""Complaints: read and answered by somebody else than the one they are about."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panoh.ground.accounts.public import Role, StaffRequest, opens_to

from .. import queries, services
from ..forms.talk import AnswerForm
from .answering import attempt, page_of


@require_safe
@opens_to(Role.SUPERVISOR)
def complaints(request: StaffRequest) -> HttpResponse:
    page = page_of(request, queries.complaints(request.user))
    return render(request, "helpline/complaints.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(Role.SUPERVISOR)
def answer_complaint(request: StaffRequest, pk: int) -> HttpResponse:
    """The words of a complaint and what was done about it; hidden from the one it is about."""
    complaint = queries.complaint_for(request.user, pk)
    form = AnswerForm(request.POST or None)
    answered = attempt(form, lambda text: services.answer_complaint(complaint, text=text, by=request.user))
    if answered:
        messages.success(request, _("Your answer is kept."))
        return redirect("helpline:complaints")
    status = 422 if form.errors else 200
    page = {"shown": queries.opened(complaint), "form": form}
    return render(request, "helpline/complaint.html", page, status=status)
