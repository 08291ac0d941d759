"""A leaf: one thing in one written language, before it is rendered. Pure of Django."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Leaf:
    kind: str
    code: str
    language: str
    title: str
    summary: str = ""
    audience: str = ""
    position: int = 0
    data: dict[str, Any] = field(default_factory=dict)
    body: str = ""
    easy: str = ""
    quiet: bool = False
    reviewed_by: str = ""
    reviewed_on: str = ""
    shown_from: str = ""  # ISO days, both inside; "" for ever
    shown_until: str = ""

    @property
    def fingerprint(self) -> str:
        """Changes with anything a reader sees."""
        told = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()
