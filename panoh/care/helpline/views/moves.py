"""What moves a talk: hold, hand over, take over, judge, ask for help, send again, break."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from panoh.ground.accounts.public import Role, StaffRequest, opens_to

from .. import queries, services
from ..forms.talk import ReasonForm, TransferForm, UrgencyForm
from ..policy import DESK
from .answering import attempt, back, calmly
from .talk import talk_screen


def _one_press(request: StaffRequest, reference: str, act: Callable[..., Any], done: str = "") -> HttpResponse:
    """A press without a form: it is done, or it is said why not."""
    talk = queries.talk_for(request.user, reference)
    with calmly(request, done):
        act(talk, by=request.user)
    return back(request, reverse("helpline:talk", args=[reference]))


@require_POST
@opens_to(*DESK)
def ask_help(request: StaffRequest, reference: str) -> HttpResponse:
    """ "Help me with this one": one press, every supervisor sees it."""
    return _one_press(request, reference, services.ask_help, _("A supervisor can see now that you need help here."))


@require_POST
@opens_to(*DESK)
def hold_talk(request: StaffRequest, reference: str) -> HttpResponse:
    return _one_press(request, reference, services.hold_talk)


@require_POST
@opens_to(*DESK)
def resume_talk(request: StaffRequest, reference: str) -> HttpResponse:
    return _one_press(request, reference, services.resume_talk)


@require_POST
@opens_to(*DESK)
def send_again(request: StaffRequest, reference: str, seq: int) -> HttpResponse:
    """A message whose fate is bad or unknown goes out once more, because a person said so."""

    def again(talk: Any, *, by: Any) -> None:
        services.send_words_again(talk, seq=seq, by=by)

    return _one_press(request, reference, again)


@require_POST
@opens_to(*DESK)
def set_urgency(request: StaffRequest, reference: str) -> HttpResponse:
    """Raising is one press; lowering needs a reason."""
    talk = queries.talk_for(request.user, reference)
    form = UrgencyForm(request.POST, auto_id="urgency-%s")
    if attempt(form, lambda **typed: services.set_urgency(talk, **typed, by=request.user)) is None:
        return talk_screen(request, talk, status=422, urgency_form=form)
    return redirect("helpline:talk", reference)


@require_POST
@opens_to(*DESK)
def transfer_talk(request: StaffRequest, reference: str) -> HttpResponse:
    talk = queries.talk_for(request.user, reference)
    people = queries.colleagues(request.user, talk.language)
    form = TransferForm(request.POST, auto_id="transfer-%s", colleagues=people)
    if attempt(form, lambda **typed: services.transfer_talk(talk, **typed, by=request.user)) is None:
        return talk_screen(request, talk, status=422, transfer_form=form)
    messages.success(request, _("The talk is handed over."))
    return redirect("helpline:queue")


@require_POST
@opens_to(Role.SUPERVISOR)
def take_over(request: StaffRequest, reference: str) -> HttpResponse:
    """A supervisor takes a talk, at once and on the record."""
    talk = queries.talk_for(request.user, reference)
    form = ReasonForm(request.POST, auto_id="over-%s")
    if attempt(form, lambda **typed: services.take_over(talk, **typed, by=request.user)) is None:
        return talk_screen(request, talk, status=422, take_over_form=form)
    return redirect("helpline:talk", reference)
