"""Tests at the desk: the bank with its statistics, questions that are retired, appeals, requests."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import services
from ..errors import TestRefusedError
from ..forms.exams import AllowForm, RetireForm
from ..policy import BANK_KEEPERS, COORDINATORS
from ..queries import bank as queries
from ..queries import exams, outcomes


@require_safe
@opens_to(*BANK_KEEPERS)
def banks(request: StaffRequest) -> HttpResponse:
    courses = queries.courses_with_tests(request.user)
    return render(request, "academy/desk/banks.html", {"courses": courses})


@require_safe
@opens_to(*BANK_KEEPERS)
def bank(request: StaffRequest, course: str) -> HttpResponse:
    held = queries.bank_course(request.user, course)
    rows = queries.bank_rows(held, request.user.language)
    return render(request, "academy/desk/bank.html", {"course": held, "rows": rows})


@require_safe
@opens_to(*BANK_KEEPERS)
def bank_question(request: StaffRequest, pk: int) -> HttpResponse:
    held = queries.question_for(request.user, pk)
    version = queries.newest_version(held)
    found = queries.statistics_of(held.course, [version])[version.pk]
    said = {
        "question": held,
        "version": version,
        "found": found,
        "options": queries.option_lines(version, found, request.user.language),
        "previews": queries.previews(version),
        "exposure": queries.exposure(held),
        "attempts": queries.exposed_attempts(held) if request.user.has_role(*COORDINATORS) else [],
        "not_accepted": queries.not_accepted(version),
        "form": RetireForm(),
    }
    return render(request, "academy/desk/question.html", said)


@require_POST
@opens_to(*BANK_KEEPERS)
def retire_question(request: StaffRequest, pk: int) -> HttpResponse:
    held, form = queries.question_for(request.user, pk), RetireForm(request.POST)
    if form.is_valid():
        services.retire_question(held, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Retired. Nobody is asked it any more who has not seen it."))
    return redirect("exam_desk:bank_question", pk)


@require_safe
@opens_to(*COORDINATORS)
def requests(request: StaffRequest) -> HttpResponse:
    return render(request, "academy/desk/requests.html", {"rows": queries.waiting_requests(request.user)})


@require_POST
@opens_to(*COORDINATORS)
def decide_request(request: StaffRequest, pk: int) -> HttpResponse:
    """Granted or not, as the pressed button says."""
    held = queries.request_for(request.user, pk)
    services.decide_request(held, is_granted=request.POST.get("grant") == "1", by=request.user)
    return redirect("exam_desk:requests")


@require_safe
@opens_to(*COORDINATORS)
def desk_attempt(request: StaffRequest, number: uuid.UUID) -> HttpResponse:
    """An appeal is judged by what the server wrote down."""
    return _attempt(request, number, AllowForm(initial={"reason": "other"}))


def _attempt(request: StaffRequest, number: uuid.UUID, form: AllowForm, status: int = 200) -> HttpResponse:
    held = queries.attempt_at_desk(request.user, number)
    said = {
        "attempt": held,
        "events": queries.events_of(held),
        "lines": outcomes.question_lines(exams.places_of(held), request.user.language),
        "form": form,
    }
    return render(request, "academy/desk/attempt.html", said, status=status)


@require_POST
@opens_to(*COORDINATORS)
def allow_more(request: StaffRequest, number: uuid.UUID) -> HttpResponse:
    held, form = queries.attempt_at_desk(request.user, number), AllowForm(request.POST)
    if not form.is_valid():
        return _attempt(request, number, form, status=422)
    try:
        more = form.cleaned_data
        services.allow_more(held.enrolment, **more, kind=held.kind, module=held.module, by=request.user)
    except TestRefusedError as refused:
        form.add_error("minutes", str(refused))
        return _attempt(request, number, form, status=422)
    messages.success(request, _("Saved."))
    return redirect("exam_desk:attempt", number)
