"""What people say about those they wrote to; never shown to the one it is about."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from panoh.ground.accounts.public import User
from panoh.ground.vault import public as vault

from .. import policy
from ..models import Complaint


@dataclass(frozen=True, slots=True)
class ShownComplaint:
    complaint: Complaint
    text: str
    answer: str


def complaints(user: User) -> QuerySet[Complaint]:
    """Unanswered ones first, the newest on top; empty for who does not lead."""
    if not policy.can_lead(user):
        return Complaint.objects.none()
    found = Complaint.objects.exclude(about=user).select_related("talk__conversation", "about", "answered_by")
    return found.order_by(F("answered_at").desc(nulls_first=True), "-at")


def opened(complaint: Complaint) -> ShownComplaint:
    """The words of a complaint that passed the gate; empty once it was forgotten."""
    return ShownComplaint(complaint, _words(complaint, "body"), _words(complaint, "answer"))


def _words(complaint: Complaint, part: str) -> str:
    sealed = getattr(complaint, part)
    if not sealed:
        return ""
    key = complaint.data_key
    try:
        return vault.unseal(key, bytes(sealed), where=f"helpline.complaint:{complaint.key}:{part}")
    except vault.ErasedError:
        return ""
