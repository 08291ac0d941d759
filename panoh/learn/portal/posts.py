"""Posts: what has a day or is made to be used (news, alerts, campaigns, opportunities, resources), read from files.

``portal/posts.toml`` says once what is the same in every language; the words stand in ``<language>/<kind>/<slug>.md``.
Pure of Django.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from . import documents
from .leaves import Leaf

KINDS = {"news": "news", "alerts": "alert", "campaigns": "campaign", "opportunities": "opportunity",
         "resources": "resource"}  # fmt: skip
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
        if kind == "alert" and not (row.get("date") and row.get("valid_to")):
            self.faults.append(f"{where}: an alert has a date and a day it is valid to")
        for name, codes in {**CODES, "audiences": self.known["audiences"], "ages": self.known["ages"]}.items():
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
    data = {name: row.get(name, "") for name in FACTS[kind]} | {name: front.get(name, []) for name in LINES[kind]}
    data |= {name: front[name] for name in ("sources", "correction") if name in front}
    return Leaf(
        kind, str(row["slug"]), language, str(front.get("title", "")), str(front.get("summary", "")),
        _audience(kind, row), position, data, document.body,
        reviewed_by=str(front.get("reviewed_by", "")), reviewed_on=str(front.get("reviewed_on", "")),
        shown_from=str(row.get("date", "")), shown_until=str(row.get("expires") or row.get("valid_to") or ""),
    )  # fmt: skip


def _audience(kind: str, row: dict[str, Any]) -> str:
    """Children's as soon as one of its readers is a child: the rule about their words then holds for it."""
    audiences = list(row.get("audiences", []))
    if kind == "opportunity" or "children" in audiences or row.get("for") == "children":
        return "children"
    return str(row.get("for") or (audiences[0] if audiences and kind == "alert" else ""))


def _is_day(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(date.fromisoformat(text))
    except ValueError:
        return False
