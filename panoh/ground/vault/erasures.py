"""The erasure list as an append-only file: one line a key, on the disk before the key is gone.

It lies outside the backups of both databases, so that a restore of either cannot bring a destroyed key back.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID


@dataclass(frozen=True)
class Line:
    key: UUID
    reason: str
    erased_at: datetime


def append(path: Path, lines: Iterable[Line]) -> None:
    """Add ``lines`` and return when they are on the disk (the file, and its name in the folder)."""
    written = "".join(f"{line.key} {line.reason} {line.erased_at.isoformat()}\n" for line in lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_APPEND | os.O_CREAT | os.O_RDWR, 0o600), "ab") as file:
        # A line torn by a power cut must not swallow this one.
        file.write((written if _ends_whole(file.fileno()) else "\n" + written).encode())
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read(path: Path) -> list[Line]:
    """Every whole line; a torn one is left out, because its key was not yet destroyed."""
    if not path.exists():
        return []
    return [line for text in path.read_text().splitlines() if (line := _line(text)) is not None]


def _ends_whole(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"


def _line(text: str) -> Line | None:
    parts = text.split(" ")
    try:
        return Line(UUID(parts[0]), parts[1], datetime.fromisoformat(parts[2]))
    except (ValueError, IndexError):
        return None
