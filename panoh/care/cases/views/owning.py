"""Who leads a case, how urgent it is, how it ends, and who else may read it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from panoh.ground.accounts.public import Role, StaffRequest, opens_to

from .. import queries, services
from ..forms import file as forms
from ..policy import DESK, WORKERS
from .acting import attempt, calmly, to_part
from .file import case_screen, read, typed


@require_POST
@opens_to(*WORKERS)
def take_case(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    with calmly(request, _("The case is yours.")):
        services.take_case(found, by=request.user)
    return to_part(reference)


@require_POST
@opens_to(Role.SUPERVISOR)
def assign_case(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.AssignForm, found)
    return typed(
        request, found, form, lambda **told: services.assign_case(found, **told), part="summary", done=_("Given.")
    )


@require_POST
@opens_to(*WORKERS)
def transfer_case(request: StaffRequest, reference: str) -> HttpResponse:
    """To a colleague; whoever hands it over may not be able to read it afterwards."""
    found = queries.case_for(request.user, reference)
    form = read(request, forms.TransferForm, found)
    was_done, _case = attempt(form, lambda **told: services.transfer_case(found, **told, by=request.user))
    if not was_done:
        return case_screen(request, found, "summary", status=422, transfer_form=form)
    messages.success(request, _("The case is handed over."))
    return redirect("cases:cases")


@require_POST
@opens_to(*WORKERS)
def set_urgency(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.UrgencyForm, found)
    return typed(request, found, form, lambda **told: services.set_urgency(found, **told), part="summary")


@require_POST
@opens_to(*DESK)
def set_codes(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.CodesForm, found)
    return typed(request, found, form, lambda **told: services.set_codes(found, **told), part="summary")


@require_POST
@opens_to(*WORKERS)
def ask_closing(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.ClosingForm, found)
    done = _("A supervisor is asked.")
    return typed(request, found, form, lambda **told: services.ask_closing(found, **told), part="summary", done=done)


@require_POST
@opens_to(*WORKERS)
def reopen_case(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.ReopenForm, found)
    return typed(request, found, form, lambda **told: services.reopen_case(found, **told), part="summary")


@require_POST
@opens_to(Role.SUPERVISOR)
def hold_case(request: StaffRequest, reference: str) -> HttpResponse:
    """Nothing of it is forgotten until the hold is lifted."""
    found = queries.case_for(request.user, reference)
    form = read(request, forms.HoldForm, found)
    done = _("It is on hold: nothing of it is forgotten until the hold is lifted.")
    return typed(request, found, form, lambda **told: services.hold_case(found, **told), part="summary", done=done)


@require_POST
@opens_to(Role.SUPERVISOR)
def lift_hold(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    with calmly(request, _("The hold is lifted.")):
        services.lift_case_hold(found, by=request.user)
    return to_part(reference)


@require_POST
@opens_to(Role.SUPERVISOR)
def erase_case(request: StaffRequest, reference: str) -> HttpResponse:
    """Before its days are over; under a hold it is owed, and said so."""
    found = queries.case_for(request.user, reference)
    form = read(request, forms.EraseForm, found)
    was_done, is_gone = attempt(form, lambda **told: services.erase_case(found, **told, by=request.user))
    if not was_done:
        return case_screen(request, found, "summary", status=422, erase_form=form)
    waits = _("It is on hold. It will be erased in the first night after the hold is lifted.")
    messages.success(request, _("Every word of this case is erased.") if is_gone else waits)
    return to_part(reference)


@require_POST
@opens_to(Role.SUPERVISOR)
def mark_duplicate(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.DuplicateForm, found)
    done = _("What was tied to this case is tied to the other one.")
    return typed(request, found, form, lambda **told: services.mark_duplicate(found, **told), part="summary", done=done)


@require_POST
@opens_to(Role.SUPERVISOR)
def decide_approval(request: StaffRequest, reference: str, pk: str) -> HttpResponse:
    """Approve or return; nobody decides what they asked for."""
    found = queries.case_for(request.user, reference)
    approval = queries.approval_of(found, pk)
    form = read(request, forms.DecideForm, found)
    part = approval.of if approval.of in {"assessment", "plan"} else "summary"
    return typed(request, found, form, lambda **told: services.decide_approval(approval, **told), part=part)


@require_POST
@opens_to(*WORKERS)
def grant_access(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.AccessForm, found)
    return typed(request, found, form, lambda **told: services.grant_access(found, **told), part="access")


@require_POST
@opens_to(*WORKERS)
def end_access(request: StaffRequest, reference: str, pk: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    with calmly(request, _("They can no longer read it.")):
        services.end_access(queries.access_of(found, pk), by=request.user)
    return to_part(reference, "access")
