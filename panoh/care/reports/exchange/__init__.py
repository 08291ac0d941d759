"""Shapes in which a report leaves the centre. Pure: a plain mapping in, bytes or a mapping out, no network at all."""

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def report_schema() -> dict[str, Any]:
    """The published JSON Schema (draft 2020-12) of a report packet."""
    schema: dict[str, Any] = json.loads((Path(__file__).parent / "report_schema.json").read_text("utf-8"))
    return schema
