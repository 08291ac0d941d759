"""Reading a file into the distribution log: which column is what, and what each row says or why it cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from panoh.ground.languages.public import fold
from panoh.ground.places import public as places

from ..models import Audience, Format, Handout
from ..spreadsheets import Table
from .distribution import known_facts

MOST_ROWS = 2000
MOST_COPIES = 1_000_000
LONGEST = 120  # letters of a title or of an organisation
NEEDED = ("resource", "format", "audience", "language", "copies", "region", "given_on", "organisation")
# How the columns are called in the tables that people send, besides our own names.
HEADINGS = {
    "resource": ("material", "nomi", "title", "материал", "название", "manba"),
    "format": ("shakl", "shakli", "format", "формат", "вид"),
    "audience": ("auditoriya", "kimga", "audience", "for whom", "аудитория", "для кого"),
    "language": ("til", "tili", "language", "язык"),
    "copies": ("nusxa", "nusxalar", "soni", "copies", "number", "количество", "экземпляры", "тираж"),
    "region": ("viloyat", "hudud", "region", "регион", "область"),
    "district": ("tuman", "shahar", "district", "район", "город"),
    "given_on": ("sana", "kun", "date", "дата"),
    "organisation": ("tashkilot", "kim tarqatdi", "organisation", "organization", "организация", "кем"),
}


class Row(NamedTuple):
    """``line`` of the file; ``facts`` to enter, or the ``fault`` that hinders it."""

    line: int
    facts: dict[str, Any]
    fault: str


@dataclass(frozen=True)
class Outcome:
    rows: list[Row] = field(default_factory=list)
    fault: str = ""  # of the file as a whole

    @property
    def faults(self) -> list[Row]:
        return [row for row in self.rows if row.fault]

    @property
    def is_good(self) -> bool:
        return bool(self.rows) and not self.fault and not self.faults


def guessed(head: list[str]) -> dict[str, str]:
    """Which column (its place, as text) holds which fact, by the names people give them; "" where nobody can tell."""
    folded = [fold(name) for name in head]
    found = {}
    for fact, names in HEADINGS.items():
        known = {fold(name) for name in (fact, fact.replace("_", " "), *labels_of([fact]), *names)}
        found[fact] = next((str(at) for at, name in enumerate(folded) if name in known), "")
    return found


def read_rows(table: Table, columns: Mapping[str, str]) -> Outcome:
    """Every row read, with its fault; rows that repeat each other or the log are faults as well."""
    if missing := [fact for fact in NEEDED if not columns.get(fact)]:
        return Outcome(fault=_("Say which column holds: %(facts)s.") % {"facts": ", ".join(labels_of(missing))})
    if not table.rows:
        return Outcome(fault=_("The file has a head and no rows."))
    if len(table.rows) > MOST_ROWS:
        return Outcome(fault=_("The file has more than %(most)d rows. Send it in parts.") % {"most": MOST_ROWS})
    rows = [_read(line, cells, columns) for line, cells in table.rows]
    return Outcome(_without_repeats(rows))


def row_cells(row: Row, language: str) -> list[object]:
    """A row that was read, as people see it before it is entered; without its day."""
    facts = row.facts
    return [
        facts["resource"], str(Format(facts["format"]).label), str(Audience(facts["audience"]).label), facts["copies"],
        places.region_name(facts["region"], language), places.district_name(facts["district"], language),
        facts["organisation"],
    ]  # fmt: skip


def labels_of(facts: list[str]) -> list[str]:
    names = {
        "resource": _("What was handed out"), "format": _("Format"), "audience": _("For whom"),
        "language": _("Language"), "copies": _("Copies"), "region": _("Region"), "district": _("District"),
        "given_on": _("Date"), "organisation": _("By which organisation"),
    }  # fmt: skip
    return [names[fact] for fact in facts]


def _read(line: int, cells: list[str], columns: Mapping[str, str]) -> Row:
    said = {fact: cells[int(at)] for fact, at in columns.items() if at and int(at) < len(cells)}
    try:
        return Row(line, _facts(said), "")
    except ValueError as fault:
        return Row(line, {}, str(fault))


def _facts(said: dict[str, str]) -> dict[str, Any]:
    region = _place(said["region"], _regions(), _("There is no region “%(value)s”."))
    return {
        "resource": _text(said, "resource"),
        "format": _choice(said["format"], "format", _("“%(value)s” is no format we know.")),
        "audience": _choice(said["audience"], "audience", _("“%(value)s” is no audience we know.")),
        "language": _choice(said["language"], "language", _("“%(value)s” is no language of ours.")),
        "copies": _copies(said["copies"]),
        "region": region,
        "district": _district(said.get("district", ""), region),
        "given_on": _day(said["given_on"]),
        "organisation": _text(said, "organisation"),
    }


def _text(said: dict[str, str], fact: str) -> str:
    text = " ".join(said[fact].split())
    if not text:
        raise ValueError(_("This is empty: %(fact)s.") % {"fact": labels_of([fact])[0]})
    if len(text) > LONGEST:
        raise ValueError(_("This is longer than %(most)d letters: %(fact)s.") % {
            "most": LONGEST, "fact": labels_of([fact])[0]})  # fmt: skip
    return text


def _choice(value: str, kind: str, fault: str) -> str:
    return _place(value, _spellings()[kind], fault)


def _place(value: str, known: Mapping[str, str], fault: str) -> str:
    found = known.get(fold(value))
    if not found:
        raise ValueError(fault % {"value": value[:40]})
    return found


def _district(value: str, region: str) -> str:
    """A bare name that is both a district and a city means the district; whoever means the city writes so."""
    if not value.strip():
        return ""
    return _place(value, _districts(region), _("There is no district “%(value)s” in this region."))


def _copies(value: str) -> int:
    digits = value.replace(" ", "").replace("\u00a0", "")
    is_number = digits.isascii() and digits.isdigit() and len(digits) < len(str(MOST_COPIES)) + 1
    if not is_number or not 1 <= int(digits) <= MOST_COPIES:
        raise ValueError(_("“%(value)s” is no number of copies.") % {"value": value[:40]})
    return int(digits)


def _day(value: str) -> date:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"):
        try:
            day = datetime.strptime(value.strip(), form).date()  # noqa: DTZ007 (a day, no moment)
        except ValueError:
            continue
        if day > timezone.localdate():
            raise ValueError(_("This day has not come yet: %(value)s.") % {"value": value[:40]})
        if day.year >= 2000:
            return day
    raise ValueError(_("“%(value)s” is no day. Write it as 2026-11-22 or 22.11.2026.") % {"value": value[:40]})


def _without_repeats(rows: list[Row]) -> list[Row]:
    days = [row.facts["given_on"] for row in rows if not row.fault]
    logged = known_facts(min(days), max(days)) if days else set()
    seen: dict[tuple[Any, ...], int] = {}
    return [_unless_repeated(row, logged, seen) for row in rows]


def _unless_repeated(row: Row, logged: set[tuple[Any, ...]], seen: dict[tuple[Any, ...], int]) -> Row:
    if row.fault:
        return row
    facts = tuple(row.facts[fact] for fact in Handout.FACTS)
    if facts in logged:
        return row._replace(fault=_("The log says this already."))
    first = seen.setdefault(facts, row.line)
    if first != row.line:
        return row._replace(
            fault=_("The same as line %(line)d. If both happened, add up the copies.") % {"line": first}
        )
    return row


# --- what people write for our codes -------------------------------------------------------------------------------


@cache
def _spellings() -> dict[str, dict[str, str]]:
    """Folded words of every language for formats, audiences and languages, and the codes they mean."""
    found: dict[str, dict[str, str]] = {"format": {}, "audience": {}, "language": {}}
    for code, name in settings.LANGUAGES:
        found["language"] |= {fold(code): code, fold(name): code}
        with override(code):
            for kind, choices in (("format", Format), ("audience", Audience)):
                found[kind] |= {fold(str(label)): value for value, label in choices.choices}
                found[kind] |= {fold(value): value for value in choices.values}
    return found


@cache
def _regions() -> dict[str, str]:
    return {fold(name): code for code, names in places.region_names().items() for name in (code, *names.values())}


@cache
def _districts(region: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for code in sorted(places.districts(region), key=lambda one: one.endswith("-city")):
        found |= {fold(name): code for name in places.district_spellings(code) if fold(name) not in found}
    return found
