"""A learner's way in and out, and what they may do with their account. No session of Django, no CSRF cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from panoh.ground.notify import public as notify
from panoh.ground.ui.safety import quiet, safe_back, same_origin

from ..errors import LearnerRefusedError, SignInRefusedError
from ..forms.learners import AccountForm, CodeForm, PhoneSignInForm, SignInForm
from ..models import Learner
from ..queries import learners as queries
from ..services import learners as services

BROWSER = "learner-asks"
View = Callable[..., HttpResponse]


def why_not(refused: SignInRefusedError) -> str:
    return {
        "address": _("This is not an address we can send to. Look at it once more."),
        "way": _("This way is not open here. Use an e-mail address."),
        "many": _("Several codes were sent already. Look into your letters, or try again in a quarter of an hour."),
        "code": _("This is not the code. Look at it once more."),
        "over": _("This code or link is used up or too old. Ask for a new one."),
    }[refused.why]


def learner_page(*methods: str) -> Callable[[View], View]:
    """A page of one learner: stored by no cache, posts from our own pages only, no cookie of Django's."""

    def decorate(view: View) -> View:
        return login_not_required(csrf_exempt(same_origin(quiet(require_http_methods(methods)(view)))))

    return decorate


def for_learners(view: View) -> View:
    """Sends whoever is not signed in to the sign-in, and back afterwards; the learner is the second argument."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        learner = queries.learner_of(request)
        if learner is None:
            back = request.get_full_path() if request.method == "GET" else ""
            return redirect(reverse("learner:sign_in") + (f"?{urlencode({'back': back})}" if back else ""))
        services.note_seen(learner)
        return view(request, learner, *args, **kwargs)

    return opened


@learner_page("GET", "HEAD", "POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Known or unknown: the same letter, the same answer."""
    by_phone = "phone" in request.GET and notify.sms_available()
    form = (PhoneSignInForm if by_phone else SignInForm)(request.POST or None)
    back = safe_back(request.POST.get("back") or request.GET.get("back"), "")
    if request.method == "POST" and form.is_valid():
        try:
            browser = services.ask_to_sign_in(
                way="sms" if by_phone else "email",
                typed=form.cleaned_data["address"],
                language=get_language() or settings.LANGUAGE_CODE,
                back=back,
            )
        except SignInRefusedError as refused:
            form.add_error("address", why_not(refused))
        else:
            return keep_cookie(redirect("learner:code"), BROWSER, browser, seconds=900)
    said = {
        "form": form, "back": back, "by_phone": by_phone, "sms": notify.sms_available(),
        "telegram": notify.telegram_available(),
    }  # fmt: skip
    return render(request, "accounts/learners/sign_in.html", said, status=422 if form.errors else 200)


@learner_page("GET", "HEAD", "POST")
def code(request: HttpRequest) -> HttpResponse:
    browser = request.COOKIES.get(BROWSER, "")
    asked = queries.waiting_sign_in(browser)
    if asked is None:
        return redirect("learner:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _let_in(services.enter_code(browser, form.cleaned_data["code"]))
        except SignInRefusedError as refused:
            form.add_error("code", why_not(refused))
    said = {"form": form, "way": asked.way}
    return render(request, "accounts/learners/code.html", said, status=422 if form.errors else 200)


@learner_page("GET", "HEAD", "POST")
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The letter leads here. Looking uses nothing up: a mail scanner may look, too; the button does."""
    if request.method == "POST":
        try:
            return _let_in(services.enter_link(token))
        except SignInRefusedError as refused:
            return render(request, "accounts/learners/over.html", {"why": why_not(refused)}, status=410)
    if queries.sign_in_by_link(token) is None:
        why = why_not(SignInRefusedError("over"))
        return render(request, "accounts/learners/over.html", {"why": why}, status=410)
    response = render(request, "accounts/learners/enter.html")
    response["Referrer-Policy"] = "same-origin"
    return response


def _let_in(entered: services.Entered) -> HttpResponse:
    own = reverse("learner:account")
    response = redirect(own if entered.is_new and not entered.back else safe_back(entered.back, own))
    response.delete_cookie(BROWSER)
    return keep_cookie(response, queries.COOKIE, entered.token, seconds=services.setting("session_days", 60) * 86400)


def keep_cookie(response: HttpResponse, name: str, value: str, *, seconds: int) -> HttpResponse:
    """Lax: whoever comes from a letter is still signed in."""
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="Lax", secure=settings.SECURE_HTTPS)
    return response


@learner_page("POST")
def sign_out(request: HttpRequest) -> HttpResponse:
    services.end_session(request.COOKIES.get(queries.COOKIE, ""))
    return _gone("learner:sign_in")


@learner_page("GET", "HEAD", "POST")
@for_learners
def account(request: HttpRequest, learner: Learner) -> HttpResponse:
    names = queries.learner_names(learner)
    kept = {
        "name_latin": names.latin, "name_cyrillic": names.cyrillic, "region": learner.region,
        "district": learner.district, "language": learner.language, "wants_reminders": learner.wants_reminders,
    }  # fmt: skip
    form = AccountForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_learner(learner, **form.cleaned_data)
        except LearnerRefusedError as refused:
            form.add_error("district", str(refused))
        else:
            return redirect(reverse("learner:account") + "?saved=1")
    said = {
        "form": form, "names": names, "address": queries.learner_address(learner), "learner": learner,
        "is_saved": "saved" in request.GET, "telegram": notify.telegram_available(),
        "is_linked": learner.telegram_hash is not None,
    }  # fmt: skip
    return render(request, "accounts/learners/account.html", said, status=422 if form.errors else 200)


@learner_page("GET", "HEAD")
@for_learners
def download(request: HttpRequest, learner: Learner) -> HttpResponse:
    """All that we hold of the learner, as one file that people and programs can read."""
    response = JsonResponse(queries.everything_of(learner), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="my-learning.json"'
    return response


@learner_page("GET", "HEAD", "POST")
@for_learners
def delete(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Asks once, because it cannot be undone."""
    if request.method != "POST":
        return render(request, "accounts/learners/delete.html")
    services.delete_learner(learner)
    return _gone("learner:gone")


@learner_page("POST")
@for_learners
def end_sessions(request: HttpRequest, learner: Learner) -> HttpResponse:
    services.end_learner_sessions(learner)
    return _gone("learner:sign_in")


def _gone(route: str) -> HttpResponse:
    response = redirect(route)
    response.delete_cookie(queries.COOKIE)
    return response


@learner_page("GET", "HEAD")
def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/learners/gone.html")
