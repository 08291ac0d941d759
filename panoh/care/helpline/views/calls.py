"""By hand: calls, visits and letters, calls to return, calls nobody answered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panoh.ground.accounts.public import Role, StaffRequest, opens_to

from .. import policy, queries, services
from ..forms.calls import CallBackForm, ImportForm, LogForm
from ..forms.contact import WriteUpForm
from ..models import Contact
from ..policy import DESK
from .answering import attempt, calmly, first_error
from .wrap_up import saved_line


@require_safe
@opens_to(*DESK)
def calls(request: StaffRequest) -> HttpResponse:
    """My open notes, who wants to be called, and what nobody answered."""
    context = {
        "desk": queries.call_desk(request.user),
        "log_form": LogForm(initial={"language": request.user.language}),
        "leads": policy.can_lead(request.user),
    }
    return render(request, "helpline/calls.html", context)


@require_POST
@opens_to(*DESK)
def log_call(request: StaffRequest) -> HttpResponse:
    """One press when the telephone rings; the note is open and its clock runs."""
    form = LogForm(request.POST)
    draft = attempt(form, lambda channel, language: _log(request, channel, language))
    if draft is None:
        messages.warning(request, first_error(form))
        return redirect("helpline:calls")
    return redirect("helpline:contact_by_hand", draft.reference)


def _log(request: StaffRequest, channel: str, language: str) -> Contact:
    return services.log_call(channel=channel, language=language or request.user.language, by=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def contact_by_hand(request: StaffRequest, reference: str) -> HttpResponse:
    """The note of a call, kept while it is filled in."""
    contact = queries.contact_for(request.user, reference)
    if contact.status == "final":
        return redirect("helpline:contact", reference)
    if request.method != "POST":
        return _by_hand(request, reference, WriteUpForm.of(contact, queries.summary_of(contact), auto_id="write-%s"))
    form = WriteUpForm(request.POST, auto_id="write-%s")
    kept = attempt(form, lambda **filled: services.save_wrap_up(contact, **filled, by=request.user))
    if request.headers.get("HX-Request") == "true":
        return saved_line(request, form)
    return redirect("helpline:contact_by_hand", reference) if kept else _by_hand(request, reference, form)


def _by_hand(request: StaffRequest, reference: str, form: WriteUpForm) -> HttpResponse:
    context = {"contact": queries.contact_for(request.user, reference), "write_up_form": form}
    return render(request, "helpline/by_hand.html", context, status=422 if form.errors else 200)


@require_POST
@opens_to(*DESK)
def finish_contact(request: StaffRequest, reference: str) -> HttpResponse:
    contact = queries.contact_for(request.user, reference)
    form = WriteUpForm(request.POST, auto_id="write-%s")
    done = attempt(form, lambda **filled: services.finish_contact(contact, **filled, by=request.user))
    if done is None:
        return _by_hand(request, reference, form)
    messages.success(request, _("Counted as %(reference)s.") % {"reference": done.reference})
    return redirect("helpline:calls")


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def ask_call_back(request: StaffRequest) -> HttpResponse:
    """Somebody wants to be called, at an hour that is safe for them."""
    form = CallBackForm(request.POST or None, initial={"language": request.user.language, "urgency": "3"})
    if request.method == "POST" and attempt(form, lambda **typed: services.ask_call_back(**typed, by=request.user)):
        messages.success(request, _("The call is on the list."))
        return redirect("helpline:calls")
    return render(request, "helpline/call_back.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@opens_to(*DESK)
def take_call_back(request: StaffRequest, pk: str) -> HttpResponse:
    """I call now: only now, and only to me, the number is shown."""
    entry = queries.call_back_for(request.user, pk)
    with calmly(request):
        services.take_call_back(entry, by=request.user)
    return redirect("helpline:calls")


@require_POST
@opens_to(*DESK)
def finish_call_back(request: StaffRequest, pk: str) -> HttpResponse:
    entry = queries.call_back_for(request.user, pk)
    with calmly(request):
        services.finish_call_back(entry, outcome=request.POST.get("outcome", ""), by=request.user)
    return redirect("helpline:calls")


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(Role.SUPERVISOR)
def import_missed_calls(request: StaffRequest) -> HttpResponse:
    """Call records from the telephone system; bad rows are named, the rest is kept."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    result = None
    if request.method == "POST":
        result = attempt(form, lambda file: services.import_missed_calls(file, by=request.user))
    context = {"form": form, "result": result}
    return render(request, "helpline/import_calls.html", context, status=422 if form.errors else 200)
