"""Posts: what has a day or is made to be used (news, alerts, campaigns, opportunities, resources), read from files.

``portal/posts.toml`` says once what is the same in every language; the words stand in ``<language>/<kind>/<slug>.md``.
The browser writes the same: what the row of a post and its lists of lines say are the *facts* of a writing. Pure of
Django.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from . import documents
from .leaves import Leaf

KINDS = {"news": "news", "alerts": "alert", "campaigns": "campaign", "opportunities": "opportunity",
         "resources": "resource"}  # fmt: skip
POSTS = tuple(KINDS.values())
LONGEST = {"title": 90, "summary": 200}
# What the index says of a kind, and what each language says besides title, summary and body; lists are lists of lines.
FACTS = {
    "news": ("date", "region", "tags", "corrected_on"),
    "alert": ("severity", "audiences", "date", "valid_to"),
    "campaign": ("starts", "ends", "audiences", "resources"),
    "opportunity": ("ages", "about"),
    "resource": ("kind", "ages", "minutes", "group", "licence"),
}
LINES = {
    "news": (),
    "alert": ("now",),
    "campaign": ("steps", "materials", "session", "checklist"),
    "opportunity": ("now",),
    "resource": ("materials", "steps"),
}
DAYS = ("date", "expires", "corrected_on", "valid_to", "starts", "ends")
# The second day is not before the first.
PAIRS = (("date", "expires"), ("date", "valid_to"), ("date", "corrected_on"), ("starts", "ends"))
LISTS = ("tags", "audiences", "resources", "ages", *(name for names in LINES.values() for name in names))
IF_ANY = ("sources", "correction")  # said only where there is something to say
# What other kinds of writing have too, in fields of their own.
SHARED = ("now", "ages", "audiences", "sources")
CODES = {
    "severity": {"high", "medium", "low"},
    "about": {"making", "learning", "languages", "coding", "music", "helping", "reading", "nature"},
    "kind": {"story", "lesson", "worksheet", "poster", "card-game"},
}


class Posts:
    """``leaves`` and ``faults`` are its outcome. ``known`` names what links may lead to, audiences and ages."""

    def __init__(
        self, folder: Path, known: Mapping[str, set[str]], *, languages: Collection[str], needed: Collection[str]
    ) -> None:
        self.folder, self.known = folder, known
        self.faults: list[str] = []
        self.index = self._read_index()
        for plural, kind in KINDS.items():
            for row in self.index.get(plural, []):
                self._check_row(plural, kind, row)
        self.leaves = [leaf for language in languages for leaf in self._of(language, is_needed=language in needed)]
        self._find_strangers()

    def _read_index(self) -> dict[str, Any]:
        path = self.folder / "portal" / "posts.toml"
        try:
            return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.faults.append(f"portal/posts.toml: {error}")
            return {}

    def _check_row(self, plural: str, kind: str, row: dict[str, Any]) -> None:
        where = f"portal/posts.toml: {row.get('slug', plural)}"
        for name in DAYS:
            if row.get(name) and not _is_day(row[name]):
                self.faults.append(f"{where}: {name} must be a day like 2027-02-09")
        for first, last in PAIRS:
            if _is_day(row.get(first)) and _is_day(row.get(last)) and row[last] < row[first]:
                self.faults.append(f"{where}: {last} is before {first}")
        if kind == "alert" and (not (row.get("date") and row.get("valid_to")) or row.get("expires")):
            self.faults.append(f"{where}: an alert has a date and a day it is valid to, nothing else")
        if kind == "campaign" and not (row.get("starts") and row.get("ends")):
            self.faults.append(f"{where}: a campaign has a day it starts and a day it ends")
        if kind != "resource" and "for" in row:
            self.faults.append(f"{where}: only a resource says for whom it is in one word; others have audiences")
        readers = self.known["audiences"]
        for name, codes in {**CODES, "audiences": readers, "for": readers, "ages": self.known["ages"]}.items():
            said = row.get(name, [])
            if unknown := set([said] if isinstance(said, str) else said) - codes:
                self.faults.append(f"{where}: there is no {name} {', '.join(sorted(unknown))}")

    def _of(self, language: str, *, is_needed: bool) -> Iterator[Leaf]:
        for plural, kind in KINDS.items():
            for position, row in enumerate(self.index.get(plural, [])):
                name = f"{language}/{plural}/{row['slug']}.md"
                document = self._document(name, is_needed=is_needed)
                if document:
                    self._check(name, kind, document)
                    yield _leaf(kind, language, position, row, document)

    def _document(self, name: str, *, is_needed: bool) -> documents.Document | None:
        path = self.folder / name
        if not path.exists():
            self.faults += [f"{name}: the file is missing"] if is_needed else []
            return None
        try:
            return documents.read(path.read_text(encoding="utf-8"))
        except (documents.DocumentError, UnicodeDecodeError) as error:
            self.faults.append(f"{name}: {error}")
            return None

    def _check(self, name: str, kind: str, document: documents.Document) -> None:
        front = document.front
        for told, most in LONGEST.items():
            text = front.get(told, "")
            if not isinstance(text, str) or not text.strip():
                self.faults.append(f"{name}: {told} is missing")
            elif len(text) > most:
                self.faults.append(f"{name}: {told} has {len(text)} characters, more than {most}")
        for told in LINES[kind]:
            lines = front.get(told)
            if not isinstance(lines, list) or not lines or not all(isinstance(one, str) and one for one in lines):
                self.faults.append(f"{name}: {told} must be a list, one line each")
        if bool(front.get("reviewed_by")) != bool(front.get("reviewed_on")):
            self.faults.append(f"{name}: a review has a name and a day, or neither")
        for link, target in documents.links(document.body):
            if link and target not in self.known[link]:
                self.faults.append(f"{name}: no {link} is called {target}")
            if not link and not target.startswith("https://"):
                self.faults.append(f"{name}: a link leads to {target!r}; ours begin with page: or door:")

    def _find_strangers(self) -> None:
        for plural in KINDS:
            slugs = {str(row.get("slug", "")) for row in self.index.get(plural, [])}
            for path in sorted(self.folder.glob(f"*/{plural}/*.md")):
                if path.stem not in slugs:
                    self.faults.append(f"{path.relative_to(self.folder)}: portal/posts.toml does not have this name")


def _leaf(kind: str, language: str, position: int, row: dict[str, Any], document: documents.Document) -> Leaf:
    front = document.front
    shown_from, shown_until = days_of(kind, row)
    return Leaf(
        kind, str(row["slug"]), language, str(front.get("title", "")), str(front.get("summary", "")),
        audience_of(kind, str(row.get("for", "")), row.get("audiences", [])), position, data_of(kind, row, front),
        document.body, reviewed_by=str(front.get("reviewed_by", "")), reviewed_on=str(front.get("reviewed_on", "")),
        shown_from=shown_from, shown_until=shown_until,
    )  # fmt: skip


def data_of(kind: str, row: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """What the pages of a post read: ``row`` is the same in every language, ``told`` is of one."""
    data = {name: row.get(name) or _nothing(name) for name in FACTS[kind]}
    data |= {name: told.get(name) or _nothing(name) for name in LINES[kind]}
    return data | {name: told[name] for name in IF_ANY if told.get(name)}


def days_of(kind: str, row: Mapping[str, Any]) -> tuple[str, str]:
    """The first and the last day on which it is shown, "" for ever."""
    return str(row.get("date") or ""), str(row.get("valid_to" if kind == "alert" else "expires") or "")


def audience_of(kind: str, said: str, audiences: Sequence[str]) -> str:
    """Children's as soon as one of its readers is a child: the rule about their words then holds for it."""
    if kind == "opportunity" or "children" in audiences:
        return "children"
    if kind == "alert":
        return audiences[0] if audiences else ""
    return said if kind == "resource" else ""


def facts_of(leaf: Leaf) -> dict[str, Any]:
    """The facts from which ``data_of`` and ``days_of`` make the same leaf again; what is empty is left out."""
    names = {*FACTS[leaf.kind], *LINES[leaf.kind], *IF_ANY} - {*SHARED}
    facts = {name: leaf.data.get(name) for name in names} | {"date": leaf.shown_from}
    facts |= {} if leaf.kind == "alert" else {"expires": leaf.shown_until}
    return {name: value for name, value in sorted(facts.items()) if value}


def _nothing(name: str) -> list[str] | str:
    return [] if name in LISTS else ""


def _is_day(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(date.fromisoformat(text))
    except ValueError:
        return False
