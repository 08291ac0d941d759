"""The distribution log: an entry, a whole file, and taking either back."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common.codes import new_code

from .. import policy
from ..errors import RegisterRefusedError
from ..models import Handout, Upload
from ..queries.distribution import same_as
from ..queries.distribution_files import Row


def _keeper_or_refusal(by: User) -> None:
    if not policy.can_keep_registers(by):
        raise RegisterRefusedError(_("Only an editor or an administrator keeps the registers."))


@transaction.atomic
def log_handout(key: str, *, by: User, is_another: bool = False, **facts: Any) -> Handout:
    """Enter one handing-out. The same ``key`` again gives the entry there is.

    The very same facts are refused unless the person says that it ``is_another`` one.
    """
    _keeper_or_refusal(by)
    if found := Handout.objects.filter(key=key).first():
        return found
    if not is_another and same_as(facts):
        raise RegisterRefusedError(_("The log says this already. If it happened twice, tick the box below."))
    handout, is_new = Handout.objects.get_or_create(key=key, defaults={**facts, "entered_by": by})
    if is_new:
        audit.record("handout.logged", thing=handout.code, actor=by.code, region=handout.region, copies=handout.copies)
    return handout


@transaction.atomic
def remove_handout(handout: Handout, *, by: User) -> None:
    """Take a wrong entry out. What a file brought goes with the file, so that both stay whole."""
    _keeper_or_refusal(by)
    if handout.upload is not None:
        raise RegisterRefusedError(_("This came with a file. Undo the file instead."))
    audit.record("handout.removed", thing=handout.code, actor=by.code, region=handout.region, copies=handout.copies)
    handout.delete()


def digest_of(text: str) -> str:
    """What tells one file from another."""
    return hashlib.sha256(text.encode()).hexdigest()[:40]


@transaction.atomic
def import_handouts(text: str, rows: Iterable[Row], *, by: User) -> Upload:
    """Enter every row of a file, or none. The same file is refused while what it brought is in the log."""
    _keeper_or_refusal(by)
    rows, digest = list(rows), digest_of(text)
    if not rows or any(row.fault for row in rows):
        raise RegisterRefusedError(_("Nothing was entered: some rows cannot be read."))
    if Upload.objects.select_for_update().filter(digest=digest, undone_at=None).exists():
        raise RegisterRefusedError(_("This file is in the log already. Nothing was entered twice."))
    upload = Upload.objects.create(digest=digest, rows=len(rows), uploaded_by=by)
    Handout.objects.bulk_create(
        [Handout(key=f"{upload.code}:{row.line}", upload=upload, entered_by=by, **row.facts) for row in rows],
        batch_size=200,
    )
    audit.record("handouts.imported", thing=upload.code, actor=by.code, rows=len(rows))
    return upload


@transaction.atomic
def undo_upload(upload: Upload, *, by: User) -> int:
    """Take out all that a file brought; how many entries. A second time does nothing."""
    _keeper_or_refusal(by)
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.undone_at is not None:
        return 0
    gone, _each = upload.handouts.all().delete()
    upload.undone_at, upload.undone_by = timezone.now(), by
    upload.save(update_fields=["undone_at", "undone_by"])
    audit.record("handouts.undone", thing=upload.code, actor=by.code, rows=gone)
    return gone


def new_key() -> str:
    """What a form carries, so that pressing its button twice enters once."""
    return new_code(20)
