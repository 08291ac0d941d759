"""The list of cases, the search for a child, several cases given at once, views one comes back to, a new case."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panoh.ground.accounts.public import Role, StaffRequest, opens_to

from .. import policy, queries, services
from ..forms import file as forms
from ..forms.labels import choices, label, region_choices
from ..models import Case
from ..policy import DESK
from ..queries.listing import TABS
from .acting import attempt, calmly


@require_safe
@opens_to(*DESK)
def cases(request: StaffRequest) -> HttpResponse:
    """A tab of the list, page by page; how many there are in all is not counted."""
    filters = queries.Filters.read(request.GET)
    listing = queries.case_list(request.user, filters, request.GET.get("after", ""))
    leaders = queries.names_who_lead() if policy.can_lead(request.user) else []
    context = {
        "listing": listing,
        "filters": filters,
        "query": filters.as_query(),
        "tabs": [(label(tab, "tab"), f"?tab={tab}", tab == filters.tab) for tab in TABS],
        "views": queries.views_of(request.user),
        "leaders": leaders,
        "choices": _filter_choices(leaders),
        "find_form": forms.FindForm(),
        "can_assign": bool(leaders),
    }
    return render(request, "cases/cases.html", context)


def _filter_choices(leaders: list[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    owners = [("", _("Everybody")), ("nobody", _("Nobody")), *leaders]
    return {
        "status": choices("status", blank=_("Any")),
        "risk": choices("risk", blank=_("Any")),
        "region": region_choices(blank=_("Any")),
        "owner": owners if leaders else [],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def find_cases(request: StaffRequest) -> HttpResponse:
    """A search is a POST, so that no name that is looked for stands in an address; that one searched is on record."""
    form = forms.FindForm(request.POST if request.method == "POST" else None, user=request.user)
    found: list[Case] = []
    asked = form.is_bound and form.is_valid()
    if asked:
        found = queries.find_cases(request.user, form.cleaned_data["text"])
        services.note_search(found=len(found), by=request.user)
    return render(request, "cases/find.html", {"form": form, "found": found, "asked": asked})


@require_POST
@opens_to(Role.SUPERVISOR)
def assign_cases(request: StaffRequest) -> HttpResponse:
    """Several cases to one colleague, all or none."""
    chosen = queries.cases_for(request.user, request.POST.getlist("case"))
    form = forms.AssignForm(request.POST, user=request.user)
    if not chosen:
        messages.warning(request, _("Tick the cases first."))
    elif form.is_valid():
        done = ngettext("%(number)d case is given.", "%(number)d cases are given.", len(chosen))
        with calmly(request, done % {"number": len(chosen)}):
            services.assign_cases(chosen, to=form.cleaned_data["to"], by=request.user)
    else:
        messages.warning(request, _("Choose to whom."))
    return _to_list(queries.Filters.read(request.POST).as_query())


def _to_list(query: str) -> HttpResponse:
    return redirect(f"{reverse('cases:cases')}?{query}" if query else "cases:cases")


@require_POST
@opens_to(*DESK)
def save_view(request: StaffRequest) -> HttpResponse:
    filters = queries.Filters.read(request.POST)
    with calmly(request, _("The view is kept.")):
        services.save_view(filters, by=request.user)
    return _to_list(filters.as_query())


@require_POST
@opens_to(*DESK)
def remove_view(request: StaffRequest, pk: int) -> HttpResponse:
    services.remove_view(queries.view_for(request.user, pk), by=request.user)
    return redirect("cases:cases")


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def open_case(request: StaffRequest) -> HttpResponse:
    """A new case: for a talk or a report that a page above handed over, or for somebody who came another way."""
    told = request.POST if request.method == "POST" else request.GET
    opening = queries.opening_of(request.user, told.get("for") or told.get("signed", ""))
    start = {
        "signed": request.GET.get("for", ""),
        "urgency": 3,
        "language": opening.conversation.language if opening else "",
    }
    form = forms.OpenForm(request.POST or None, user=request.user, initial=start)
    was_done, case = attempt(form, lambda **typed: _open(request, opening, typed)) if form.is_bound else (False, None)
    if was_done and case is not None:
        messages.success(request, _("The case is open."))
        return redirect("cases:case", case.reference)
    context = {"form": form, "opening": opening}
    return render(request, "cases/open_case.html", context, status=422 if form.errors else 200)


def _open(request: StaffRequest, opening: queries.Opening | None, typed: dict[str, Any]) -> Case:
    details, language = typed.pop("details"), typed.pop("language")
    typed.pop("signed")
    return services.begin_case(opening, details=details, language=language, by=request.user, **typed)
