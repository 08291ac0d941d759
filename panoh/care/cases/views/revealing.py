"""Who is behind an alias: asked, decided by a custodian, opened once; at U1 looked at alone and judged."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts.public import Role, StaffRequest, opens_to

from .. import queries, services
from ..errors import REFUSALS
from ..forms import file as forms
from ..policy import DESK, REVIEWERS
from .acting import attempt, to_part
from .file import case_screen, purpose_of, read, typed


@require_POST
@opens_to(*DESK)
def ask_reveal(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.RevealForm, found)

    def ask(*, of: str, **told: Any) -> object:
        return services.ask_reveal(found, conversation=queries.conversation_of(found, of), **told)

    return typed(request, found, form, ask, part="summary", done=_("A custodian is asked."))


@require_POST
@opens_to(*DESK)
def open_reveal(request: StaffRequest, reference: str, pk: str) -> HttpResponse:
    """Shown once, on this answer only; loading it again shows nothing."""
    found = queries.case_for(request.user, reference)
    reveal = queries.reveal_for(request.user, pk, case=found)
    try:
        identity = services.open_reveal(reveal, by=request.user)
    except REFUSALS as refusal:
        messages.warning(request, str(refusal))
        return to_part(reference)
    return _revealed(request, found, reveal.conversation, identity)


@require_POST
@opens_to(*DESK)
def break_glass(request: StaffRequest, reference: str) -> HttpResponse:
    """U1 only: one person looks, others are told at once."""
    found = queries.case_for(request.user, reference)
    if purpose_of(request.user, found) is None:
        return to_part(reference)
    form = read(request, forms.GlassForm, found)
    told: dict[str, Any] = {}

    def look(*, of: str, reason: str) -> str:
        told["of"] = queries.conversation_of(found, of)
        return services.break_glass(found, conversation=told["of"], reason=reason, by=request.user)

    was_done, identity = attempt(form, look)
    if not was_done:
        return case_screen(request, found, "summary", status=422, glass_form=form)
    return _revealed(request, found, told["of"], identity)


def _revealed(request: StaffRequest, found: Any, conversation: Any, identity: str) -> HttpResponse:
    context = {"case": found, "conversation": conversation, "identity": identity}
    return render(request, "cases/revealed.html", context)


# --- the custodian's and the reviewer's -------------------------------------------------------------------------------


@require_safe
@opens_to(Role.CUSTODIAN)
def reveals(request: StaffRequest) -> HttpResponse:
    return _reveals(request)


def _reveals(request: StaffRequest, status: int = 200, **typed: Any) -> HttpResponse:
    context = {"reveals": queries.reveals_for(request.user), "form": forms.RevealDecideForm(), **typed}
    return render(request, "cases/reveals.html", context, status=status)


@require_POST
@opens_to(Role.CUSTODIAN)
def decide_reveal(request: StaffRequest, pk: str) -> HttpResponse:
    reveal = queries.reveal_for(request.user, pk)
    form = forms.RevealDecideForm(request.POST)
    was_done, _row = attempt(form, lambda **told: services.decide_reveal(reveal, **told, by=request.user))
    if not was_done:
        return _reveals(request, 422, form=form, wrong=reveal.pk)
    messages.success(request, _("Decided."))
    return redirect("cases:reveals")


@require_safe
@opens_to(*REVIEWERS)
def reviews(request: StaffRequest) -> HttpResponse:
    """Looks alone at U1, to be judged by somebody else, and how many there were in each month."""
    return _reviews(request)


def _reviews(request: StaffRequest, status: int = 200, **typed: Any) -> HttpResponse:
    context = {
        "reviews": queries.reviews_for(request.user),
        "counts": queries.public_counts("break_glass"),
        "form": forms.ReviewForm(),
        **typed,
    }
    return render(request, "cases/reviews.html", context, status=status)


@require_POST
@opens_to(*REVIEWERS)
def review_glass(request: StaffRequest, pk: str) -> HttpResponse:
    glass = queries.glass_for(request.user, pk)
    form = forms.ReviewForm(request.POST)
    was_done, _row = attempt(form, lambda **told: services.review_glass(glass, **told, by=request.user))
    if not was_done:
        return _reviews(request, 422, form=form, wrong=glass.pk)
    messages.success(request, _("Judged."))
    return redirect("cases:reviews")
