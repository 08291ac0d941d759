"""The hotline's part: what an address is, a second pair of eyes, and what a platform is told."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import policy
from ..desk_rules import contacts, hotline, scheme
from ..forms.desk import ClassifyForm, NoticeForm, NoticeTextForm
from ..models import Address, Notice, Report
from ..policy import DESK, HOTLINE
from ..queries import report_for
from ..queries.one_report import address_for, classification_for, notice_body, notice_for, typed_address
from ..services import classifying, notices
from .desk_answering import attempt, calmly
from .desk_report import barrier, to_report


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*HOTLINE)
def classify(request: StaffRequest, reference: str) -> HttpResponse:
    """One address, or the report as a whole. The address is text to copy; it is opened outside Panoh or not at all."""
    found = report_for(request.user, reference)
    if refused := barrier(request, found):
        return refused
    address = _address(found, request.GET.get("address", ""))
    form = ClassifyForm(request.POST or None)
    if attempt(form, lambda **typed: classifying.classify(found, address=address, **typed, by=request.user)):
        return to_report(request, reference)
    context = {
        "report": found,
        "form": form,
        "address": address,
        "typed": typed_address(found, address) if address else "",
        "scheme": scheme(),
        "can": policy.can_classify(request.user, found),
        "longest": hotline("longest_look_minutes"),
    }
    return render(request, "reports/classify.html", context, status=422 if form.errors else 200)


def _address(found: Report, number: str) -> Address | None:
    """None where none was asked for; a number that is none of the report's is a missing page."""
    if not number:
        return None
    if not number.isdecimal() or len(number) > 4:
        raise Http404
    return address_for(found, int(number))


@require_POST
@opens_to(*HOTLINE)
def confirm_classification(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """The second person agrees, or it is classified anew."""
    found = classification_for(report_for(request.user, reference), pk)
    agree = request.POST.get("agree")
    if agree in {"yes", "no"}:
        with calmly(request):
            classifying.confirm_classification(found, agree=agree == "yes", by=request.user)
    return to_report(request, reference)


# --- notices --------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def draft_notice(request: StaffRequest, reference: str) -> HttpResponse:
    found = report_for(request.user, reference)
    if refused := barrier(request, found):
        return refused
    typed = {one.number: typed_address(found, one) for one in found.addresses.order_by("number")}
    first = {"address": request.GET.get("address", ""), "contact": request.GET.get("contact", ""), "language": "en"}
    form = NoticeForm(request.POST if request.method == "POST" else None, typed=typed, initial=first)
    if notice := attempt(form, lambda **fields: _draft(request, found, **fields)):
        return redirect("reports:notice", reference, notice.pk)
    return render(
        request, "reports/draft_notice.html", {"report": found, "form": form}, status=422 if form.errors else 200
    )


def _draft(request: StaffRequest, found: Report, *, address: int | None, **fields: str) -> Notice:
    chosen = address_for(found, address) if address else None
    return notices.draft_notice(found, address=chosen, **fields, by=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def notice(request: StaffRequest, reference: str, pk: UUID) -> HttpResponse:
    """The words of one notice, to read, change and copy; and where it stands."""
    found = report_for(request.user, reference)
    if refused := barrier(request, found):
        return refused
    told = notice_for(found, pk)
    told.report = found
    form = NoticeTextForm(
        request.POST if request.method == "POST" else None, initial={"text": notice_body(found, told)}
    )
    if attempt(form, lambda text: notices.change_notice(told, text=text, by=request.user)):
        messages.success(request, _("The words are kept."))
        return redirect("reports:notice", reference, pk)
    return render(
        request, "reports/notice.html", _notice_page(request, found, told, form), status=422 if form.errors else 200
    )


def _notice_page(request: StaffRequest, found: Report, told: Notice, form: Any) -> dict[str, Any]:
    contact = contacts().contact(told.contact)
    return {
        "report": found,
        "notice": told,
        "contact": contact,
        "is_verified": bool(contact and contact.is_verified(timezone.localdate(), contacts().check_every_days)),
        "may_be_mailed": notices.may_be_mailed(told.contact),
        "form": form,
        "body": notice_body(found, told),
        "can": policy.can_classify(request.user, found) or policy.can_work(request.user, found),
        "language": get_language(),
    }


ACTS = {
    "acknowledge": notices.acknowledge_notice,
    "removed": notices.record_removal,
}


@require_POST
@opens_to(*DESK)
def send_notice(request: StaffRequest, reference: str, pk: UUID) -> HttpResponse:
    """By e-mail to a checked address, or by the hand of the person who says so."""
    told = notice_for(report_for(request.user, reference), pk)
    with calmly(request, _("On record: the notice is out.")):
        notices.send_notice(told, way=request.POST.get("way", ""), by=request.user)
    return redirect("reports:notice", reference, pk)


@require_POST
@opens_to(*DESK)
def note_answer(request: StaffRequest, reference: str, pk: UUID) -> HttpResponse:
    """What the host wrote back: they have it, or it is gone."""
    told = notice_for(report_for(request.user, reference), pk)
    act = ACTS.get(request.POST.get("answer", ""))
    with calmly(request):
        if act:
            act(told, by=request.user)
    return redirect("reports:notice", reference, pk)


@require_POST
@opens_to(*DESK)
def check_removal(request: StaffRequest, reference: str, pk: UUID) -> HttpResponse:
    """Somebody looked again, outside Panoh."""
    told = notice_for(report_for(request.user, reference), pk)
    if request.POST.get("gone") in {"yes", "no"}:
        with calmly(request):
            notices.check_removal(told, is_gone=request.POST["gone"] == "yes", by=request.user)
    return redirect("reports:notice", reference, pk)
