"""Reads for the pages that face the street."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from panoh.care.cases import public as cases
from panoh.care.talks import public as talks
from panoh.ground.languages.public import words_reviewed
from panoh.ground.organisations.public import has_verified_emergency_number
from panoh.ground.vault import public as vault

from .. import rules
from ..models import Talk


def is_talk_open(language: str) -> bool:
    """Production opens the talk only with one verified emergency number and reviewed words in this language."""
    if not settings.PRODUCTION:
        return True
    return words_reviewed(language) and has_verified_emergency_number()


def opens_at() -> datetime | None:
    """When the desk opens next; None while it is open, or when it never will."""
    now = timezone.now()
    return None if rules.hours().is_open(now) else rules.hours().opens_next(now)


def longest_backup_days() -> int:
    """How long an erased word can survive in a backup of the key store, as this centre promises."""
    return rules.number("retention", "key_backups", default=14)


def looked_alone() -> list[tuple[str, int]]:
    """Month (``11.2026``) and how often one person alone saw who somebody is; of the last twelve, the newest first."""
    today = timezone.localdate()
    first = f"{today.year - 1:04}-{today.month:02}"
    counts = [(month, number) for month, number in cases.public_counts("break_glass") if month > first]
    return [(f"{month[5:]}.{month[:4]}", number) for month, number in reversed(counts)]


def is_flooded() -> bool:
    """More new talks from the web within a minute than this centre could be asked for by people."""
    limit = rules.number("public", "flood_talks_per_minute", default=120)
    recent = Talk.objects.filter(  # a talk from the web waits at once, and this moment has an index
        waiting_since__gte=timezone.now() - timedelta(minutes=1), conversation__channel=talks.Channel.WEB
    )
    return recent[: limit + 1].count() > limit


def writes_too_fast(conversation: talks.Conversation) -> bool:
    """More messages of one talk within a minute than anybody types. By talk, never by address."""
    limit = rules.number("public", "flood_messages_per_minute", default=20)
    recent = conversation.messages.filter(
        direction=talks.Direction.IN, created_at__gte=timezone.now() - timedelta(minutes=1)
    )
    return recent[: limit + 1].count() >= limit


def complaint_answers(talk: Talk) -> list[str]:
    """What we answered to complaints made in this talk."""
    return [
        vault.unseal(one.data_key, bytes(one.answer), where=f"helpline.complaint:{one.key}:answer")
        for one in talk.complaints.exclude(answer=None).order_by("at")
        if one.answer
    ]
