"""The supervisor's board, and the words that wait for a supervisor."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts.public import Role, StaffRequest, opens_to

from .. import queries, services
from .answering import background, calmly


@require_safe
@opens_to(Role.SUPERVISOR)
def board(request: StaffRequest) -> HttpResponse:
    return render(request, "helpline/board.html", _board(request))


@background
@require_safe
@opens_to(Role.SUPERVISOR)
def board_now(request: StaffRequest) -> HttpResponse:
    """The moving part of the page."""
    return render(request, "helpline/parts/board.html", _board(request))


def _board(request: StaffRequest) -> dict[str, object]:
    return {
        "board": queries.board(request.user),
        "held": queries.held_words(request.user),
        "on_call": queries.on_call_now(),
    }


@require_POST
@opens_to(Role.SUPERVISOR)
def decide_held(request: StaffRequest, pk: int) -> HttpResponse:
    """Release or refuse; anything else is neither."""
    held = queries.held_for(request.user, pk)
    decision = request.POST.get("decision")
    if decision not in {"release", "refuse"}:
        messages.warning(request, _("Choose: release or refuse."))
        return redirect("helpline:board")
    done = _("The words are on their way.") if decision == "release" else _("The words stay here.")
    with calmly(request, done):
        services.decide_held(held, release=decision == "release", by=request.user)
    return redirect("helpline:board")


@require_POST
@opens_to(Role.SUPERVISOR)
def hold_debrief(request: StaffRequest, pk: int) -> HttpResponse:
    wish = queries.debrief_for(request.user, pk)
    with calmly(request, _("Written down: you talked.")):
        services.hold_debrief(wish, by=request.user)
    return redirect("helpline:board")
