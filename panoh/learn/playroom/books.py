"""A story or an episode as an EPUB 3: each scene a page, each choice a link, nothing to run and nothing to fetch."""

import io
import uuid
import zipfile
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from panoh.ground.languages import public as languages

from . import leaves, recorded
from .calling import calls
from .colours import light
from .queries import Told

STILL = (1980, 1, 1, 0, 0, 0)
CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)


def book(told: Told, version: str) -> bytes:
    """``modified`` is the hour of the newest file of the piece: the same piece makes the same bytes."""
    address = settings.PUBLIC_URL + reverse("play:piece", args=[told.kind, told.slug])
    said: dict[str, Any] = {
        "told": told, "version": version, "site": settings.PUBLIC_URL, "pages": _pages(told),
        "tag": languages.lang_tag(told.language), "colours": light(),
        "sounds": recorded.small(told), "calls": calls(told.language),
        "id": uuid.uuid5(uuid.NAMESPACE_URL, address), "at": _moment(told.piece.written_at),
    }  # fmt: skip
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", STILL), "application/epub+zip", zipfile.ZIP_STORED)
        _put(archive, "META-INF/container.xml", CONTAINER)
        for name in ("package.opf", "nav.xhtml", "cover.xhtml", "style.css"):
            _put(archive, f"book/{name}", render_to_string(f"playroom/book/{name}", said))
        for name, content in said["sounds"].items():
            archive.writestr(zipfile.ZipInfo(f"book/sound/{name}", STILL), content, zipfile.ZIP_STORED)
        for page in said["pages"]:
            text = render_to_string("playroom/book/page.xhtml", {**said, "page": page})
            _put(archive, f"book/{page['name']}.xhtml", text)
    return made.getvalue()


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    archive.writestr(zipfile.ZipInfo(name, STILL), text, zipfile.ZIP_DEFLATED)


def _pages(told: Told) -> list[dict[str, Any]]:
    """Numbered as they stand in the file; an episode closes after its last scene, a story at each ending."""
    rows = told.rows
    pages: list[dict[str, Any]] = [
        {"n": n, "name": f"page-{n}", "row": row, "closing": None} for n, row in enumerate(rows, 1)
    ]
    names = {row["code"]: page["name"] for row, page in zip(rows, pages, strict=True)}
    for page, row in zip(pages, rows, strict=True):
        page["ways"] = [
            (names[way["to"]], way["symbol"], row["told"]["choices"][way["code"]]) for way in row.get("choices", [])
        ]
        page["back"] = names.get(row.get("back", ""), "")
        if row.get("ending"):
            page["closing"] = leaves.closing(told, row)
    if told.kind == "episodes" and pages:
        pages[-1]["closing"] = leaves.closing(told)
    return pages
