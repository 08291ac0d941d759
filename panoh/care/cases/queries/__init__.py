"""Reads of the case room, and the gate to a case."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from panoh.care.talks.public import Conversation
from panoh.ground.accounts.public import User

from .. import policy
from ..models import Case, Link
from .counters import case_counters, last_look, my_cases
from .finding import duplicates_of, find_cases
from .gates import (
    access_of,
    action_of,
    approval_of,
    case_for,
    cases_for,
    consent_of,
    detail_of,
    document_of,
    follow_up_of,
    note_of,
    person_of,
    view_for,
)
from .listing import Filters, Listing, case_list, names_who_lead, people_who_lead, views_of
from .opening import Opening, opening_of, opening_path
from .page import (
    approvals_of,
    assessments_of,
    colleagues,
    documents_of,
    follow_ups_of,
    legal_hold_of,
    notes_of,
    people_of,
    plans_of,
    timeline_of,
)
from .revealing import conversation_of, glass_for, public_counts, reveal_for, reveals_for, reveals_of, reviews_for
from .sections import case_sections, consent_for
from .tied import register_page, tied_to
from .words import words


def cases_of(conversation: Conversation) -> QuerySet[Case]:
    """The cases a talk or a report belongs to."""
    return Case.objects.filter(links__conversation=conversation).distinct()


def conversations_open_to(user: User) -> QuerySet[Link, UUID | None]:
    """Ids of the conversations that this person may go on reading because they are on a case of theirs."""
    links = Link.objects.filter(conversation__isnull=False)
    parts = [part.filter(closed_at=None).values_list("pk") for part in policy.visible_parts(user)]
    if not parts:
        return links.none().values_list("conversation_id", flat=True)
    mine = parts[0].union(*parts[1:]) if parts[1:] else parts[0]
    return links.filter(case__in=mine).values_list("conversation_id", flat=True)


def conversations_led_by(user: User) -> QuerySet[Link, UUID | None]:
    """Ids of the conversations that are tied to an open case which this person leads."""
    links = Link.objects.filter(conversation__isnull=False, case__owner=user, case__closed_at=None)
    return links.values_list("conversation_id", flat=True)


def references_of(conversations: Iterable[UUID]) -> dict[UUID, list[str]]:
    """For each conversation the references of its cases."""
    found: dict[UUID, list[str]] = {}
    rows = Link.objects.filter(conversation__in=list(conversations)).values_list("conversation_id", "case__reference")
    for conversation, reference in rows:
        found.setdefault(conversation, []).append(reference)
    return found


__all__ = [
    "Filters",
    "Listing",
    "Opening",
    "access_of",
    "action_of",
    "approval_of",
    "approvals_of",
    "assessments_of",
    "case_counters",
    "case_for",
    "case_list",
    "case_sections",
    "cases_for",
    "cases_of",
    "colleagues",
    "consent_for",
    "consent_of",
    "conversation_of",
    "conversations_led_by",
    "conversations_open_to",
    "detail_of",
    "document_of",
    "documents_of",
    "duplicates_of",
    "find_cases",
    "follow_up_of",
    "follow_ups_of",
    "glass_for",
    "last_look",
    "legal_hold_of",
    "my_cases",
    "names_who_lead",
    "note_of",
    "notes_of",
    "opening_of",
    "opening_path",
    "people_of",
    "people_who_lead",
    "person_of",
    "plans_of",
    "public_counts",
    "references_of",
    "register_page",
    "reveal_for",
    "reveals_for",
    "reveals_of",
    "reviews_for",
    "tied_to",
    "timeline_of",
    "view_for",
    "views_of",
    "words",
]
