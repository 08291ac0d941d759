"""Issuing: one row, or many at once. What is issued here is signed and printed by the worker, within seconds."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common.centre import centre
from panoh.ground.ui.typesetting import covered
from panoh.ground.vault import public as vault

from .. import policy, statuses
from ..errors import CertificateRefusedError
from ..models import Achievement, Certificate, CertificateDesign, CertificateEvent, Status, StatusList
from ..names import NameFaultError, check_glyphs, clean_name
from ..queries.assessing import like_of
from ..queries.reading import in_five
from .achieving import newest_design
from .signing import sign_waiting

TRIES = 20
GIVEN = ("hours", "from", "until", "place", "role")  # what a caller may say beside the achievement
FAULTS = {
    "empty": gettext_noop("There is no name."),
    "too_long": gettext_noop("The name is longer than 64 letters."),
}


class Draft(NamedTuple):
    """One certificate before it is one; ``facts`` are those of ``GIVEN``."""

    latin: str
    cyrillic: str
    person: UUID
    evidence: UUID | None = None
    language: str = "uz"
    facts: Mapping[str, Any] = {}


def issue_certificate(
    *,
    achievement: str,
    holder_name: tuple[str, str],
    person: UUID,
    evidence: UUID | None = None,
    language: str = "uz",
    facts: Mapping[str, Any] | None = None,
    by: User | None = None,
) -> Certificate:
    """Give ``person`` the certificate of ``achievement``; the one that holds already is returned as it is.

    ``holder_name``: Latin and Cyrillic (may be empty), as the holder has read and agreed to them. ``by`` is None where
    a room issues for what it has seen itself. Raises ``CertificateRefusedError``.
    """
    if by is not None and not policy.can_issue(by):
        raise CertificateRefusedError(_("Your role does not allow this."))
    of = Achievement.objects.filter(code=achievement).first()
    if of is None:
        raise CertificateRefusedError(_("There is no such certificate."))
    draft = checked(Draft(*holder_name, person, evidence, language, facts or {}))
    return issue_all(of, [draft], actor=by.code if by else "system")[0][0]


def checked(draft: Draft) -> Draft:
    """With clean names and facts. Raises ``CertificateRefusedError`` for what could not be printed."""
    try:
        latin = clean_name(draft.latin, covered())
        cyrillic = clean_name(draft.cyrillic, covered()) if draft.cyrillic.strip() else ""
    except NameFaultError as fault:
        sentence = _("Our fonts cannot print this sign: %(sign)s") % {"sign": fault.sign}
        raise CertificateRefusedError(_(FAULTS[fault.code]) if fault.code in FAULTS else sentence) from None
    return draft._replace(latin=latin, cyrillic=cyrillic, facts=check_facts(draft.facts, draft.language))


def check_facts(facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Those that say something. Raises ``CertificateRefusedError`` for what no certificate says, or no font prints."""
    try:
        for said in facts.values():
            check_glyphs(str(said), covered())
    except NameFaultError as fault:
        raise CertificateRefusedError(_("Our fonts cannot print this sign: %(sign)s") % {"sign": fault.sign}) from None
    if set(facts) - set(GIVEN) or language not in dict(settings.LANGUAGES):
        raise CertificateRefusedError(_("This is not a fact that a certificate can say."))
    return {name: said for name, said in facts.items() if said not in (None, "")}


def issue_all(of: Achievement, drafts: Sequence[Draft], *, actor: str) -> list[tuple[Certificate, bool]]:
    """Every certificate in the order of ``drafts``, and whether it is new. Keys are made first, in one go."""
    with transaction.atomic(using="keys"):
        keys = [vault.new_key("certificate") for _draft in drafts]
    with transaction.atomic():
        snapshot, design = snapshot_of(of)
        wanted = [_row(of, design, snapshot, draft, key) for draft, key in zip(drafts, keys, strict=True)]
        issued = _insert(wanted)
        new = [row for row, is_new in issued if is_new]
        write_down(new, "issued", actor=actor)
        vault.destroy_keys(set(keys) - {row.data_key for row in new}, reason="certificate-twice")
        if new:
            sign_waiting.enqueue()
    return issued


def snapshot_of(of: Achievement) -> tuple[dict[str, Any], CertificateDesign]:
    """What is printed of the achievement and of us, as it is today."""
    design = newest_design(of.design)
    if design is None:
        raise CertificateRefusedError(_("There is no such design."))
    by = design.signatory
    said: dict[str, Any] = {
        "achievement": {
            "code": of.code,
            "kind": of.kind,
            "names": in_five(of.names),
            "criteria": in_five(of.criteria),
        },
        "issuer": {"name": str(centre("name", default="Panoh")), "url": settings.PUBLIC_URL},
        "signatory": {"names": in_five(by.names), "offices": in_five(by.offices)} if by else None,
    }
    return said | ({"hours": of.hours} if of.hours else {}), design


def _row(of: Achievement, design: CertificateDesign, snapshot: dict[str, Any], draft: Draft, key: UUID) -> Certificate:
    now = timezone.now().replace(microsecond=0)
    row = Certificate(achievement=of, design=design, person=draft.person, evidence=draft.evidence, data_key=key)
    row.language, row.facts = draft.language, {**snapshot, **draft.facts}
    row.issued_at = row.valid_from = now
    row.valid_until = months_later(now, of.valid_months) if of.valid_months else None
    seal_names(row, draft.latin, draft.cyrillic)
    return row


def seal_names(row: Certificate, latin: str, cyrillic: str) -> None:
    said = json.dumps({"latin": latin, "cyrillic": cyrillic}, ensure_ascii=False)
    row.likeness = like_of(row.achievement, latin)
    row.sealed = vault.seal(row.data_key, said, where=row.where("names"))


def months_later(at: datetime, months: int) -> datetime:
    """The same day some months on; the first of the month after, where there is no such day."""
    years, month = divmod(at.month - 1 + months, 12)
    try:
        return at.replace(year=at.year + years, month=month + 1)
    except ValueError:
        return months_later(at.replace(day=1), months + 1)


def _insert(wanted: Sequence[Certificate]) -> list[tuple[Certificate, bool]]:
    """``INSERT … ON CONFLICT DO NOTHING``: the database decides who was first. A taken bit or code is drawn again."""
    found: dict[UUID, tuple[Certificate, bool]] = {}
    for _try in range(TRIES):
        missing = [row for row in wanted if row.person not in found]
        if not missing:
            return [found[row.person] for row in wanted]
        found |= {row.person: (row, False) for row in _holding(missing)}
        give_bits(fresh := list({row.person: row for row in missing if row.person not in found}.values()))
        Certificate.objects.bulk_create(fresh, batch_size=100, ignore_conflicts=True)
        there = Certificate.objects.in_bulk([row.code for row in fresh], field_name="code")
        for row in fresh:
            if row.code in there:
                row.pk = there[row.code].pk
                found[row.person] = (row, True)
    raise CertificateRefusedError(_("The certificate could not be issued. Try again."))


def _holding(rows: Sequence[Certificate]) -> list[Certificate]:
    holds = Certificate.objects.filter(achievement=rows[0].achievement, status=Status.ISSUED)
    return [
        one
        for start in range(0, len(rows), 400)
        for one in holds.filter(person__in=[row.person for row in rows[start : start + 400]])
    ]


def give_bits(rows: Sequence[Certificate]) -> None:
    """A random place in the newest list for each, so that the list tells nothing of the order of issuing."""
    last = Certificate.objects.order_by("-pk").values_list("pk", flat=True).first()
    number = statuses.list_number(last or 0)
    StatusList.objects.get_or_create(number=number)
    for row in rows:
        row.status_list, row.status_index = number, secrets.randbelow(statuses.BITS)


def write_down(rows: Sequence[Certificate], verb: str, *, actor: str, reason: str = "") -> None:
    """Into its history and into the ledger."""
    CertificateEvent.objects.bulk_create(
        [CertificateEvent(certificate=row, verb=verb, actor=actor, reason=reason) for row in rows], batch_size=200
    )
    for row in rows:
        audit.record(
            f"certificate.{verb}", thing=row.number, actor=actor, of=row.facts["achievement"]["code"][:40], why=reason
        )
