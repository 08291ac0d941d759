"""Who answers: languages, topics, how many at once, and the vetting with its end. For supervisors."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts.public import Role, StaffRequest, User, opens_to

from .. import queries, services
from ..forms.team import SkillsForm, VettingForm
from .answering import attempt


@require_safe
@opens_to(Role.SUPERVISOR)
def people(request: StaffRequest) -> HttpResponse:
    return render(request, "helpline/people.html", {"members": queries.members()})


@require_safe
@opens_to(Role.SUPERVISOR)
def person(request: StaffRequest, code: str) -> HttpResponse:
    return _person(request, queries.person_for(request.user, code))


def _person(request: StaffRequest, who: User, status: int = 200, **typed: Any) -> HttpResponse:
    member = queries.member_of(who, queries.counsellor_for(who))
    one = member.counsellor
    skills = {
        "languages": one.languages.split() if one else [],
        "topics": one.topics.split() if one else [],
        "capacity": one.capacity if one else 3,
        "phone": queries.on_call_number(who),
    }
    vetting = {"vetted_on": one and one.vetted_on, "expires_on": one and one.vetting_expires_on}
    forms = {"skills_form": SkillsForm(initial=skills), "vetting_form": VettingForm(initial=vetting)}
    return render(request, "helpline/person.html", {"member": member, **forms, **typed}, status=status)


@require_POST
@opens_to(Role.SUPERVISOR)
def set_skills(request: StaffRequest, code: str) -> HttpResponse:
    who = queries.person_for(request.user, code)
    form = SkillsForm(request.POST)
    if attempt(form, lambda **typed: services.set_skills(who, **typed, by=request.user)) is None:
        return _person(request, who, 422, skills_form=form)
    messages.success(request, _("Kept."))
    return redirect("helpline:person", code)


@require_POST
@opens_to(Role.SUPERVISOR)
def record_vetting(request: StaffRequest, code: str) -> HttpResponse:
    """Nobody vets themselves; the service says so."""
    who = queries.person_for(request.user, code)
    form = VettingForm(request.POST)
    if attempt(form, lambda **typed: services.record_vetting(who, **typed, by=request.user)) is None:
        return _person(request, who, 422, vetting_form=form)
    messages.success(request, _("The vetting is written down."))
    return redirect("helpline:person", code)
