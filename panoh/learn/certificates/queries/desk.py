"""Lists and gates of the desk."""

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from panoh.ground.accounts.public import User
from panoh.ground.vault import public as vault

from .. import policy
from ..codes import read_code
from ..labels import REASONS, REISSUE_REASONS, VERBS
from ..models import Achievement, Certificate, CertificateEvent, IssuerKey, Roster
from .reading import holder_of, in_five, named


def certificates(user: User, asked: dict[str, str]) -> QuerySet[Certificate]:
    """Newest first; by code, by number, by achievement, by status. A name is sealed: nothing is found by it."""
    found = policy.visible_certificates(user)
    if word := asked.get("q", "").strip():
        number = word.rpartition("-")[2]
        found = found.filter(Q(code=read_code(word) or "-") | Q(pk=int(number) if number.isdecimal() else 0))
    if asked.get("achievement"):
        found = found.filter(achievement__code=asked["achievement"])
    if asked.get("status"):
        found = found.filter(status=asked["status"])
    return found


def certificate_for(user: User, code: str) -> Certificate:
    return get_object_or_404(policy.visible_certificates(user).select_related("supersedes"), code=code)


def roster_for(user: User, code: str) -> Roster:
    return get_object_or_404(policy.visible_rosters(user), code=code)


def key_for(pk: int) -> IssuerKey:
    return get_object_or_404(IssuerKey, pk=pk)


def rosters(user: User) -> QuerySet[Roster]:
    return policy.visible_rosters(user).annotate(many=Count("rows"))


def names_shown(one: Certificate) -> tuple[str, str]:
    """The name in Latin and in Cyrillic letters; "" where it is gone."""
    try:
        return holder_of(one)
    except vault.ErasedError:
        return "", ""


def history_of(one: Certificate) -> list[tuple[CertificateEvent, str, str]]:
    """What happened to it, with the words for it and for the reason."""
    reasons = {**REASONS, **REISSUE_REASONS}
    return [
        (event, str(VERBS.get(event.verb, event.verb)), str(reasons.get(event.reason, event.reason)))
        for event in one.events.all()
    ]


def newer_of(one: Certificate) -> Certificate | None:
    return Certificate.objects.filter(supersedes=one).first()


def achievements() -> QuerySet[Achievement]:
    return Achievement.objects.all()


def title_of(achievement: Achievement, language: str) -> str:
    """Its name, also in the script that is derived."""
    return named(in_five(achievement.names), language)
