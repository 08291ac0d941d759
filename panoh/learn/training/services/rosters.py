"""Lists from files: read, looked at row by row, decided, applied once, undone.

What a row said is sealed under a key of the list and gone when nothing is left to decide. A row that looks like
somebody known waits for a person to say so; all others do not wait for it.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common.tables import TableError, read_table
from panoh.ground.places import public as places
from panoh.ground.vault import public as vault

from .. import columns, policy
from ..columns import Cells, RowFaultError
from ..errors import TrainingRefusedError
from ..marks import Said
from ..models import (
    Attendance,
    DuplicateReview,
    EventState,
    ImportRow,
    ImportState,
    NameMark,
    Participation,
    Person,
    RosterImport,
    RowOutcome,
    Source,
    Trainer,
    TrainingEvent,
)
from ..queries.people import where_row
from . import people
from .people import Draft
from .staleness import mark_stale

KIND = "training_roster"
BULK = 500


def preview_roster(
    event: TrainingEvent, data: bytes, *, mapping: Mapping[str, int] | None = None, by: User
) -> RosterImport:
    """Read a file and say of every row what would become of it; nobody is listed yet.

    ``mapping``: our columns by the place of theirs, from 0; guessed from the headings without it. Raises
    ``TrainingRefusedError`` with a sentence for what is no list.
    """
    _may_change(event, by)
    try:
        table = read_table(data)
    except TableError as fault:
        raise TrainingRefusedError(_table_words(fault.code)) from None
    at = columns.head_of(table.lines)
    head, lines = table.lines[at].cells, table.lines[at + 1 :]
    if not lines:
        raise TrainingRefusedError(_("There is no row below the headings."))
    mapping = dict(mapping) if mapping is not None else columns.guess(head)
    digest = vault.lookup(data.hex(), purpose="training.roster")
    key = vault.new_key(KIND)
    with transaction.atomic():
        of = RosterImport.objects.create(
            event=event, key=key, digest=digest, head=list(head), mapping=mapping, made_by=by.code
        )
        rows = [ImportRow(of=of, line=line.number, outcome=RowOutcome.REJECTED) for line in lines]
        _look(event, rows, [line.cells for line in lines], mapping)
        for row, line in zip(rows, lines, strict=True):
            row.sealed = vault.seal(key, json.dumps(line.cells, ensure_ascii=False), where=where_row(of.code, row.line))
        ImportRow.objects.bulk_create(rows, batch_size=BULK)
        audit.record("roster.previewed", thing=of.code, actor=by.code, rows=len(rows))
    return of


def _table_words(code: str) -> str:
    return {
        "old_excel": _("This is a file of an old Excel (.xls). Open it and save it as .xlsx or .csv."),
        "too_many": _("A list has twenty thousand rows at most. Send it in parts."),
        "too_big": _("This file unpacks to more than a list can be. Nothing was read."),
    }.get(code, _("This is no table we can read: send .xlsx or .csv with a row of headings."))


@transaction.atomic
def map_columns(of: RosterImport, mapping: Mapping[str, int], *, by: User) -> RosterImport:
    """Say which column is which, and look at every row again."""
    held = _waiting(of, by)
    rows = list(held.rows.all())
    cells = [cells_of(held, row) for row in rows]
    for row in rows:
        row.outcome, row.fault, row.alike = RowOutcome.REJECTED, "", None
    _look(held.event, rows, cells, mapping)
    ImportRow.objects.bulk_update(rows, ["outcome", "fault", "alike"], batch_size=BULK)
    held.mapping = dict(mapping)
    held.save(update_fields=["mapping"])
    return held


def cells_of(of: RosterImport, row: ImportRow) -> list[str]:
    found: list[str] = json.loads(vault.unseal(of.key, row.sealed, where=where_row(of.code, row.line)))
    return found


def _look(
    event: TrainingEvent, rows: Sequence[ImportRow], cells: Sequence[Sequence[str]], mapping: Mapping[str, int]
) -> None:
    """Writes outcome, fault and whom each row looks like."""
    if not columns.is_enough(mapping):
        for row in rows:
            row.fault = "no_name_column"
        return
    good: list[tuple[ImportRow, Cells]] = []
    for row, said in zip(rows, cells, strict=True):
        try:
            read = columns.read_row(said, mapping)
        except RowFaultError as fault:
            row.fault = fault.code
        else:
            row.fault = read.note
            good.append((row, read))
    drafts = _drafts(event, [read for _row, read in good])
    seen: dict[frozenset[int], ImportRow] = {}
    for (row, read), draft, match in zip(good, drafts, people.find_known(drafts), strict=True):
        same = frozenset([*draft.numbers, hash((draft.workplace, draft.district, _patronymic(read)))])
        if same in seen:
            row.outcome, row.fault = RowOutcome.TWICE, ""
            continue
        seen[same] = row
        row.outcome = RowOutcome.NEW if match is None else RowOutcome.MATCHED if match.is_sure else RowOutcome.ALIKE
        row.alike_id = UUID(match.person) if match else None


def _patronymic(read: Cells) -> str:
    """Two people of one name in one school differ by their patronymic: then they are two."""
    return " ".join(people.all_words(read.name or read.cyrillic))


def _drafts(event: TrainingEvent, said: Sequence[Cells]) -> list[Draft]:
    where = [_place(event, one) for one in said]
    numbers = people.workplaces([(one.workplace, *place) for one, place in zip(said, where, strict=True)])
    return [
        Draft(
            people.both_scripts(Said(one.name, one.cyrillic, one.phone, one.email)),
            one.sex,
            one.work,
            numbers.get((one.workplace, *place)),
            *place,
            event.language,
        ).marked()
        for one, place in zip(said, where, strict=True)
    ]


def _place(event: TrainingEvent, said: Cells) -> tuple[str, str]:
    """Where somebody works: as the row says, else where the training is."""
    region = people.region_code(said.region) or event.region
    district = people.district_code(region, said.district)
    if not district and said.district and not said.region:
        district = people.district_code("", said.district)
        region = places.district_region(district) or region
    return region, district or (event.district if region == event.region and not said.district else "")


@transaction.atomic
def choose(of: RosterImport, choices: Mapping[int, str], *, by: User) -> None:
    """Decide rows that look like somebody known: "same" or "new", by line."""
    held = _waiting(of, by)
    rows = list(held.rows.filter(line__in=choices, outcome=RowOutcome.ALIKE, participation=None))
    for row in rows:
        row.choice = choices[row.line] if choices[row.line] in ("same", "new") else ""
    ImportRow.objects.bulk_update(rows, ["choice"], batch_size=BULK)


@transaction.atomic
def apply_roster(of: RosterImport, *, by: User) -> Counter[str]:
    """List everybody whose row is clear; how many by outcome. Applied twice is applied once; what waited and was
    decided since is listed now. Raises ``TrainingRefusedError`` when the same file was applied to this event before."""
    held = _waiting(of, by, also=(ImportState.APPLIED,))
    same = RosterImport.objects.filter(event=held.event, digest=held.digest, state=ImportState.APPLIED)
    if same.exclude(pk=held.pk).exists():
        raise TrainingRefusedError(_("This list was applied before. Nobody was listed twice."))
    rows = [row for row in held.rows.filter(participation=None) if _is_clear(row)]
    cells = [columns.read_row(cells_of(held, row), held.mapping) for row in rows]
    known = {row.line: row.alike_id for row in rows if row.outcome == RowOutcome.MATCHED or row.choice == "same"}
    new = [(row, one) for row, one in zip(rows, cells, strict=True) if row.line not in known]
    added = people.add_people(_drafts(held.event, [one for _row, one in new]))
    known |= {row.line: person.pk for (row, _one), person in zip(new, added, strict=True)}
    _list(held, rows, {line: person for line, person in known.items() if person is not None})
    held.state, held.applied_at = ImportState.APPLIED, held.applied_at or timezone.now()
    held.save(update_fields=["state", "applied_at"])
    _let_go(held)
    counts = Counter(str(row.outcome) for row in rows)
    audit.record("roster.applied", thing=held.code, actor=by.code, rows=len(rows), new=len(added))
    return counts


def _is_clear(row: ImportRow) -> bool:
    if row.outcome in (RowOutcome.NEW, RowOutcome.MATCHED):
        return True
    return row.outcome == RowOutcome.ALIKE and bool(row.choice)


def _list(of: RosterImport, rows: Sequence[ImportRow], known: Mapping[int, UUID]) -> None:
    """Participations for these people; who is listed at this event already stays as they are."""
    event = of.event
    last = Participation.objects.filter(event=event).order_by("-line").values_list("line", flat=True).first() or 0
    there = set(Participation.objects.filter(event=event).values_list("person_id", flat=True))
    fresh = [person for person in dict.fromkeys(known.values()) if person not in there]
    Participation.objects.bulk_create(
        (
            Participation(event=event, person_id=person, source=Source.FILE, line=last + place)
            for place, person in enumerate(fresh, 1)
        ),
        batch_size=BULK,
        ignore_conflicts=True,
    )
    mine = set(fresh)
    by_person = {one.person_id: one.pk for one in Participation.objects.filter(event=event)}
    for row in rows:
        person = known.get(row.line)
        row.participation_id = by_person.get(person) if person in mine else None
        row.alike_id = person
        if person is not None and person not in mine:
            row.outcome = RowOutcome.MATCHED
    ImportRow.objects.bulk_update(rows, ["participation", "alike", "outcome"], batch_size=BULK)
    mark_stale(event.programme_id, event=[event.pk])


def _let_go(of: RosterImport) -> None:
    """What the rows said is gone when nobody has to look at one of them any more."""
    if not of.rows.filter(outcome=RowOutcome.ALIKE, choice="").exists():
        of.rows.update(sealed=b"")
        vault.destroy_keys([of.key], reason="training.roster_applied")


@transaction.atomic
def undo_roster(of: RosterImport, *, by: User) -> tuple[int, int]:
    """Take back what the list brought: how many were taken off, and how many stay because they attended since.

    People it made who are nowhere else are erased with their names.
    """
    held = RosterImport.objects.select_for_update(of=("self",)).select_related("event").get(pk=of.pk)
    _may_change(held.event, by)
    if held.state != ImportState.APPLIED:
        return 0, 0
    theirs = Participation.objects.filter(pk__in=held.rows.exclude(participation=None).values("participation"))
    seen = Attendance.objects.filter(participation=OuterRef("pk"))
    stay = theirs.filter(Exists(seen)).count()
    off = list(theirs.exclude(Exists(seen)).values_list("pk", "person_id"))
    made = held.rows.exclude(outcome=RowOutcome.MATCHED).exclude(choice="same").values_list("alike_id", flat=True)
    maybe = {person for _pk, person in off} & set(made)
    Participation.objects.filter(pk__in=[pk for pk, _person in off]).delete()
    _erase_unknown(maybe)
    if not stay:
        held.state, held.undone_at = ImportState.UNDONE, timezone.now()
        held.save(update_fields=["state", "undone_at"])
    mark_stale(held.event.programme_id, event=[held.event_id])
    audit.record("roster.undone", thing=held.code, actor=by.code, rows=len(off), stay=stay)
    return len(off), stay


def _erase_unknown(people_made: Iterable[UUID]) -> None:
    """Those whom this list made and who stand nowhere else."""
    there = set(Participation.objects.filter(person__in=list(people_made)).values_list("person_id", flat=True))
    there |= set(Trainer.objects.filter(person__in=list(people_made)).values_list("person_id", flat=True))
    judged = DuplicateReview.objects.filter(Q(one__in=list(people_made)) | Q(other__in=list(people_made)))
    there |= {one for pair in judged.values_list("one", "other") for one in pair}
    gone = [one for one in people_made if one not in there]
    keys = list(Person.objects.filter(pk__in=gone).values_list("key", flat=True))
    NameMark.objects.filter(person__in=gone).delete()
    Person.objects.filter(pk__in=gone).delete()
    vault.destroy_keys(keys, reason="training.roster_undone")


@transaction.atomic
def drop_roster(of: RosterImport, *, by: User) -> None:
    """A list nobody wants to apply: what it said is gone at once."""
    held = _waiting(of, by)
    held.state = ImportState.DROPPED
    held.save(update_fields=["state"])
    held.rows.update(sealed=b"")
    vault.destroy_keys([held.key], reason="training.roster_dropped")
    audit.record("roster.dropped", thing=held.code, actor=by.code)


def _waiting(of: RosterImport, by: User, also: tuple[str, ...] = ()) -> RosterImport:
    held = RosterImport.objects.select_for_update(of=("self",)).select_related("event__programme").get(pk=of.pk)
    _may_change(held.event, by)
    if held.state not in (ImportState.PREVIEW, *also):
        raise TrainingRefusedError(_("This list was applied, undone or dropped already."))
    return held


def _may_change(event: TrainingEvent, by: User) -> None:
    if not policy.can_run(by, event):
        raise TrainingRefusedError(_("Your role does not allow this."))
    if event.state == EventState.CANCELLED:
        raise TrainingRefusedError(_("This training was cancelled. Nobody can be listed for it."))
