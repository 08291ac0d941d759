"""Cohorts at the desk: a list, a group, its people, who is awaited where."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from panoh.ground.accounts.public import StaffRequest, opens_to
from panoh.ground.places import public as places
from panoh.learn.portal import public as portal

from .. import policy, services
from ..errors import CohortRefusedError
from ..forms.cohorts import CohortForm, PendingForm, RosterForm
from ..models import Cohort
from ..queries import cohorts as queries
from ..queries import courses
from .opening import language


def state_name(state: str) -> str:
    return {
        "invited": _("Invited, not here yet"),
        "idle": _("Here, nothing read yet"),
        "reading": _("Reading"),
        "completed": _("Completed"),
    }[state]


@opens_to(*policy.FACILITATORS)
def cohorts(request: StaffRequest) -> HttpResponse:
    return render(request, "academy/desk/cohorts.html", {"cohorts": queries.cohorts(request.user)})


@opens_to(*policy.FACILITATORS)
def add_cohort(request: StaffRequest) -> HttpResponse:
    form = CohortForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        course = courses.course_for(said.pop("course"))
        try:
            cohort = services.make_cohort(course, **said, by=request.user)
        except CohortRefusedError as refused:
            form.add_error("district", str(refused))
        else:
            return redirect("academy_desk:cohort", cohort.code)
    return render(request, "academy/desk/add_cohort.html", {"form": form}, status=422 if form.errors else 200)


@opens_to(*policy.FACILITATORS)
def cohort(request: StaffRequest, code: str) -> HttpResponse:
    """Names and how far; never what anybody answered."""
    return _cohort_page(request, queries.cohort_for(request.user, code))


def _cohort_page(request: StaffRequest, cohort: Cohort, **more: object) -> HttpResponse:
    people = queries.people_of(cohort)
    with translation.override(language() if language() in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        link = settings.PUBLIC_URL + reverse("academy:join", args=[cohort.join_code])
    said = {
        "cohort": cohort,
        "rows": [(person, state_name(person.state)) for person in people],
        "link": link,
        "may_change": policy.can_change(request.user, cohort),
        "form": RosterForm(initial={"language": request.user.language}),
        **more,
    }
    return render(request, "academy/desk/cohort.html", said)


@require_POST
@opens_to(*policy.FACILITATORS)
def invite(request: StaffRequest, code: str) -> HttpResponse:
    """The outcome of each row is shown on the answer, and nowhere else."""
    found = queries.cohort_for(request.user, code)
    form = RosterForm(request.POST, request.FILES)
    if not form.is_valid():
        return _cohort_page(request, found, form=form)
    try:
        outcomes = services.invite_people(found, form.rows, language=form.cleaned_data["language"], by=request.user)
    except CohortRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("academy_desk:cohort", code)
    return _cohort_page(request, found, outcomes=outcomes)


@require_POST
@opens_to(*policy.FACILITATORS)
def withdraw(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    invitation = queries.invitation_of(queries.cohort_for(request.user, code), pk)
    return _change(request, code, lambda: services.withdraw_invitation(invitation, by=request.user))


@require_POST
@opens_to(*policy.FACILITATORS)
def renew(request: StaffRequest, code: str) -> HttpResponse:
    found = queries.cohort_for(request.user, code)
    return _change(request, code, lambda: services.renew_link(found, by=request.user))


@require_POST
@opens_to(*policy.FACILITATORS)
def close(request: StaffRequest, code: str) -> HttpResponse:
    found = queries.cohort_for(request.user, code)
    return _change(request, code, lambda: services.close_cohort(found, by=request.user))


def _change(request: HttpRequest, code: str, change: Callable[[], None]) -> HttpResponse:
    try:
        change()
    except CohortRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Done."))
    return redirect("academy_desk:cohort", code)


@opens_to(*policy.FACILITATORS)
def pending(request: StaffRequest) -> HttpResponse:
    """Who has not completed, by region and district; the same as a file."""
    form = PendingForm(request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    people = list(queries.pending(request.user, said.get("region", ""), said.get("district", "")))
    if request.GET.get("file") == "csv":
        services.note_pending_taken(len(people), by=request.user)
        return _pending_file(people)
    counts = [
        (region, district, [counted[state] for state in queries.STATES[:3]])
        for region, district, counted in queries.pending_counts(people, language())
    ]
    rows = [(cohort, person, state_name(person.state)) for cohort, person in people[:500]]
    heads = [state_name(state) for state in queries.STATES[:3]]
    shown = {"form": form, "counts": counts, "rows": rows, "many": len(people), "heads": heads}
    return render(request, "academy/desk/pending.html", shown)


def _pending_file(people: list[tuple[Cohort, queries.Person]]) -> HttpResponse:
    head = [_("Name"), _("Region"), _("District or city"), _("Group"), _("State"), _("Lessons read"), _("Since")]
    rows = [
        [
            person.name,
            places.region_name(person.region, language()),
            places.district_name(person.district, language()),
            cohort.name,
            state_name(person.state),
            person.done,
            timezone.localtime(person.since).strftime("%Y-%m-%d"),
        ]
        for cohort, person in people
    ]
    response = HttpResponse(portal.written(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="pending.csv"'
    return response
