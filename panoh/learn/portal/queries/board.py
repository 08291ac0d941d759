"""The editors' home: which page stands in which language, what is due, what readers looked for in vain."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from panoh.ground.languages import public as languages
from panoh.ground.search import public as search

from ..models import EditableKind, Readers, Writing
from ..posts import days_of

SOURCE = "uz"
DUE_WITHIN = timedelta(days=30)
ASKED_WITHIN = timedelta(days=90)
SHOWN = 20
STATES = ("missing", "machine", "draft", "stale", "later", "published", "reviewed", "over")
READ = ("kind", "code", "title", "audience", "position", "locale__language_code", "live", "is_machine", "reviewed_by",
        "changed_at", "has_unpublished_changes", "review_due", "facts")  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One page in one language or script; ``pk`` of what can be edited, 0 where there is nothing or only rules."""

    language: str
    state: str
    pk: int = 0
    is_waiting: bool = False  # words that nobody has published yet lie over those on the street
    is_derived: bool = False


@dataclass(frozen=True)
class Line:
    kind: str
    code: str
    title: str
    audience: str
    cells: list[Cell]


@dataclass
class Board:
    columns: list[str]
    lines: list[Line] = field(default_factory=list)
    due: list[Writing] = field(default_factory=list)
    in_vain: list[search.Question] = field(default_factory=list)
    overrides: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many cells are in each state, in the order of the work."""
        states = [cell.state for line in self.lines for cell in line.cells]
        return [(state, states.count(state)) for state in STATES if state in states]


def columns() -> list[str]:
    """Every written language, and behind each the scripts made from it."""
    derived = set(languages.variants_on())
    written = [code for code in languages.LANGUAGES if code not in derived]
    return [code for one in written for code in (one, *languages.variants_on(one))]


def board(kind: str = EditableKind.GUIDANCE, audience: str = "", state: str = "") -> Board:
    """In five queries, however many pages there are."""
    made = Board(columns())
    rows = Writing.objects.filter(kind=kind).select_related("locale").only(*READ).order_by("position", "pk")
    if audience in Readers.values:
        rows = rows.filter(Q(audience=audience) | Q(audiences__icontains=f'"{audience}"'))
    held: dict[str, dict[str, Writing]] = {}
    for row in rows:
        held.setdefault(row.code, {})[row.language] = row
    lines = [_line(code, spoken, made.columns) for code, spoken in held.items()]
    lines.sort(key=lambda line: list(Readers.values).index(line.audience) if line.audience else 0)
    made.lines = [one for one in lines if not state or any(cell.state == state for cell in one.cells)]
    made.due = list(_due())
    made.in_vain = search.asked_in_vain(timezone.localdate() - ASKED_WITHIN, at_most=SHOWN)
    made.overrides = [(code, one) for code in languages.variants_on() for one in languages.overrides_of(code)]
    return made


def _line(code: str, spoken: dict[str, Writing], shown: Iterable[str]) -> Line:
    first = spoken.get(SOURCE) or next(iter(spoken.values()))
    cells = [_cell(language, spoken) for language in shown]
    return Line(first.kind, code, first.title, first.audience, cells)


def _cell(language: str, spoken: dict[str, Writing]) -> Cell:
    for written in spoken:
        if language in languages.variants_on(written):
            made = _day_state(spoken[written]) or "machine"
            return Cell(language, made if spoken[written].live else "missing", is_derived=True)
    row = spoken.get(language)
    if row is None:
        return Cell(language, "missing", is_derived=language in languages.variants_on())
    return Cell(language, _state(row, spoken.get(SOURCE)), row.pk, bool(row.live and row.has_unpublished_changes))


def _state(row: Writing, source: Writing | None) -> str:
    if row.is_machine:
        return "machine"
    if not row.live:
        return "draft"
    if by_day := _day_state(row):
        return by_day
    if source and source.live and source.changed_at and row.changed_at and source.changed_at > row.changed_at:
        return "stale"
    return "reviewed" if row.reviewed_by else "published"


def _day_state(row: Writing) -> str:
    """A post that waits for its day or is past it is not on the street today, by the centre's clock."""
    begins, ends = days_of(row.kind, row.facts)
    today = timezone.localdate().isoformat()
    if ends and ends < today:
        return "over"
    return "later" if begins > today else ""


def _due() -> Iterable[Writing]:
    soon = timezone.localdate() + DUE_WITHIN
    due = Writing.objects.filter(review_due__lte=soon).select_related("locale").only(*READ)
    return due.order_by("review_due", "pk")[:SHOWN]


def translation_source(kind: str, code: str) -> Writing | None:
    """What a translation begins from: the source language, else any."""
    rows = Writing.objects.filter(kind=kind, code=code).select_related("locale")
    return rows.filter(locale__language_code=SOURCE).first() or rows.first()
