"""Staff home: what is mine today, the counters in the frame, one search across the rooms. It owns nothing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from panoh.ground.accounts.public import StaffRequest, opens_to

from . import queries
from .forms import SearchForm


@opens_to()
@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """My shift, my talks, my reports, my cases, what is due and what waits for my approval."""
    return render(request, "desk/home.html", {"day": queries.home(request.user), "form": SearchForm()})


@opens_to()
@require_http_methods(["GET", "POST"])
def search(request: StaffRequest) -> HttpResponse:
    """One search across the rooms. What is looked for comes by POST, so that no name stands in an address."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    found = None
    if form.is_valid():
        found = queries.look_for(request.user, form.cleaned_data["words"], get_language() or "uz")
    status = 422 if form.errors else 200
    response = render(request, "desk/search.html", {"form": form, "found": found}, status=status)
    response["Cache-Control"] = "no-store"
    return response


@opens_to()
@require_GET
def counters(request: StaffRequest) -> HttpResponse:
    """The numbers of the frame, swapped in by slug."""
    numbers = list(queries.frame_counts(request.user).items())
    response = render(request, "desk/counters.html", {"numbers": numbers})
    response["Cache-Control"] = "no-store"
    return response


counters.is_background = True  # type: ignore[attr-defined]  # an idle session is not kept alive by the frame
