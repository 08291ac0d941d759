"""A person complains about the one they wrote to; somebody else answers."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common import bell
from panoh.ground.vault import public as vault

from .. import policy
from ..errors import TalkRefusedError
from ..models import Complaint, Talk
from .moves import lock_talk


def where_complaint(complaint: Complaint, part: str) -> str:
    return f"helpline.complaint:{complaint.key}:{part}"


@transaction.atomic
def complain(talk: Talk, *, text: str, key: uuid.UUID) -> Complaint:
    """Told to supervisors, never to the person it is about; sealed under a key of its own, so that deleting the talk
    does not take it away. The same ``key`` twice is one complaint.
    """
    talk = lock_talk(talk)
    if old := Complaint.objects.filter(key=key).first():
        return old
    complaint = Complaint(talk=talk, about=_who_answered(talk), key=key, data_key=vault.new_key("complaint"))
    complaint.body = vault.seal(complaint.data_key, text[:4000], where=where_complaint(complaint, "body"))
    complaint.save()
    audit.record("complaint.made", thing=talk.conversation.reference)
    bell.ring("board")
    return complaint


def _who_answered(talk: Talk) -> User | None:
    """Who wrote to the person last; the talk may lie in other hands, or in nobody's, by now."""
    spoken = talk.conversation.messages.filter(direction=talks.Direction.OUT, author__isnull=False)
    last = spoken.select_related("author").order_by("-seq").first()
    return last.author if last else talk.assignee


@transaction.atomic
def answer_complaint(complaint: Complaint, *, text: str, by: User) -> Complaint:
    """What was done about it; whoever it is about cannot answer."""
    held = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if not policy.can_see_complaint(by, held.about_id) or held.answered_at:
        raise TalkRefusedError(_("This complaint is answered already, or is not yours to answer."))
    held.answer = vault.seal(held.data_key, text[:4000], where=where_complaint(held, "answer"))
    held.answered_by, held.answered_at = by, timezone.now()
    held.save(update_fields=["answer", "answered_by", "answered_at"])
    audit.record("complaint.answered", thing=held.talk.conversation.reference, actor=by.code)
    return held
