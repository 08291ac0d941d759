"""Lists at the desk: sent, looked at row by row, corrected, issued, taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import policy, services
from ..errors import CertificateRefusedError
from ..forms.lists import RosterForm, RowForm
from ..labels import ROSTER_FAULTS
from ..queries import desk, lists
from ..rosters import RosterError

PER_PAGE = 100
FORM = ("GET", "HEAD", "POST")


@require_http_methods(FORM)
@opens_to(*policy.ISSUERS)
def add_roster(request: StaffRequest) -> HttpResponse:
    """Nothing is issued here: the list is read, and its page says what would become of every row."""
    form = RosterForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        of = desk.achievements().get(code=data["achievement"])
        try:
            roster, is_new = services.add_roster(
                form.data_sent(), achievement=of, language=data["language"], facts=form.facts(), by=request.user
            )
            if not is_new:
                messages.info(request, _("This list is here already. Nothing is issued twice."))
            return redirect("certificates:roster", roster.code)
        except CertificateRefusedError as refusal:
            form.add_error(None, str(refusal))
        except RosterError as fault:
            form.add_error(form.sent_by(), _said(fault))
    said = {"form": form, "title": _("Issue for a list"), "send": _("Look at the rows")}
    return render(request, "certificates/desk/form.html", said)


@require_safe
@opens_to(*policy.READERS)
def roster(request: StaffRequest, code: str) -> HttpResponse:
    one = desk.roster_for(request.user, code)
    outcome = request.GET.get("outcome", "")
    page = Paginator(lists.rows_of(one, outcome), PER_PAGE).get_page(request.GET.get("page"))
    said: dict[str, Any] = {
        "one": one,
        "title": desk.title_of(one.achievement, request.user.language),
        "page": page,
        "rows": lists.seen_rows(one, page.object_list),
        "tallies": lists.tallies(one),
        "outcome": outcome,
        "notes": lists.notes_of(one),
        "ready": lists.number_ready(one),
        "waiting": lists.number_waiting(one),
        "may_issue": policy.can_issue(request.user) and one.undone_at is None,
    }
    return render(request, "certificates/desk/roster.html", said)


@require_POST
@opens_to(*policy.ISSUERS)
def issue_roster(request: StaffRequest, code: str) -> HttpResponse:
    one = desk.roster_for(request.user, code)
    number = _refusable(request, lambda: services.issue_roster(one, by=request.user))
    if number is not None:
        said = ngettext("%(number)d certificate is issued.", "%(number)d certificates are issued.", number)
        messages.success(request, said % {"number": number})
    return redirect("certificates:roster", one.code)


@require_POST
@opens_to(*policy.ISSUERS)
def confirm_rows(request: StaffRequest, code: str) -> HttpResponse:
    """The rows that were ticked."""
    one = desk.roster_for(request.user, code)
    lines = [int(line) for line in request.POST.getlist("line") if line.isdecimal()]
    number = _refusable(request, lambda: services.confirm_rows(one, lines, by=request.user))
    if number is not None:
        said = ngettext("%(number)d row is let stand.", "%(number)d rows are let stand.", number)
        messages.success(request, said % {"number": number})
    return redirect("certificates:roster", one.code)


@require_http_methods(FORM)
@opens_to(*policy.ISSUERS)
def correct_row(request: StaffRequest, code: str, line: int) -> HttpResponse:
    one = desk.roster_for(request.user, code)
    row = lists.row_for(one, line)
    form = RowForm(request.POST or None, initial={"latin": row.words.latin, "cyrillic": row.words.cyrillic})
    if form.is_bound and form.is_valid():
        names = {name: form.cleaned_data[name] for name in ("latin", "cyrillic")}
        if _refusable(request, lambda: services.correct_row(one, line, **names, by=request.user)):
            return redirect("certificates:roster", one.code)
    return render(request, "certificates/desk/row.html", {"one": one, "row": row, "form": form})


@require_POST
@opens_to(*policy.ISSUERS)
def leave_row_out(request: StaffRequest, code: str, line: int) -> HttpResponse:
    one = desk.roster_for(request.user, code)
    _refusable(request, lambda: services.leave_row_out(one, line, by=request.user))
    return redirect("certificates:roster", one.code)


@require_safe
@opens_to(*policy.ISSUERS)
def not_issued(request: StaffRequest, code: str) -> HttpResponse:
    """Rows that are not issued, with the reason, in the columns that we read: mend it and send it again."""
    one = desk.roster_for(request.user, code)
    response = HttpResponse(lists.not_issued_csv(one), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{one.code}.csv"'
    return response


@require_POST
@opens_to(*policy.ISSUERS)
def undo_roster(request: StaffRequest, code: str) -> HttpResponse:
    services.undo_roster(one := desk.roster_for(request.user, code), by=request.user)
    messages.success(request, _("Taken back: what it brought is revoked."))
    return redirect("certificates:roster", one.code)


@require_POST
@opens_to(*policy.ISSUERS)
def drop_roster(request: StaffRequest, code: str) -> HttpResponse:
    one = desk.roster_for(request.user, code)
    try:
        services.drop_roster(one, by=request.user)
    except CertificateRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("certificates:roster", one.code)
    messages.success(request, _("The list is put away. Nothing of it was issued."))
    return redirect("certificates:list")


def _refusable(request: StaffRequest, act: Callable[[], Any]) -> Any:
    """What the service gives, or None with the refusal told."""
    try:
        return act()
    except CertificateRefusedError as refusal:
        messages.error(request, str(refusal))
        return None


def _said(fault: RosterError) -> str:
    said = str(ROSTER_FAULTS[fault.code])
    return f"{said} {_('We found:')} {', '.join(fault.heads)}." if fault.heads else said
