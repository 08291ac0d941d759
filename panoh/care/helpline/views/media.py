"""Files from outside: asked for with a reason, shown blurred, never in the sexual kinds."""

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import policy, queries, services
from ..errors import TalkRefusedError
from ..forms.talk import AskFileForm
from ..models import Talk
from ..policy import DESK
from .answering import attempt, calmly

SHUT = {"default-src": [NONE], "sandbox": True, "frame-ancestors": [NONE]}


@csp_update({"media-src": [SELF]})
@require_safe
@opens_to(*DESK)
def media(request: StaffRequest, reference: str, seq: int) -> HttpResponse:
    """One file: what is known about it, and the question that must be answered before it is fetched."""
    talk = queries.talk_for(request.user, reference)
    return _page(request, talk, seq, AskFileForm())


def _page(request: StaffRequest, talk: Talk, seq: int, form: AskFileForm, status: int = 200) -> HttpResponse:
    line = queries.file_line(talk, seq)
    if line is None:
        raise Http404
    page = {"talk": talk, "line": line, "form": form, "can": policy.can_answer(request.user, talk)}
    return render(request, "helpline/media.html", page, status=status)


@require_POST
@opens_to(*DESK)
def ask_media(request: StaffRequest, reference: str, seq: int) -> HttpResponse:
    """Nothing is fetched before somebody says what it shows and why."""
    talk = queries.talk_for(request.user, reference)
    form = AskFileForm(request.POST)
    attempt(form, lambda **typed: services.ask_media(talk, seq=seq, **typed, by=request.user))
    if form.errors:
        return _page(request, talk, seq, form, status=422)
    return redirect("helpline:media", reference, seq)


@require_POST
@opens_to(*DESK)
def lock_media(request: StaffRequest, reference: str) -> HttpResponse:
    """Every file of the talk is closed for everyone, for good."""
    talk = queries.talk_for(request.user, reference)
    with calmly(request, _("The files of this talk are locked for good. Nobody will see them.")):
        services.lock_media(talk, by=request.user)
    return redirect("helpline:talk", reference)


@csp_replace(SHUT)
@require_safe
@opens_to(*DESK)
def open_media(request: StaffRequest, reference: str, seq: int) -> HttpResponse:
    """The bytes, typed by their content, in a sandbox, never stored; each look is on record."""
    talk = queries.talk_for(request.user, reference)
    try:
        content, kind = services.open_media(talk, seq=seq, by=request.user)
    except TalkRefusedError as closed:
        raise Http404 from closed
    response = HttpResponse(content, content_type=kind)
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response
