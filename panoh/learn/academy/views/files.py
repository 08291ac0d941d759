"""Tables out of the desk and into it: how far a group is, and the questions of a bank."""

from collections import Counter
from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to
from panoh.ground.places import public as places
from panoh.learn.portal import public as portal

from .. import policy, question_rows, services, workbooks
from ..errors import TestRefusedError
from ..forms.files import QuestionsForm
from ..queries import bank as bank_queries
from ..queries import cohorts as queries
from .cohorts import state_name
from .opening import language

FORMS = ("csv", "xlsx")


def file_of(name: str, form: str, head: Sequence[object], rows: Sequence[Sequence[object]]) -> HttpResponse:
    """A table as a file that no spreadsheet runs anything of."""
    if form == "xlsx":
        response = HttpResponse(workbooks.written(head, rows), content_type=workbooks.KIND)
    else:
        response = HttpResponse(portal.written(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@opens_to(*policy.FACILITATORS)
def progress(request: StaffRequest, code: str, form: str) -> HttpResponse:
    """Everybody of a group and how far they are; never what anybody answered."""
    found = queries.cohort_for(request.user, code)
    if form not in FORMS:
        raise Http404
    head = [_("Name"), _("Region"), _("District or city"), _("State"), _("Lessons read"), _("Lessons"), _("Since")]
    rows = [
        [
            one.name,
            places.region_name(one.region, language()),
            places.district_name(one.district, language()),
            state_name(one.state),
            one.done,
            one.of,
            timezone.localtime(one.since).strftime("%Y-%m-%d"),
        ]
        for one in queries.people_of(found)
    ]
    services.note_progress_taken(found, len(rows), by=request.user)
    return file_of(f"group-{found.code}", form, head, rows)


@require_safe
@opens_to(*policy.BANK_KEEPERS)
def questions(request: StaffRequest, course: str, form: str) -> HttpResponse:
    """Every question of the current edition as its file says it, with what is right."""
    held = bank_queries.bank_course(request.user, course)
    if form not in FORMS:
        raise Http404
    head, rows = question_rows.table(bank_queries.written_questions(held))
    services.note_bank_taken(held, len(rows), by=request.user)
    return file_of(f"questions-{held.code}", form, head, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*policy.BANK_KEEPERS)
def take_questions(request: StaffRequest, course: str) -> HttpResponse:
    """The outcome of each row is shown on the answer."""
    held = bank_queries.bank_course(request.user, course)
    form = QuestionsForm(request.POST or None, request.FILES or None)
    said: dict[str, object] = {"course": held, "form": form, "outcomes": None}
    if form.is_bound and form.is_valid():
        try:
            outcomes, number = services.take_questions(held, form.head, form.rows, by=request.user)
        except TestRefusedError as refused:
            form.add_error("file", str(refused))
        else:
            counted = Counter(one.outcome for one in outcomes)
            said |= {name: counted[name] for name in ("fresh", "changed", "same", "refused")}
            said |= {"outcomes": [(one, _outcome(one.outcome)) for one in outcomes], "edition": number}
            said["form"] = QuestionsForm()
    return render(request, "academy/desk/take_questions.html", said, status=422 if form.errors else 200)


def _outcome(code: str) -> str:
    return {"fresh": _("New"), "changed": _("Changed"), "same": _("As before"), "refused": _("Refused")}[code]
