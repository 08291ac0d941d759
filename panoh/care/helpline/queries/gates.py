"""The gates: a thing that is hidden and a thing that is missing look the same."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404

from panoh.care.talks.public import Conversation
from panoh.ground.accounts.public import User, may

from .. import policy
from ..models import CallBack, Complaint, Counsellor, DebriefRequest, Held, Shift, Talk


def talk_for(user: User, reference: str) -> Talk:
    """A talk whose words this person may read."""
    talks = policy.visible_talks(user).select_related("conversation", "assignee")
    return get_object_or_404(talks, conversation__reference=reference)


def waiting_talk_for(user: User, reference: str) -> Talk:
    """A waiting talk that this person could accept, or one they hold already."""
    talk = policy.takeable_talks(user).filter(conversation__reference=reference).first()
    return talk or talk_for(user, reference)


def may_follow(user: User, conversation_id: UUID) -> bool:
    """May this person's open page receive the lines of the talk?"""
    return policy.visible_talks(user).filter(pk=conversation_id).exists()


def talk_of(conversation: Conversation) -> Talk:
    """The talk of a conversation that a door has already let in (by cookie, code or channel)."""
    return Talk.objects.select_related("conversation", "assignee").get(conversation=conversation)


def held_for(user: User, pk: int) -> Held:
    if not policy.can_lead(user):
        raise Http404
    return get_object_or_404(Held.objects.select_related("talk__conversation", "by"), pk=pk)


def complaint_for(user: User, pk: int) -> Complaint:
    complaint = get_object_or_404(Complaint.objects.select_related("talk__conversation", "about"), pk=pk)
    if not policy.can_see_complaint(user, complaint.about_id):
        raise Http404
    return complaint


def call_back_for(user: User, pk: str) -> CallBack:
    if not may(user, *policy.DESK):
        raise Http404
    try:
        return get_object_or_404(CallBack, pk=pk, forgotten_at=None)
    except (ValidationError, ValueError) as unreadable:
        raise Http404 from unreadable


def shift_for(user: User, pk: int) -> Shift:
    if not policy.can_lead(user):
        raise Http404
    return get_object_or_404(Shift, pk=pk)


def debrief_for(user: User, pk: int) -> DebriefRequest:
    if not policy.can_lead(user):
        raise Http404
    return get_object_or_404(DebriefRequest, pk=pk)


def person_for(user: User, code: str) -> User:
    """A member of the desk, for those who lead it."""
    if not policy.can_lead(user):
        raise Http404
    return get_object_or_404(User, code=code, realm="staff", is_active=True)


def counsellor_for(user: User) -> Counsellor | None:
    return Counsellor.objects.filter(user=user).first()
