"""The files that steps of lessons show: which kinds we take, and whether a file is what its name says. Pure of Django.

They stand in the folder ``media`` of the content, beside the recordings of the portal, and are served as those are.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from .lesson_faults import Fault, fault
from .lesson_files import FILED, Step

FOLDER = "media"
ENDINGS = {
    "picture": ("png", "jpg", "webp"),
    "video": ("mp4", "webm"),
    "download": ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub"),
    "captions": ("vtt",),
    "poster": ("jpg", "png", "webp"),
}
MOST = {"picture": 100_000, "poster": 60_000, "download": 20_000_000, "captions": 500_000}  # bytes
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,95}\.([a-z0-9]+)")
_ZIP = b"PK\x03\x04"
_BEGINS: dict[str, tuple[int, bytes]] = {
    "png": (0, b"\x89PNG\r\n\x1a\n"), "jpg": (0, b"\xff\xd8\xff"), "webp": (8, b"WEBP"), "mp4": (4, b"ftyp"),
    "webm": (0, b"\x1a\x45\xdf\xa3"), "pdf": (0, b"%PDF-"), "vtt": (0, b"WEBVTT"),
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp", "epub"), (0, _ZIP)),
}  # fmt: skip


def ending(name: str) -> str:
    """That of a plain file name; "" for one with a folder, a capital or a space in it."""
    found = _NAME.fullmatch(name)
    return found[1] if found else ""


def faults_of(step: Step, folder: Path) -> Iterator[Fault]:
    """What is wrong with the files of a step; ``folder`` is that of the content."""
    if step.kind not in FILED:
        return
    for role, name in ((step.kind, step.target), ("captions", step.captions), ("poster", step.poster)):
        if name and (found := fault_of(role, name, folder)):
            yield found


def fault_of(role: str, name: str, folder: Path) -> Fault | None:
    """Why this file cannot be that."""
    if ending(name) not in ENDINGS[role]:
        return fault("strange_file", words=name, endings=", ".join(ENDINGS[role]))
    path = folder / FOLDER / name
    if not path.is_file():
        return fault("no_file", words=f"{FOLDER}/{name}")
    if not _is_what_it_says(path, ending(name)):
        return fault("other_inside", words=name, ending=ending(name))
    if path.stat().st_size > MOST.get(role, path.stat().st_size):
        return fault("heavy", words=name, most=MOST[role] // 1000)
    return None


def offered(role: str, folder: Path) -> list[str]:
    """The names of the files that can be chosen."""
    held = (folder / FOLDER).iterdir() if (folder / FOLDER).is_dir() else ()
    return sorted(path.name for path in held if path.is_file() and ending(path.name) in ENDINGS[role])


def _is_what_it_says(path: Path, kind: str) -> bool:
    at, begins = _BEGINS[kind]
    with path.open("rb") as file:
        head = file.read(64).removeprefix(b"\xef\xbb\xbf")
    return head[at : at + len(begins)] == begins
