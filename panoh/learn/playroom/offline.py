"""A piece as a ZIP of plain pages: it opens from a stick in any browser and asks nothing of any line."""

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from panoh.ground.languages.public import word

from . import policy, recorded
from .calling import calls
from .leaves import Leaf, leaves, linked_pieces
from .queries import Told

STILL = (1980, 1, 1, 0, 0, 0)  # no moment in a ZIP: the same pages make the same file
UI = Path(__file__).parents[2] / "ground" / "ui" / "static" / "ui"
Said = Mapping[str, Any]
SHEETS = (UI / "tokens.css", UI / "public.css", Path(__file__).parent / "static" / "playroom" / "playroom.css")
LINK = re.compile(r' href="([/?][^"]*)"')
FACE = re.compile(r"@font-face \{[^}]*\}")
FETCHED = re.compile(r"[\w-]+: url\([^)]*\)[^;}]*;?")


def pack(told: Told, version: str) -> bytes:
    """Of a path: its lessons, and every piece they name in a folder of its own."""
    placed = dict(_placed(told, ""))
    linked = linked_pieces(told) if told.kind == "paths" else []
    for one in (one for one in linked if not policy.is_quiet(one.piece)):
        placed |= _placed(one, f"{one.kind}/{one.slug}/")
    around: dict[str, Any] = {"sounds": _sounds([told, *linked]), "calls": calls(told.language)}
    names = {leaf.address: name for name, (_, leaf) in placed.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (owner, leaf) in placed.items():
            _put(archive, name, _page(owner, leaf, name, names, {**around, "version": version}))
        for name, content in around["sounds"].items():
            archive.writestr(zipfile.ZipInfo(f"sound/{name}", STILL), content, zipfile.ZIP_STORED)
        _put(archive, "style.css", style())
        _put(archive, "licence.txt", word("portal.pack_licence", told.language) + "\n")
    return made.getvalue()


def _sounds(pieces: list[Told]) -> dict[str, bytes]:
    """Recordings small enough to go along."""
    return {
        name: sound for one in pieces if not policy.is_quiet(one.piece) for name, sound in recorded.small(one).items()
    }


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    archive.writestr(zipfile.ZipInfo(name, STILL), text, zipfile.ZIP_DEFLATED)


def _placed(told: Told, folder: str) -> dict[str, tuple[Told, Leaf]]:
    return {folder + leaf.name: (told, leaf) for leaf in leaves(told)}


def _page(told: Told, leaf: Leaf, name: str, names: Mapping[str, str], around: Said) -> str:
    """The site's own page in a frame without the site; a link to what is not in the pack is a link no more."""
    here = posixpath.dirname(name)
    said = {"told": told, "frame": "playroom/offline.html", "root": "../" * name.count("/"), **around}

    def inside(found: re.Match[str]) -> str:
        address, hash_mark, row = found[1].partition("#")
        target = names.get(leaf.address.partition("?")[0] + address if address.startswith("?") else address)
        return f' href="{posixpath.relpath(target, here or ".")}{hash_mark}{row}"' if target else ""

    return LINK.sub(inside, render_to_string(leaf.template, {**said, "site": settings.PUBLIC_URL, **leaf.said}))


def style() -> str:
    """The site's styles in one sheet, without the fonts and the pattern that a browser would have to fetch."""
    joined = "\n".join(path.read_text(encoding="utf-8") for path in SHEETS)
    return FETCHED.sub("", FACE.sub("", joined))
