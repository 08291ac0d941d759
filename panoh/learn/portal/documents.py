"""A content file: TOML between two ``+++`` lines, then Markdown. Pure of Django; what is read is written back alike."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

FENCE = "+++"
LINK = re.compile(r"^(page|door):([a-z0-9-]+)$")


class DocumentError(ValueError):
    """``line`` counts from 1; 0 where the whole file is meant."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}" if line else reason)


@dataclass(frozen=True)
class Document:
    """``front`` holds strings and lists of strings, in the order of the file; ``body`` is Markdown."""

    front: dict[str, Any]
    body: str
    body_line: int = field(default=1, compare=False)  # where the body begins, for faults found in it


def read(text: str) -> Document:
    """Raises ``DocumentError`` with the line."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].strip() != FENCE:
        raise DocumentError(1, "the file begins with a line of three plus signs")
    try:
        end = lines.index(FENCE, 1)
    except ValueError:
        raise DocumentError(len(lines), "the second line of three plus signs is missing") from None
    try:
        front = tomllib.loads("\n".join(lines[1:end]))
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"at line (\d+)", str(error))
        raise DocumentError(int(where[1]) + 1 if where else end, str(error)) from None
    return Document(front, "\n".join(lines[end + 1 :]).strip() + "\n", end + 2)


def write(document: Document) -> str:
    """The file again. ``read(write(d)) == d``."""
    front = "".join(f"{name} = {_value(value)}\n" for name, value in document.front.items())
    return f"{FENCE}\n{front}{FENCE}\n\n{document.body.strip()}\n"


def _value(value: object) -> str:
    if isinstance(value, list):
        return "[\n" + "".join(f"  {_value(one)},\n" for one in value) + "]" if value else "[]"
    if isinstance(value, str) and "\n" in value and FENCE not in value:
        lines = [json.dumps(line, ensure_ascii=False)[1:-1] for line in value.split("\n")]
        return '"""\n' + "\n".join(lines) + '"""'
    return json.dumps(value, ensure_ascii=False)  # TOML's basic strings and booleans are JSON's


@cache
def _markdown() -> MarkdownIt:
    """Headings, paragraphs, lists, bold, links and tables; HTML of the writer stays text, pictures are no syntax."""
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.disable(["html_block", "html_inline", "image", "autolink", "code", "fence", "lheading", "reference"])
    made.add_render_rule("table_open", _table_open)
    made.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return made


def _table_open(_renderer: object, tokens: Sequence[Token], at: int, *_: object) -> str:
    """A wide table scrolls in a frame of its own, which the keyboard reaches and which is named after its columns."""
    ends = next(place for place in range(at, len(tokens)) if tokens[place].type in {"thead_close", "table_close"})
    columns = [token.content for token in tokens[at:ends] if token.type == "inline"]
    name = escape(", ".join(filter(None, columns)), quote=True)
    return f'<div class="table-scroll" tabindex="0" role="region" aria-label="{name}"><table>\n'


def links(body: str) -> list[tuple[str, str]]:
    """Every link of a Markdown text as kind and target: ("page", "money-tricks"), ("door", "talk"), ("", address)."""
    found = []
    for token in _every(_markdown().parse(body)):
        if token.type == "link_open":
            href = str(token.attrs["href"])
            own = LINK.match(href)
            found.append((own[1], own[2]) if own else ("", href))
    return found


def link_words(body: str) -> list[tuple[str, int]]:
    """The words of every link, and the line of the block it stands in, from 1."""
    found = []
    for block, line in _inline(body):
        words: list[str] | None = None
        for token in block.children or []:
            if token.type == "link_open":
                words = []
            elif token.type == "link_close" and words is not None:
                found.append(("".join(words), line))
                words = None
            elif words is not None:
                words.append(token.content)
    return found


def blocks(body: str) -> list[tuple[str, int]]:
    """The words of each heading, paragraph, item and cell, and its line, from 1."""
    return [
        (" ".join("".join(_plain(token) for token in block.children or []).split()), line)
        for block, line in _inline(body)
    ]


def _plain(token: Token) -> str:
    return " " if token.type in {"softbreak", "hardbreak"} else token.content


def _inline(body: str) -> list[tuple[Token, int]]:
    return [
        (token, 1 + (token.map[0] if token.map else 0)) for token in _markdown().parse(body) if token.type == "inline"
    ]


def html(body: str, addresses: Mapping[tuple[str, str], str]) -> str:
    """Safe HTML of a Markdown text; a link of ours becomes its address, one that has none becomes plain words."""
    tokens = _markdown().parse(body)
    for block in tokens:
        if block.type == "heading_open":
            block.tag = "h2" if block.tag in {"h1", "h2"} else "h3"
        if block.type == "heading_close":
            block.tag = "h2" if block.tag in {"h1", "h2"} else "h3"
        if block.children:
            block.children = _addressed(block.children, addresses)
    return str(_markdown().renderer.render(tokens, _markdown().options, {})).strip()


def _addressed(children: list[Token], addresses: Mapping[tuple[str, str], str]) -> list[Token]:
    kept: list[Token] = []
    is_open: list[bool] = []
    for token in children:
        if token.type == "link_open":
            own = LINK.match(str(token.attrs["href"]))
            address = addresses.get((own[1], own[2]), "") if own else str(token.attrs["href"])
            is_open.append(bool(address))
            token.attrs["href"] = address
            if not address:
                continue
        if token.type == "link_close" and not is_open.pop():
            continue
        kept.append(token)
    return kept


def _every(tokens: list[Token]) -> list[Token]:
    return [one for token in tokens for one in (token, *_every(token.children or []))]


def words(body: str) -> str:
    """The words of a Markdown text without its marks, for the index."""
    return " ".join(token.content for token in _every(_markdown().parse(body)) if token.type == "text")
