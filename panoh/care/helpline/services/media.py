"""Pictures and files from outside: nothing is fetched until a counsellor says what it shows and why.

What may be sexual is locked for good: it is neither fetched nor opened, by anybody.
"""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common import bell
from panoh.ground.vault import public as vault

from .. import policy
from ..errors import TalkRefusedError
from ..models import MediaRequest, Talk
from .moves import change, lock_talk

SEXUAL = "may_be_sexual"
SHOWS = ("screenshot", "text", "document", "threat", "injury", "other", SEXUAL)
FETCHABLE = {talks.Kind.PHOTO, talks.Kind.FILE, talks.Kind.VOICE, talks.Kind.AUDIO}
OPENABLE = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"RIFF": "image/webp",
    b"OggS": "audio/ogg",
}
MOST_BYTES = 5_000_000


def where_media(request: MediaRequest) -> str:
    return f"helpline.media:{request.talk_id}:{request.message_seq}"


@transaction.atomic
def ask_media(talk: Talk, *, seq: int, shows: str, reason: str, by: User) -> MediaRequest | None:
    """Ask for one file of a talk. Saying that it may be sexual locks every file of the talk for good."""
    held = lock_talk(talk)
    if not policy.can_answer(by, held) or shows not in SHOWS or not reason.strip():
        raise TalkRefusedError(_("Say what the file shows and why you need to see it."))
    if shows == SEXUAL:
        lock_media(held, by=by)
        return None
    message = held.conversation.messages.filter(seq=seq, direction=talks.Direction.IN).first()
    if held.media_locked or message is None or message.kind not in FETCHABLE:
        raise TalkRefusedError(_("Files of this talk stay closed."))
    request, made = MediaRequest.objects.get_or_create(
        talk=held,
        message_seq=seq,
        defaults={"shows": shows, "by": by, "reason": _sealed_reason(held, seq, reason)},
    )
    if made:
        audit.record(
            "media.asked", thing=held.conversation.reference, actor=by.code, purpose=bytes(request.reason), seq=seq
        )
        bell.ring("media")
    return request


def _sealed_reason(talk: Talk, seq: int, reason: str) -> bytes:
    return vault.seal(talk.conversation.data_key, reason, where=f"helpline.media_reason:{talk.pk}:{seq}")


@transaction.atomic
def lock_media(talk: Talk, *, by: User) -> Talk:
    """Close every file of this talk for everyone, for good; what was fetched already is erased."""
    held = lock_talk(talk)
    if not (held.assignee_id == by.pk or policy.can_supervise(by, held)):
        raise TalkRefusedError(_("This talk has moved on meanwhile. Look at it again."))
    change(held, media_locked=True)
    held.media_requests.update(content=None, status="failed", failure="locked")
    audit.record("media.locked", thing=held.conversation.reference, actor=by.code)
    return held


def _locked(request_id: int) -> MediaRequest:
    """The request with its talk, the talk locked first as everywhere: two who work on one talk never wait in a ring."""
    talk = lock_talk(MediaRequest.objects.select_related("talk").get(pk=request_id).talk)
    request: MediaRequest = talk.media_requests.select_for_update().get(pk=request_id)
    request.talk = talk
    return request


@transaction.atomic
def store_media(request_id: int, *, content: bytes) -> MediaRequest:
    """What the channel gave us, sealed. The type is read from the content, never from its name."""
    request = _locked(request_id)
    kind = next((kind for magic, kind in OPENABLE.items() if content.startswith(magic)), "")
    if request.talk.media_locked or not kind or len(content) > MOST_BYTES:
        reason = "locked" if request.talk.media_locked else "type" if not kind else "size"
        return fail_media(request_id, reason=reason)
    request.content = vault.seal(request.talk.conversation.data_key, content, where=where_media(request))
    request.content_type, request.status = kind, "fetched"
    request.save(update_fields=["content", "content_type", "status"])
    _tell(request)
    return request


@transaction.atomic
def fail_media(request_id: int, *, reason: str) -> MediaRequest:
    """The file cannot be had; the desk says why."""
    request = _locked(request_id)
    request.status, request.failure = "failed", reason[:40]
    request.save(update_fields=["status", "failure"])
    _tell(request)
    return request


def _tell(request: MediaRequest) -> None:
    """Let the desk's open page know, with a note in the ledger."""
    talks.append_message(
        request.talk.conversation,
        direction=talks.Direction.NOTE,
        audience=talks.Audience.STAFF,
        kind=talks.Kind.EVENT,
        body=f"media_{request.status}",
        key=uuid.uuid5(request.talk_id, f"media:{request.message_seq}:{request.status}"),
        meta={"seq": request.message_seq},
    )


@transaction.atomic
def open_media(talk: Talk, *, seq: int, by: User) -> tuple[bytes, str]:
    """The content and its type, for the one who holds the talk or supervises; every look is on record."""
    held = lock_talk(talk)
    request = held.media_requests.filter(message_seq=seq, status="fetched").first()
    if request is None or request.content is None or held.media_locked:
        raise TalkRefusedError(_("Files of this talk stay closed."))
    if not (policy.can_answer(by, held) or policy.can_supervise(by, held)):
        raise TalkRefusedError(_("Files of this talk stay closed."))
    audit.record("media.opened", thing=held.conversation.reference, actor=by.code, seq=seq)
    content = vault.unseal_bytes(held.conversation.data_key, bytes(request.content), where=where_media(request))
    return content, request.content_type
