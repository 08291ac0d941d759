"""Reads of files and codes: what a report has, what we know already, and the gate to one file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone

from panoh.ground.accounts.public import User
from panoh.ground.vault import public as vault

from .. import near, policy
from ..asking import questionnaire
from ..file_rules import NEVER, limit
from ..models import Attachment, FileHash, HashBand, MediaOpening, Report

SEALED = ("original", "staff_copy", "preview")
LOOKED_AT = 50  # of those that share a band, the ones that share most are compared
PDQ, SHA256 = FileHash.Algorithm.PDQ, FileHash.Algorithm.SHA256


@dataclass(frozen=True)
class Known:
    """A code of this report that another report has too. ``distance`` is 0 for the very same code."""

    number: int
    report: Report
    algorithm: str
    distance: int


def takes(report: Report, step: str) -> bool:
    """Whether the questionnaire this report was asked with has a page of this kind (``files``, ``hash``) for it."""
    return bool(question_of_step(report, step))


def question_of_step(report: Report, step: str) -> str:
    """The code of the question that such a page answers; "" where this report has no such page."""
    if step == "files" and report.kind in NEVER:
        return ""
    said = {name: getattr(report, name) or None for name in ("danger", "about", "kind")}
    path = questionnaire(report.questionnaire).path(said)
    return next((question.code for question in path if question.kind == step), "")


def attachments_of(report: Report) -> list[Attachment]:
    """The files of a report in their order, without their sealed bytes."""
    return list(report.attachments.defer(*SEALED).order_by("position"))


def hashes_of(report: Report) -> list[FileHash]:
    """The codes that were made on somebody's device, one row each; PDQ before SHA-256."""
    return list(report.hashes.filter(attachment=None).order_by("number", "algorithm"))


def pictures_hashed(report: Report) -> list[int]:
    """The numbers of the pictures whose codes were made on the device."""
    return sorted({row.number for row in hashes_of(report)})


def file_for(user: User, reference: str, position: int) -> Attachment:
    """One file of a report that this person may read; hidden and missing look the same."""
    report = get_object_or_404(policy.visible_reports(user).select_related("conversation"), reference=reference)
    found: Attachment = get_object_or_404(
        report.attachments.defer(*SEALED).select_related("locked_by"), position=position
    )
    found.report = report
    return found


def is_open_to(user: User, attachment: Attachment) -> bool:
    """Whether this person said why they need to see it, a few minutes ago at most."""
    since = timezone.now() - timedelta(minutes=limit("open_minutes"))
    return MediaOpening.objects.filter(attachment=attachment, by=user, at__gte=since).exists()


def where_hash(report: Report, number: int, algorithm: str) -> str:
    """What a sealed code is bound to."""
    return f"reports.hash:{report.pk}:{number}:{algorithm}"


def hash_value(row: FileHash) -> str:
    """The 64 hex digits; raises ``vault.ErasedError`` when the report's key is gone."""
    where = where_hash(row.report, row.number, row.algorithm)
    return vault.unseal(row.report.conversation.data_key, row.value, where=where)


def band_lookups(spellings: Iterable[str]) -> list[str]:
    return [vault.lookup(spelling, purpose="reports.pdq_band")[:32] for spelling in spellings]


def known_matches(report: Report, *, user: User) -> list[Known]:
    """Other reports this person may see with the same file or a picture that looks the same, nearest first."""
    own = list(report.hashes.select_related("report__conversation"))
    found = [match for row in own for match in (*_same(row, user), *_alike(row, user))]
    nearest: dict[tuple[int, str], Known] = {}
    for match in sorted(found, key=lambda known: known.distance):
        nearest.setdefault((match.number, match.report.reference), match)
    return list(nearest.values())


def _same(row: FileHash, user: User) -> list[Known]:
    others = (
        FileHash.objects.filter(lookup=row.lookup, algorithm=row.algorithm, report__in=policy.visible_reports(user))
        .exclude(report=row.report)
        .select_related("report")
        .order_by("-report__sent_at")[:LOOKED_AT]
    )
    return [Known(row.number, other.report, row.algorithm, 0) for other in others]


def _alike(row: FileHash, user: User) -> list[Known]:
    """PDQ codes within ``near.NEAR`` bits: shared bands name the candidates, the codes themselves decide."""
    if row.algorithm != PDQ or (row.quality or 0) < near.GOOD_QUALITY:
        return []
    value = hash_value(row)
    shared = HashBand.objects.filter(lookup__in=band_lookups(near.wanted(value)), code__report__in=_others(row, user))
    counted = Counter(shared.values_list("code_id", flat=True))
    likely = FileHash.objects.filter(pk__in=[pk for pk, _ in counted.most_common(LOOKED_AT)], quality__gte=50)
    found = []
    for other in likely.select_related("report__conversation"):
        try:
            distance = near.distance(value, hash_value(other))
        except vault.ErasedError:
            continue
        if distance <= near.NEAR:
            found.append(Known(row.number, other.report, PDQ, distance))
    return found


def _others(row: FileHash, user: User) -> Any:
    return policy.visible_reports(user).exclude(pk=row.report_id).values("pk")
