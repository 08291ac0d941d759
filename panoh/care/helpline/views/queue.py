"""The queue: who waits, the next one first; and whether I am on."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import policy, queries, services
from ..errors import TalkRefusedError
from ..policy import DESK
from .answering import back, background, calmly

KEYS = (
    ("Space", gettext_noop("Accept the next one")),
    ("j k", gettext_noop("Down and up the list")),
    ("a", gettext_noop("Accept the chosen one")),
    ("d", gettext_noop("Decline what is offered to me")),
    ("Enter", gettext_noop("Open the chosen talk")),
    ("b", gettext_noop("I need a break")),
)


@require_safe
@opens_to(*DESK)
def queue(request: StaffRequest) -> HttpResponse:
    page_keys = [(key, _(text)) for key, text in KEYS]
    return render(request, "helpline/queue.html", {**_waiting(request), "page_keys": page_keys})


@background
@require_safe
@opens_to(*DESK)
def queue_now(request: StaffRequest) -> HttpResponse:
    """The moving part of the page."""
    return render(request, "helpline/parts/queue.html", _waiting(request))


def _waiting(request: StaffRequest) -> dict[str, object]:
    return {
        "queue": queries.queue(request.user),
        "leads": policy.can_lead(request.user),
        "break_due": queries.break_due(request.user),
    }


@require_POST
@opens_to(*DESK)
def accept_talk(request: StaffRequest, reference: str) -> HttpResponse:
    return _accept(request, reference)


def _accept(request: StaffRequest, reference: str) -> HttpResponse:
    """Of two who press at once one gets the talk; the other one is told and stays at the queue."""
    try:
        talk = queries.waiting_talk_for(request.user, reference)
        services.accept_talk(talk, by=request.user)
    except (Http404, TalkRefusedError) as refusal:
        gone = _("Nobody waits here any more: somebody else is with this person, or they left.")
        messages.warning(request, gone if isinstance(refusal, Http404) else str(refusal))
        return redirect("helpline:queue")
    return redirect("helpline:talk", reference)


@require_POST
@opens_to(*DESK)
def accept_next(request: StaffRequest) -> HttpResponse:
    """The one offered to me, or else the first that I can take."""
    row = queries.next_row(request.user)
    if row is None:
        messages.info(request, _("Nobody is waiting for you right now."))
        return redirect("helpline:queue")
    return _accept(request, row.talk.conversation.reference)


@require_POST
@opens_to(*DESK)
def decline_talk(request: StaffRequest, reference: str) -> HttpResponse:
    talk = queries.waiting_talk_for(request.user, reference)
    with calmly(request):
        services.decline_talk(talk, by=request.user)
    return redirect("helpline:queue")


@require_POST
@opens_to(*DESK)
def set_presence(request: StaffRequest) -> HttpResponse:
    """On, full, on a break, off: one press from any page of the desk."""
    presence = request.POST.get("presence", "")
    with calmly(request):
        services.set_presence(request.user, presence=presence)
    return back(request, reverse("helpline:queue"))
