"""A packet on paper: PDF/UA-1 by typst, with the fonts of the house and nothing from the machine."""

import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from panoh.ground.ui.typesetting import covered, fonts

ROOM = Path(__file__).parent
TAGS = {
    "uz": ("uz", "latn"),
    "uz-cyrl": ("uz", "cyrl"),
    "ru": ("ru", "cyrl"),
    "en": ("en", "latn"),
    "kaa": ("kaa", "latn"),
}


def printable(text: str) -> str:
    """A sign that our fonts cannot draw is named in brackets, a letter becomes ``\N{REPLACEMENT CHARACTER}``."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(c if c == "\n" or ord(c) in covered() else _instead(c) for c in composed.replace("\t", " "))


def _instead(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cf", "Mn", "Sk", "Cc", "Cn"}:  # joiners, skin tones, variation marks
        return ""
    if category[0] == "S":
        return f"[{unicodedata.name(character, 'sign').lower()}]"
    return "\N{REPLACEMENT CHARACTER}"


def to_pdf(template: str, content: Mapping[str, Any], *, language: str) -> bytes:
    """``print/<template>.typ`` filled with ``content`` (words, lists, mappings of words)."""
    lang, script = TAGS.get(language, TAGS["en"])
    data = _printable({**content, "lang": lang, "script": script})
    source = (ROOM / "print" / f"{template}.typ").read_bytes()
    files = {"main.typ": source, "packet.json": json.dumps(data, ensure_ascii=False).encode()}
    made: bytes = typst.compile(files, format="pdf", font_paths=fonts(), pdf_standards=["ua-1"])
    return made


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _printable(one) for key, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list | tuple) else value
