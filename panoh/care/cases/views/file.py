"""The one page of a case: its parts, the purpose it is opened for, its print, and how a form of it is answered."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, User, opens_to

from .. import policy, queries, referral_policy, rules, services
from ..forms import file as forms
from ..forms.labels import LABELS
from ..models import Case, Look
from ..policy import DESK
from ..queries.referrals import referrals_of
from .acting import attempt, part_address, to_part

PARTS = tuple(LABELS["part"])
Context = dict[str, Any]


@require_safe
@opens_to(*DESK)
def case(request: StaffRequest, reference: str) -> HttpResponse:
    """Looking at a case is on record; one that is not one's own is opened with a purpose."""
    found = queries.case_for(request.user, reference)
    part = request.GET.get("part", "")
    return case_screen(request, found, part if part in PARTS else "summary")


def case_screen(request: StaffRequest, found: Case, part: str, *, status: int = 200, **typed: Any) -> HttpResponse:
    """One part of the page, the forms as they were typed, those that were not touched fresh."""
    look = purpose_of(request.user, found)
    if look is None:
        form = typed.get("purpose_form") or forms.PurposeForm(case=found, user=request.user)
        return render(request, "cases/why.html", {"case": found, "form": form}, status=status)
    purpose, sealed = look
    services.note_view(found, purpose=purpose, sealed=sealed, by=request.user)
    context = {**page_context(request.user, found, part), **typed}
    return render(request, "cases/case.html", context, status=status)


def purpose_of(user: User, found: Case) -> tuple[str, bytes | None] | None:
    """For what this person has the case open: their own, or what they said lately; None: they must say it first."""
    if not policy.needs_purpose(user, found):
        return services.OWN, None
    look: Look | None = queries.last_look(user, found, hours=rules.number("purpose_hours", default=8))
    if look is None:
        return None
    return look.purpose, bytes(look.reason) if look.reason else None


def page_context(user: User, found: Case, part: str) -> Context:
    relation = policy.relation(user, found)
    return {
        "case": found,
        "part": part,
        "tabs": [(label, part_address(found.reference, code), code == part) for code, label in LABELS["part"].items()],
        "can": can_of(user, found, relation),
        "relation": relation,
        "waiting": [one for one in queries.approvals_of(found, user) if one.row.decided_at is None],
        **PAGES[part](user, found),
    }


def can_of(user: User, found: Case, relation: str) -> dict[str, bool]:
    """What the page may offer; the services decide again."""
    return {
        "work": policy.can_work(user, found),
        "begin": policy.can_begin(user, found),
        "add": policy.can_add(user, found),
        "take": policy.can_take(user, found),
        "lead": policy.can_lead(user) and policy.is_open(found),
        "override": policy.can_lead(user) and policy.is_open(found) and found.owner_id != user.pk,
        "reopen": policy.can_reopen(user, found),
        "hold": policy.can_lead(user) and found.forgotten_at is None,
        "erase": policy.can_lead(user) and found.closed_at is not None and found.forgotten_at is None,
        "reveal": policy.can_ask_reveal(user, found),
        "glass": policy.can_break_glass(user, found),
        "tell": policy.can_add(user, found) and relation != policy.GUEST,
    }


# --- the parts --------------------------------------------------------------------------------------------------------


def _fresh(user: User, found: Case, *classes: type[forms.CaseForm], **initial: Any) -> Context:
    made = {cls: cls(case=found, user=user, **_start(cls, initial)) for cls in classes}
    return {f"{cls.name}_form": form for cls, form in made.items()}


def _start(cls: type[forms.CaseForm], initial: dict[str, Any]) -> dict[str, Any]:
    return {"initial": initial[cls.name]} if cls.name in initial else {}


def _summary(user: User, found: Case) -> Context:
    codes = {name: getattr(found, name) for name in ("kind", "region", "age_band", "sex")}
    return {
        "tied": queries.tied_to(user, found),
        "follow_ups": [one for one in queries.follow_ups_of(found) if one.row.done_at is None],
        "duplicates": queries.duplicates_of(user, found),
        "child": next((one for one in queries.people_of(user, found) if one.person.role == "child"), None),
        "reveals": queries.reveals_of(user, found),
        "legal_hold": queries.legal_hold_of(found) if policy.can_lead(user) else None,
        "talks": found.links.filter(conversation__isnull=False).exists(),
        **_fresh(
            user, found, forms.CodesForm, forms.UrgencyForm, forms.AssignForm, forms.TransferForm, forms.ClosingForm,
            forms.ReopenForm, forms.DuplicateForm, forms.RevealForm, forms.GlassForm, forms.TellForm, forms.DecideForm,
            forms.HoldForm, forms.EraseForm,
            codes=codes, urgency={"urgency": found.urgency},
        ),
    }  # fmt: skip


def _people(user: User, found: Case) -> Context:
    return {"people": queries.people_of(user, found), **_fresh(user, found, forms.PersonForm, forms.DetailForm)}


def _consent(user: User, found: Case) -> Context:
    consents = found.consents.select_related("by", "approver").order_by("-at")
    shown = [(one, queries.words(found, one, "reason")) for one in consents]
    return {"consents": shown, **_fresh(user, found, forms.ConsentForm, forms.OverrideForm)}


def _assessment(user: User, found: Case) -> Context:
    shown = queries.assessments_of(found)
    draft = next((one for one in shown if one.row.status != "approved"), None)
    tool = rules.tool(draft.row.tool, draft.row.version) if draft else rules.tool()
    form = forms.AssessmentForm(case=found, user=user, tool=tool, initial=draft.given if draft else {})
    return {"assessments": shown, "draft": draft, "assessment_form": form, **_fresh(user, found, forms.DecideForm)}


def _plan(user: User, found: Case) -> Context:
    plans = queries.plans_of(found)
    draft = next((one for one in plans if one.row.status != "approved"), None)
    goal = {"goal": draft.goal if draft else ""}
    fresh = _fresh(
        user, found, forms.GoalForm, forms.ActionForm, forms.FollowUpForm, forms.SubmitForm, forms.DecideForm, goal=goal
    )
    approved = any(one.row.status == "approved" for one in plans)
    context = {"plans": plans, "draft": draft, "follow_ups": queries.follow_ups_of(found), "has_approved": approved}
    return {**context, **fresh}


def _notes(user: User, found: Case) -> Context:
    fresh = _fresh(user, found, forms.NoteForm, forms.ChangeNoteForm, note={"key": uuid.uuid4()})
    return {"notes": queries.notes_of(found), **fresh}


def _documents(user: User, found: Case) -> Context:
    return {"documents": queries.documents_of(found), **_fresh(user, found, forms.DocumentForm)}


def _referrals(user: User, found: Case) -> Context:
    can_refer = referral_policy.can_refer(user, found)
    return {"referrals": referrals_of(found), "can_refer": can_refer}


def _timeline(user: User, found: Case) -> Context:
    return {"events": queries.timeline_of(found)}


def _access(user: User, found: Case) -> Context:
    rows = found.access.select_related("user", "by").order_by("-until")
    return {
        "grants": [(one, queries.words(found, one, "reason")) for one in rows],
        **_fresh(user, found, forms.AccessForm),
    }


PAGES: dict[str, Callable[[User, Case], Context]] = {
    "summary": _summary,
    "people": _people,
    "consent": _consent,
    "assessment": _assessment,
    "plan": _plan,
    "notes": _notes,
    "documents": _documents,
    "referrals": _referrals,
    "timeline": _timeline,
    "access": _access,
}


# --- answering a form of the page -------------------------------------------------------------------------------------


def typed(
    request: StaffRequest,
    found: Case,
    form: forms.CaseForm,
    act: Callable[..., Any],
    *,
    part: str,
    done: str = "",
) -> HttpResponse:
    """Do what a form asks and go back to its part; or show the part again with what was typed and what is wrong."""
    was_done, _result = attempt(form, lambda **fields: act(**fields, by=request.user))
    if not was_done:
        return case_screen(request, found, part, status=422, **{f"{form.name}_form": form})
    if done:
        messages.success(request, done)
    return to_part(found.reference, part)


def read(request: StaffRequest, form_class: type[forms.CaseForm], found: Case) -> forms.CaseForm:
    return form_class(request.POST, request.FILES or None, case=found, user=request.user)


# --- the purpose, the print -------------------------------------------------------------------------------------------


@require_POST
@opens_to(*DESK)
def give_purpose(request: StaffRequest, reference: str) -> HttpResponse:
    """Why somebody opens a case that is not theirs."""
    found = queries.case_for(request.user, reference)
    form = read(request, forms.PurposeForm, found)
    return typed(
        request, found, form, lambda **told: services.give_purpose(found, **told), part="summary"
    )  # fmt: skip


@require_safe
@opens_to(*DESK)
def print_case(request: StaffRequest, reference: str) -> HttpResponse:
    """Everything this person may read on one page, for paper; every print is on record."""
    found = queries.case_for(request.user, reference)
    look = purpose_of(request.user, found)
    if look is None:
        return redirect("cases:case", reference)
    services.note_view(found, purpose=look[0], sealed=look[1], by=request.user, what="printed")
    context = {
        "case": found,
        "people": queries.people_of(request.user, found),
        "consents": [(one, "") for one in found.consents.select_related("by").order_by("-at")],
        "assessments": queries.assessments_of(found),
        "plans": queries.plans_of(found),
        "follow_ups": queries.follow_ups_of(found),
        "notes": queries.notes_of(found),
    }
    return render(request, "cases/print.html", context)
