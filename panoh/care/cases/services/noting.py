"""Notes that keep every wording, and small documents."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import documents, policy
from ..errors import CaseRefusedError
from ..models import Case, Document, Note, NoteVersion
from .moves import change, lock_case, refuse_unless, sealed


@transaction.atomic
def add_note(case: Case, *, body: str, key: uuid.UUID | None = None, by: User) -> Note:
    """A note for those who may read the case; the same ``key`` twice is one note."""
    held = lock_case(case)
    refuse_unless(policy.can_add(by, held) and bool(body.strip()))
    if key and (old := held.notes.filter(key=key).first()):
        return old
    note = Note.objects.create(case=held, key=key or uuid.uuid4(), by=by, at=timezone.now())
    _write(held, note, 1, body, by)
    audit.record("note.added", thing=held.reference, actor=by.code)
    return note


@transaction.atomic
def change_note(note: Note, *, body: str, by: User) -> Note:
    """Its author writes it anew; what it said before stays."""
    held = lock_case(note.case)
    row = Note.objects.select_for_update().get(pk=note.pk)
    refuse_unless(policy.can_add(by, held) and row.by_id == by.pk and bool(body.strip()))
    row.version += 1
    row.save(update_fields=["version"])
    _write(held, row, row.version, body, by)
    audit.record("note.changed", thing=held.reference, actor=by.code, version=row.version)
    return row


def _write(case: Case, note: Note, number: int, body: str, by: User) -> None:
    version = NoteVersion(note=note, number=number, by=by, at=timezone.now())
    version.body = sealed(case, version, "body", body.strip())
    version.save()
    change(case)


@transaction.atomic
def add_document(case: Case, *, title: str, content: bytes, by: User) -> Document:
    """A small PDF, PNG, JPEG or text, sealed. The type is read from the content, never from its name."""
    held = lock_case(case)
    refuse_unless(policy.can_add(by, held))
    kind = documents.kind_of(content)
    if not kind or not title.strip():
        raise CaseRefusedError(_("Only a whole PDF, PNG, JPEG or plain text of at most 2 MB is kept, with a title."))
    row = Document(case=held, content_type=kind, size=len(content), by=by, at=timezone.now())
    row.title = sealed(held, row, "title", title.strip()[:200])
    row.content = vault.seal(held.data_key, content, where=row.where("content"))
    row.save()
    change(held)
    audit.record("document.added", thing=held.reference, actor=by.code, size=len(content))
    return row


@transaction.atomic
def open_document(document: Document, *, by: User) -> bytes:
    """The content, for a download; every one is on record."""
    refuse_unless(policy.can_read(by, document.case))
    content = vault.unseal_bytes(document.case.data_key, bytes(document.content), where=document.where("content"))
    audit.record("document.opened", thing=document.case.reference, actor=by.code, document=str(document.pk))
    return content
