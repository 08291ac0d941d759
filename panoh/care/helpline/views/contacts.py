"""One's own finished contacts: search, read, correct, print."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import policy, queries, services
from ..forms.contact import CODES, AmendForm, SearchForm
from ..models import Contact
from ..policy import DESK
from .answering import PER_PAGE, attempt, page_of

MOST_FOUND = 200


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def contacts(request: StaffRequest) -> HttpResponse:
    """Page by page; a search is a POST on one page, so that no name that is looked for stands in an address."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = queries.my_contacts(request.user, **asked)
    page = page_of(request, found, MOST_FOUND if asked else PER_PAGE)
    if any(asked.values()):
        services.note_search(by=request.user, found=page.paginator.count)
    return render(request, "helpline/contacts.html", {"page": page, "form": form, "asked": any(asked.values())})


@require_safe
@opens_to(*DESK)
def contact(request: StaffRequest, reference: str) -> HttpResponse:
    """A finished one to read; one's own unfinished one goes on being written."""
    found = queries.contact_for(request.user, reference)
    if found.status == "draft":
        return redirect("helpline:contact_by_hand", reference)
    services.note_contact_view(found, by=request.user)
    return render(request, "helpline/contact.html", _page(request, found))


def _page(request: StaffRequest, found: Contact) -> dict[str, object]:
    return {
        "contact": found,
        "summary": queries.summary_of(found),
        "amendments": queries.amendments_of(found),
        "can_amend": policy.can_amend(request.user, found),
        "talk": queries.readable_talk(request.user, found),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def amend_contact(request: StaffRequest, reference: str) -> HttpResponse:
    """What it said before and why it changed stay on record."""
    found = queries.contact_for(request.user, reference)
    form = AmendForm(request.POST) if request.method == "POST" else AmendForm(initial=_now(found))
    if request.method == "POST" and attempt(form, lambda **typed: _amend(request, found, typed)):
        messages.success(request, _("The contact is corrected. What it said before stays on record."))
        return redirect("helpline:contact", reference)
    context = {"contact": found, "form": form, "can_amend": policy.can_amend(request.user, found)}
    return render(request, "helpline/amend.html", context, status=422 if form.errors else 200)


def _now(found: Contact) -> dict[str, object]:
    return {name: getattr(found, name) for name in CODES}


def _amend(request: StaffRequest, found: Contact, typed: dict[str, object]) -> object:
    why = str(typed.pop("why"))
    return services.amend_contact(found, reason=why, by=request.user, **typed)
