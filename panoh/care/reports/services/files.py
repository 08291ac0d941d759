"""Keeping, opening and locking what people send us. Bytes are sealed under the report's key from the first moment."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import policy, scanner
from ..errors import FileRefusedError, ReportRefusedError
from ..file_rules import NEVER, limit
from ..models import Attachment, FileHash, MediaOpening, Report, ReportStatus, Scan
from ..pictures import Picture, PictureRefusedError, read_picture
from ..queries.files import is_open_to, takes, where_hash
from .filling import lock_report

LEAST_REASON = 3
SCANNED_AT_ONCE = 20
SHA256 = FileHash.Algorithm.SHA256


def where_file(report: Report, position: int, part: str) -> str:
    """What sealed bytes are bound to; ``part`` is original, staff_copy or preview."""
    return f"reports.attachment:{report.pk}:{position}:{part}"


def keep_file(report: Report, *, content: bytes) -> Attachment:
    """Keep one picture. The same picture sent twice is kept once; raises ``FileRefusedError``."""
    _check_room(report)
    if len(content) > limit("max_bytes"):
        raise FileRefusedError("too_big")
    try:
        picture = read_picture(content)
    except PictureRefusedError as refused:
        raise FileRefusedError(refused.code) from None
    verdict = _scanned(content)
    if verdict == scanner.INFECTED:
        raise FileRefusedError("infected")
    return _keep(report, content=content, picture=picture, verdict=verdict)


def _scanned(content: bytes) -> str:
    """Nothing is locked while the scanner thinks."""
    return scanner.scan(content, where=settings.SCANNER) if settings.SCANNER else Scan.NONE


def _check_room(report: Report) -> None:
    if not takes(report, "files") or report.closed_at or report.forgotten_at:
        raise FileRefusedError("not_here")
    if report.attachments.count() >= limit("max_count"):
        raise FileRefusedError("many")


@transaction.atomic
def _keep(report: Report, *, content: bytes, picture: Picture, verdict: str) -> Attachment:
    report = lock_report(report)
    found = vault.lookup(hashlib.sha256(content).hexdigest(), purpose="reports.hash.sha256")
    if (already := report.attachments.filter(hashes__lookup=found).first()) is not None:
        return already
    _check_room(report)
    position = (report.attachments.aggregate(last=Max("position"))["last"] or 0) + 1
    parts = {"original": content, "staff_copy": picture.staff_copy, "preview": picture.preview}
    kept = Attachment.objects.create(
        report=report,
        position=position,
        content_type=picture.content_type,
        size=len(content),
        width=picture.width,
        height=picture.height,
        scan=verdict,
        blocked=verdict == Scan.FAILED,
        kept_at=timezone.now(),
        **{part: _sealed(report, position, part, bits) for part, bits in parts.items()},
    )
    _note_digest(kept, hashlib.sha256(content).hexdigest(), found)
    audit.record("report.file_kept", thing=report.reference, position=position, scan=verdict)
    return kept


def _sealed(report: Report, position: int, part: str, content: bytes) -> bytes:
    return vault.seal(report.conversation.data_key, content, where=where_file(report, position, part))


def _note_digest(kept: Attachment, digest: str, found: str) -> None:
    """The digest of the bytes as they came: the same file in two reports is seen, a changed one is seen as well."""
    report = kept.report
    if report.hashes.filter(lookup=found).exists():  # its owner sent its code before
        return
    number = (report.hashes.aggregate(last=Max("number"))["last"] or 0) + 1
    FileHash.objects.create(
        report=report,
        attachment=kept,
        number=number,
        algorithm=SHA256,
        value=vault.seal(report.conversation.data_key, digest, where=where_hash(report, number, SHA256)),
        lookup=found,
        at=kept.kept_at,
    )


@transaction.atomic
def remove_file(report: Report, *, position: int) -> None:
    """Whoever sent it takes it back, as long as the report is not sent; nothing happens when it is gone already."""
    report = lock_report(report)
    if report.status != ReportStatus.DRAFT:
        raise FileRefusedError("sent")
    gone, _rows = report.attachments.filter(position=position).delete()
    if gone:
        audit.record("report.file_removed", thing=report.reference, position=position)


# --- at the desk ----------------------------------------------------------------------------------------------------


@transaction.atomic
def open_file(attachment: Attachment, *, reason: str, by: User) -> MediaOpening:
    """Say why it must be seen clearly; from then on this person sees it for a few minutes."""
    report = _readable(attachment, by)
    if len(reason.strip()) < LEAST_REASON:
        raise ReportRefusedError(_("Write why you need to see it."))
    now = timezone.now()
    opening = MediaOpening.objects.create(
        attachment=attachment,
        by=by,
        reason=vault.seal(report.conversation.data_key, reason.strip(), where=_where_reason(attachment, by)),
        at=now,
    )
    audit.record(
        "report.file_opened",
        thing=report.reference,
        actor=by.code,
        purpose=bytes(opening.reason),
        position=attachment.position,
    )
    return opening


def _where_reason(attachment: Attachment, by: User) -> str:
    return f"reports.opening:{attachment.pk}:{by.pk}"


@transaction.atomic
def show_file(attachment: Attachment, *, by: User) -> bytes:
    """The staff copy, for whoever opened the file just now; every look is on record."""
    report = _readable(attachment, by)
    if not is_open_to(by, attachment):
        raise ReportRefusedError(_("Write why you need to see it."))
    audit.record("report.file_shown", thing=report.reference, actor=by.code, position=attachment.position)
    return _unsealed(report, attachment, "staff_copy")


def show_preview(attachment: Attachment, *, by: User) -> bytes:
    """The grey squares; nothing can be recognised in them, so no reason is asked."""
    return _unsealed(_readable(attachment, by), attachment, "preview")


def _readable(attachment: Attachment, by: User) -> Report:
    """The report, if its files may be opened at all: not blocked, not of a sexual kind, and visible to this person."""
    fresh = Attachment.objects.only("blocked", "report_id").get(pk=attachment.pk)
    report = policy.visible_reports(by).select_related("conversation").filter(pk=fresh.report_id).first()
    if report is None or fresh.blocked or report.kind in NEVER:
        raise ReportRefusedError(_("This file stays closed."))
    return report


def _unsealed(report: Report, attachment: Attachment, part: str) -> bytes:
    sealed = Attachment.objects.values_list(part, flat=True).get(pk=attachment.pk)
    where = where_file(report, attachment.position, part)
    return vault.unseal_bytes(report.conversation.data_key, sealed, where=where)


@transaction.atomic
def lock_files(report: Report, *, by: User) -> Report:
    """It may be sexual: nobody opens any file of this report again. The sealed originals stay as evidence."""
    if not policy.visible_reports(by).filter(pk=report.pk).exists():
        raise ReportRefusedError(_("This file stays closed."))
    report = lock_report(report)
    done = report.attachments.filter(locked_at=None).update(
        blocked=True, locked_at=timezone.now(), locked_by=by, staff_copy=b"", preview=b""
    )
    if done:
        audit.record("report.files_locked", thing=report.reference, actor=by.code, files=done)
    return report


# --- by the clock ---------------------------------------------------------------------------------------------------


def scan_again() -> int:
    """Ask the scanner about files it could not judge before; how many were judged now."""
    if not settings.SCANNER:
        return 0
    waiting = Attachment.objects.filter(scan=Scan.FAILED, locked_at=None).order_by("id")
    return sum(_scan_one(pk) for pk in list(waiting.values_list("pk", flat=True)[:SCANNED_AT_ONCE]))


def _scan_one(pk: int) -> bool:
    kept = Attachment.objects.select_related("report__conversation").get(pk=pk)
    try:
        verdict = scanner.scan(_unsealed(kept.report, kept, "original"), where=settings.SCANNER)
    except vault.ErasedError:
        return False
    if verdict == scanner.FAILED:
        return False
    with transaction.atomic():
        report = lock_report(kept.report)
        if verdict == scanner.CLEAN:
            report.attachments.filter(pk=pk, locked_at=None).update(scan=Scan.CLEAN, blocked=False)
        else:
            report.attachments.filter(pk=pk).delete()
        audit.record("report.file_scanned", thing=report.reference, position=kept.position, scan=verdict)
    return True


def forget_files(report: Report) -> None:
    """Nothing of its pictures stays: the sealed bytes, the codes, and what finds them. For the retention runner."""
    report.attachments.all().delete()
    report.hashes.all().delete()
