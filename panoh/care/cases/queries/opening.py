"""How a page above hands a conversation over to the form that opens a case: signed, for one person, for an hour."""

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from panoh.care.talks.public import Conversation
from panoh.ground.accounts.public import User

SALT = "cases.open"
VALID_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Opening:
    conversation: Conversation
    kind: str
    reference: str


def opening_path(user: User, conversation: Conversation, *, kind: str, reference: str) -> str:
    """The address of the form that opens a case for this talk or report. The caller has let ``user`` read it."""
    told = {"c": str(conversation.pk), "k": kind, "r": reference, "u": user.code}
    return f"{reverse('cases:open_case')}?for={signing.dumps(told, salt=SALT)}"


def opening_of(user: User, signed: str) -> Opening | None:
    """What was signed for this person; None for anything else."""
    try:
        told = signing.loads(signed, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return None
    if told["u"] != user.code:
        return None
    conversation = Conversation.objects.filter(pk=told["c"], forgotten_at=None).first()
    return Opening(conversation, told["k"], told["r"]) if conversation else None
