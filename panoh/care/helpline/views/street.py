"""The web talk: three taps to a person. No account, no name, no cookie before the first answer is sent."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panoh.care.talks import public as talks
from panoh.ground.common import bell
from panoh.ground.languages.public import may_show, word
from panoh.ground.organisations.public import numbers_to_call
from panoh.ground.ui.safety import quiet, same_origin

from .. import queries, services
from ..forms.street import MOST, ComplaintForm, SayForm, StepForm
from ..models import Status, Talk

COOKIE = "talk"


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def talk_here(request: HttpRequest) -> Talk | None:
    """The talk that this browser holds open, by its cookie."""
    conversation = talks.conversation_by_visit(request.COOKIES.get(COOKIE, ""))
    return queries.talk_of(conversation) if conversation else None


def enter(response: HttpResponse, talk: Talk) -> HttpResponse:
    """Give this browser the talk: a cookie that scripts cannot read and other sites cannot send."""
    response.set_cookie(
        COOKIE,
        talks.start_visit(talk.conversation),
        httponly=True,
        samesite="Strict",
        secure=settings.SECURE_HTTPS,
    )
    return response


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


@login_not_required
@require_GET
@quiet
def numbers(request: HttpRequest) -> HttpResponse:
    """Numbers to call. Where nobody reviewed our sentences in this language, the verified numbers stand alone."""
    if not may_show("number.title", language()):
        return render(request, "helpline/street/numbers_only.html", {"numbers": numbers_to_call(language())})
    return render(request, "helpline/street/numbers.html", {"numbers": numbers_to_call(language())})


@login_not_required
@require_GET
@quiet
def notice(request: HttpRequest) -> HttpResponse:
    """What happens with words, and how often one of us looked alone: the centre counts that in public."""
    context = {"backup_days": queries.longest_backup_days(), "looked_alone": queries.looked_alone()}
    return render(request, "helpline/street/notice.html", context)


@login_not_required
@csrf_exempt
@same_origin
@quiet
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Who are you, is anyone in danger: two taps, each a button. The second one opens the talk."""
    if not queries.is_talk_open(language()):
        return render(request, "helpline/street/closed.html", {"numbers": numbers_to_call(language())}, status=503)
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not form.cleaned_data["danger"]:
            return render(request, "helpline/street/danger.html", _danger_page(form))
        if (waiting := _flood_gate(request, form)) is not None:
            return waiting
        return _open_talk(form)
    context = {"form": form, "open_talk": talk_here(request), "numbers": numbers_to_call(language())}
    return render(request, "helpline/street/start.html", context)


def _danger_page(form: StepForm) -> dict[str, Any]:
    return {"who": form.cleaned_data["who"], "key": uuid.uuid4(), "numbers": numbers_to_call(language())}


def _open_talk(form: StepForm) -> HttpResponse:
    """The same form sent twice (a double tap, a replay) opens one talk."""
    said = form.cleaned_data
    talk = services.start_talk(channel=talks.Channel.WEB, language=language(), caller_role=said["who"], key=said["key"])
    services.answer_step(talk, caller_role=said["who"], danger=said["danger"])
    services.request_person(talk)
    return enter(redirect("talk:now"), talk)


def _flood_gate(request: HttpRequest, form: StepForm) -> HttpResponse | None:
    """None lets the person in. Danger is never kept waiting."""
    if form.cleaned_data["danger"] == "yes" or not queries.is_flooded():
        return None
    said = form.cleaned_data
    if talks.lets_in(solved=said["sum"], stamp=said["stamp"]):
        return None
    fields = [(name, said[name]) for name in ("who", "danger", "key")]
    context = {
        "action": request.path,
        "fields": fields,
        "danger": "danger",
        "in_danger": [(name, value) for name, value in fields if name != "danger"],
        "gate": talks.gate_for(said["stamp"], str(said["key"])),
    }
    return render(request, "talks/wait.html", context, status=429)


@login_not_required
@csrf_exempt
@same_origin
@quiet
@require_http_methods(["GET", "POST"])
def now(request: HttpRequest) -> HttpResponse:
    """The open talk. A POST only looks again, and keeps what was typed so far."""
    talk = talk_here(request)
    if talk is None:
        return redirect("talk:start")
    return _talk_page(request, talk, draft=request.POST.get("text", "")[:MOST])


def _talk_page(
    request: HttpRequest, talk: Talk, *, draft: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    lines = talks.all_lines(talk.conversation)
    last = max((line.version for line in lines), default=0)
    if lines:
        talks.mark_seen(talk.conversation, upto=last)
    context = {
        "talk": talk,
        "lines": lines,
        "last": last,
        "draft": draft,
        "problem": problem,
        "key": uuid.uuid4(),
        "most": MOST,
        "waiting_minutes": _waiting_minutes(talk),
        "opens_at": queries.opens_at(),
        "answers": queries.complaint_answers(talk),
        "numbers": numbers_to_call(language(), talk.region) if talk.urgency == 1 or queries.opens_at() else [],
    }
    return render(request, "helpline/street/now.html", context, status=status)


@login_not_required
@require_GET
@quiet
def state(request: HttpRequest) -> HttpResponse:
    """The one sentence above the talk, asked again by the open page when something happened."""
    talk = talk_here(request)
    if talk is None:
        raise Http404
    context = {"talk": talk, "waiting_minutes": _waiting_minutes(talk), "opens_at": queries.opens_at()}
    return render(request, "helpline/street/_state.html", context, content_type="text/plain; charset=utf-8")


def _waiting_minutes(talk: Talk) -> int:
    if talk.status != Status.WAITING or talk.promised_at is None:
        return 0
    return max(1, round((talk.promised_at - timezone.now()).total_seconds() / 60))


@login_not_required
@csrf_exempt
@same_origin
@quiet
@require_POST
def say(request: HttpRequest) -> HttpResponse:
    """Take the person's words. Sent twice with one key they are one message; refused ones come back in the field."""
    talk = talk_here(request)
    if talk is None:
        return _lost_talk(request)
    form = SayForm(request.POST)
    problem, status = _problem(form, talk)
    if problem:
        if wants_json(request):
            return JsonResponse({"problem": problem}, status=status)
        return _talk_page(request, talk, draft=form.data.get("text", ""), problem=problem, status=status)
    message = services.receive_words(talk, body=form.cleaned_data["text"], key=form.cleaned_data["key"])
    kept = {"seq": message.seq, "version": message.version}
    response: HttpResponse = JsonResponse(kept) if wants_json(request) else redirect("talk:now")
    if message.conversation_id != talk.pk:  # it ended while this was sent: the words began a new talk, and stay theirs
        return enter(response, queries.talk_of(message.conversation))
    return response


def _problem(form: SayForm, talk: Talk) -> tuple[str, int]:
    if not form.is_valid():
        return form.first_problem(), 400
    if talk.status == Status.CLOSED:
        return word("error.closed", language()), 409
    if queries.writes_too_fast(talk.conversation):
        return word("error.slow_down", language(), seconds=30), 429
    return "", 200


def _lost_talk(request: HttpRequest) -> HttpResponse:
    """The cookie is gone or too old: the words come back on the page, to be copied or sent in a new talk."""
    if wants_json(request):
        return JsonResponse({"problem": word("error.lost", language())}, status=410)
    context = {"draft": request.POST.get("text", "")[:MOST], "numbers": numbers_to_call(language())}
    return render(request, "helpline/street/lost.html", context, status=410)


@login_not_required
@csrf_exempt
@same_origin
@quiet
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """The open page shows everything up to a version: what we sent is delivered."""
    talk = talk_here(request)
    upto = request.POST.get("upto", "")
    if talk is not None and upto.isdecimal() and len(upto) < 9:
        talks.mark_seen(talk.conversation, upto=int(upto))
    return HttpResponse(status=204)


@login_not_required
@csrf_exempt
@same_origin
@quiet
@require_POST
def typing(request: HttpRequest) -> HttpResponse:
    """Somebody types: a bell without a word in it."""
    conversation = talks.conversation_by_visit(request.COOKIES.get(COOKIE, ""))
    if conversation is not None:
        bell.ring(f"typing:{conversation.pk}:in")
    return HttpResponse(status=204)


@login_not_required
@csrf_exempt
@same_origin
@quiet
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest) -> HttpResponse:
    """The person ends the talk; asked once."""
    talk = talk_here(request)
    if talk is None:
        return redirect("talk:start")
    if request.method == "GET":
        return render(request, "helpline/street/end.html", {"talk": talk})
    services.person_left(talk)
    return _let_go(request, "helpline/street/ended.html")


@login_not_required
@csrf_exempt
@same_origin
@quiet
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Every word is erased at once; asked once."""
    talk = talk_here(request)
    if talk is None:
        return redirect("talk:start")
    if request.method == "GET":
        return render(request, "helpline/street/delete.html", {"talk": talk})
    services.forget_talk(talk)
    return _let_go(request, "helpline/street/deleted.html")


def _let_go(request: HttpRequest, template: str) -> HttpResponse:
    talks.end_visit(request.COOKIES.get(COOKIE, ""))
    response = render(request, template)
    response.delete_cookie(COOKIE, samesite="Strict")
    return response


@login_not_required
@csrf_exempt
@same_origin
@quiet
@require_http_methods(["GET", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """Something was not right: somebody else reads it."""
    talk = talk_here(request)
    if talk is None:
        raise Http404
    form = ComplaintForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        services.complain(talk, text=form.cleaned_data["text"], key=form.cleaned_data["key"])
        return render(request, "helpline/street/complained.html", {"talk": talk})
    return render(request, "helpline/street/complain.html", {"talk": talk, "form": form, "key": uuid.uuid4()})
