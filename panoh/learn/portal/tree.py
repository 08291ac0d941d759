"""What stands where: the index files of ``content/portal`` and the files of each language, read and found fault with.

Pure of Django. A *leaf* is one thing in one written language, before it is rendered.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import checking, documents, moved, posts, recordings
from .checking import DOORS
from .leaves import Leaf as Leaf  # those who publish know it from here

AUDIENCES = ("children", "parents", "educators", "industry", "policy", "professionals")
AGES = ("under-9", "9-12", "13-17")
WHOLE = ("uz", "ru", "en")  # every page exists in these


class Tree:
    """Reads a content folder once. ``leaves`` and ``faults`` are its outcome; each fault names file and line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []
        self.slugs: set[str] = set()
        self.leaves: list[Leaf] = []
        guidance = self._toml("portal/pages.toml").get("audiences", {})
        for audience in guidance.values():
            self.slugs |= {str(page.get("slug", "")) for page in audience.get("pages", [])}
        for language in ("uz", "ru", "en", "kaa"):
            self.leaves += [*self._guidance(language, guidance), *self._lists(language)]
        self._read_posts()
        self._find_strangers()
        self.faults += moved.faults(folder, self.slugs)
        self.faults = list(dict.fromkeys(self.faults))

    # --- guidance ---------------------------------------------------------------------------------------------------

    def _guidance(self, language: str, audiences: dict[str, Any]) -> Iterator[Leaf]:
        for audience, held in audiences.items():
            if audience not in AUDIENCES:
                self.faults.append(f"portal/pages.toml: there is no audience {audience!r}")
            for position, page in enumerate(held.get("pages", [])):
                leaf = self._page(language, audience, position, page)
                if leaf:
                    yield leaf

    def _page(self, language: str, audience: str, position: int, page: dict[str, Any]) -> Leaf | None:
        slug = str(page["slug"])
        name = f"{language}/guidance/{slug}.md"
        document = self._document(name, needed=language in WHOLE)
        if document is None:
            return None
        twin = f"{language}/guidance/{slug}.easy.md"
        easy = self._document(twin, needed=True) if page.get("easy") else None
        self._check_front(name, document.front)
        self._check_links(name, document)
        if unknown := set(page.get("ages", [])) - set(AGES):
            self.faults.append(f"portal/pages.toml: {slug} has ages that there are not: {', '.join(sorted(unknown))}")
        front = document.front
        recorded = recordings.gathered(front.get)
        self.faults += [f"{name}: {finding}" for finding in checking.of_recordings(recorded, self.folder)]
        return Leaf(
            "guidance", slug, language, str(front.get("title", "")), str(front.get("summary", "")), audience, position,
            {"now": front.get("now", []), "sources": front.get("sources", []), "ages": page.get("ages", []),
             "risks": page.get("risks", []), "easy_title": easy.front.get("title", "") if easy else "",
             "confirm": front.get("confirm", []), **recorded},
            document.body, easy.body if easy else "", bool(page.get("quiet")),
            str(front.get("reviewed_by", "")), str(front.get("reviewed_on", "")),
        )  # fmt: skip

    def _document(self, name: str, *, needed: bool) -> documents.Document | None:
        path = self.folder / name
        if not path.exists():
            if needed:
                self.faults.append(f"{name}: the file is missing")
            return None
        try:
            return documents.read(path.read_text(encoding="utf-8"))
        except (documents.DocumentError, UnicodeDecodeError) as error:
            self.faults.append(f"{name}: {error}")
            return None

    def _check_front(self, name: str, front: dict[str, Any]) -> None:
        self.faults += [f"{name}: {finding}" for finding in checking.of_front(front)]

    def _check_links(self, name: str, document: documents.Document) -> None:
        for finding in checking.of_links(document.body, self.slugs):
            line = f"line {document.body_line + finding.line}: " if finding.line else ""
            self.faults.append(f"{name}: {line}{finding}")

    def _find_strangers(self) -> None:
        for path in sorted(self.folder.glob("*/guidance/*.md")):
            slug = path.name.removesuffix(".md").removesuffix(".easy")
            if slug not in self.slugs:
                self.faults.append(f"{path.relative_to(self.folder)}: no page of portal/pages.toml has this name")

    # --- lists: questions, tools, terms, laws, checklists, pages about us --------------------------------------------

    def _lists(self, language: str) -> Iterator[Leaf]:
        yield from self._questions(language)
        yield from self._tools(language)
        yield from self._plain(language, "glossary", "terms", "term", "term", "meaning")
        yield from self._laws(language)
        yield from self._checklists(language)
        yield from self._pages(language)

    def _rows(self, language: str, name: str, rows: str) -> list[tuple[int, dict[str, Any], dict[str, Any]]]:
        """Position, the index row, the row of the language; a code without its other half is a fault."""
        file = self._toml(f"portal/{name}.toml")
        index: dict[str, dict[str, Any]] = {str(row["code"]): row for row in file.get(rows, [])}
        index |= {str(code): {"code": code} for code in file.get("codes", [])}
        told = {str(row["code"]): row for row in self._toml(f"{language}/{name}.toml").get(rows, [])}
        if not told and language not in WHOLE:
            return []
        for code in sorted(index.keys() ^ told.keys()):
            self.faults.append(f"{language}/{name}.toml: {code} stands in one of this and portal/{name}.toml only")
        return [(place, index[code], told[code]) for place, code in enumerate(index) if code in told]

    def _questions(self, language: str) -> Iterator[Leaf]:
        for place, index, told in self._rows(language, "faq", "questions"):
            page = str(told.get("page", ""))
            if page and page not in self.slugs:
                self.faults.append(f"{language}/faq.toml: {index['code']} points to {page}, which there is not")
            yield Leaf(
                "question", str(index["code"]), language, str(told.get("question", "")), "", "", place,
                {"audiences": index.get("audiences", []), "page": page, "answer": told.get("answer", "")},
                quiet=bool(index.get("quiet")),
            )  # fmt: skip

    def _tools(self, language: str) -> Iterator[Leaf]:
        for place, index, told in self._rows(language, "tools", "tools"):
            held = {**{name: index.get(name, "") for name in TOOL}, **{name: told.get(name, "") for name in TOLD}}
            name = str(told.get("name") or index.get("name", ""))
            yield Leaf(
                "tool", str(index["code"]), language, name, str(told.get("what_it_does", ""))[:300], "", place, held
            )

    def _plain(self, language: str, name: str, rows: str, kind: str, title: str, text: str) -> Iterator[Leaf]:
        for place, index, told in self._rows(language, name, rows):
            data = {"meaning": told.get(text, "")}
            yield Leaf(kind, str(index["code"]), language, str(told.get(title, "")), "", "", place, data)

    def _laws(self, language: str) -> Iterator[Leaf]:
        for place, index, told in self._rows(language, "laws", "laws"):
            both = {**index, **told}
            data = {name: str(both.get(name, "")) for name in ("number", "date", "what_it_says", "official_url")}
            yield Leaf("law", str(index["code"]), language, str(both.get("title", "")), "", "", place, data)

    def _checklists(self, language: str) -> Iterator[Leaf]:
        for place, index, told in self._rows(language, "checklists", "checklists"):
            areas = {str(area["code"]): area for area in told.get("areas", [])}
            kept = []
            for area in index.get("areas", []):
                said = areas.get(str(area["code"]), {})
                items = {str(item["code"]): item for item in said.get("items", [])}
                if missing := [code for code in area.get("items", []) if code not in items]:
                    self.faults.append(f"{language}/checklists.toml: {index['code']} lacks {', '.join(missing)}")
                texts = [{**items[code], "code": code} for code in area.get("items", []) if code in items]
                kept.append({"title": str(said.get("title", "")), "items": texts})
            data = {"scale": index.get("scale", "done"), "areas": kept}
            yield Leaf(
                "checklist", str(index["code"]), language, str(told.get("title", "")),
                str(told.get("summary", ""))[:300], str(index.get("audience", "")), place, data,
            )  # fmt: skip

    def _pages(self, language: str) -> Iterator[Leaf]:
        for place, told in enumerate(self._toml(f"{language}/pages.toml").get("pages", [])):
            yield Leaf(
                "page", str(told["code"]), language, str(told.get("title", "")), str(told.get("summary", "")), "",
                place, body=str(told.get("body", "")),
            )  # fmt: skip

    def _read_posts(self) -> None:
        """What has a day: news, alerts, campaigns; and what a person can make and use."""
        known = {"page": self.slugs, "door": set(DOORS), "audiences": set(AUDIENCES), "ages": set(AGES)}
        reader = posts.Posts(self.folder, known, languages=("uz", "ru", "en", "kaa"), needed=WHOLE)
        self.leaves += reader.leaves
        self.faults += reader.faults

    def _toml(self, name: str) -> dict[str, Any]:
        path = self.folder / name
        if not path.exists():
            return {}
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            fault = f"{name}: {error}"
            if fault not in self.faults:
                self.faults.append(fault)
            return {}


TOOL = ("vendor", "kind", "platforms", "cost", "official_site", "tested_on", "limits")
TOLD = ("what_it_does", "what_it_cannot", "privacy_cost", "childs_right", "steps")
