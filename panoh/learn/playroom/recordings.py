"""What of a piece can be heard and seen: files in ``media`` of the content, named in the words. Pure of Django.

A scene of a story or an episode may name ``audio``; an episode as a whole ``audio`` and ``video``, with
``video_captions`` and ``video_poster``. Where nothing is named the device's own voice reads.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

FOLDER = "media"
HEARD = ("stories", "episodes")
NAMED = ("audio", "video", "video_captions", "video_poster")  # names of files: no script changes them
TYPES = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "mp4": "video/mp4", "webm": "video/webm"}
ENDINGS = {
    "audio": ("mp3", "m4a"), "video": ("mp4", "webm"), "video_captions": ("vtt",),
    "video_poster": ("jpg", "png", "webp"),
}  # fmt: skip
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,95}\.([a-z0-9]+)")
SMALL, SMALL_TOGETHER = 1_500_000, 12_000_000  # bytes: what goes along into a book or a pack


def faults(kind: str, words: Mapping[str, Any], rows: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """What is wrong with the files that the words of one language name."""
    yield from _of("", words, NAMED if kind == "episodes" else (), folder)
    if words.get("video") and not words.get("video_captions"):
        yield "a video needs video_captions"
    for code, told in rows.items():
        yield from _of(f"{code}: ", told, ("audio",) if kind in HEARD else (), folder)


def _of(place: str, told: Mapping[str, Any], allowed: tuple[str, ...], folder: Path) -> Iterator[str]:
    for field in NAMED:
        name = str(told.get(field, ""))
        if not name:
            continue
        found = NAME.fullmatch(name)
        if field not in allowed:
            yield f"{place}{field} has no place here"
        elif not found or found[1] not in ENDINGS[field]:
            yield f"{place}{field} is a plain file name ending in {', '.join(ENDINGS[field])}"
        elif not (folder / FOLDER / name).is_file():
            yield f"{place}{FOLDER}/{name} is missing"


def type_of(name: str) -> str:
    return TYPES.get(name.rpartition(".")[2], "")


def small_ones(rows: Sequence[Mapping[str, Any]], folder: Path) -> dict[str, bytes]:
    """Recordings of scenes that are small, and small together: name → bytes. The rest stays on the site."""
    found: dict[str, bytes] = {}
    together = 0
    for name in dict.fromkeys(str(row["told"].get("audio", "")) for row in rows):
        path = folder / FOLDER / name
        if name and path.is_file() and path.stat().st_size <= SMALL:
            together += path.stat().st_size
            if together > SMALL_TOGETHER:
                break
            found[name] = path.read_bytes()
    return found
