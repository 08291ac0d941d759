"""One talk as one screen, and everything that is said on it."""

import uuid
from typing import Any

from django import forms
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to
from panoh.ground.ui.safety import safe_back

from .. import policy, queries, services
from ..errors import TalkRefusedError
from ..forms.contact import WriteUpForm
from ..forms.talk import ReasonForm, SayForm, TransferForm, UrgencyForm, WhisperForm
from ..models import Talk
from ..policy import DESK, READERS
from .answering import attempt, background, first_error, wants_json

KEYS = (
    ("r", gettext_noop("Write to the person")),
    ("Ctrl Enter", gettext_noop("Send")),
    ("w", gettext_noop("Whisper")),
    ("h", gettext_noop("Help me with this one")),
    ("b", gettext_noop("I need a break")),
    ("s", gettext_noop("The other script")),
    ("u", gettext_noop("Write it up")),
    ("q", gettext_noop("Back to the queue")),
)


def script_of(request: StaffRequest) -> str:
    """``other`` turns Latin into Cyrillic and back, for the eye only."""
    return queries.OTHER if request.GET.get("script") == queries.OTHER else ""


@require_safe
@opens_to(*READERS)
def talk(request: StaffRequest, reference: str) -> HttpResponse:
    """Opening a talk is on record; whoever supervises is not announced."""
    talk = queries.talk_for(request.user, reference)
    services.note_view(talk, by=request.user)
    return talk_screen(request, talk)


def talk_screen(request: StaffRequest, talk: Talk, *, status: int = 200, **typed: forms.Form) -> HttpResponse:
    """The screen with the forms as they were typed; forms that were not touched are fresh."""
    talk = queries.talk_for(request.user, talk.conversation.reference)
    script = script_of(request)
    page = queries.talk_page(request.user, talk, script=script)
    topics = queries.answers_for(talk, alias=request.user.shown_name) if page.can["answer"] else []
    context: dict[str, Any] = {
        "page": page,
        "talk": talk,
        "script": script,
        "here": f"{reverse('helpline:talk', args=[talk.conversation.reference])}{'?script=other' if script else ''}",
        "topics": topics,
        "page_keys": [(key, _(text)) for key, text in KEYS],
        **_fresh_forms(page, _chosen(topics, request.GET.get("answer", ""))),
        **typed,
    }
    return render(request, "helpline/talk.html", context, status=status)


def _chosen(topics: list[queries.Topic], code: str) -> str:
    """The sentence somebody put in without a script; it is still theirs to change and to send."""
    return next((one.text for topic in topics for one in topic.answers if one.code == code), "")


def _fresh_forms(page: queries.TalkPage, words: str) -> dict[str, forms.Form]:
    return {
        "say_form": SayForm(auto_id="say-%s", initial={"key": uuid.uuid4(), "text": words}),
        "whisper_form": WhisperForm(auto_id="whisper-%s"),
        "urgency_form": UrgencyForm(auto_id="urgency-%s", initial={"urgency": str(page.talk.urgency)}),
        "transfer_form": TransferForm(auto_id="transfer-%s", colleagues=page.colleagues),
        "take_over_form": ReasonForm(auto_id="over-%s"),
        "write_up_form": WriteUpForm.of(page.contact, page.summary, auto_id="write-%s"),
    }


@background
@require_safe
@opens_to(*READERS)
def lines(request: StaffRequest, reference: str) -> HttpResponse:
    """Lines changed after ``after`` as the page shows them, so that one renderer draws all."""
    talk = queries.talk_for(request.user, reference)
    if cache.add(f"viewed:{talk.pk}:{request.user.pk}", 1, 600):  # also for one who never opened the page itself
        services.note_view(talk, by=request.user)
    after = request.GET.get("after", "")
    shown = queries.shown_lines(talk, after=int(after) if after.isdecimal() else 0, script=script_of(request))
    can = {"answer": policy.can_answer(request.user, talk)}
    context = {"lines": shown, "talk": talk, "script": script_of(request), "can": can}
    return render(request, "helpline/parts/lines.html", context)


@require_safe
@opens_to(*READERS)
def wordings(request: StaffRequest, reference: str, seq: int) -> HttpResponse:
    """What a message said before it was changed."""
    talk = queries.talk_for(request.user, reference)
    found = queries.wordings(talk, seq, script=script_of(request))
    context = {"talk": talk, "seq": seq, "wordings": found, "script": script_of(request)}
    moving = request.headers.get("HX-Request") == "true"
    return render(request, "helpline/parts/wordings.html" if moving else "helpline/wordings.html", context)


@require_POST
@opens_to(*DESK)
def say(request: StaffRequest, reference: str) -> HttpResponse:
    """Words to the person. The same key twice is one message, however often it is sent."""
    return _said(request, reference, SayForm(request.POST, auto_id="say-%s"), services.say, "say_form")


@require_POST
@opens_to(*DESK)
def whisper(request: StaffRequest, reference: str) -> HttpResponse:
    """Words that only staff read."""
    return _said(request, reference, WhisperForm(request.POST, auto_id="whisper-%s"), services.whisper, "whisper_form")


def _said(request: StaffRequest, reference: str, form: forms.Form, act: Any, name: str) -> HttpResponse:
    talk = queries.talk_for(request.user, reference)
    message = attempt(form, lambda **fields: act(talk, **fields, by=request.user))
    if message is not None:
        kept = {"seq": message.seq, "version": message.version, "kind": message.kind}
        return JsonResponse(kept) if wants_json(request) else _to_talk(request, reference)
    if wants_json(request):
        return JsonResponse({"error": first_error(form)}, status=422)
    return talk_screen(request, talk, status=422, **{name: form})


def _to_talk(request: StaffRequest, reference: str, where: str = "#last") -> HttpResponse:
    """Back to the talk as it was looked at: the script stays."""
    response = redirect("helpline:talk", reference)
    response["Location"] = safe_back(request.POST.get("next"), response["Location"]) + where
    return response


@require_POST
@opens_to(*DESK)
def typing(request: StaffRequest, reference: str) -> HttpResponse:
    """A sign that we write; it is told and forgotten."""
    talk = queries.talk_for(request.user, reference)
    try:
        services.tell_typing(talk, by=request.user)
    except TalkRefusedError:
        return HttpResponse(status=409)
    return HttpResponse(status=204)
