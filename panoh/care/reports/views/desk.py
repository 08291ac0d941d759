"""The list of reports at the desk: what waits comes first; views kept, several given at once, a break from it all."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import policy
from ..forms.desk import AssignForm, FilterForm, ViewForm
from ..policy import DESK, READERS
from ..queries import desk as queries
from ..queries.exposure import hard_minutes, must_rest, resting_until
from ..services import exposure, triage
from ..services.saving import remove_view, save_view
from .desk_answering import attempt, back, calmly

KEYS = (
    ("j k", gettext_noop("Down and up the list")),
    ("Enter", gettext_noop("Open the chosen report")),
    ("/", gettext_noop("Filter")),
)


@require_safe
@opens_to(*DESK)
def reports(request: StaffRequest) -> HttpResponse:
    """Filters are codes, so they may stand in the address and be kept as a view."""
    form = FilterForm(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    page = queries.report_list(
        request.user, tab=request.GET.get("tab", ""), filters=filters, after=request.GET.get("after", "")
    )
    context = {
        "page": page,
        "form": form,
        "views": queries.saved_views(request.user),
        "view_form": ViewForm(auto_id="view-%s"),
        "assign_form": AssignForm(people=queries.assignable(request.user), auto_id="assign-%s"),
        "leads": policy.can_lead(request.user),
        "now": timezone.now(),
        "page_keys": [(key, _(text)) for key, text in KEYS],
    }
    return render(request, "reports/reports.html", context)


@require_POST
@opens_to(*DESK)
def assign_reports(request: StaffRequest) -> HttpResponse:
    """The ticked ones to one person; what cannot be given stays where it is, and we say how many."""
    form = AssignForm(request.POST, people=queries.assignable(request.user))
    to = form.cleaned_data["to"] if form.is_valid() else None
    chosen = queries.reports_for(request.user, request.POST.getlist("report"))
    if to is None or not chosen:
        messages.warning(request, _("Tick some reports and choose a person."))
        return back(request, "reports:list")
    given, refused = triage.assign_reports(chosen, to=to, by=request.user)
    if given:
        said = ngettext("%(n)d report given to %(name)s.", "%(n)d reports given to %(name)s.", given)
        messages.success(request, said % {"n": given, "name": to.name})
    if refused:
        said = ngettext("%(n)d report stayed where it is.", "%(n)d reports stayed where they are.", refused)
        messages.warning(request, said % {"n": refused})
    return back(request, "reports:list")


@require_POST
@opens_to(*DESK)
def keep_view(request: StaffRequest) -> HttpResponse:
    form = ViewForm(request.POST)
    with calmly(request):
        query = request.POST.get("query", "")
        if attempt(form, lambda name: save_view(name=name, query=query, by=request.user)):
            messages.success(request, _("The view is kept."))
    return back(request, "reports:list")


@require_POST
@opens_to(*DESK)
def drop_view(request: StaffRequest, pk: int) -> HttpResponse:
    remove_view(queries.view_for(request.user, pk), by=request.user)
    return redirect("reports:list")


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*READERS)
def rest(request: StaffRequest) -> HttpResponse:
    """The forced break: how much lies behind, and how long it lasts."""
    if request.method == "POST":
        exposure.take_break(by=request.user)
        return redirect("reports:rest")
    context = {
        "minutes": hard_minutes(request.user),
        "until": resting_until(request.user),
        "is_due": must_rest(request.user),
    }
    return render(request, "reports/rest.html", context)


@require_POST
@opens_to(*READERS)
def stop_looking(request: StaffRequest) -> HttpResponse:
    """The page of a hard report is left: its minutes end here, and not with the clock's guess."""
    exposure.end_look(by=request.user)
    return redirect("cases:cases" if policy.reads_for_a_case(request.user) else "reports:list")
