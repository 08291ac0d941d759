"""One report as one screen, and everything that is judged, said and done with it."""

import uuid
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panoh.care.cases import public as cases
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import Role, StaffRequest, opens_to

from .. import policy
from ..desk_rules import is_hard
from ..file_rules import takedown_services
from ..forms.desk import (
    AssignForm,
    CloseForm,
    DecideForm,
    EraseForm,
    HandOverForm,
    HoldForm,
    KindForm,
    LinkCaseForm,
    NoteForm,
    PurposeForm,
    SayForm,
    ShownForm,
    UrgencyForm,
)
from ..models import Report
from ..policy import DESK, READERS
from ..queries import report_for
from ..queries.desk import assignable
from ..queries.exposure import must_rest
from ..queries.files import attachments_of, hashes_of
from ..queries.handing_over import agencies, field_choices, hand_overs_of, sections_of, ticked_at_first
from ..queries.one_report import held_for, legal_hold_of, original_for, report_page, seen_lately
from ..services import ending, exposure, forgetting, holding, triage
from ..services.handing_over import hand_over_report
from .desk_answering import attempt, calmly


@require_safe
@opens_to(*READERS)
def report(request: StaffRequest, reference: str) -> HttpResponse:
    """Opening a report is on record; hard material only while no break is due."""
    found = report_for(request.user, reference)
    if refused := barrier(request, found):
        return refused
    triage.note_view(found, by=request.user)
    exposure.begin_look(found, by=request.user)
    return report_screen(request, found)


def barrier(request: StaffRequest, found: Report) -> HttpResponse | None:
    """What stands before a report: a break that is due, or the question why a closed one is opened."""
    if is_hard(found.kind) and must_rest(request.user):
        return redirect("reports:rest")
    if policy.needs_purpose(found) and not seen_lately(request.user, found):
        return render(request, "reports/purpose.html", {"report": found, "form": PurposeForm()})
    return None


@require_POST
@opens_to(*READERS)
def open_closed(request: StaffRequest, reference: str) -> HttpResponse:
    """Why a report that is over is opened; it stays on record."""
    found = report_for(request.user, reference)
    form = PurposeForm(request.POST)
    if form.is_valid():
        triage.note_view(found, by=request.user, purpose=form.cleaned_data["purpose"])
        return redirect("reports:report", reference)
    return render(request, "reports/purpose.html", {"report": found, "form": form}, status=422)


def report_screen(request: StaffRequest, found: Report, *, status: int = 200, **typed: forms.Form) -> HttpResponse:
    """The screen with the forms as they were typed; forms that were not touched are fresh."""
    found = report_for(request.user, found.reference)
    page = report_page(request.user, found)
    context: dict[str, Any] = {
        "page": page,
        "report": found,
        "is_hard": is_hard(found.kind),
        "attachments": attachments_of(found),
        "hashes": hashes_of(found),
        "known": page.known,
        "hand_overs": hand_overs_of(found),
        "legal_hold": legal_hold_of(found) if page.can["hold"] else None,
        "takedown": takedown_services(found.age_band),
        **_fresh_forms(request, found),
        **typed,
    }
    return render(request, "reports/report.html", context, status=status)


def _fresh_forms(request: StaffRequest, found: Report) -> dict[str, forms.Form]:
    people = assignable(request.user)
    return {
        "say_form": SayForm(auto_id="say-%s", initial={"key": uuid.uuid4()}),
        "note_form": NoteForm(auto_id="note-%s", initial={"key": uuid.uuid4()}),
        "close_form": CloseForm(auto_id="close-%s", initial={"key": uuid.uuid4()}),
        "urgency_form": UrgencyForm(auto_id="urgency-%s", initial={"urgency": str(found.urgency)}),
        "kind_form": KindForm(auto_id="kind-%s", initial={"kind": found.kind}),
        "shown_form": ShownForm(auto_id="shown-%s", initial={"shown": found.shown_status}),
        "decide_form": DecideForm(auto_id="decide-%s"),
        "assign_form": AssignForm(people=people, blank=_("the list, whoever is free"), auto_id="assign-%s"),
        "link_form": LinkCaseForm(auto_id="link-%s"),
        "hold_form": HoldForm(auto_id="hold-%s"),
        "erase_form": EraseForm(auto_id="erase-%s"),
    }


def to_report(request: StaffRequest, reference: str) -> HttpResponse:
    """Back to the report, or to the list where it is no longer this person's to read."""
    readable = policy.visible_reports(request.user).filter(reference=reference).exists()
    return redirect("reports:report", reference) if readable else redirect("reports:list")


def _done(request: StaffRequest, reference: str, form: forms.Form, act: Any, name: str) -> HttpResponse:
    """One form, one service; what could not be kept is still in the form."""
    found = report_for(request.user, reference)
    if attempt(form, lambda **fields: act(found, **fields, by=request.user)) is not None:
        return to_report(request, reference)
    return barrier(request, found) or report_screen(request, found, status=422, **{name: form})


# --- who holds it ---------------------------------------------------------------------------------------------------


@require_POST
@opens_to(*DESK)
def take_report(request: StaffRequest, reference: str) -> HttpResponse:
    with calmly(request):
        triage.take_report(report_for(request.user, reference), by=request.user)
    return to_report(request, reference)


@require_POST
@opens_to(*DESK)
def assign_report(request: StaffRequest, reference: str) -> HttpResponse:
    form = AssignForm(request.POST, people=assignable(request.user), auto_id="assign-%s")
    return _done(request, reference, form, triage.assign_report, "assign_form")


# --- judging --------------------------------------------------------------------------------------------------------


@require_POST
@opens_to(*DESK)
def set_urgency(request: StaffRequest, reference: str) -> HttpResponse:
    form = UrgencyForm(request.POST, auto_id="urgency-%s")
    return _done(request, reference, form, triage.set_urgency, "urgency_form")


@require_POST
@opens_to(*DESK)
def set_kind(request: StaffRequest, reference: str) -> HttpResponse:
    return _done(request, reference, KindForm(request.POST, auto_id="kind-%s"), triage.set_kind, "kind_form")


@require_POST
@opens_to(*DESK)
def assess_report(request: StaffRequest, reference: str) -> HttpResponse:
    with calmly(request):
        triage.assess_report(report_for(request.user, reference), by=request.user)
    return to_report(request, reference)


@require_POST
@opens_to(*DESK)
def set_shown_status(request: StaffRequest, reference: str) -> HttpResponse:
    form = ShownForm(request.POST, auto_id="shown-%s")
    return _done(request, reference, form, triage.set_shown_status, "shown_form")


@require_POST
@opens_to(*DESK)
def decide_report(request: StaffRequest, reference: str) -> HttpResponse:
    """How it came out. The other report of a repeated one is looked for through the gate, like any."""
    found = report_for(request.user, reference)
    form = DecideForm(request.POST, auto_id="decide-%s")

    def act(_report: Report, *, outcome: str, reason: str, original: str, by: Any) -> Report:
        other = original_for(by, found, original) if original else None
        return ending.decide_report(found, outcome=outcome, reason=reason, original=other, by=by)

    return _done(request, reference, form, act, "decide_form")


@require_POST
@opens_to(*DESK)
def close_report(request: StaffRequest, reference: str) -> HttpResponse:
    found = report_for(request.user, reference)
    form = CloseForm(request.POST, auto_id="close-%s")
    if attempt(form, lambda text, key: ending.close_report(found, body=text, key=key, by=request.user)):
        messages.success(request, _("The report is closed; the person reads what was done."))
        return redirect("reports:list")
    return report_screen(request, found, status=422, close_form=form)


# --- saying ---------------------------------------------------------------------------------------------------------


@require_POST
@opens_to(*DESK)
def say(request: StaffRequest, reference: str) -> HttpResponse:
    """Words to the person. The same key twice is one message, however often it is sent."""
    return _done(request, reference, SayForm(request.POST, auto_id="say-%s"), partial(_say, request), "say_form")


def _say(request: StaffRequest, found: Report, **typed: Any) -> talks.Message:
    message = triage.say(found, **typed)
    if message.kind == talks.Kind.HELD:
        messages.warning(request, _("Held for the supervisor. The person has not seen it."))
    return message


@require_POST
@opens_to(Role.SUPERVISOR)
def decide_held(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Held words go out, or never."""
    found = report_for(request.user, reference)
    words, decision = held_for(found, pk), request.POST.get("decision")
    if decision in {"release", "refuse"}:
        with calmly(request):
            triage.decide_held(found, words, release=decision == "release", by=request.user)
    return to_report(request, reference)


@require_POST
@opens_to(*DESK)
def add_note(request: StaffRequest, reference: str) -> HttpResponse:
    return _done(request, reference, NoteForm(request.POST, auto_id="note-%s"), triage.add_note, "note_form")


# --- keeping and erasing --------------------------------------------------------------------------------------------


@require_POST
@opens_to(Role.SUPERVISOR)
def hold_report(request: StaffRequest, reference: str) -> HttpResponse:
    """Nothing of it is forgotten until the hold is lifted."""
    return _done(request, reference, HoldForm(request.POST, auto_id="hold-%s"), _hold, "hold_form")


def _hold(found: Report, *, reason: str, by: Any) -> Report:
    holding.hold_report(found, reason=reason, by=by)
    return found


@require_POST
@opens_to(Role.SUPERVISOR)
def lift_hold(request: StaffRequest, reference: str) -> HttpResponse:
    with calmly(request):
        holding.lift_report_hold(report_for(request.user, reference), by=request.user)
    return to_report(request, reference)


@require_POST
@opens_to(Role.SUPERVISOR)
def erase_report(request: StaffRequest, reference: str) -> HttpResponse:
    """Before its days are over; under a hold it is owed, and said so."""
    found = report_for(request.user, reference)
    form = EraseForm(request.POST, auto_id="erase-%s")
    told = attempt(form, lambda reason: (forgetting.erase_report(found, reason=reason, by=request.user),))
    if told is None:
        return barrier(request, found) or report_screen(request, found, status=422, erase_form=form)
    waits = _("It is on hold. It will be erased in the first night after the hold is lifted.")
    messages.success(request, _("Every word of this report is erased.") if told[0] else waits)
    return to_report(request, reference)


# --- further ---------------------------------------------------------------------------------------------------------


@require_POST
@opens_to(*DESK)
def open_case(request: StaffRequest, reference: str) -> HttpResponse:
    found = report_for(request.user, reference)
    with calmly(request):
        case = ending.open_case_of(found, by=request.user)
        messages.success(request, _("Case %(case)s is open.") % {"case": case.reference})
    return to_report(request, reference)


@require_POST
@opens_to(*DESK)
def link_case(request: StaffRequest, reference: str) -> HttpResponse:
    """To a case there is; one that this person may not read looks like none."""
    form = LinkCaseForm(request.POST, auto_id="link-%s")

    def act(found: Report, *, reference: str, by: Any) -> Report:
        ending.link_report(found, cases.case_for(by, reference), by=by)
        return found

    return _done(request, reference, form, act, "link_form")


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def hand_over(request: StaffRequest, reference: str) -> HttpResponse:
    """To the police or another agency: which fields they read is chosen here, and frozen."""
    found = report_for(request.user, reference)
    if refused := barrier(request, found):
        return refused
    sections = sections_of(found)
    typed, first = request.POST if request.method == "POST" else None, {"fields_out": ticked_at_first(sections)}
    form = HandOverForm(typed, initial=first, agencies=agencies(found), fields=field_choices(sections))
    if number := attempt(form, lambda to, fields_out, reason: _hand_over(request, found, to, fields_out, reason)):
        said = _("Hand-over %(number)s is drafted. It goes out once it is approved and sent.")
        messages.success(request, said % {"number": number})
        return to_report(request, reference)
    context = {"report": found, "form": form, "can": policy.can_refer(request.user, found)}
    return render(request, "reports/hand_over.html", context, status=422 if form.errors else 200)


def _hand_over(request: StaffRequest, found: Report, to: Any, fields: list[str], reason: str) -> str:
    return hand_over_report(found, to=to, fields=fields, reason=reason, by=request.user)
