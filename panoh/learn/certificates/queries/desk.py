"""Lists and gates of the desk."""

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from panoh.ground.accounts.public import User
from panoh.ground.vault import public as vault

from .. import policy
from ..codes import read_code
from ..models import Achievement, Certificate, CertificateDesign, IssuerKey, Roster, Signatory
from .reading import holder_of, in_order


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


def design_for(user: User, pk: int) -> CertificateDesign:
    return get_object_or_404(policy.visible_designs(user), pk=pk)


def key_for(pk: int) -> IssuerKey:
    return get_object_or_404(IssuerKey, pk=pk)


def rosters(user: User) -> QuerySet[Roster]:
    return policy.visible_rosters(user).annotate(many=Count("rows"))


def name_shown(one: Certificate) -> str:
    """The printed name; "" where it is gone."""
    try:
        return in_order(holder_of(one), one.language)[0]
    except vault.ErasedError:
        return ""


def achievements() -> QuerySet[Achievement]:
    return Achievement.objects.all()


def signatories() -> QuerySet[Signatory]:
    return Signatory.objects.all()
