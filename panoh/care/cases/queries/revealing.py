"""What waits to be revealed or judged, and the gates to it."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from panoh.care.talks.public import Conversation, Identity
from panoh.ground.accounts.public import User

from .. import policy
from ..models import BreakGlass, Case, PublicCount, Reveal
from .words import words

MOST = 100


@dataclass(frozen=True, slots=True)
class ShownReveal:
    """A wish or a look alone, with its sealed words."""

    row: Any
    reason: str
    note: str
    can_decide: bool
    can_open: bool = False


def identity_behind(conversation: Conversation) -> Identity | None:
    """The channel's identity of a talk, or of the chat that follows it; None when nothing is known of the person."""
    if conversation.identity is not None:
        return conversation.identity
    return conversation.followed_by.identity if conversation.followed_by else None


def reveal_for(user: User, pk: object, *, case: Case | None = None) -> Reveal:
    """The one gate to a request; where a page names the case, the request has to be of that case."""
    rows = policy.visible_reveals(user).select_related("case", "conversation", "asked_by")
    return get_object_or_404(rows.filter(case=case) if case else rows, pk=pk)


def glass_for(user: User, pk: object) -> BreakGlass:
    return get_object_or_404(policy.visible_glass(user).select_related("case", "by"), pk=pk)


def reveals_for(user: User) -> list[ShownReveal]:
    """What a custodian decides, the oldest open one first, then what was decided."""
    rows = policy.visible_reveals(user).select_related("case", "conversation", "asked_by", "decided_by")
    newest = rows.order_by("-asked_at")[:MOST]
    return [_shown(user, row) for row in sorted(newest, key=lambda row: row.decided_at is not None)]


def reveals_of(user: User, case: Case) -> list[ShownReveal]:
    """One's own wishes on a case; a supervisor sees all of them."""
    rows = case.reveals.select_related("conversation", "asked_by", "decided_by").order_by("-asked_at")
    mine = rows if policy.can_lead(user) else rows.filter(asked_by=user)
    return [_shown(user, row) for row in mine]


def _shown(user: User, row: Reveal) -> ShownReveal:
    reason, note = words(row.case, row, "reason"), words(row.case, row, "note")
    return ShownReveal(row, reason, note, policy.can_decide_reveal(user, row), policy.can_open_reveal(user, row))


def reviews_for(user: User) -> list[ShownReveal]:
    """Looks alone that somebody else must judge, those that wait first."""
    rows = policy.visible_glass(user).select_related("case", "conversation", "by", "reviewed_by")
    ordered = sorted(rows.order_by("-at")[:MOST], key=lambda row: (row.reviewed_at is not None, row.review_due_at))
    return [_shown_glass(user, row) for row in ordered]


def _shown_glass(user: User, row: BreakGlass) -> ShownReveal:
    reason, review = words(row.case, row, "reason"), words(row.case, row, "review")
    return ShownReveal(row, reason, review, policy.can_review_glass(user, row))


def conversation_of(case: Case, reference: str) -> Conversation:
    """A conversation tied to this case, by the reference of its link."""
    link = case.links.filter(reference=reference, conversation__isnull=False).select_related(
        "conversation__identity", "conversation__followed_by__identity"
    ).first()  # fmt: skip
    if link is None or link.conversation is None:
        raise Http404
    return link.conversation


def public_counts(what: str) -> list[tuple[str, int]]:
    """Month (``2026-11``) and number, oldest first: what the centre owes the public."""
    rows = PublicCount.objects.filter(what=what).order_by("month")
    return [(f"{row.month:%Y-%m}", row.number) for row in rows]
