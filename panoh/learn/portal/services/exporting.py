"""Writing the browser's words back into content files, so that translators find them there."""

import json
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from panoh.ground.languages import public as languages

from .. import documents, recordings
from ..documents import Document
from ..models import EditableKind, Writing, lines
from ..models.writings import prose
from ..tree import WHOLE
from .exporting_posts import post_files

INDEX = "portal/pages.toml"
# Kind: the file of each language, the head of its rows, and what a row says besides its code.
LISTS: dict[str, tuple[str, str, Callable[[Writing], dict[str, str]]]] = {
    EditableKind.QUESTION: (
        "faq", "questions", lambda one: {"question": one.title, "answer": one.body.strip(), "page": one.page},
    ),
    EditableKind.TERM: ("glossary", "terms", lambda one: {"term": one.title, "meaning": one.body.strip()}),
    EditableKind.PAGE: (
        "pages", "pages", lambda one: {"title": one.title, "summary": one.summary, "body": prose(one.body)},
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Exported:
    """``left_out`` names what was born in the browser and has no place yet: a language lacks, or a row of a list."""

    written: int
    unchanged: int
    left_out: tuple[str, ...] = ()


def export_content(folder: Path, to: Path) -> Exported:
    """Write every published writing into ``to``; what it lacks is copied from ``folder`` first. Again: no change."""
    if to.resolve() != folder.resolve():
        for name in (path.relative_to(folder) for path in folder.rglob("*") if path.is_file()):
            if not (to / name).exists():
                (to / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folder / name, to / name)
    held = list(Writing.objects.exclude(first_published_at=None).select_related("locale").order_by("position", "pk"))
    index = to / INDEX
    known = set(re.findall(r'slug = "([a-z0-9-]+)"', index.read_text(encoding="utf-8")))
    born, left_out = _born([one for one in held if one.kind == EditableKind.GUIDANCE and one.code not in known])
    files = {path: text for one in [*held] if one.code in known | born for path, text in _guidance(one, to)}
    files |= dict(_lists(held, to))
    posts, waiting = post_files(held, to)
    files |= posts
    left_out |= waiting
    files[index] = _index([one for one in held if one.code in born and one.language == WHOLE[0]], index)
    left_out |= {one.code for one in held if one.kind in LISTS and f'code = "{one.code}"' not in _rows_of(one, to)}
    written = sum(_write(path, text) for path, text in files.items())
    return Exported(written, len(files) - written, tuple(sorted(left_out)))


def _born(pages: Iterable[Writing]) -> tuple[set[str], set[str]]:
    """Codes of new pages that every whole language has, and those that must wait."""
    spoken: dict[str, set[str]] = {}
    for one in pages:
        spoken.setdefault(one.code, set()).add(one.language)
    whole = {code for code, has in spoken.items() if has >= set(WHOLE)}
    return whole, set(spoken) - whole


def _guidance(one: Writing, to: Path) -> Iterable[tuple[Path, str]]:
    if one.kind != EditableKind.GUIDANCE:
        return
    review = {"reviewed_by": one.reviewed_by, "reviewed_on": one.reviewed_on.isoformat() if one.reviewed_on else ""}
    front = {"title": one.title, "summary": one.summary}
    front |= {name: lines(getattr(one, name)) for name in ("now", "sources", "confirm")}  # type: ignore[misc]  # mypy loses its type here
    front |= {name: said for name, said in recordings.spread(one.leaf.data).items() if said}
    path = to / one.language / "guidance" / f"{one.code}.md"
    yield path, documents.write(Document({**front, **review}, one.body))
    if one.easy:
        twin = path.with_name(f"{one.code}.easy.md")
        yield twin, documents.write(Document({"title": one.easy_title, **review}, one.easy))


def _lists(held: Iterable[Writing], to: Path) -> Iterable[tuple[Path, str]]:
    """Files of rows: the words of each changed row are put in place; comments and the order stay."""
    for language in languages.LANGUAGES:
        for kind, (name, head, row_of) in LISTS.items():
            path = to / language / f"{name}.toml"
            rows = {one.code: row_of(one) for one in held if one.kind == kind and one.language == language}
            if rows and path.exists():
                yield path, _with_rows(path.read_text(encoding="utf-8"), head, rows)


def _rows_of(one: Writing, to: Path) -> str:
    path = to / one.language / f"{LISTS[one.kind][0]}.toml"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _with_rows(text: str, head: str, rows: dict[str, dict[str, str]]) -> str:
    mark = f"[[{head}]]\n"
    first, *parts = text.split(mark)
    return first + "".join(mark + _row(part, rows) for part in parts)


def _row(part: str, rows: dict[str, dict[str, str]]) -> str:
    code = re.search(r'^code = "([^"]+)"', part, re.M)
    for name, value in rows.get(code[1] if code else "", {}).items():
        written = _long(value) if "\n" in value else json.dumps(value, ensure_ascii=False)
        shape = re.compile(rf'^{name} = (?:"""(?:.|\n)*?"""|"(?:[^"\\]|\\.)*")$', re.M)
        part = shape.sub(lambda _found, line=f"{name} = {written}": line, part, count=1)  # type: ignore[misc]  # mypy loses its type here
    return part


def _long(value: str) -> str:
    quoted = value.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""\n{quoted}"""'


def _index(pages: Iterable[Writing], path: Path) -> str:
    """The tree of guidance with a line for every new page, at the end of its audience."""
    text = path.read_text(encoding="utf-8")
    for one in pages:
        told = [f'slug = "{one.code}"']
        told += [f"{name} = {json.dumps(getattr(one, name))}" for name in ("ages", "risks") if getattr(one, name)]
        told += [f"{name} = true" for name, holds in (("quiet", one.quiet), ("easy", one.easy)) if holds]
        before, mark, after = text.partition(f"[audiences.{one.audience}]\npages = [\n")
        inside, end, rest = after.partition("]\n")
        while mark and end and not inside.endswith("\n"):  # the bracket of a row, not of the list
            more, end, rest = rest.partition("]\n")
            inside += "]\n" + more
        text = f"{before}{mark}{inside}  {{ {', '.join(told)} }},\n{end}{rest}" if mark else text
    return text


def _write(path: Path, text: str) -> bool:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True
