"""Turns a text, HTML or Markdown into a variant, and says where it was not sure. Pure; the database is elsewhere."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate, takewhile
from typing import NamedTuple

from .doubts import Doubt, doubt
from .scripts import Piece, pieces, to_script
from .segments import Block, Form, Places, Run, blocks
from .spans import SUFFIXES
from .variants import VARIANTS, variant_for

# A frozen run inside a block, as long as it is: no letter, so no rule looks into it.
_FILLER = "\ufffc"
_ENDING = re.compile(SUFFIXES)


class Warned(NamedTuple):
    """One word a person should look at; ``line`` and ``column`` count from 1, in the source."""

    line: int
    column: int
    word: str
    became: str
    why: Doubt


class Turned(NamedTuple):
    text: str
    warnings: tuple[Warned, ...]


Replace = Callable[[str], str | None]


def to_variant(
    source_text: str, source: str, variant: str, *, form: Form = "text", replace: Replace | None = None
) -> Turned:
    """``source_text`` in the letters of ``variant``, with what an editor should read.

    HTML: text and the attributes alt, title, aria-label and placeholder; ``translate="no"``, another ``lang`` and code
    stay. Markdown: prose; targets of links and code stay. ``replace`` is asked for every whole string, without the
    blanks around it, and its answer wins over the rules. Raises ``UnknownPairError``.
    """
    variant_for(source, variant)
    whole = replace(source_text.strip()) if replace else None
    if whole is not None:
        return Turned(_in_place_of(source_text, whole), ())
    places = Places(source_text)
    changes: list[tuple[Run, str]] = []
    warnings: list[Warned] = []
    for block in blocks(source_text, form, own_tags(source)):
        if block[0].kind == "lang":
            changes.append((block[0], tag_of(variant)))
            continue
        changes += _turned_block(block, variant, replace, places, warnings)
    return Turned(_assembled(source_text, changes), tuple(sorted(warnings)))


def tag_of(code: str) -> str:
    """The BCP 47 tag of a written language or a variant."""
    return VARIANTS[code].tag if code in VARIANTS else f"{code}-Latn"


def own_tags(source: str) -> frozenset[str]:
    """Values of ``lang``, in lower case, that say "this is the language we turn"."""
    tag = tag_of(source).lower()
    return frozenset({source, tag} if source in VARIANTS else {source, tag, f"{tag}-uz", f"{source}-uz"})


def _turned_block(
    block: Block, variant: str, replace: Replace | None, places: Places, warnings: list[Warned]
) -> Iterator[tuple[Run, str]]:
    """Every run of the block with what it becomes; a run whose string was overridden is out of the rules' reach."""
    said = {run: given for run in block if run.kind != "frozen" and (given := _asked(run.text, replace)) is not None}
    line = _Line(block, {run for run in block if run.kind == "frozen" or run in said})
    for piece in pieces(line.flat, variant):
        word = line.flat[piece.start : piece.end]
        became = word if piece.kind == "word" and line.goes_on_a_name(piece) else piece.text
        line.put(piece, became, variant)
        if piece.kind == "word" and became == piece.text and (why := doubt(word, became, variant, line.flat)):
            warnings.append(Warned(*places.of(line.offset(piece.start)), word, became, why))
    for run, text in zip(block, line.out, strict=True):
        if run in said:
            yield run, said[run]
        elif run.kind != "frozen":
            yield run, text


class _Line:
    """The runs of a block laid end to end, so that words are whole, and taken apart again afterwards."""

    def __init__(self, block: Block, fixed: set[Run]) -> None:
        self.block, self.fixed = block, fixed
        self.flat = "".join(_FILLER * len(run.text) if run in fixed else run.text for run in block)
        self.out = ["" for _ in block]
        self._starts = [0, *accumulate(len(run.text) for run in block)]

    def _index(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def offset(self, at: int) -> int:
        """The place in the source; inside a run with character references it is the nearest before."""
        run = self.block[self._index(at)]
        return min(run.start + at - self._starts[self._index(at)], run.end)

    def goes_on_a_name(self, piece: Piece) -> bool:
        """The ending of a name that somebody marked as untouchable stays in its letters, as Telegramda does."""
        before = self.block[self._index(piece.start) - 1] if piece.start in self._starts[1:] else None
        is_name = before in self.fixed and before is not None and before.kind == "frozen" and before.text[-1:].isalnum()
        return is_name and bool(_ENDING.fullmatch(self.flat[piece.start : piece.end]))

    def put(self, piece: Piece, became: str, variant: str) -> None:
        """Hand every run its part of what a piece became."""
        index, done = self._index(piece.start), 0
        while (end := self._starts[index + 1]) < piece.end:
            cut = max(done, _cut(self.flat[piece.start : end], self.flat[piece.start : piece.end], became, variant))
            self.out[index] += became[done:cut]
            index, done = index + 1, cut
        self.out[index] += became[done:]


def _cut(head: str, whole: str, became: str, variant: str) -> int:
    """Where ``became``, made of ``whole``, is cut so that its first part answers to ``head``."""
    if len(became) == len(whole):
        return len(head)
    pairs = zip(became, to_script(head, variant), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _asked(text: str, replace: Replace | None) -> str | None:
    given = replace(text.strip()) if replace and text.strip() else None
    return None if given is None else _in_place_of(text, given)


def _in_place_of(text: str, given: str) -> str:
    """``given`` between the blanks that stood around ``text``."""
    bare = text.strip()
    at = text.index(bare)
    return f"{text[:at]}{given}{text[at + len(bare) :]}"


def _assembled(raw: str, changes: list[tuple[Run, str]]) -> str:
    parts, last = [], 0
    for run, text in sorted(changes, key=lambda change: change[0].start):
        if text == run.text:
            continue
        parts += [raw[last : run.start], _quoted(text, run)]
        last = run.end
    return "".join([*parts, raw[last:]])


def _quoted(text: str, run: Run) -> str:
    """Safe where it stands: what would end an attribute goes in as a character reference."""
    unsafe = {'"': '"', "'": "'", "": "\"'<>=` \t\n"}.get(run.kind)
    if unsafe is None:
        return text
    return "".join(f"&#{ord(sign)};" if sign in unsafe else sign for sign in text)
