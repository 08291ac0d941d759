"""The editors' home: the board of pages and languages, and the one click that leads into the editing page."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import policy, queries, services
from ..errors import WritingRefusedError
from ..forms.board import FilterForm, OverrideForm, TranslateForm


@opens_to(*policy.EDITORS)
@require_safe
def board(request: StaffRequest) -> HttpResponse:
    """Pages by language, what must be read again, what nobody found, words put in place of the rules'."""
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    held = queries.board(chosen.get("kind") or "guidance", chosen.get("audience", ""), chosen.get("state", ""))
    said = {"board": held, "form": form, "kind": chosen.get("kind") or "guidance", "override": OverrideForm(),
            "waiting": queries.waiting(request.user)}  # fmt: skip
    return render(request, "portal/writing/board.html", said)


@opens_to(*policy.EDITORS)
@require_POST
def translate(request: StaffRequest) -> HttpResponse:
    """Begin a page in a language it lacks, or open the one that somebody began meanwhile."""
    form = TranslateForm(request.POST)
    source = queries.translation_source(form.data.get("kind", ""), form.data.get("code", ""))
    if not form.is_valid() or source is None:
        raise Http404
    made = services.start_translation(source, form.cleaned_data["language"], by=request.user)
    return redirect(reverse("wagtailsnippets_portal_writing:edit", args=[made.pk]))


@opens_to(*policy.EDITORS)
@require_POST
def override(request: StaffRequest) -> HttpResponse:
    """Put other words in place of derived ones; no words take them away again."""
    form = OverrideForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was changed: the string and its script are needed."))
        return redirect("portal_desk:pages")
    try:
        services.override_words(**form.cleaned_data, by=request.user)
        messages.success(request, _("The words stand on every page that has this string."))
    except WritingRefusedError as refused:
        messages.error(request, str(refused))
    return redirect("portal_desk:pages")
