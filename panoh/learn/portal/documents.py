"""A content file: TOML between two ``+++`` lines, then Markdown. Pure of Django; what is read is written back alike."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
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
    return json.dumps(value, ensure_ascii=False)  # TOML's basic strings and booleans are JSON's


@cache
def _markdown() -> MarkdownIt:
    """Headings, paragraphs, lists, bold, links and tables; HTML of the writer stays text, pictures are no syntax."""
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.disable(["html_block", "html_inline", "image", "autolink", "code", "fence", "lheading", "reference"])
    return made


def links(body: str) -> list[tuple[str, str]]:
    """Every link of a Markdown text as kind and target: ("page", "money-tricks"), ("door", "talk"), ("", address)."""
    found = []
    for token in _every(_markdown().parse(body)):
        if token.type == "link_open":
            href = str(token.attrs["href"])
            own = LINK.match(href)
            found.append((own[1], own[2]) if own else ("", href))
    return found


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
