"""A certificate on paper: PDF/UA-1 by typst. Words go in as data, never as markup."""

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from panoh.ground.ui.typesetting import fonts

PRINT = Path(__file__).parent / "print"
PATTERN = Path(__file__).parents[2] / "ground" / "ui" / "static" / "ui" / "pattern.svg"
TAGS = {"uz": ("uz", "latn"), "uz-cyrl": ("uz", "cyrl"), "ru": ("ru", "cyrl"), "kaa": ("kaa", "latn")}


def to_pdf(paper: Any) -> bytes:
    """The sheet of a ``queries.reading.Paper``; the same paper gives the same bytes."""
    lang, script = TAGS.get(paper.language, ("en", "latn"))
    said = {**paper._asdict(), "lines": [[line.label, line.said] for line in paper.lines]}
    said |= {"lang": lang, "script": script}
    files = {"main.typ": _template(), "pattern.svg": _pattern(paper.accent), "qr.svg": _qr(paper.address)}
    inputs = {"paper": json.dumps(said, ensure_ascii=False)}
    made: bytes = typst.compile(files, format="pdf", font_paths=fonts(), sys_inputs=inputs, pdf_standards=["ua-1"])
    return made


@cache
def _template() -> bytes:
    return (PRINT / "certificate.typ").read_bytes()


@cache
def _pattern(colour: str) -> bytes:
    """The house's one pattern, its lines in ``colour``."""
    return PATTERN.read_text().replace("#000", colour).encode()


def _qr(address: str) -> bytes:
    out = io.BytesIO()
    segno.make(address, error="q", micro=False).save(out, kind="svg", border=2, light="#ffffff", xmldecl=False)
    return out.getvalue()
