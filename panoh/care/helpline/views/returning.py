"""The return code: shown once, looks like a shopping list, opens the talk from any device."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from panoh.care.talks import public as talks
from panoh.ground.languages.public import word
from panoh.ground.ui.safety import quiet, same_origin
from panoh.ground.vault import public as vault

from .. import queries
from ..forms.street import CodeForm
from .street import enter, language, talk_here

REPORT_COOKIE = "report"  # the reports' own; a code opens whatever it was given for


@login_not_required
@csrf_exempt
@same_origin
@quiet
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Make a return code. It is never kept and never shown again; a newer one ends the older."""
    talk = talk_here(request)
    if talk is None:
        return redirect("talk:start")
    if request.method == "GET":
        return render(request, "helpline/street/code_ask.html", {"has_one": talk.conversation.receipts.exists()})
    try:
        shown = talks.issue_receipt(talk.conversation)
    except vault.BusyError:
        context = {"problem": word("code.busy", language())}
        return render(request, "helpline/street/code_ask.html", context, status=503)
    return render(request, "helpline/street/code.html", {"goods": shown.splitlines()})


@login_not_required
@csrf_exempt
@same_origin
@quiet
@require_http_methods(["GET", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Open what a code was given for; wrong, expired and locked look the same but for the wait."""
    form = CodeForm(request.POST or None)
    problem, status = "", 200
    if request.method == "POST" and form.is_valid():
        try:
            conversation = talks.conversation_by_receipt(form.cleaned_data["code"])
        except talks.ReceiptRefusedError as refused:
            minutes = -(-refused.wait_seconds // 60)
            problem = word("code.wait", language(), minutes=minutes) if minutes else word("code.unknown", language())
            status = 429 if minutes else 404
        except vault.BusyError:
            problem, status = word("code.busy", language()), 503
        else:
            return _opened(conversation)
    return render(request, "helpline/street/back.html", {"form": form, "problem": problem}, status=status)


def _opened(conversation: talks.Conversation) -> HttpResponse:
    """A talk, or a report: its pages let in by a cookie of their own."""
    if conversation.purpose != talks.Purpose.REPORT:
        return enter(redirect("talk:now"), queries.talk_of(conversation))
    response = redirect("report:now")
    response.set_cookie(
        REPORT_COOKIE,
        talks.start_visit(conversation),
        httponly=True,
        samesite="Strict",
        secure=settings.SECURE_HTTPS,
    )
    return response
