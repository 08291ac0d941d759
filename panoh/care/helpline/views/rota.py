"""The week's rota, hand-overs between shifts, and the wish for a debrief."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panoh.ground.accounts.public import Role, StaffRequest, opens_to

from .. import policy, queries, services
from ..forms.team import HandOverForm, ShiftForm
from ..policy import DESK
from .answering import attempt, back, calmly


@require_safe
@opens_to(*DESK)
def rota(request: StaffRequest) -> HttpResponse:
    """One week by the local clock; what is not covered stands in red."""
    return _rota_page(request, request.GET.get("week", ""))


def _rota_page(request: StaffRequest, asked: str, form: ShiftForm | None = None) -> HttpResponse:
    week = queries.week_of(asked)
    leads = policy.can_lead(request.user)
    if form is None and leads:
        first = week.today_or_first
        form = ShiftForm(people=queries.desk_people(), initial={"day": first, "begins": "08:00", "ends": "16:00"})
    context = {"week": week, "form": form, "leads": leads, "on_call": queries.on_call_now() if leads else []}
    status = 422 if form is not None and form.errors else 200
    return render(request, "helpline/rota.html", context, status=status)


@require_POST
@opens_to(Role.SUPERVISOR)
def plan_shift(request: StaffRequest) -> HttpResponse:
    form = ShiftForm(request.POST, people=queries.desk_people())
    week = request.POST.get("week", "")

    def plan(who: object, on_call: bool, **_clock: object) -> object:
        begins, ends = form.stretch
        return services.plan_shift(user=who, starts_at=begins, ends_at=ends, on_call=on_call, by=request.user)  # type: ignore[arg-type]

    if attempt(form, plan) is None:
        return _rota_page(request, week, form)
    messages.success(request, _("The shift is on the rota."))
    return _to_week(form.cleaned_data["day"].strftime("%G-W%V"))


@require_POST
@opens_to(Role.SUPERVISOR)
def remove_shift(request: StaffRequest, pk: int) -> HttpResponse:
    shift = queries.shift_for(request.user, pk)
    with calmly(request, _("The shift is off the rota.")):
        services.remove_shift(shift, by=request.user)
    return _to_week(request.POST.get("week", ""))


def _to_week(week: str) -> HttpResponse:
    response = redirect("helpline:rota")
    response["Location"] += f"?week={queries.week_of(week).code}"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def hand_over(request: StaffRequest) -> HttpResponse:
    """Write for the next shift; read what the last ones left."""
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and attempt(form, lambda note: services.hand_over(note=note, by=request.user)):
        messages.success(request, _("The next shift will read it."))
        return redirect("helpline:hand_over")
    context = {"form": form, "notes": queries.hand_overs()}
    return render(request, "helpline/hand_over.html", context, status=422 if form.errors else 200)


@require_POST
@opens_to(*DESK)
def request_debrief(request: StaffRequest) -> HttpResponse:
    """The wish is recorded, never the reason."""
    with calmly(request, _("A supervisor will come to you. You do not have to say why.")):
        services.request_debrief(by=request.user)
    return back(request, reverse("helpline:queue"))
