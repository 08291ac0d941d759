"""The frozen packet: what one agency is told, built from chosen fields, written one way only, proved by a digest.

A packet is plain JSON of ``packet_schema.json``. Sections come in as ``{section: {field: value}}``; a value is words,
a list of words, or ``{"label": …, "value": words or list}`` where the code alone would not be understood elsewhere.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator

SCHEMA = "urn:panoh:packet:1"
LONGEST = 200_000

Packet = dict[str, Any]
Sections = Mapping[str, Mapping[str, Any]]


class PacketShapeError(ValueError):
    """A packet that the published schema would not take; names the places, never the words."""


@cache
def schema() -> dict[str, Any]:
    """The published JSON Schema."""
    read: dict[str, Any] = json.loads((Path(__file__).parent / "packet_schema.json").read_text("utf-8"))
    return read


def field_names(sections: Sections) -> list[str]:
    """``section.field`` of everything that has something to say, in the order given."""
    return [f"{section}.{field}" for section, field, _label, _values in _said(sections)]


def chosen(sections: Sections, fields: Collection[str] | None, withhold: Collection[str] = ()) -> list[dict[str, Any]]:
    """The sections of a packet: fields that were chosen (None: all) and that nobody asked to keep back."""
    built: dict[str, list[dict[str, Any]]] = {}
    for section, field, label, values in _said(sections):
        name = f"{section}.{field}"
        if (fields is None or name in fields) and not _is_withheld(name, withhold):
            entry = {"code": field, "values": values} | ({"label": label} if label else {})
            built.setdefault(section, []).append(entry)
    return [{"code": section, "fields": entries} for section, entries in built.items()]


def build(*, head: Mapping[str, Any], sections: list[dict[str, Any]], made_at: datetime, salt: str) -> Packet:
    """The whole packet; ``head`` has the codes around the sections. Raises ``PacketShapeError``."""
    stamp = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    packet = {"schema": SCHEMA, **head, "made_at": stamp, "sections": sections, "salt": salt}
    check(packet)
    return packet


def check(packet: Packet) -> None:
    """Raises ``PacketShapeError`` where the packet is not what the schema promises to the agencies."""
    wrong = Draft202012Validator(schema(), validate_formats=True).iter_errors(packet)
    if places := sorted({"/".join(map(str, error.instance_path)) or "packet" for error in wrong}):
        raise PacketShapeError(", ".join(places))


def canonical(packet: Packet) -> bytes:
    """One way to write a packet: keys sorted, no spaces, UTF-8."""
    return json.dumps(packet, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def digest(written: bytes) -> str:
    """SHA-256 of a canonical packet, 64 hex digits: the agency can compute it from the file it was given."""
    return hashlib.sha256(written).hexdigest()


def _said(sections: Sections) -> Iterator[tuple[str, str, str, list[str]]]:
    """Section, field, label and words of everything that is not empty."""
    for section, fields in sections.items():
        for field, value in fields.items():
            label, value = (value.get("label", ""), value.get("value")) if isinstance(value, dict) else ("", value)
            if words := _words(value):
                yield section, field, str(label)[:300], words


def _words(value: Any) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value]
    cleaned = (clean(str(one)) for one in values if one is not None and one != "")
    return [one[:LONGEST] for one in cleaned if one]


def clean(text: str) -> str:
    """Without half characters and control marks, which no JSON reader and no printer agrees about."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    return "".join(c for c in whole if c in "\n\t" or (ord(c) >= 32 and not 0x7F <= ord(c) < 0xA0)).strip()


def holds_any(fields: Collection[str], withhold: Collection[str]) -> bool:
    """Whether a packet of these fields holds something that is to be kept back."""
    return any(_is_withheld(name, withhold) for name in fields)


def _is_withheld(name: str, withhold: Collection[str]) -> bool:
    """``withhold`` names fields, sections or ``role.field``; a second caregiver is the section ``caregiver_2``."""
    section, _dot, field = name.partition(".")
    role = re.sub(r"_\d+$", "", section)
    return bool({name, section, role, field, f"{role}.{field}"} & set(withhold))
