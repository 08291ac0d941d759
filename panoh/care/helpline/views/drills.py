"""Practice: a queue of synthetic children, the talk with one, the sheet for the debrief."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts.public import Role, StaffRequest, User, opens_to

from .. import policy, queries, services
from ..forms.drills import DebriefForm, DrillWordsForm, EndDrillForm, PractiseForm, SetDrillsForm
from ..models import Drill
from ..policy import DESK
from .answering import attempt, calmly


def _language() -> str:
    return get_language() or "uz"


@require_safe
@opens_to(*DESK)
def drills(request: StaffRequest) -> HttpResponse:
    return _drills_page(request)


def _drills_page(request: StaffRequest, **forms: Any) -> HttpResponse:
    user, language = request.user, _language()
    names = queries.scenario_names(language)
    leads = policy.can_lead(user)
    context = {
        "waiting": queries.drill_queue(user, language),
        "to_come": queries.drills_to_come(user),
        "finished": queries.finished_drills(user, language),
        "practise_form": forms.get("practise_form")
        or PractiseForm(scenarios=names, initial={"language": user.language}, auto_id="practise-%s"),
        "set_form": forms.get("set_form") or (_set_form(None) if leads else None),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "helpline/drills.html", context, status=status)


def _set_form(data: Any) -> SetDrillsForm:
    names = queries.scenario_names(_language())
    return SetDrillsForm(data, people=queries.desk_people(), scenarios=names, auto_id="set-%s")


@require_POST
@opens_to(*DESK)
def practise(request: StaffRequest) -> HttpResponse:
    form = PractiseForm(request.POST, scenarios=queries.scenario_names(_language()), auto_id="practise-%s")
    drill = attempt(form, services.practise, by=request.user)
    if drill is None:
        return _drills_page(request, practise_form=form)
    return redirect("helpline:drill", drill.reference)


@require_POST
@opens_to(Role.SUPERVISOR)
def set_drills(request: StaffRequest) -> HttpResponse:
    form = _set_form(request.POST)

    def put(trainees: list[User], scenarios: list[str], language: str, minutes: int) -> list[Drill]:
        every = timedelta(minutes=minutes)
        return services.set_drills(
            trainees=trainees, scenarios=scenarios, language=language, every=every, by=request.user
        )

    if attempt(form, put) is None:
        return _drills_page(request, set_form=form)
    messages.success(request, _("The practice talks are set."))
    return redirect("helpline:drills")


@require_safe
@opens_to(*DESK)
def drill(request: StaffRequest, reference: str) -> HttpResponse:
    """The talk while it runs; its sheet after the end."""
    return _drill_page(request, queries.drill_for(request.user, reference))


def _drill_page(request: StaffRequest, drill: Drill, **forms: Any) -> HttpResponse:
    status = 422 if any(form.errors for form in forms.values()) else 200
    if drill.ended_at:
        context = {
            "drill": drill,
            "sheet": queries.drill_sheet(drill, _language()),
            "can_debrief": policy.can_debrief(request.user, drill),
            "form": forms.get("debrief_form") or DebriefForm(),
        }
        return render(request, "helpline/drill_sheet.html", context, status=status)
    context = {
        "drill": drill,
        "lines": queries.drill_lines(drill),
        "is_mine": drill.trainee_id == request.user.pk,
        "form": forms.get("words_form") or DrillWordsForm(),
        "end_form": forms.get("end_form") or EndDrillForm(),
    }
    return render(request, "helpline/drill.html", context, status=status)


@require_POST
@opens_to(*DESK)
def accept_drill(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.drill_for(request.user, reference)
    with calmly(request):
        services.accept_drill(found, by=request.user)
    return redirect("helpline:drill", reference)


@require_POST
@opens_to(*DESK)
def say_in_drill(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.drill_for(request.user, reference)
    form = DrillWordsForm(request.POST)
    if attempt(form, lambda **said: services.say_in_drill(found, by=request.user, **said)) is None:
        return _drill_page(request, found, words_form=form)
    return redirect("helpline:drill", reference)


@require_POST
@opens_to(*DESK)
def end_drill(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.drill_for(request.user, reference)
    form = EndDrillForm(request.POST)
    if attempt(form, lambda **said: services.end_drill(found, by=request.user, **said)) is None:
        return _drill_page(request, found, end_form=form)
    return redirect("helpline:drill", reference)


@require_POST
@opens_to(Role.SUPERVISOR)
def debrief_drill(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.drill_for(request.user, reference)
    form = DebriefForm(request.POST)
    if attempt(form, lambda **said: services.debrief_drill(found, by=request.user, **said)) is None:
        return _drill_page(request, found, debrief_form=form)
    messages.success(request, _("The debrief is kept."))
    return redirect("helpline:drill", reference)
