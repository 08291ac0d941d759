"""What the one page of a case shows, part by part; each part asks only for what it shows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from panoh.ground.accounts.public import User, staff_with_role
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import policy, rules
from ..models import Action, Approval, Assessment, Case, Detail, Document, Field, FollowUp, Note, Person, Plan
from ..scoring import Tool
from .words import opened, where_purpose, words

MOST_EVENTS = 300


@dataclass(frozen=True, slots=True)
class ShownDetail:
    """One field of a person. ``is_hidden``: something stands here that this reader may not see."""

    field: str
    value: str
    detail: Detail | None
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class ShownPerson:
    person: Person
    alias: str
    details: list[ShownDetail]

    @property
    def known(self) -> list[ShownDetail]:
        return [one for one in self.details if one.value or one.is_hidden]


def legal_hold_of(case: Case) -> tuple[vault.Hold, str] | None:
    """The legal hold that stands on a case, and why."""
    if not vault.is_held(case.reference, kind="legal"):
        return None
    newest = next(one for one in vault.holds_on(case.reference) if one.kind == "legal" and one.lifted_at is None)
    return newest, vault.reason_of(newest)


def people_of(user: User, case: Case) -> list[ShownPerson]:
    """The people around the child, each detail only where this reader may see it; the child first."""
    visible = policy.visible_fields(user, case)
    people = case.people.prefetch_related("details").order_by("at", "pk")
    shown = [ShownPerson(one, words(case, one, "alias"), _details(case, one, visible)) for one in people]
    return sorted(shown, key=lambda one: one.person.role != "child")


def _details(case: Case, person: Person, visible: frozenset[str]) -> list[ShownDetail]:
    written = {detail.field: detail for detail in person.details.all()}
    return [_detail(case, code, written.get(code), code in visible) for code in Field.values]


def _detail(case: Case, code: str, detail: Detail | None, is_visible: bool) -> ShownDetail:
    value = words(case, detail, "value") if detail and is_visible else ""
    return ShownDetail(code, value, detail if is_visible else None, is_hidden=detail is not None and not is_visible)


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    question: str
    answer: str
    points: int


@dataclass(frozen=True, slots=True)
class ShownAssessment:
    """Read under its own version of the tool, whatever the present one asks."""

    row: Assessment
    answers: list[ShownAnswer]
    given: dict[str, str]
    most: int
    approval: "ShownApproval | None" = None


def assessments_of(case: Case) -> list[ShownAssessment]:
    rows = case.assessments.select_related("by", "approver").order_by("-at")
    asked = {one.row.subject: one for one in approvals_of(case)}
    return [_assessment(case, row, asked.get(row.pk)) for row in rows]


def _assessment(case: Case, row: Assessment, approval: "ShownApproval | None") -> ShownAssessment:
    given: dict[str, str] = json.loads(words(case, row, "answers") or "{}")
    tool = rules.tools().get((row.tool, row.version))
    answers = _answers(tool, given) if tool else [ShownAnswer(code, said, 0) for code, said in given.items()]
    return ShownAssessment(row, answers, given, tool.most if tool else row.score, approval)


def _answers(tool: Tool, given: dict[str, str]) -> list[ShownAnswer]:
    language = rules.reader()
    return [
        ShownAnswer(rules.said(item.names, language), rules.said(option.names, language), option.points)
        for code, item in tool.items.items()
        if (option := item.options.get(given.get(code, "")))
    ]


@dataclass(frozen=True, slots=True)
class ShownAction:
    row: Action
    title: str


@dataclass(frozen=True, slots=True)
class ShownPlan:
    row: Plan
    goal: str
    actions: list[ShownAction]
    approval: "ShownApproval | None" = None


def plans_of(case: Case) -> list[ShownPlan]:
    """The newest plan first, its actions by their day."""
    plans = case.plans.select_related("by", "approver").prefetch_related("actions__owner").order_by("-at")
    asked = {one.row.subject: one for one in approvals_of(case)}
    return [
        ShownPlan(
            plan,
            words(case, plan, "goal"),
            [ShownAction(row, words(case, row, "title")) for row in sorted(plan.actions.all(), key=lambda a: a.due_on)],
            asked.get(plan.pk),
        )
        for plan in plans
    ]


@dataclass(frozen=True, slots=True)
class ShownFollowUp:
    row: FollowUp
    what: str


def follow_ups_of(case: Case) -> list[ShownFollowUp]:
    rows = case.follow_ups.select_related("by").order_by("due_at")
    return [ShownFollowUp(row, words(case, row, "what")) for row in rows]


@dataclass(frozen=True, slots=True)
class ShownApproval:
    row: Approval
    words: str
    note: str
    can_decide: bool = False


def approvals_of(case: Case, user: User | None = None) -> list[ShownApproval]:
    """Every question to the supervisors, oldest first, so that of several the newest stands."""
    rows = case.approvals.select_related("asked_by", "decided_by").order_by("asked_at")
    return [
        ShownApproval(
            row, words(case, row, "words"), words(case, row, "note"), user is not None and policy.can_approve(user, row)
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class ShownNote:
    """The newest wording, and the earlier ones with their moments."""

    row: Note
    body: str
    earlier: list[tuple[datetime, str]]


def notes_of(case: Case) -> list[ShownNote]:
    notes = case.notes.select_related("by").prefetch_related("versions").order_by("-at")
    return [_note(case, note) for note in notes]


def _note(case: Case, note: Note) -> ShownNote:
    said = [(one.at, words(case, one, "body")) for one in sorted(note.versions.all(), key=lambda one: one.number)]
    return ShownNote(note, said[-1][1] if said else "", said[:-1])


@dataclass(frozen=True, slots=True)
class ShownDocument:
    row: Document
    title: str


def documents_of(case: Case) -> list[ShownDocument]:
    """Without their content, which only a download opens."""
    rows = case.documents.defer("content").select_related("by").order_by("-at")
    return [ShownDocument(row, words(case, row, "title")) for row in rows]


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the audit, with the name behind the code and, where one was written, the reason."""

    at: datetime
    verb: str
    who: str
    codes: dict[str, Any]
    reason: str = field(default="", repr=False)


def timeline_of(case: Case) -> list[Event]:
    """Everything that was done with the case, newest first."""
    entries = audit.trail(case.reference)[-MOST_EVENTS:]
    names = names_of({entry.actor for entry in entries})
    return [
        Event(one.at, one.verb, names.get(one.actor, ""), one.codes, opened(case, one.purpose, where_purpose(case)))
        for one in reversed(entries)
    ]


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Codes of staff and their names."""
    return dict(User.objects.filter(code__in=set(codes), realm="staff").values_list("code", "name"))


def colleagues(case: Case) -> list[User]:
    """Those of the desk who can be let in, or be given an action."""
    return [one for one in staff_with_role(*policy.DESK).order_by("name", "pk") if one.pk != case.owner_id]
