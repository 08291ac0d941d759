"""Files of a piece are made when first asked for and kept until what stands in them changes: asking again is cheap."""

import json
import os
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from django.conf import settings

from panoh.ground.languages import public as languages

from .calling import calls
from .leaves import linked_pieces
from .queries import Told
from .recorded import recorded

HERE = Path(__file__).parent
_one_at_a_time = Lock()


@cache
def _tools() -> str:
    """Changes with the code, the templates and the styles that files are made by."""
    made = blake2b(digest_size=8)
    for path in sorted(path for path in HERE.rglob("*") if path.suffix in {".py", ".html", ".xhtml", ".css", ".typ"}):
        if "tests" not in path.parts:
            made.update(path.read_bytes())
    return made.hexdigest()


def mark_of(told: Told) -> str:
    """Changes with the piece, with those it leads to, and with the words and the tools around them."""
    pieces = [told, *(linked_pieces(told) if told.kind == "paths" else [])]
    made = blake2b(f"{_tools()}/{settings.PUBLIC_URL}/{told.language}".encode(), digest_size=5)
    for one in pieces:
        held = [one.kind, one.slug, one.piece.written_at, one.piece.structure, one.words]
        made.update(json.dumps(held, sort_keys=True, default=str).encode())
        made.update(json.dumps(recorded(one.rows)).encode())
    made.update("\n".join(calls(told.language)).encode())
    for code in sorted(languages.all_codes()):
        if code.startswith("play."):
            made.update(languages.word(code, told.language).encode())
    return made.hexdigest()


def kept(told: Told, name: str, make: Callable[[str], bytes]) -> bytes:
    """The bytes of the file ``name``; ``make`` is given their mark. Made one at a time."""
    mark = mark_of(told)
    folder = Path(settings.DATA_DIR) / "playroom" / told.language / told.kind / told.slug
    path = folder / f"{mark}-{name}"
    with _one_at_a_time:
        try:
            return path.read_bytes()
        except FileNotFoundError:
            made = make(mark)
            _write(path, made, f"{'?' * len(mark)}-{name}")
            return made


def _write(path: Path, content: bytes, siblings: str) -> None:
    """Whole or not at all; what was made of an older piece goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    draft.write_bytes(content)
    for old in path.parent.glob(siblings):
        old.unlink(missing_ok=True)
    draft.replace(path)
