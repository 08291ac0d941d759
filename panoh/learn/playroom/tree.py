"""The pieces of the playroom, read from ``content/`` and found fault with. Pure of Django.

``content/playroom/<kind>/<slug>.toml`` holds what is the same in every language, a file of the same name in
``content/<language>/playroom/<kind>/`` the words, row by row under the same codes. A language without a file of its own
does not have the piece.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from panoh.ground.common import letters

from . import recordings, shapes

WRITTEN = ("uz", "ru", "en", "kaa")
NEEDED = ("uz", "ru", "en")


@dataclass(frozen=True)
class Piece:
    """``words`` by written language; ``written_at`` (seconds since 1970) is when the newest of its files was.

    ``rows`` in their order. Nothing in it is safe HTML.
    """

    kind: str
    slug: str
    age: str
    structure: Mapping[str, Any]
    words: Mapping[str, Mapping[str, Any]]
    written_at: int = 0

    @property
    def rows(self) -> list[Mapping[str, Any]]:
        return list(self.structure[shapes.ROWS[self.kind]])

    @property
    def codes(self) -> list[str]:
        return [str(row["code"]) for row in self.rows]

    def row(self, code: str) -> Mapping[str, Any]:
        """Raises ``KeyError``."""
        return {row["code"]: row for row in self.rows}[code]

    def told(self, language: str, code: str) -> Mapping[str, Any]:
        """The words of one row. Raises ``KeyError`` where the language lacks the piece."""
        return dict(self.words[language][shapes.ROWS[self.kind]][code])

    def is_reviewed(self, language: str) -> bool:
        return bool(self.words.get(language, {}).get("reviewed_by"))


class Playroom:
    """Reads a content folder once. ``pieces`` and ``faults`` are its outcome; each fault names its file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []
        self.pieces: list[Piece] = []
        for kind in shapes.KINDS:
            for path in sorted(folder.glob(f"playroom/{kind}/*.toml")):
                self.pieces.append(self._piece(kind, path.stem))
        self._check_paths()
        self._find_strangers()

    def _piece(self, kind: str, slug: str) -> Piece:
        name = f"playroom/{kind}/{slug}.toml"
        structure = self._toml(name)
        before = len(self.faults)
        self.faults += [f"{name}: {fault}" for fault in shapes.of_structure(kind, structure)]
        words = {}
        for language in WRITTEN:
            place = f"{language}/playroom/{kind}/{slug}.toml"
            if not (self.folder / place).exists():
                if language in NEEDED:
                    self.faults.append(f"{place}: the file is missing")
                continue
            words[language] = self._toml(place)
            if len(self.faults) == before:
                self.faults += [f"{place}: {fault}" for fault in shapes.of_words(kind, structure, words[language])]
                told = words[language].get(shapes.ROWS[kind], {})
                self.faults += [
                    f"{place}: {fault}" for fault in recordings.faults(kind, words[language], told, self.folder)
                ]
            self.faults += [f"{place}: {fault}" for fault in self._of_letters(place, language)]
        files = [self.folder / name, *(self.folder / language / name for language in words)]
        written_at = max(int(path.stat().st_mtime) for path in files)
        return Piece(kind, slug, str(structure.get("age", "")), structure, words, written_at)

    def _check_paths(self) -> None:
        known = {f"{piece.kind}/{piece.slug}": set(piece.codes) for piece in self.pieces}
        for path in (piece for piece in self.pieces if piece.kind == "paths"):
            for lesson in path.rows:
                for target in lesson.get("pieces", []):
                    place, _, code = str(target).partition("#")
                    if place not in known or (code and code not in known[place]):
                        self.faults.append(f"playroom/paths/{path.slug}.toml: {lesson['code']} names {target}")

    def _find_strangers(self) -> None:
        known = {(piece.kind, piece.slug) for piece in self.pieces}
        for path in sorted(self.folder.glob("*/playroom/*/*.toml")):
            if (path.parent.name, path.stem) not in known:
                self.faults.append(f"{path.relative_to(self.folder)}: there is no such piece in playroom/")

    def _of_letters(self, name: str, language: str) -> Iterator[str]:
        text = (self.folder / name).read_text(encoding="utf-8")
        for line, word in letters.mixed(text):
            yield f"line {line}: “{word}” mixes Latin and Cyrillic letters"
        for line, found in letters.straight(text) if language == "uz" else ():
            yield f"line {line}: “{found}” is written with ʻ (U+02BB)"

    def _toml(self, name: str) -> dict[str, Any]:
        try:
            return tomllib.loads((self.folder / name).read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.faults.append(f"{name}: {error}")
            return {}
