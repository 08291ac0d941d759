"""The lists a contact is counted by, and the life of a talk, read from data and proved before they are used."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

WRITTEN = ("uz", "ru", "en", "kaa")
DERIVED = {"uz-cyrl": "uz"}
KINDS = (
    "reasons",
    "harms",
    "places_online",
    "platforms",
    "contact_types",
    "age_bands",
    "sexes",
    "actions",
    "outcomes",
    "topics",
)
# Kinds whose items each stand in a group.
GROUPED = ("reasons", "harms", "contact_types")

Derive = Callable[[str, str], str]
File = Mapping[str, Any]


class TaxonomyError(ValueError):
    """The files contradict themselves; the message names every fault, one a line."""


@dataclass(frozen=True)
class Entry:
    """One code of a list: its group, if it has one, and its names in the written languages."""

    code: str
    parent: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Listing:
    """One kind of code, in the order of its file."""

    version: str
    groups: Mapping[str, Entry]
    entries: Mapping[str, Entry]


@dataclass(frozen=True)
class Taxonomy:
    """All kinds in one edition. ``derive(text, language)`` turns Uzbek Latin into another script."""

    listings: Mapping[str, Listing]
    derive: Derive | None = field(default=None, compare=False)

    @classmethod
    def from_data(cls, files: Mapping[str, File], derive: Derive | None = None) -> "Taxonomy":
        """``files`` maps each kind to its parsed file. Raises ``TaxonomyError``."""
        if said := faults(files):
            raise TaxonomyError("\n".join(said))
        return cls({kind: _listing(files[kind]) for kind in KINDS}, derive)

    @property
    def version(self) -> str:
        """The newest edition among the files; a contact remembers it."""
        return max(listing.version for listing in self.listings.values())

    def codes(self, kind: str) -> tuple[str, ...]:
        return tuple(self.listings[kind].entries)

    def names(self, kind: str, language: str) -> dict[str, str]:
        """Code to name, in the order of the file."""
        return {entry.code: self._said(entry, language) for entry in self.listings[kind].entries.values()}

    def name(self, kind: str, code: str, language: str) -> str:
        """The name of one code; a code of an older edition is shown as it is."""
        entry = self.listings[kind].entries.get(code)
        return self._said(entry, language) if entry else code

    def parent(self, kind: str, code: str) -> str:
        """The group of a code, for harms its one of the 4Cs; "" for a code without one."""
        entry = self.listings[kind].entries.get(code)
        return entry.parent if entry else ""

    def grouped(self, kind: str, language: str) -> list[tuple[str, dict[str, str]]]:
        """Name of each group with its codes and names, for a list with headings."""
        listing = self.listings[kind]
        return [
            (
                self._said(group, language),
                {e.code: self._said(e, language) for e in listing.entries.values() if e.parent == group.code},
            )
            for group in listing.groups.values()
        ]

    def unknown(self, kind: str, codes: Iterable[str]) -> list[str]:
        """Those of ``codes`` that this edition does not have."""
        return [code for code in codes if code not in self.listings[kind].entries]

    def _said(self, entry: Entry, language: str) -> str:
        if language in entry.names:
            return entry.names[language]
        name = entry.names[DERIVED[language]]
        return self.derive(name, language) if self.derive else name


def _listing(file: File) -> Listing:
    return Listing(str(file["version"]), _entries(file.get("group", ())), _entries(file["item"]))


def _entries(rows: Iterable[Mapping[str, str]]) -> dict[str, Entry]:
    return {row["code"]: Entry(row["code"], row.get("parent", ""), {k: row[k] for k in WRITTEN}) for row in rows}


def faults(files: Mapping[str, File]) -> list[str]:
    """What is wrong with the lists, one sentence each; an empty list is a sound taxonomy."""
    said = [f"{kind}: the file is missing" for kind in KINDS if kind not in files]
    for kind, file in files.items():
        said += [f"{kind}: {fault}" for fault in _file_faults(kind, file)]
    return said


def _file_faults(kind: str, file: File) -> Iterable[str]:
    groups, items = list(file.get("group", ())), list(file.get("item", ()))
    if not str(file.get("version", "")):
        yield "no version"
    if not items:
        yield "no items"
    known = {row.get("code", "") for row in groups}
    seen: set[str] = set()
    for row in [*groups, *items]:
        code = str(row.get("code", ""))
        yield from _row_faults(code, row, seen)
        seen.add(code)
    for row in items:
        parent = row.get("parent", "")
        if (parent or kind in GROUPED) and parent not in known:
            yield f"{row.get('code')}: unknown parent {parent!r}"
    for empty in sorted(known - {row.get("parent") for row in items}):
        yield f"{empty}: a group without items"


def _row_faults(code: str, row: Mapping[str, str], seen: set[str]) -> Iterable[str]:
    if not code or not code.replace("_", "").isascii() or not code.replace("_", "").isalnum() or code != code.lower():
        yield f"{code!r} is not a short lower-case code"
    if len(code) > 30:
        yield f"{code}: longer than 30 characters"
    if code in seen:
        yield f"{code}: stands twice"
    missing = [language for language in WRITTEN if not str(row.get(language, "")).strip()]
    if missing:
        yield f"{code}: no name in {', '.join(missing)}"


# --- the life of a talk ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lifecycle:
    """Which state may follow which."""

    first: str
    last: frozenset[str]
    steps: Mapping[str, frozenset[str]]

    @classmethod
    def from_data(cls, data: File) -> "Lifecycle":
        """Reads ``centre/lifecycle.toml``. Raises ``TaxonomyError``."""
        steps = {str(row["code"]): frozenset(row.get("to", ())) for row in data.get("state", ())}
        life = cls(str(data.get("first", "")), frozenset(data.get("last", ())), steps)
        said = life.faults()
        if len(steps) < len(data.get("state", ())):
            said.append("a state stands twice")
        if said:
            raise TaxonomyError("\n".join(said))
        return life

    @property
    def states(self) -> tuple[str, ...]:
        return tuple(self.steps)

    def allows(self, before: str, after: str) -> bool:
        return after in self.steps.get(before, frozenset())

    def faults(self) -> list[str]:
        """Unknown, unreachable and dead states, and a last state that goes on."""
        named = {self.first, *self.last, *(state for to in self.steps.values() for state in to)}
        said = [f"{state!r} is named and not described" for state in sorted(named - self.steps.keys())]
        reached = self._closure({self.first}, self.steps)
        said += [f"{state} is never reached" for state in self.steps if state not in reached]
        back = {state: frozenset(s for s, to in self.steps.items() if state in to) for state in self.steps}
        ending = self._closure(set(self.last), back)
        said += [f"{state} is dead: no way leads from it to the end" for state in self.steps if state not in ending]
        said += [f"{state} is the end and goes on" for state in sorted(self.last) if self.steps.get(state)]
        return said

    @staticmethod
    def _closure(start: set[str], steps: Mapping[str, frozenset[str]]) -> set[str]:
        found, todo = set(start), list(start)
        while todo:
            fresh = steps.get(todo.pop(), frozenset()) - found
            found |= fresh
            todo += fresh
        return found
