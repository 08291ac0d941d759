"""What somebody gets of their own certificates."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from panoh.ground.vault import public as vault

from ..models import Certificate, CertificateEvent, Status
from .reading import address_of, credential_of, holder_of, pdf_of

OUR_OWN_SLIPS = ("issued_in_error", "roster_undone")


def certificates_of(person: UUID) -> list[Certificate]:
    """All that were ever issued to ``person``, newest first."""
    return list(Certificate.objects.filter(person=person).select_related("achievement"))


def issued_between(achievement: str, since: datetime, until: datetime) -> Iterator[tuple[UUID, datetime]]:
    """Who was given one for the first time, and when; a paper made anew is no second one."""
    held = Certificate.objects.filter(achievement__code=achievement, issued_at__gte=since, issued_at__lt=until)
    return held.filter(supersedes=None).order_by("issued_at").values_list("person", "issued_at").iterator()


def is_barred(achievement: str, person: UUID) -> bool:
    """Whether one was taken away for what its holder did. No button gives that person another; a slip of ours bars
    nobody."""
    revoked = CertificateEvent.objects.filter(verb=Status.REVOKED.value, certificate__person=person)
    for_cause = revoked.exclude(reason__in=OUR_OWN_SLIPS)
    return for_cause.filter(certificate__achievement__code=achievement).exists()


def export_of(person: UUID) -> list[dict[str, Any]]:
    """Everything kept of somebody here, ready for a file: names, facts, history and the signed credential."""
    return [_exported(one) for one in certificates_of(person)]


def files_of(person: UUID) -> bytes:
    """The same as a ZIP for the holder: ``certificates.json``, and every paper that is still whole as PDF."""
    out, held = io.BytesIO(), certificates_of(person)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("certificates.json", json.dumps([_exported(one) for one in held], ensure_ascii=False, indent=2))
        for one in held:
            try:
                packed.writestr(f"{one.number}.pdf", pdf_of(one))
            except vault.ErasedError:  # withdrawn, over, or not printed yet
                continue
    return out.getvalue()


def _exported(one: Certificate) -> dict[str, Any]:
    said: dict[str, Any] = {
        "number": one.number,
        "code": one.code,
        "address": address_of(one),
        "status": one.status,
        "reason": one.reason,
        "issued_at": one.issued_at.isoformat(),
        "valid_until": one.valid_until.isoformat() if one.valid_until else None,
        "facts": one.facts,
        "history": [{"at": event.at.isoformat(), "what": event.verb} for event in one.events.all()],
    }
    try:
        latin, cyrillic = holder_of(one)
    except vault.ErasedError:
        return said
    said["holder"] = {"latin": latin, "cyrillic": cyrillic}
    return said | ({"credential": credential_of(one)} if one.credential is not None else {})
