"""Cuts a text, HTML or Markdown into the runs that a change of script may turn. Pure; the runs know their places.

Runs of one block belong together, whatever inline tags stand between them, so that a word that a tag cuts in two is
still one word. Everything that is in no run is copied byte for byte.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Literal, NamedTuple

from . import markdown

Form = Literal["text", "html", "markdown"]

_ATTRIBUTES = frozenset({"alt", "title", "aria-label", "placeholder"})
_CODE = frozenset({"code", "pre", "kbd", "samp", "var", "tt", "script", "style", "math", "textarea", "template"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_INLINE = frozenset(
    {
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
            "mark",
        ),
        *("q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
    }
)
# An open one of these ends where the next of its kind begins.
_ENDS_ITSELF = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "option"})
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_APOSTROPHE = {
    **dict.fromkeys(["#39", "#x27", "apos"], "'"),
    **dict.fromkeys(["#8216", "#x2018", "lsquo"], "‘"),
    **dict.fromkeys(["#8217", "#x2019", "rsquo"], "’"),
    **dict.fromkeys(["#699", "#x2bb"], "ʻ"),
    **dict.fromkeys(["#700", "#x2bc"], "ʼ"),
    **dict.fromkeys(["#96", "#x60", "grave"], "`"),
    **dict.fromkeys(["#180", "#xb4", "acute"], "´"),
}
_ENTITY = re.compile(r"&(#0*\d+|#[xX]0*[0-9a-fA-F]+|[a-z]+);")


class Run(NamedTuple):
    """``raw[start:end]`` as a reader sees its letters. ``kind``: what may be turned, what not, the name of a language,
    or the quotation mark around an attribute."""

    start: int
    end: int
    text: str
    kind: Literal["text", "frozen", "lang", '"', "'", ""] = "text"


Block = list[Run]


def blocks(raw: str, form: Form, own_tags: frozenset[str]) -> Iterator[Block]:
    """The blocks of ``raw``. ``own_tags``: values of ``lang``, in lower case, that name the language turned."""
    if form == "text":
        yield [Run(0, len(raw), raw)]
        return
    masked = markdown.masked(raw) if form == "markdown" else raw
    masked = _without_open_tags(masked)
    reader = _Reader(raw, masked, own_tags)
    reader.feed(masked)
    reader.close()
    reader.end_block()
    yield from reader.done


def _without_open_tags(raw: str) -> str:
    """A "<" that no ">" follows begins no tag; the library would look for its end again and again."""
    last = raw.rfind(">") + 1
    return raw[:last] + raw[last:].replace("<", "¤")


class _State(NamedTuple):
    tag: str
    is_code: bool
    is_fixed: bool
    is_foreign: bool

    @property
    def is_frozen(self) -> bool:
        return self.is_code or self.is_fixed or self.is_foreign


class _Reader(HTMLParser):
    def __init__(self, raw: str, masked: str, own_tags: frozenset[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.raw, self.masked, self.own_tags = raw, masked, own_tags
        self.done: list[Block] = []
        self._lines = [0, *(found.end() for found in re.finditer("\n", raw))]
        self._open = [_State("", is_code=False, is_fixed=False, is_foreign=False)]
        self._block: Block = []
        self._text: tuple[int, int] | None = None
        self._state = self._open[0]

    @property
    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    # --- text ---------------------------------------------------------------------------------------------------

    def handle_data(self, data: str) -> None:
        self._take(data)

    def handle_entityref(self, name: str) -> None:
        self._take(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._take(f"&#{name}")

    def _take(self, token: str) -> None:
        start = self._at
        if not self.masked.startswith(token, start):
            return
        end = start + len(token)
        if token[0] == "&" and self.masked.startswith(";", end):
            end += 1
        if self._text and self._text[1] == start:
            start = self._text[0]
        else:
            self._end_text()
        self._text = (start, end)

    def _end_text(self) -> None:
        if self._text is None:
            return
        start, end = self._text
        self._text = None
        for kind, first, last in markdown.stretches(self.masked, start, end):
            is_frozen = kind == "frozen" or self._open[-1].is_frozen
            text = self.raw[first:last]
            self._block.append(
                Run(first, last, text, "frozen") if is_frozen else Run(first, last, _with_apostrophes(text))
            )

    def end_block(self) -> None:
        self._end_text()
        if self._block:
            self.done.append(self._block)
        self._block = []

    # --- markup -------------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open_tag(tag, attrs)
        if tag not in _VOID:
            self._open.append(self._state)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open_tag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._close_run(tag)
        if any(state.tag == tag for state in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_comment(self, data: str) -> None:
        self._end_text()

    def handle_decl(self, decl: str) -> None:
        self._end_text()

    def handle_pi(self, data: str) -> None:
        self._end_text()

    def unknown_decl(self, data: str) -> None:
        self._end_text()

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """``<![x[`` is a bogus comment, as in a browser; the library would give up on it."""
        return self.parse_bogus_comment(i)

    def _close_run(self, tag: str) -> None:
        if tag in _INLINE:
            self._end_text()
        else:
            self.end_block()

    def _open_tag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._close_run(tag)
        if tag in _ENDS_ITSELF and self._open[-1].tag == tag:
            self._open.pop()
        self._state = self._inside(tag, dict(attrs))
        start = self._at
        for name, first, last, quote in _attributes(self.get_starttag_text() or "", tag):
            self._take_attribute(name, start + first, start + last, quote)

    def _inside(self, tag: str, attrs: dict[str, str | None]) -> _State:
        _tag, is_code, is_fixed, is_foreign = self._open[-1]
        if "translate" in attrs:
            is_fixed = (attrs["translate"] or "").lower() == "no"
        lang = attrs.get("lang") or attrs.get("xml:lang")
        if lang:
            is_foreign = lang.lower() not in self.own_tags
        return _State(tag, is_code or tag in _CODE, is_fixed, is_foreign)

    def _take_attribute(self, name: str, first: int, last: int, quote: Literal['"', "'", ""]) -> None:
        value = self.raw[first:last]
        is_fixed = self._open[-1].is_code or self._state.is_fixed or self._state.is_foreign
        if is_fixed or not value:
            return
        if name in _ATTRIBUTES:
            self.done.append([Run(first, last, _with_apostrophes(value), quote)])
        elif name in ("lang", "xml:lang"):
            self.done.append([Run(first, last, value, "lang")])


def _attributes(tag_text: str, tag: str) -> Iterator[tuple[str, int, int, Literal['"', "'", ""]]]:
    """``(name, start of value, end of value, quotation mark)`` for every attribute that has a value."""
    for found in _ATTRIBUTE.finditer(tag_text, 1 + len(tag)):
        quotes: tuple[Literal['"', "'", ""], ...] = ('"', "'", "")
        for group, quote in enumerate(quotes, start=2):
            if found[group] is not None:
                yield found[1].lower(), found.start(group), found.end(group), quote


def _with_apostrophes(text: str) -> str:
    """Character references that stand for an apostrophe as the apostrophe; every other stays."""
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda found: _APOSTROPHE.get(_plain(found[1]), found[0]), text)


def _plain(name: str) -> str:
    if name[0] != "#":
        return name
    body = name[1:].lower()
    return f"#x{body[1:].lstrip('0')}" if body[0] == "x" else f"#{body.lstrip('0')}"


class Places:
    """Turns an offset into a line and a column, both from 1."""

    def __init__(self, raw: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", raw))]

    def of(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
