"""Children's words at the desk: those that wait first."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from panoh.ground.accounts.public import User
from panoh.ground.vault import public as vault

from .. import policy
from ..models import Voice, VoiceState


@dataclass(frozen=True)
class Words:
    """What a child said; both are empty where it was taken back."""

    text: str = ""
    letter: str = ""


def place_of_words(voice: Voice) -> str:
    return f"portal.voice:{voice.code}"


def words_of(voice: Voice) -> Words:
    """Unsealed; none where the key is gone, as in a restored backup. Raises ``TamperedError``."""
    if voice.sealed is None:
        return Words()
    try:
        return Words(**json.loads(vault.unseal(voice.data_key, voice.sealed, where=place_of_words(voice))))
    except vault.ErasedError:
        return Words()


def with_words(voices: Iterable[Voice]) -> list[tuple[Voice, Words]]:
    return [(voice, words_of(voice)) for voice in voices]


def voices_of_desk(user: User) -> QuerySet[Voice]:
    waits = Case(When(state=VoiceState.WAITING, then=Value(0)), default=Value(1))
    return policy.visible_voices(user).order_by(waits, "-entered_on", "-pk")


def voice_for(user: User, code: str) -> Voice:
    return get_object_or_404(policy.visible_voices(user), code=code)


def may_review(user: User, voice: Voice) -> bool:
    """Not twice by the same person."""
    return voice.state == VoiceState.WAITING and voice.first_by_id != user.pk
