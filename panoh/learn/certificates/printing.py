"""A certificate on paper: PDF/UA-1 by typst. Words go in as data, never as markup."""

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from panoh.ground.ui.typesetting import fonts

from .designs import LAYOUTS

PRINT = Path(__file__).parent / "print"
PATTERN = Path(__file__).parents[2] / "ground" / "ui" / "static" / "ui" / "pattern.svg"
TAGS = {"uz": ("uz", "latn"), "uz-cyrl": ("uz", "cyrl"), "ru": ("ru", "cyrl"), "kaa": ("kaa", "latn")}
DOTS_PER_INCH = 72  # of a picture on a screen


def to_pdf(paper: Any) -> bytes:
    """The sheet of a ``queries.reading.Paper``; the same paper gives the same bytes."""
    made: bytes = typst.compile(**_asked(paper), format="pdf", pdf_standards=["ua-1"])
    return made


def to_picture(paper: Any, *, dots: int = DOTS_PER_INCH) -> bytes:
    """The same sheet as PNG, to be looked at on a page."""
    made: bytes = typst.compile(**_asked(paper), format="png", ppi=float(dots))
    return made


def _asked(paper: Any) -> dict[str, Any]:
    lang, script = TAGS.get(paper.language, ("en", "latn"))
    said = {**paper._asdict(), "lines": [[line.label, line.said] for line in paper.lines]}
    said |= {"lang": lang, "script": script}
    files = {"main.typ": _template(paper.layout), "parts.typ": _file("parts.typ")}
    files |= {"pattern.svg": _pattern(paper.accent), "qr.svg": _qr(paper.address)}
    return {"input": files, "font_paths": fonts(), "sys_inputs": {"paper": json.dumps(said, ensure_ascii=False)}}


def _template(layout: str) -> bytes:
    return _file(LAYOUTS[layout])


@cache
def _file(name: str) -> bytes:
    return (PRINT / name).read_bytes()


@cache
def _pattern(colour: str) -> bytes:
    """The house's one pattern, its lines in ``colour``."""
    return PATTERN.read_text().replace("#000", colour).encode()


def _qr(address: str) -> bytes:
    out = io.BytesIO()
    segno.make(address, error="q", micro=False).save(out, kind="svg", border=2, light="#ffffff", xmldecl=False)
    return out.getvalue()
