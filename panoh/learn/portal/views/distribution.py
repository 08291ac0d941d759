"""The distribution log at the desk: what went where, and where nothing went."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to
from panoh.ground.places import public as places

from .. import policy
from ..errors import RegisterRefusedError
from ..forms.distribution import ColumnsForm, FileForm, HandoutForm, ShowForm
from ..models import Audience, Format, Handout
from ..policy import REGISTER_KEEPERS, REGISTER_READERS
from ..queries import distribution as queries
from ..queries import distribution_files as files
from ..services import distribution as services
from .registers import attempt, csv_file, wants_csv

PER_PAGE, SHOWN_ROWS = 50, 60


@require_safe
@opens_to(*REGISTER_READERS)
def distribution(request: StaffRequest) -> HttpResponse:
    form = ShowForm(request.GET)
    rows, language = queries.handouts(request.user, form.asked), request.user.language
    if wants_csv(request):
        head = files.labels_of(_columns())
        return csv_file("distribution", head, (queries.handout_cells(one, language) for one in rows.iterator()))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = [(one, queries.handout_cells(one, language)) for one in page]
    return render(request, "portal/distribution/log.html", _said(request, form) | {"page": page, "rows": shown})


def _columns() -> list[str]:
    """The facts in the order in which a table shows them."""
    order = "given_on resource format audience language copies region district organisation"
    return order.split()


def _said(request: StaffRequest, form: ShowForm) -> dict[str, Any]:
    """What the three pages of the log share."""
    return {
        "form": form,
        "asked": form.asked,
        "may_keep": policy.can_keep_registers(request.user),
        "tabs": _tabs(request),
    }


def _tabs(request: StaffRequest) -> list[tuple[str, str, bool]]:
    names = {"distribution": _("The log"), "totals": _("Totals"), "not_reached": _("Districts not reached")}
    addresses = {name: reverse(f"portal_desk:{name}") for name in names}
    return [(said, addresses[name], request.path == addresses[name]) for name, said in names.items()]


@require_safe
@opens_to(*REGISTER_READERS)
def totals(request: StaffRequest) -> HttpResponse:
    """Copies by region, format and audience."""
    form, language = ShowForm(request.GET), request.user.language
    found = queries.totals(queries.handouts(request.user, form.asked))
    if wants_csv(request):
        head = [*files.labels_of(["region", "format", "audience", "copies"]), _("Entries")]
        return csv_file("distribution-totals", head, (queries.in_words(one, language) for one in found))
    said = {
        "formats": [str(label) for label in Format.labels],
        "by_region": queries.crossed(found, "region", places.regions(language)),
        "by_audience": queries.crossed(found, "audience", [(str(c), str(n)) for c, n in Audience.choices]),
        "copies": sum(one.copies for one in found),
        "entries": sum(one.entries for one in found),
    }
    return render(request, "portal/distribution/totals.html", _said(request, form) | said)


@require_safe
@opens_to(*REGISTER_READERS)
def not_reached(request: StaffRequest) -> HttpResponse:
    """The districts that nothing reached in the chosen days."""
    form, language = ShowForm(request.GET), request.user.language
    asked = dict(form.asked)
    region = asked.pop("region", "")
    reach = queries.not_reached(queries.handouts(request.user, asked), language, region)
    if wants_csv(request):
        head = [_("Region"), _("District"), _("Code")]
        return csv_file(
            "districts-not-reached", head, ([one.name, name, code] for one in reach for code, name in one.missing)
        )
    said = {
        "reach": reach,
        "missing": sum(len(one.missing) for one in reach),
        "of": sum(one.of for one in reach),
        "list_is_checked": bool(places.districts_checked_on()),
    }
    return render(request, "portal/distribution/not_reached.html", _said(request, form) | said)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*REGISTER_KEEPERS)
def log_handout(request: StaffRequest) -> HttpResponse:
    form = HandoutForm(request.POST or None, initial={"key": services.new_key(), "language": request.user.language})
    if attempt(form, lambda: _log(form, request)):
        messages.success(request, _("It is in the log."))
        return redirect("portal_desk:distribution")
    return render(request, "portal/distribution/form.html", {"form": form})


def _log(form: HandoutForm, request: StaffRequest) -> Handout:
    data = form.cleaned_data
    return services.log_handout(data["key"], is_another=data["is_another"], **form.facts(), by=request.user)


@require_POST
@opens_to(*REGISTER_KEEPERS)
def remove_handout(request: StaffRequest, code: str) -> HttpResponse:
    try:
        services.remove_handout(queries.handout_for(request.user, code), by=request.user)
        messages.success(request, _("Taken out of the log."))
    except RegisterRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("portal_desk:distribution")


# --- files -----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*REGISTER_KEEPERS)
def import_handouts(request: StaffRequest) -> HttpResponse:
    """First a file; then which column is what, with the outcome of every row; then all of it or nothing."""
    form = FileForm(request.POST or None, request.FILES or None)
    if not form.is_bound or not form.is_valid():
        uploads = queries.uploads(request.user)[:PER_PAGE]
        return render(request, "portal/distribution/file.html", {"form": form, "uploads": uploads})
    table, text = form.cleaned_data["table"], form.cleaned_data["text"]
    is_new = "file" in request.FILES
    columns = ColumnsForm(files.guessed(table.head) if is_new else request.POST, table=table)
    columns.is_valid()
    outcome = files.read_rows(table, columns.cleaned_data)
    if "enter" in request.POST and outcome.is_good:
        try:
            upload = services.import_handouts(text, outcome.rows, by=request.user)
        except RegisterRefusedError as refusal:
            messages.error(request, str(refusal))
            return redirect("portal_desk:import_handouts")
        messages.success(request, _entered(upload.rows))
        return redirect("portal_desk:upload", upload.code)
    language = request.user.language
    said = {"columns": columns, "text": text, "outcome": outcome, "faults": outcome.faults[:SHOWN_ROWS]}
    said["first"] = [(row, files.row_cells(row, language)) for row in outcome.rows[:SHOWN_ROWS] if not row.fault]
    return render(request, "portal/distribution/columns.html", said)


def _entered(rows: int) -> str:
    return ngettext("%(rows)d row was entered.", "%(rows)d rows were entered.", rows) % {"rows": rows}


@require_safe
@opens_to(*REGISTER_READERS)
def upload(request: StaffRequest, code: str) -> HttpResponse:
    one, language = queries.upload_for(request.user, code), request.user.language
    page = Paginator(one.handouts.all(), PER_PAGE).get_page(request.GET.get("page"))
    said = {"one": one, "page": page, "rows": [(row, queries.handout_cells(row, language)) for row in page]}
    return render(
        request, "portal/distribution/upload.html", said | {"may_keep": policy.can_keep_registers(request.user)}
    )


@require_POST
@opens_to(*REGISTER_KEEPERS)
def undo_upload(request: StaffRequest, code: str) -> HttpResponse:
    gone = services.undo_upload(queries.upload_for(request.user, code), by=request.user)
    said = ngettext("%(rows)d row was taken out.", "%(rows)d rows were taken out.", gone) % {"rows": gone}
    messages.success(request, said)
    return redirect("portal_desk:upload", code)
