"""A list as the desk sees it: every row with its names and what would become of it."""

import csv
import io
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from panoh.ground.vault import public as vault

from ..labels import ROSTER_NOTES, ROW_FAULTS
from ..models import Outcome, Roster, RosterRow
from .assessing import Words, words_of
from .reading import holder_of

BADGES = {"ready": "info", "look": "warning", "issued": "done", "held": "done", "refused": "danger", "left": "plain"}
# A cell that begins so is run as a formula by the programs people open such files with.
RUN = ("=", "+", "-", "@")


class SeenRow(NamedTuple):
    """``words`` are empty where the names are gone."""

    row: RosterRow
    words: Words
    fault: str
    badge: str
    may_correct: bool


def rows_of(roster: Roster, outcome: str = "") -> QuerySet[RosterRow]:
    found = roster.rows.select_related("certificate__achievement")
    return found.filter(outcome=outcome) if outcome in Outcome.values else found


def seen_rows(roster: Roster, rows: Iterable[RosterRow]) -> list[SeenRow]:
    """Rows of one page with their names: from the list, or from the certificate they brought."""
    kept = list(rows)
    said = words_of(roster, kept)
    return [_seen(row, said.get(row.line) or _printed(row)) for row in kept]


def row_for(roster: Roster, line: int) -> SeenRow:
    """The gate to a row that can still be corrected."""
    row = rows_of(roster).filter(line=line).exclude(outcome=Outcome.ISSUED).first()
    if row is None or row.sealed is None:
        raise Http404
    return seen_rows(roster, [row])[0]


def tallies(roster: Roster) -> list[tuple[str, str, str, int]]:
    """Code, label, badge and number of each outcome that a row has."""
    counted = dict(roster.rows.order_by().values_list("outcome").annotate(many=Count("pk")))
    return [(code, str(label), BADGES[code], counted[code]) for code, label in Outcome.choices if code in counted]


def number_ready(roster: Roster) -> int:
    return roster.rows.filter(outcome=Outcome.READY).count()


def number_waiting(roster: Roster) -> int:
    """Rows that somebody should look at, or correct, first."""
    return roster.rows.filter(outcome__in=(Outcome.LOOK, Outcome.REFUSED)).count()


def notes_of(roster: Roster) -> list[str]:
    """What is odd about the file, as sentences."""
    unused = [note.removeprefix("unused:") for note in roster.notes if note.startswith("unused:")]
    said = [str(ROSTER_NOTES[note]) for note in roster.notes if note in ROSTER_NOTES]
    return said + ([_("Columns that were not used: %(heads)s") % {"heads": ", ".join(unused)}] if unused else [])


def not_issued_csv(roster: Roster) -> str:
    """What is not issued and why, under the heads that we read."""
    rows = rows_of(roster).exclude(outcome__in=(Outcome.ISSUED, Outcome.READY))
    out = io.StringIO()
    out.write("\ufeff")
    table = csv.writer(out)
    table.writerow(["name", "cyrillic", "id", _("Row"), _("Outcome"), _("Why")])
    for seen in seen_rows(roster, rows):
        words = seen.words
        cells: list[Any] = [words.latin, words.cyrillic, words.id, seen.row.line]
        cells += [seen.row.get_outcome_display(), seen.fault]
        table.writerow([_harmless(str(cell)) for cell in cells])
    return out.getvalue()


def _seen(row: RosterRow, words: Words) -> SeenRow:
    fault = str(ROW_FAULTS.get(row.fault, ""))
    if row.other_line:
        fault = f"{fault} {_('Row')} {row.other_line}."
    may = row.sealed is not None and row.outcome != Outcome.ISSUED
    return SeenRow(row, words, fault, BADGES[row.outcome], may)


def _printed(row: RosterRow) -> Words:
    try:
        return Words(*holder_of(row.certificate), "") if row.certificate else Words("", "", "")
    except vault.ErasedError:
        return Words("", "", "")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RUN) else cell
