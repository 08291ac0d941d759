"""Children's words at the desk: entered, read by two, taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import services
from ..errors import PortalRefusedError
from ..forms.voices import VoiceForm
from ..policy import EDITORS
from ..queries import voices as kept


@require_http_methods(["GET", "HEAD"])
@opens_to(*EDITORS)
def voices(request: StaffRequest) -> HttpResponse:
    return render(
        request, "portal/desk/voices.html", {"voices": kept.with_words(kept.voices_of_desk(request.user)[:200])}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*EDITORS)
def add_voice(request: StaffRequest) -> HttpResponse:
    form = VoiceForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            voice = services.enter_voice(**form.cleaned_data, by=request.user)
        except PortalRefusedError as refusal:
            form.add_error("text", str(refusal))
        else:
            return redirect("portal_desk:voice", voice.code)
    said = {"form": form, "heading": _("Enter a child's words")}
    return render(request, "portal/desk/form.html", said, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD"])
@opens_to(*EDITORS)
def voice(request: StaffRequest, code: str) -> HttpResponse:
    one = kept.voice_for(request.user, code)
    said = {"voice": one, "words": kept.words_of(one), "may_review": kept.may_review(request.user, one)}
    return render(request, "portal/desk/voice.html", said)


@require_POST
@opens_to(*EDITORS)
def review_voice(request: StaffRequest, code: str) -> HttpResponse:
    """As the pressed button says."""
    one = kept.voice_for(request.user, code)
    try:
        services.review_voice(one, accept=request.POST.get("accept") == "1", by=request.user)
    except PortalRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("portal_desk:voice", code)


@require_POST
@opens_to(*EDITORS)
def withdraw_voice(request: StaffRequest, code: str) -> HttpResponse:
    one = kept.voice_for(request.user, code)
    try:
        services.withdraw_voice(one, by=request.user)
    except PortalRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("portal_desk:voice", code)
