"""A whole list at once: what each row brought, and all of it taken back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.languages import public as languages
from panoh.ground.vault import public as vault

from .. import policy, rosters
from ..errors import CertificateRefusedError
from ..models import Achievement, Certificate, Outcome, Roster, RosterRow, Status
from .ending import end_certificate
from .issuing import Draft, checked, issue_all


def issue_roster(
    data: bytes, *, achievement: Achievement, language: str, facts: Mapping[str, Any] | None = None, by: User
) -> Roster:
    """Issue to everybody in the file whose name can be printed; the outcome of every row is kept, the names are not.

    The same file is refused while what it brought stands. Raises ``CertificateRefusedError``, ``RosterError``.
    """
    if not policy.can_issue(by):
        raise CertificateRefusedError(_("Your role does not allow this."))
    rows, digest = rosters.read_roster(data), vault.lookup(data.hex(), purpose="roster")
    good, faults = _drafts(rows, language, facts or {})
    with transaction.atomic():
        Achievement.objects.select_for_update().get(pk=achievement.pk)  # two people, one file: one after the other
        if Roster.objects.filter(achievement=achievement, digest=digest, undone_at=None).exists():
            raise CertificateRefusedError(_("This list was issued already. Nothing was issued twice."))
        roster = Roster.objects.create(achievement=achievement, digest=digest, made_by=by.code)
        issued = issue_all(achievement, list(good.values()), actor=by.code) if good else []
        brought = [_brought(roster, line, *one) for line, one in zip(good, issued, strict=True)]
        refused = [RosterRow(roster=roster, line=at, outcome=Outcome.REFUSED, fault=why) for at, why in faults.items()]
        RosterRow.objects.bulk_create([*brought, *refused], batch_size=200)
        audit.record("roster.issued", thing=roster.code, actor=by.code, rows=len(rows), refused=len(faults))
    return roster


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


def _brought(roster: Roster, line: int, one: Certificate, is_new: bool) -> RosterRow:
    return RosterRow(roster=roster, line=line, outcome=Outcome.ISSUED if is_new else Outcome.HELD, certificate=one)


def _drafts(
    rows: Sequence[rosters.Row], language: str, facts: Mapping[str, Any]
) -> tuple[dict[int, Draft], dict[int, str]]:
    """Drafts and faults by line. Without a number a name may stand once: whether two are one person nobody can see."""
    good: dict[int, Draft] = {}
    faults: dict[int, str] = {}
    seen: set[str] = set()
    for row in rows:
        same = f"id:{row.id}" if row.id else f"name:{row.latin.casefold()}"
        cyrillic = row.cyrillic or languages.to_script(row.latin, "uz-cyrl")
        try:
            draft = checked(Draft(row.latin, cyrillic, person_of(row.id), None, language, facts))
        except CertificateRefusedError:
            faults[row.line] = "name"
            continue
        if same in seen:
            faults[row.line] = "twice"
            continue
        seen.add(same)
        good[row.line] = draft
    return good, faults


def person_of(number: str) -> UUID:
    """The same number is the same person in every list; without one it is somebody new. Told by nothing but our key."""
    return UUID(vault.lookup(number, purpose="roster-person")[:32]) if number else uuid4()
