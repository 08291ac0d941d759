"""The pieces as a reader of one language sees them. They are files: read once, and again when a file has changed."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import Http404

from panoh.ground.languages import public as languages

from . import policy, recordings, shapes
from .tree import Piece, Playroom

LOOK_AGAIN_SECONDS = 10.0
_lock = Lock()


@dataclass(frozen=True)
class Told:
    """A piece in the words of one language or script."""

    piece: Piece
    language: str
    words: Mapping[str, Any]

    @property
    def kind(self) -> str:
        return self.piece.kind

    @property
    def slug(self) -> str:
        return self.piece.slug

    @property
    def title(self) -> str:
        return str(self.words["title"])

    @property
    def summary(self) -> str:
        return str(self.words["summary"])

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Structure and words of each row together, in their order."""
        told = self.words[shapes.ROWS[self.kind]]
        return [{**row, "told": told[row["code"]]} for row in self.piece.rows]

    def row(self, code: str) -> dict[str, Any]:
        """Raises ``KeyError``."""
        return {row["code"]: row for row in self.rows}[code]


class _Shelf:
    """What was read, when, and the words made from them by script."""

    def __init__(self, folder: Path, mark: tuple[int, int]) -> None:
        self.folder, self.mark, self.seen_at = folder, mark, time.monotonic()
        self.pieces = {(piece.kind, piece.slug): piece for piece in Playroom(folder).pieces}
        self.turned: dict[tuple[str, str, str], Mapping[str, Any]] = {}


_held: list[_Shelf] = []


def _shelf() -> _Shelf:
    folder = Path(settings.CONTENT_DIR)
    with _lock:
        if _held and _held[0].folder == folder:
            if time.monotonic() - _held[0].seen_at < LOOK_AGAIN_SECONDS:
                return _held[0]
            if _mark(folder) == _held[0].mark:
                _held[0].seen_at = time.monotonic()
                return _held[0]
        _held[:] = [_Shelf(folder, _mark(folder))]
        return _held[0]


def _mark(folder: Path) -> tuple[int, int]:
    """How many files there are and when the newest was written."""
    times = [path.stat().st_mtime_ns for path in folder.glob("**/playroom/*/*.toml")]
    return len(times), max(times, default=0)


def _words(shelf: _Shelf, piece: Piece, language: str) -> Mapping[str, Any] | None:
    """A script is made by rules from its written language, once, with what editors put in place of the rules."""
    source = languages.source_of(language)
    if source not in piece.words:
        return None
    if source == language:
        return piece.words[language]
    key = (piece.kind, piece.slug, language)
    if key not in shelf.turned:
        instead = {one.source: one.replacement for one in languages.overrides_of(language)}
        shelf.turned[key] = _turned(piece.words[source], source, language, instead)
    return shelf.turned[key]


def _turned(value: Any, source: str, language: str, instead: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return languages.to_variant(value, source, language, replace=instead.get).text if value else ""
    if isinstance(value, list):
        return [_turned(one, source, language, instead) for one in value]
    if isinstance(value, dict):
        kept = recordings.NAMED
        return {name: one if name in kept else _turned(one, source, language, instead) for name, one in value.items()}
    return value


def told(language: str) -> list[Told]:
    """Everything that may be shown in this language, in the order of kinds and names."""
    shelf = _shelf()
    found = [(piece, _words(shelf, piece, language)) for piece in shelf.pieces.values()]
    return [Told(piece, language, words) for piece, words in found if words and policy.may_show(piece, language)]


def told_for(kind: str, slug: str, language: str) -> Told:
    """The gate to one piece: what is not there and what may not be shown look the same."""
    shelf = _shelf()
    piece = shelf.pieces.get((kind, slug))
    words = _words(shelf, piece, language) if piece else None
    if piece is None or words is None or not policy.may_show(piece, language):
        raise Http404
    return Told(piece, language, words)


def languages_of(kind: str, slug: str) -> list[str]:
    """Where a piece can be read, in the order of the switch."""
    shelf = _shelf()
    piece = shelf.pieces.get((kind, slug))
    known = [code for code, _name in settings.LANGUAGES]
    return [code for code in known if piece and _words(shelf, piece, code) and policy.may_show(piece, code)]
