"""``portal/posts.toml`` written again: facts that changed are put in place, comments and the order stay.

Pure of Django.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from .documents import Document
from .leaves import Leaf
from .posts import IF_ANY, KINDS, LINES

# What a row says besides its slug, in the order in which it is written.
ROWS = {
    "news": ("date", "expires", "region", "tags", "corrected_on"),
    "alert": ("severity", "date", "valid_to", "audiences"),
    "campaign": ("date", "expires", "starts", "ends", "audiences", "resources"),
    "opportunity": ("date", "expires", "about", "ages"),
    "resource": ("date", "expires", "kind", "for", "ages", "minutes", "group", "licence"),
}
PLURALS = {kind: plural for plural, kind in KINDS.items()}
HEAD = re.compile(r"^\[\[(\w+)\]\]\n", re.M)
VALUE = r'(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^\n#]+?)(?=[ \t]*(?:#|$))'


def row_of(leaf: Leaf) -> dict[str, Any]:
    """The row of a post. What it does not say is there too, and empty."""
    said = {**leaf.data, "date": leaf.shown_from, "expires": leaf.shown_until, "for": leaf.audience}
    return {name: said.get(name) for name in ROWS[leaf.kind]}


def document_of(leaf: Leaf) -> Document:
    """The file of a post in its language."""
    front: dict[str, Any] = {"title": leaf.title, "summary": leaf.summary}
    front |= {name: leaf.data.get(name) for name in LINES[leaf.kind]}
    front |= {name: leaf.data[name] for name in IF_ANY if leaf.data.get(name)}
    return Document({**front, "reviewed_by": leaf.reviewed_by, "reviewed_on": leaf.reviewed_on}, leaf.body)


def slugs(text: str) -> set[tuple[str, str]]:
    """Every kind and slug that has a row."""
    return {(kind, str(row["slug"])) for plural, kind in KINDS.items() for row in tomllib.loads(text).get(plural, [])}


def with_row(text: str, kind: str, slug: str, row: Mapping[str, Any]) -> str:
    """The file with this row; a new one stands behind the last of its kind."""
    heads = list(HEAD.finditer(text))
    ends = [*(head.start() for head in heads), len(text)][1:]
    end = 0
    for head, end_here in zip(heads, ends, strict=False):
        if head[1] != PLURALS[kind]:
            continue
        part = text[head.end() : end_here]
        if tomllib.loads(part).get("slug") == slug:
            return text[: head.end()] + _changed(part, row) + text[end_here:]
        end = head.end() + _last_line(part)
    fresh = _changed(f'[[{PLURALS[kind]}]]\nslug = "{slug}"\n', row)
    if end:
        return f"{text[:end]}\n{fresh}{text[end:]}"
    return f"{text.rstrip()}\n\n{fresh}".lstrip()


def _changed(part: str, row: Mapping[str, Any]) -> str:
    told = _told(part)
    for name, value in row.items():
        if (told.get(name) or None) == (value or None):
            continue
        shape = re.compile(rf"^{name} = {VALUE}", re.M)
        line = f"{name} = {json.dumps(value, ensure_ascii=False)}" if value else ""
        if name in told and line:
            part = shape.sub(lambda _found, line=line: line, part, count=1)  # type: ignore[misc]  # mypy loses its type here
        elif name in told:
            part = re.sub(rf"^{name} = {VALUE}[^\n]*\n", "", part, count=1, flags=re.M)
        else:
            place = _last_line(part)
            part = f"{part[:place]}{line}\n{part[place:]}"
    return part


def _told(part: str) -> dict[str, Any]:
    return tomllib.loads(HEAD.sub("", part))


def _last_line(part: str) -> int:
    """Where the last line that says something ends; comments behind it belong to what follows."""
    said = list(re.finditer(rf"^\w+ = {VALUE}[^\n]*\n", part, re.M))
    return said[-1].end() if said else 0
