"""The hash chain: each link covers its entry and the link before it (SHA-256)."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

GENESIS = "0" * 64
Codes = dict[str, str | int | bool]


class Recorded(Protocol):
    """What of an entry is chained: all of it."""

    id: int
    at: datetime
    actor: str
    verb: str
    thing: str
    codes: Codes
    purpose: bytes | memoryview | None


class Linked(Recorded, Protocol):
    number: int | None
    digest: str


@dataclass(frozen=True)
class Verdict:
    """``broken_at``: the chain number of the first link that does not hold. ``unsealed``: entries not yet chained."""

    ok: bool
    checked: int
    broken_at: int | None
    unsealed: int
    head: str = GENESIS


def link(previous: str, entry: Recorded, number: int) -> str:
    """The 64 hex digits that seal ``entry`` as link ``number`` after ``previous``."""
    said = [
        previous,
        number,
        entry.id,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.verb,
        entry.thing,
        entry.codes,
        None if entry.purpose is None else bytes(entry.purpose).hex(),
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def walk(entries: Iterable[Linked], *, last: int, head: str, unsealed: int) -> Verdict:
    """Follow the chain from its beginning; ``last`` and ``head`` are what the sealer noted as its end."""
    previous, expected = GENESIS, 0
    for entry in entries:
        expected += 1
        if entry.number != expected or entry.digest != link(previous, entry, expected):
            return Verdict(False, expected - 1, expected, unsealed, previous)
        previous = entry.digest
    if (expected, previous) != (last, head):
        return Verdict(False, expected, expected + 1, unsealed, previous)
    return Verdict(True, expected, None, unsealed, previous)
