"""A list before it is issued: read in, looked at, corrected row by row, or put away."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import policy, rosters
from ..errors import CertificateRefusedError
from ..models import Achievement, Outcome, Roster, RosterRow
from ..queries.assessing import Words, assess, in_both, words_of
from .issuing import check_facts

OPEN = (Outcome.READY, Outcome.LOOK, Outcome.REFUSED, Outcome.HELD)


def add_roster(
    data: bytes, *, achievement: Achievement, language: str, facts: Mapping[str, Any] | None = None, by: User
) -> tuple[Roster, bool]:
    """Read a file in and say of every row what would become of it; nothing is issued. And whether it is new here.

    The same file for the same achievement is the list that is there already. Raises ``CertificateRefusedError``,
    ``RosterError``.
    """
    _check(policy.can_issue(by))
    said = check_facts(facts or {}, language)
    digest, read = vault.lookup(data.hex(), purpose="roster"), rosters.read_roster(data)
    there = Roster.objects.filter(achievement=achievement, digest=digest, undone_at=None)
    if (held := there.first()) is not None:
        return held, False
    notes = [*read.notes, *(f"unused:{head}" for head in read.unused)]
    try:
        with transaction.atomic():
            key = vault.new_key("certificate_list")
            roster = Roster.objects.create(
                achievement=achievement, digest=digest, language=language, facts=said, notes=notes, data_key=key,
                made_by=by.code,
            )  # fmt: skip
            RosterRow.objects.bulk_create([_row(roster, row) for row in read.rows], batch_size=200)
            assess_rows(roster)
            audit.record("roster.added", thing=roster.code, actor=by.code, rows=len(read.rows))
    except IntegrityError:  # somebody sent the same file in the same moment
        if (held := there.first()) is None:
            raise
        return held, False
    return roster, True


@transaction.atomic
def correct_row(roster: Roster, line: int, *, latin: str, cyrillic: str, by: User) -> RosterRow:
    """Another name for a row that is not issued. It is looked at again, with all the others."""
    roster, row = _open_row(roster, line, by)
    before = words_of(roster, [row]).get(line) or Words("", "", "")
    write_words(roster, row, in_both(latin.strip()[:120], cyrillic.strip()[:120], before.id))
    row.is_confirmed, row.outcome = False, Outcome.READY
    row.save(update_fields=["sealed", "is_confirmed", "outcome"])
    audit.record("roster.row_corrected", thing=roster.code, actor=by.code, line=line)
    assess_rows(roster)
    row.refresh_from_db()
    return row


@transaction.atomic
def confirm_rows(roster: Roster, lines: Sequence[int], *, by: User) -> int:
    """Somebody has looked at these rows and lets them stand; how many."""
    _check(policy.can_issue(by))
    roster = open_roster(roster)
    done = roster.rows.filter(line__in=lines, outcome=Outcome.LOOK).update(is_confirmed=True)
    audit.record("roster.rows_confirmed", thing=roster.code, actor=by.code, rows=done)
    assess_rows(roster)
    return done


@transaction.atomic
def leave_row_out(roster: Roster, line: int, *, by: User) -> RosterRow:
    """This row is not issued; its words stay with the list. Done again, it is back."""
    roster, row = _open_row(roster, line, by)
    row.outcome = Outcome.READY if row.outcome == Outcome.LEFT else Outcome.LEFT
    row.save(update_fields=["outcome"])
    audit.record("roster.row_left_out", thing=roster.code, actor=by.code, line=line)
    assess_rows(roster)
    row.refresh_from_db()
    return row


@transaction.atomic
def drop_roster(roster: Roster, *, by: User) -> None:
    """Put a list away of which nothing was issued; its names are destroyed."""
    _check(policy.can_issue(by))
    roster = open_roster(roster)
    if roster.issued_at is not None:
        raise CertificateRefusedError(_("Some of this list is issued: take it back instead."))
    code, key = roster.code, roster.data_key
    roster.delete()
    vault.destroy_keys([key] if key else [], reason="certificate-list-dropped")
    audit.record("roster.dropped", thing=code, actor=by.code)


def assess_rows(roster: Roster) -> None:
    """What would become of every row that is still open, written down. The caller is in a transaction."""
    rows = list(open_rows(roster))
    said = words_of(roster, rows)
    confirmed = [row.line for row in rows if row.is_confirmed]
    found = assess(roster.achievement, said, confirmed)
    changed = []
    for row in rows:
        if row.line not in found:
            continue
        finding = found[row.line]
        now = (finding.outcome, finding.fault, finding.held, finding.other_line)
        if now != (row.outcome, row.fault, row.certificate_id, row.other_line):
            row.outcome, row.fault, row.certificate_id, row.other_line = now
            changed.append(row)
    RosterRow.objects.bulk_update(changed, ["outcome", "fault", "certificate", "other_line"], batch_size=100)


def open_rows(roster: Roster) -> QuerySet[RosterRow]:
    return roster.rows.filter(outcome__in=OPEN, sealed__isnull=False)


def open_roster(roster: Roster) -> Roster:
    """Locked, and not taken back; the achievement before it, so that two lists of one wait for one another."""
    Achievement.objects.select_for_update().get(pk=roster.achievement_id)
    found = Roster.objects.select_for_update(of=("self",)).select_related("achievement").filter(pk=roster.pk).first()
    if found is None or found.undone_at is not None:
        raise CertificateRefusedError(_("This list was taken back or put away."))
    return found


def write_words(roster: Roster, row: RosterRow, words: Words) -> None:
    if roster.data_key is None:
        raise CertificateRefusedError(_("The names of this list are gone: its time is over. Send the file again."))
    row.sealed = vault.seal(roster.data_key, json.dumps(words, ensure_ascii=False), where=row.where())


def _row(roster: Roster, read: rosters.Row) -> RosterRow:
    row = RosterRow(roster=roster, line=read.line, outcome=Outcome.READY)
    write_words(roster, row, in_both(read.latin, read.cyrillic, read.id))
    return row


def _open_row(roster: Roster, line: int, by: User) -> tuple[Roster, RosterRow]:
    _check(policy.can_issue(by))
    roster = open_roster(roster)
    row = roster.rows.filter(line=line, outcome__in=(*OPEN, Outcome.LEFT)).first()
    if row is None:
        raise CertificateRefusedError(_("This row is issued already: open its certificate instead."))
    return roster, row


def _check(allowed: bool) -> None:
    if not allowed:
        raise CertificateRefusedError(_("Your role does not allow this."))
