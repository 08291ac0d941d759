"""A learner's chat with our bot: come in by it, be reminded in it, part from it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from panoh.ground.common.centre import centre
from panoh.ground.ui.safety import safe_back

from ..chat_codes import shown
from ..errors import LearnerRefusedError, SignInRefusedError
from ..forms.learners import ByChatForm
from ..models import Learner
from ..services import learner_chats as services
from .learners import BROWSER, for_learners, keep_cookie, learner_page, why_not

TEMPLATE = "accounts/learners/chat_code.html"


@learner_page("GET", "HEAD", "POST")
def sign_in_by_chat(request: HttpRequest) -> HttpResponse:
    """The code for the bot; its answer is typed into this browser, on the page that takes every code."""
    form = ByChatForm(request.POST if request.method == "POST" else None)
    back = safe_back(request.POST.get("back") or request.GET.get("back"), "")
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.ask_by_chat(language=get_language() or settings.LANGUAGE_CODE, back=back)
        except SignInRefusedError as refused:
            form.add_error("agreed", why_not(refused))
        else:
            response = render(request, TEMPLATE, _said(asked.code) | {"is_sign_in": True})
            return keep_cookie(response, BROWSER, asked.browser, seconds=900)
    said = {"form": form, "back": back}
    return render(request, "accounts/learners/sign_in_by_chat.html", said, status=422 if form.errors else 200)


@learner_page("POST")
@for_learners
def link_chat(request: HttpRequest, learner: Learner) -> HttpResponse:
    try:
        asked = services.ask_by_chat(language=learner.language, learner=learner)
    except SignInRefusedError as refused:
        return render(request, "accounts/learners/over.html", {"why": why_not(refused)}, status=409)
    return render(request, TEMPLATE, _said(asked.code))


def _said(code: str) -> dict[str, Any]:
    """The bot's name in Telegram, where the centre says it, makes a link that types the code by itself."""
    bot = str(centre("telegram", "bot", default=""))
    return {"code": shown(code), "bot": bot, "link": f"https://t.me/{bot}?start={code}" if bot else ""}


@learner_page("POST")
@for_learners
def unlink_chat(request: HttpRequest, learner: Learner) -> HttpResponse:
    try:
        services.unlink_chat(learner)
    except LearnerRefusedError as refused:
        return render(request, "accounts/learners/over.html", {"why": str(refused)}, status=409)
    return redirect(reverse("learner:account") + "?saved=1")
