"""Desk pages where supervisors and administrators keep the numbers to call."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from panoh.ground.accounts.public import StaffRequest, opens_to
from panoh.ground.common.codes import new_code
from panoh.ground.places.public import region_name

from .. import queries, services
from ..errors import NumberRefusedError
from ..forms.numbers import CheckForm, NumberForm
from ..models import NumberToCall
from ..policy import KEEPERS


@opens_to(*KEEPERS)
def numbers(request: StaffRequest) -> HttpResponse:
    language = request.user.language
    rows = [
        (row, row.number.name_in(language), region_name(row.number.region, language)) for row in queries.all_numbers()
    ]
    page = {"rows": rows, "has_emergency_number": queries.has_verified_emergency_number()}
    return render(request, "organisations/numbers.html", page)


@opens_to(*KEEPERS)
def add(request: StaffRequest) -> HttpResponse:
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.add_number(new_code().lower(), **form.facts(), by=request.user)
        messages.success(request, _("The number is added. Call it and record the check, so that people see it."))
        return redirect("organisations:numbers")
    return render(request, "organisations/number_form.html", {"form": form})


@opens_to(*KEEPERS)
def edit(request: StaffRequest, code: str) -> HttpResponse:
    number = queries.number_for(request.user, code)
    form = NumberForm(request.POST or None, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_number(number, **form.facts(), by=request.user)
        except NumberRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("organisations:numbers")
    return render(request, "organisations/number_form.html", _page(request, number, form=form))


@opens_to(*KEEPERS)
def check(request: StaffRequest, code: str) -> HttpResponse:
    number = queries.number_for(request.user, code)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_check(number, **form.cleaned_data, by=request.user)
        except NumberRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The check is recorded."))
            return redirect("organisations:numbers")
    return render(request, "organisations/check.html", _page(request, number, form=form))


@require_POST
@opens_to(*KEEPERS)
def switch(request: StaffRequest, code: str) -> HttpResponse:
    """Shows a hidden number or hides a shown one, as the pressed button says."""
    number = queries.number_for(request.user, code)
    try:
        services.switch_number(number, on=request.POST.get("on") == "1", by=request.user)
    except NumberRefusedError as error:
        messages.error(request, str(error))
    return redirect("organisations:numbers")


def _page(request: StaffRequest, number: NumberToCall, **more: Any) -> dict[str, Any]:
    return {"number": number, "name": number.name_in(request.user.language), **more}
