"""Codes of pictures that never left their owner's device: kept sealed, found again by keyed hashes."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import near
from ..errors import FileRefusedError
from ..file_rules import limit
from ..models import FileHash, HashBand, Report, ReportStatus
from ..queries.files import band_lookups, pictures_hashed, takes, where_hash
from .filling import lock_report

PDQ, SHA256 = FileHash.Algorithm.PDQ, FileHash.Algorithm.SHA256


@transaction.atomic
def keep_hashes(report: Report, *, sha256: str, pdq: str = "", quality: int = 0) -> list[FileHash]:
    """Keep the codes of one picture; those of a picture that is known already are given back. ``FileRefusedError``.

    ``pdq`` is "" for a video or a picture the browser could not draw; ``quality`` is 0 to 100.
    """
    sha256, pdq = sha256.strip().lower(), pdq.strip().lower()
    if not near.is_hash(sha256) or (pdq and not near.is_hash(pdq)) or quality not in range(101):
        raise FileRefusedError("broken")
    report = lock_report(report)
    if not takes(report, "hash") or report.closed_at or report.forgotten_at:
        raise FileRefusedError("not_here")
    known = report.hashes.filter(algorithm=SHA256, lookup=_lookup(SHA256, sha256)).first()
    if known is not None:
        return list(report.hashes.filter(number=known.number))
    if len(pictures_hashed(report)) >= limit("max_hashes"):
        raise FileRefusedError("many")
    number = (report.hashes.aggregate(last=Max("number"))["last"] or 0) + 1
    kept = [_kept(report, number, SHA256, sha256, None)]
    if pdq:
        kept.append(_kept(report, number, PDQ, pdq, quality))
    audit.record("report.hash_kept", thing=report.reference, number=number, codes=len(kept))
    return kept


def _kept(report: Report, number: int, algorithm: str, value: str, quality: int | None) -> FileHash:
    row = FileHash.objects.create(
        report=report,
        number=number,
        algorithm=algorithm,
        quality=quality,
        value=vault.seal(report.conversation.data_key, value, where=where_hash(report, number, algorithm)),
        lookup=_lookup(algorithm, value),
        at=timezone.now(),
    )
    if algorithm == PDQ:
        HashBand.objects.bulk_create(HashBand(code=row, lookup=found) for found in band_lookups(near.bands(value)))
    return row


def _lookup(algorithm: str, value: str) -> str:
    return vault.lookup(value, purpose=f"reports.hash.{algorithm}")


@transaction.atomic
def remove_hashes(report: Report, *, number: int) -> None:
    """Whoever sent them takes them back, as long as the report is not sent."""
    report = lock_report(report)
    if report.status != ReportStatus.DRAFT:
        raise FileRefusedError("sent")
    gone, _rows = report.hashes.filter(number=number, attachment=None).delete()
    if gone:
        audit.record("report.hash_removed", thing=report.reference, number=number)
