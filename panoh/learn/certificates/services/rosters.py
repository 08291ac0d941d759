"""A whole list at once: issued, asked for by another room, and all of it taken back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import policy
from ..errors import CertificateRefusedError
from ..models import Achievement, Certificate, Outcome, Roster, RosterRow, Status
from ..queries.assessing import Words, fault_of, in_both, person_of, words_of
from .ending import end_certificate
from .issuing import Draft, check_facts, checked, issue_all
from .reviewing import assess_rows, open_roster, open_rows


class Holder(NamedTuple):
    """Somebody on another room's list. ``cyrillic`` may be empty; ``evidence`` is that room's own number."""

    person: UUID
    latin: str
    cyrillic: str = ""
    evidence: UUID | None = None


class Given(NamedTuple):
    """What became of a ``Holder``: ``outcome`` is issued, held (has it already) or refused; ``code`` of a certificate.

    ``fault`` of one that is refused: empty, too_long, no_glyph, not_name, formula, twice.
    """

    person: UUID
    outcome: str
    fault: str = ""
    code: str = ""


@transaction.atomic
def issue_roster(roster: Roster, *, by: User) -> int:
    """Issue every row that is ready; how many are new. What is not ready stays, to be corrected and issued later.

    Asked twice, or by two people at once, it issues nothing twice: rows are looked at again behind the list's lock.
    """
    if not policy.can_issue(by):
        raise CertificateRefusedError(_("Your role does not allow this."))
    roster = open_roster(roster)
    assess_rows(roster)
    rows = [row for row in open_rows(roster) if row.outcome == Outcome.READY]
    if not rows:
        return 0
    said = words_of(roster, rows)
    drafts = [_draft(roster, said[row.line]) for row in rows]
    issued = issue_all(roster.achievement, drafts, actor=by.code)
    for row, (one, is_new) in zip(rows, issued, strict=True):
        row.outcome, row.certificate = Outcome.ISSUED if is_new else Outcome.HELD, one
        row.fault, row.other_line, row.sealed = "", None, None
    RosterRow.objects.bulk_update(rows, ["outcome", "certificate", "fault", "other_line", "sealed"], batch_size=100)
    roster.issued_at = roster.issued_at or timezone.now()
    roster.save(update_fields=["issued_at"])
    new = sum(is_new for _one, is_new in issued)
    audit.record("roster.issued", thing=roster.code, actor=by.code, rows=new)
    return new


def issue_list(
    holders: Sequence[Holder],
    *,
    achievement: str,
    key: str,
    language: str = "uz",
    facts: Mapping[str, Any] | None = None,
) -> list[Given]:
    """Issue to everybody on another room's list whose name can be printed: one ``Given`` for each, in their order.

    ``key`` names the request for ever, such as ``training:event-12`` (80 letters): asked again with the same list it
    answers the same and issues nothing; with another list it is refused. The names must be those their holders have
    looked at. ``facts``: from, until (ISO days), place, role, hours. The room asks who may. Raises
    ``CertificateRefusedError``.
    """
    of = Achievement.objects.filter(code=achievement).first()
    if of is None or not 0 < len(key) <= 80:
        raise CertificateRefusedError(_("There is no such certificate."))
    said = check_facts(facts or {}, language)
    digest = _digest_of(key, holders, achievement, language, said)
    with transaction.atomic():
        Achievement.objects.select_for_update().get(pk=of.pk)  # the second of two waits for what the first one did
        roster = Roster.objects.filter(origin=key).first()
        if roster is None:
            roster = _issue_new(of, holders, key=key, digest=digest, language=language, facts=said)
        if roster.digest != digest:
            raise CertificateRefusedError(_("Another list was issued under this key."))
        rows = roster.rows.select_related("certificate")
        return [_given(holder, row) for holder, row in zip(holders, rows, strict=True)]


@transaction.atomic
def undo_roster(roster: Roster, *, by: User) -> int:
    """Revoke what the list brought and still holds; how many. Their codes answer "revoked" from now on."""
    if not policy.can_issue(by):
        raise CertificateRefusedError(_("Your role does not allow this."))
    roster = Roster.objects.select_for_update().get(pk=roster.pk)
    if roster.undone_at is not None:
        return 0
    theirs = Certificate.objects.select_for_update(of=("self",)).filter(
        status=Status.ISSUED, roster_rows__roster=roster, roster_rows__outcome=Outcome.ISSUED
    )
    for one in (held := list(theirs)):
        end_certificate(one, Status.REVOKED, reason="roster_undone", actor=by.code)
    roster.undone_at, roster.undone_by = timezone.now(), by.code
    roster.save(update_fields=["undone_at", "undone_by"])
    audit.record("roster.undone", thing=roster.code, actor=by.code, rows=len(held))
    return len(held)


def _draft(roster: Roster, words: Words) -> Draft:
    person = person_of(words.id) or uuid4()
    return checked(Draft(words.latin, words.cyrillic, person, None, roster.language, roster.facts))


def _issue_new(
    of: Achievement, holders: Sequence[Holder], *, key: str, digest: str, language: str, facts: Mapping[str, Any]
) -> Roster:
    """Rows hold no names: the room that asked has them."""
    roster = Roster.objects.create(
        achievement=of, digest=digest, origin=key, language=language, facts=facts, made_by="system",
        issued_at=timezone.now(),
    )  # fmt: skip
    faults, drafts = dict[int, str](), dict[int, Draft]()
    seen: set[UUID] = set()
    for line, holder in enumerate(holders, 1):
        words = in_both(holder.latin, holder.cyrillic)
        fault = "twice" if holder.person in seen else fault_of(words)
        seen.add(holder.person)
        if fault:
            faults[line] = fault
        else:
            drafts[line] = checked(Draft(words.latin, words.cyrillic, holder.person, holder.evidence, language, facts))
    issued = issue_all(of, list(drafts.values()), actor="system") if drafts else []
    rows = [
        RosterRow(roster=roster, line=line, certificate=one, outcome=Outcome.ISSUED if is_new else Outcome.HELD)
        for line, (one, is_new) in zip(drafts, issued, strict=True)
    ]
    rows += [RosterRow(roster=roster, line=line, outcome=Outcome.REFUSED, fault=why) for line, why in faults.items()]
    RosterRow.objects.bulk_create(rows, batch_size=200)
    audit.record("roster.issued", thing=roster.code, actor="system", rows=len(issued), refused=len(faults))
    return roster


def _given(holder: Holder, row: RosterRow) -> Given:
    return Given(holder.person, row.outcome, row.fault, row.certificate.code if row.certificate else "")


def _digest_of(key: str, holders: Sequence[Holder], achievement: str, language: str, facts: Mapping[str, Any]) -> str:
    said = [[str(one.person), one.latin, one.cyrillic, str(one.evidence or "")] for one in holders]
    return vault.lookup(json.dumps([key, achievement, language, dict(facts), said], sort_keys=True), purpose="roster")
