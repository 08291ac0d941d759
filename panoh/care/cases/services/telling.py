"""What the child hears of it, in words a child understands."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .. import policy
from ..errors import CaseRefusedError
from ..models import Case
from .moves import change, lock_case, refuse_unless

MOST = 2000


@transaction.atomic
def tell_child(
    case: Case, conversation: talks.Conversation, *, words: str, key: uuid.UUID | None = None, by: User
) -> talks.Message:
    """To the channel the child came by, at a safe hour; it stands on the return page too. Once a ``key``."""
    held = lock_case(case)
    refuse_unless(policy.can_read(by, held) and policy.relation(by, held) != policy.GUEST)
    refuse_unless(held.links.filter(conversation=conversation).exists())
    if not words.strip() or len(words) > MOST:
        raise CaseRefusedError(_("Write a few plain sentences, at most 2,000 characters."))
    if talks.words_to_hold(words):
        raise CaseRefusedError(
            _("These words hold a number, a name, a link or a meeting outside the centre. Say it without them.")
        )
    message = talks.tell_outcome(conversation, body=words.strip(), author=by, key=key)
    if message is None:
        raise CaseRefusedError(_("The talk was erased: nobody is left to be told."))
    change(held)
    audit.record("child.told", thing=held.reference, actor=by.code, of=conversation.reference)
    return message
