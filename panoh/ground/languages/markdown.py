"""What in a Markdown text is no prose: code, targets of links, front matter; and the marks around words.

Marked by one sign for each, of the same length, so that the places in the text stay what they are.
"""

import re
from collections.abc import Iterator
from typing import Literal

# Signs that no text holds: for what stays as it is, and for marks that may stand inside a word.
_FROZEN, _SEAM = "\ufffc", "\ufdd0"

_TOKEN = re.compile(
    r"(?P<front>\A(?P<d>---|\+\+\+)[ \t]*\n.*?^(?P=d)[ \t]*$)"
    r"|(?P<fence>^[ ]{0,3}(?P<f>`{3,}|~{3,})[^\n]*\n.*?(?:^[ ]{0,3}(?P=f)[`~]*[ \t]*$|\Z))"
    r"|(?P<code>(?<!`)(?P<c>`{1,8})(?!`)[^`].*?(?<!`)(?P=c)(?!`))"
    r"|(?P<auto><(?:[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]{1,64}@[\w.-]{1,250})>)"
    r"|(?P<comment><!--.*?-->)"
    r"|(?P<tag></?[a-zA-Z][^<>]{0,2000}>)"
    r"|(?P<target>(?<=\])\([ \t]*(?:<[^<>\n]{0,2000}>|[^\s()<]{0,2000}(?:\([^\s()]{0,500}\)[^\s()]{0,500})?)(?=[\s)]))"
    r"|(?P<definition>^[ ]{0,3}\[[^\]\n]{1,200}\]:[ \t]*(?P<url>\S+))"
    r"|(?P<list>\{[:#.][^{}\n]{0,200}\})"
    r"|(?P<mark>\*{1,3}|~~|!?\[|\])",
    re.DOTALL | re.MULTILINE,
)
_STRETCH = re.compile(f"{_FROZEN}+|{_SEAM}+|[^{_FROZEN}{_SEAM}]+")


def masked(raw: str) -> str:
    """``raw`` with everything that is no prose written over; lines and lengths stay."""
    return _TOKEN.sub(_mask, raw)


def _mask(found: re.Match[str]) -> str:
    text = found[0]
    match found.lastgroup:
        case "tag" | "comment":
            return text
        case "mark" | "target":
            return re.sub(r"[^\n]", _SEAM, text)
        case "url" | "definition":
            return text[: -len(found["url"])] + _FROZEN * len(found["url"])
    return re.sub(r"[^\n]", _FROZEN, text)


def stretches(text: str, start: int, end: int) -> Iterator[tuple[Literal["text", "frozen"], int, int]]:
    """The parts of ``text[start:end]`` that hold something to read; marks between them are left out."""
    for found in _STRETCH.finditer(text, start, end):
        if found[0][0] != _SEAM:
            yield ("frozen" if found[0][0] == _FROZEN else "text"), found.start(), found.end()
