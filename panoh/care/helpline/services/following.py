"""Being there: who looked at a talk is on record, who types is told and forgotten."""

from django.db import transaction
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common import bell

from .. import policy
from ..errors import TalkRefusedError
from ..models import Contact, Talk


@transaction.atomic
def note_view(talk: Talk, *, by: User) -> None:
    """Somebody opened the page of a talk. Neither the person nor the counsellor is told; the ledger is."""
    audit.record("talk.viewed", thing=talk.conversation.reference, actor=by.code, mine=talk.assignee_id == by.pk)


@transaction.atomic
def note_contact_view(contact: Contact, *, by: User) -> None:
    """Somebody read a finished contact."""
    audit.record("contact.viewed", thing=contact.reference, actor=by.code, mine=contact.by_id == by.pk)


@transaction.atomic
def note_search(*, by: User, found: int) -> None:
    """Somebody searched in what was written; for what is not kept."""
    audit.record("contacts.searched", thing=by.code, actor=by.code, found=found)


def tell_typing(talk: Talk, *, by: User) -> None:
    """Let the person's page show that we write; nothing is kept. Only who may answer is seen typing."""
    if not policy.can_answer(by, talk):
        raise TalkRefusedError(_("Only the one who holds the talk can write."))
    bell.ring(f"typing:{talk.pk}:out")
