"""Children's words at the desk: those that wait first."""

from django.db.models import Case, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from panoh.ground.accounts.public import User

from .. import policy
from ..models import Voice, VoiceState


def voices_of_desk(user: User) -> QuerySet[Voice]:
    waits = Case(When(state=VoiceState.WAITING, then=Value(0)), default=Value(1))
    return policy.visible_voices(user).order_by(waits, "-entered_on", "-pk")


def voice_for(user: User, code: str) -> Voice:
    return get_object_or_404(policy.visible_voices(user), code=code)


def may_review(user: User, voice: Voice) -> bool:
    """Not twice by the same person."""
    return voice.state == VoiceState.WAITING and voice.first_by_id != user.pk
