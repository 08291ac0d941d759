"""A pack as one file, or as many in a ZIP: made when it is first asked for, kept on disk until the next publishing."""

import io
import os
import re
import zipfile
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string

from panoh.ground.languages.public import word

from . import queries
from .models import Sheet
from .queries.packs import Shelf

MADE = "1"  # raised when a pack is made otherwise, so that kept files are made anew
OWN = re.compile(r'href="(/[^"]*)"')
GUIDE = re.compile(r"^/[a-z-]+/guide/([a-z0-9-]+)/$")
STILL = (1980, 1, 1, 0, 0, 0)  # no moment in a ZIP: the same pages make the same file


class Packed(NamedTuple):
    """One file of a pack. ``version`` changes with what stands in it."""

    path: Path
    name: str
    version: str

    @property
    def kilobytes(self) -> int:
        return max(1, round(self.path.stat().st_size / 1024))


def packed(shelf: Shelf, language: str, form: str, now: str) -> Packed:
    """The file, made if it is not there yet."""
    version = blake2b(f"{MADE}/{now}/{settings.PUBLIC_URL}".encode(), digest_size=5).hexdigest()
    stem = f"{language}-{shelf.pack.code}"
    path = settings.DATA_DIR / "packs" / f"{stem}-{version}.{form}"
    if not path.exists():
        make = {"html": _book, "zip": _files}[form]
        _write(path, make(shelf, language, version), f"{stem}-*.{form}")
    return Packed(path, f"reading-{shelf.pack.file}-{language}.{form}", version)


def _write(path: Path, content: bytes, siblings: str) -> None:
    """Whole or not at all; what was made for an older edition goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    draft.write_bytes(content)
    for old in path.parent.glob(siblings):
        old.unlink(missing_ok=True)
    draft.replace(path)


def _book(shelf: Shelf, language: str, version: str) -> bytes:
    pages = queries.pages_of(shelf, language)
    held = {one.code: f"#{one.code}" for one in pages if one.kind == "guidance"}
    return _rendered("book", shelf, pages, held, version).encode()


def _files(shelf: Shelf, language: str, version: str) -> bytes:
    pages = queries.pages_of(shelf, language)
    held = {one.code: f"{one.code}.html" for one in pages if one.kind == "guidance"}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in [
            ("index.html", _rendered("index", shelf, pages, held, version)),
            *((f"{one.code}.html", _rendered("page", shelf, [one], held, version)) for one in pages),
            ("licence.txt", word("portal.pack_licence", language) + "\n"),
        ]:
            archive.writestr(zipfile.ZipInfo(name, STILL), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _rendered(part: str, shelf: Shelf, pages: Sequence[Sheet], held: dict[str, str], version: str) -> str:
    """Links between pages of the pack stay inside it, every other leads to the site."""
    said = {"part": part, "pack": shelf.pack, "pages": pages, "version": version, "site": settings.PUBLIC_URL}

    def inside(found: re.Match[str]) -> str:
        page = GUIDE.match(found[1])
        return f'href="{held.get(page[1] if page else "", settings.PUBLIC_URL + found[1])}"'

    return OWN.sub(inside, render_to_string("portal/pack_file.html", said))
