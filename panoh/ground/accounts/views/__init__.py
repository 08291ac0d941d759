"""People pages: the administrator's list, everybody's own page, and the way in by invitation."""

from collections.abc import Callable
from typing import cast

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import queries, services
from ..errors import InvitationRefusedError, PersonRefusedError
from ..forms import AcceptInvitationForm, InviteForm, ProfileForm, RolesForm
from ..models import User
from ..policy import PEOPLE_KEEPERS, StaffRequest, opens_to

INVITATION = "invitation"


@opens_to(*PEOPLE_KEEPERS)
def people(request: StaffRequest) -> HttpResponse:
    everybody = list(queries.people())
    page = {
        "people": everybody,
        "guarded": queries.with_second_factor(everybody),
        "invitations": queries.open_invitations(),
    }
    return render(request, "accounts/people.html", page)


@opens_to(*PEOPLE_KEEPERS)
def invite(request: StaffRequest) -> HttpResponse:
    """The link is shown on the answer to the POST and nowhere else: it cannot be read again."""
    form = InviteForm(request.POST or None, initial={"language": request.user.language})
    if request.method == "POST" and form.is_valid():
        try:
            invitation, link = services.invite_person(**form.cleaned_data, by=request.user)
        except InvitationRefusedError as error:
            form.add_error("email", str(error))
        else:
            return render(request, "accounts/invited.html", {"invitation": invitation, "link": link})
    return render(request, "accounts/invite.html", {"form": form})


@require_POST
@opens_to(*PEOPLE_KEEPERS)
def withdraw_invitation(request: StaffRequest, code: str) -> HttpResponse:
    services.withdraw_invitation(queries.invitation_for(code), by=request.user)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("accounts:people")


@opens_to(*PEOPLE_KEEPERS)
def person(request: StaffRequest, code: str) -> HttpResponse:
    who = queries.person_for(code)
    return _person_page(request, who, RolesForm(initial={"roles": who.roles.split()}))


@require_POST
@opens_to(*PEOPLE_KEEPERS)
def change_roles(request: StaffRequest, code: str) -> HttpResponse:
    who, form = queries.person_for(code), RolesForm(request.POST)
    if not form.is_valid():
        return _person_page(request, who, form)
    return _change(request, who, lambda: services.change_roles(who, **form.cleaned_data, by=request.user))


@require_POST
@opens_to(*PEOPLE_KEEPERS)
def switch_off(request: StaffRequest, code: str) -> HttpResponse:
    who = queries.person_for(code)
    return _change(request, who, lambda: services.switch_off_person(who, by=request.user))


@require_POST
@opens_to(*PEOPLE_KEEPERS)
def switch_on(request: StaffRequest, code: str) -> HttpResponse:
    who = queries.person_for(code)
    return _change(request, who, lambda: services.switch_on_person(who, by=request.user))


@require_POST
@opens_to(*PEOPLE_KEEPERS)
def end_sessions(request: StaffRequest, code: str) -> HttpResponse:
    who = queries.person_for(code)
    return _change(request, who, lambda: services.end_sessions(who, by=request.user))


@opens_to(*PEOPLE_KEEPERS)
def reset_second_factor(request: StaffRequest, code: str) -> HttpResponse:
    """Asks once, because it cannot be undone."""
    who = queries.person_for(code)
    if request.method != "POST":
        return render(request, "accounts/reset_second_factor.html", {"person": who})
    return _change(request, who, lambda: services.reset_second_factor(who, by=request.user))


@opens_to()
def me(request: StaffRequest) -> HttpResponse:
    user = request.user
    kept = {"name": user.name, "alias": user.alias, "language": user.language}
    form = ProfileForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        user = services.change_profile(user, **form.cleaned_data, by=user)
        translation.activate(user.language)
        messages.success(request, _("Saved."))
        return redirect("accounts:me")
    return render(request, "accounts/me.html", {"form": form, "has_second_factor": queries.has_second_factor(user)})


@require_POST
@opens_to()
def end_my_sessions(request: StaffRequest) -> HttpResponse:
    services.end_sessions(request.user, by=request.user)
    return redirect("account_login")


def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the token out of the address at once, so that it stays in no history, log or referrer."""
    request.session[INVITATION] = token
    return redirect("accept_invitation_form")


def accept_invitation(request: HttpRequest) -> HttpResponseBase:
    invitation = queries.invitation_by_token(request.session.get(INVITATION, ""))
    if invitation is None:
        return render(request, "accounts/invitation_ended.html", status=404)
    if request.method != "POST":
        translation.activate(invitation.language)
    form = AcceptInvitationForm(request.POST or None, email=invitation.email, initial={"language": invitation.language})
    if request.method == "POST" and form.is_valid():
        try:
            user = services.create_user_from_invitation(
                invitation,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password1"],
                language=form.cleaned_data["language"],
            )
        except InvitationRefusedError as error:
            form.add_error(None, str(error))
        else:
            request.session.pop(INVITATION, None)
            return cast(HttpResponseBase, perform_login(request, user, redirect_url="/accounts/2fa/"))
    return render(request, "accounts/accept_invitation.html", {"form": form, "invitation": invitation})


def _person_page(request: StaffRequest, who: User, form: RolesForm) -> HttpResponse:
    page = {"person": who, "form": form, "has_second_factor": queries.has_second_factor(who)}
    return render(request, "accounts/person.html", page)


def _change(request: StaffRequest, who: User, change: Callable[[], User]) -> HttpResponse:
    try:
        change()
    except PersonRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done. It holds from this moment."))
    return redirect("accounts:person", code=who.code)
