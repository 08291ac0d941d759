"""Writing a talk up: kept while it is filled in, finished in one press."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import queries, services
from ..forms.contact import WriteUpForm
from ..policy import DESK
from .answering import attempt, calmly
from .talk import talk_screen


@require_POST
@opens_to(*DESK)
def begin_wrap_up(request: StaffRequest, reference: str) -> HttpResponse:
    talk = queries.talk_for(request.user, reference)
    with calmly(request):
        services.begin_wrap_up(talk, by=request.user)
    response = redirect("helpline:talk", reference)
    response["Location"] += "#write-up"
    return response


@require_POST
@opens_to(*DESK)
def save_wrap_up(request: StaffRequest, reference: str) -> HttpResponse:
    """Keeps what is filled in so far. A script that saves while somebody types gets one line back."""
    talk = queries.talk_for(request.user, reference)
    form = WriteUpForm(request.POST, auto_id="write-%s")
    contact = attempt(form, lambda **filled: services.save_wrap_up(talk.contact, **filled, by=request.user))
    if request.headers.get("HX-Request") == "true":
        return saved_line(request, form)
    if contact is None:
        return talk_screen(request, talk, status=422, write_up_form=form)
    response = redirect("helpline:talk", reference)
    response["Location"] += "#write-up"
    return response


def saved_line(request: StaffRequest, form: WriteUpForm) -> HttpResponse:
    """ "Kept at 14:02", or what keeps it from being kept."""
    context: dict[str, Any] = {"form": form}
    return render(request, "helpline/parts/saved.html", context)


@require_POST
@opens_to(*DESK)
def finish_talk(request: StaffRequest, reference: str) -> HttpResponse:
    """The end: what was written up is kept, the talk is closed and its contact counted."""
    talk = queries.talk_for(request.user, reference)
    form = WriteUpForm(request.POST, auto_id="write-%s")
    told = request.POST.get("seen", "")
    seen = int(told) if told.isdecimal() and len(told) < 10 else None
    contact = attempt(form, lambda **filled: services.finish_talk(talk, **filled, seen=seen, by=request.user))
    if contact is None:
        return talk_screen(request, talk, status=422, write_up_form=form)
    done = _("The talk is finished and counted as %(reference)s. Take a breath before the next one.")
    messages.success(request, done % {"reference": contact.reference})
    return redirect("helpline:queue")
