"""What leaves the centre as a file: encrypted with age for its reader, kept for some days, then destroyed.

There is no way to store or to fetch it in the clear: whoever downloads it gets the age file, and opens it elsewhere.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

import pyrage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from panoh.ground.audit import public as audit
from panoh.ground.common.centre import centre
from panoh.ground.common.codes import new_code

from ..errors import ExportRefusedError
from ..models import Export, ExportedThing
from .erasure import destroy_keys
from .keys import new_key
from .seals import seal, unseal_bytes

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
SHORTEST = 16
GROUPS = 6  # of five letters: 146 bits
LONGEST_DAYS = 30


def where_content(export: Export) -> str:
    return f"vault.export:{export.code}"


@transaction.atomic
def export_file(
    content: bytes,
    *,
    name: str,
    by_code: str,
    recipients: Sequence[str] = (),
    passphrase: str | None = None,
    days: int | None = None,
    things: Iterable[str] = (),
) -> Export:
    """Encrypt ``content`` for age public keys, or with a passphrase, and keep it ``days`` for ``by_code`` to fetch.

    Without ``recipients`` and ``passphrase`` one is made: it stands on ``.passphrase`` of what is returned, is to be
    shown once and is kept nowhere. ``things``: references of what is in it; when one is erased, so is the export.
    Raises ``ExportRefusedError``.
    """
    if not NAME.fullmatch(name):
        raise ExportRefusedError
    shown = passphrase if passphrase is not None else ("" if recipients else new_passphrase())
    export = Export(code=f"E-{new_code()}", name=name, by=by_code, data_key=new_key("export"))
    export.expires_at = timezone.now() + timedelta(days=_days(days))
    export.way = "keys" if recipients else "passphrase"
    export.content = seal(export.data_key, _encrypted(content, recipients, shown), where=where_content(export))
    export.save(force_insert=True)
    for thing in dict.fromkeys(things):
        ExportedThing.objects.create(export=export, thing=thing)
        audit.record("thing.exported", thing=thing, actor=by_code, to=export.code)
    audit.record("export.made", thing=export.code, actor=by_code, way=export.way)
    export.passphrase = shown
    return export


@transaction.atomic
def read_export(code: str, by_code: str) -> tuple[str, bytes]:
    """The name and the age file, for whoever made it, until it expires. Raises ``ExportRefusedError``."""
    export = Export.objects.filter(code=code, by=by_code, destroyed_at=None, expires_at__gt=timezone.now()).first()
    if export is None:
        raise ExportRefusedError
    content = unseal_bytes(export.data_key, export.content, where=where_content(export))
    Export.objects.filter(pk=export.pk).update(times_read=F("times_read") + 1)
    audit.record("export.read", thing=export.code, actor=by_code)
    return f"{export.name}.age", content


def exports_of(by_code: str) -> list[Export]:
    """A person's exports that can still be fetched, newest first; without their content."""
    live = Export.objects.filter(by=by_code, destroyed_at=None, expires_at__gt=timezone.now())
    return list(live.defer("content").order_by("-at"))


def destroy_expired() -> int:
    """Destroy every export whose days are over; how many. Run by the timetable."""
    over = Export.objects.filter(expires_at__lte=timezone.now(), destroyed_at=None)
    return _destroy(list(over.values_list("pk", flat=True)), reason="export_expired")


def destroy_exports(things: Iterable[str], *, reason: str) -> int:
    """Destroy every export that holds any of these; how many. Called by whoever erases them."""
    found = Export.objects.filter(things__thing__in=list(things), destroyed_at=None)
    return _destroy(list(found.values_list("pk", flat=True).distinct()), reason=reason)


def new_passphrase() -> str:
    """Thirty letters that can be read out, in groups of five."""
    return "-".join(new_code(5).lower() for _ in range(GROUPS))


@transaction.atomic
def _destroy(pks: list[int], *, reason: str) -> int:
    doomed = Export.objects.filter(pk__in=pks, destroyed_at=None)
    keys = list(doomed.values_list("data_key", flat=True))
    for export in doomed.only("code", "pk"):
        audit.record("export.destroyed", thing=export.code, reason=reason)
    doomed.update(content=b"", destroyed_at=timezone.now())
    destroy_keys(keys, reason=reason)
    return len(keys)


def _encrypted(content: bytes, recipients: Sequence[str], passphrase: str) -> bytes:
    """Both ways at once do not exist in age; keys are the stronger one."""
    if recipients:
        try:
            return bytes(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(key) for key in recipients]))
        except (pyrage.RecipientError, pyrage.EncryptError):
            raise ExportRefusedError from None
    if len(passphrase) < SHORTEST or len(set(passphrase)) < SHORTEST // 2:
        raise ExportRefusedError
    return bytes(pyrage.passphrase.encrypt(content, passphrase))


def _days(asked: int | None) -> int:
    """What was asked for, at most what the centre allows."""
    most = min(int(centre("exports", "days", default=7)), LONGEST_DAYS)
    return most if asked is None else max(1, min(asked, most))
