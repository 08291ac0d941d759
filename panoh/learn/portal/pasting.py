"""Text that was pasted out of a word processor, made plain Markdown again. Pure of Django.

What has no plain form (tables of layout, pictures, frames, scripts) is not guessed at: it is refused by name.
"""

import re
from html.parser import HTMLParser

from .documents import LINK

TAG = re.compile(r"</?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>|<!--|<!\[")
REFUSED = {"script", "iframe", "object", "embed", "form", "input", "img", "svg", "video", "audio", "table"}
UNSEEN = {"style", "head", "title", "xml", "meta", "link"}
MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
BREAKS = {"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "blockquote"}
# A line that only ends because it was full; one before an empty line, a list or a heading is meant.
_SOFT_BREAK = re.compile(r"(?<!\n)[ \t\r]*\n[ \t]*(?![\n\r]|[-*#] ?|\d+\.)")
_ALONE = {"br", "hr", "meta", "link", "img", "input", "embed"}


class PastedError(ValueError):
    """Names the first thing that has no plain form."""


def has_markup(text: str) -> bool:
    return bool(TAG.search(text))


def as_markdown(text: str) -> str:
    """Headings, paragraphs, lists, bold, italics and links of ``text``. Raises ``PastedError``."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.said).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.unseen = 0
        self.lists: list[int | None] = []
        self.links: list[str] = []

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """``<![if …]>`` of word processors is a comment, as browsers take it; the parent breaks on a name it lacks."""
        return self.parse_bogus_comment(i, report)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in REFUSED:
            raise PastedError(tag)
        if tag in UNSEEN or ":xml" in tag:
            self.unseen += tag not in _ALONE
        elif tag in {"ul", "ol"}:
            self.lists.append(0 if tag == "ol" else None)
            self.said.append("\n")
        elif tag == "a":
            address = dict(attrs).get("href") or ""
            self.links.append(address if address.startswith("https://") or LINK.match(address) else "")
            self.said.append("[" if self.links[-1] else "")
        else:
            self.said.append(self._opening(tag))

    def _opening(self, tag: str) -> str:
        if tag in MARKS:
            return MARKS[tag]
        if tag == "li":
            if self.lists and (count := self.lists[-1]) is not None:
                self.lists[-1] = count + 1
                return f"\n{count + 1}. "
            return "\n- "
        if tag[0] == "h" and tag[1:].isdigit():
            return "\n\n" + ("## " if tag in {"h1", "h2"} else "### ")
        return {"br": "\n", "p": "\n\n", "div": "\n\n"}.get(tag, "")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN or ":xml" in tag:
            self.unseen = max(0, self.unseen - 1)
        elif tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
            self.said.append("\n\n")
        elif tag == "a" and self.links:
            address = self.links.pop()
            self.said.append(f"]({address})" if address else "")
        elif tag in MARKS:
            self.said.append(MARKS[tag])
        elif tag in BREAKS and tag not in {"li", "br"}:
            self.said.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.said.append(_SOFT_BREAK.sub(" ", data) if data.strip() or "\n" not in data else "")
