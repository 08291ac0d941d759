"""What of a page can also be heard and seen: recorded files beside its words. Pure of Django.

In a content file and in the editors' form each fact is a field of its own, ``video_captions``; in ``data`` of a leaf a
recording is one thing, ``{"video": {"file": …, "captions": …}}``. Files stand in the folder ``media`` of the content.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

FOLDER = "media"
SOUND, PICTURES = ("mp3", "m4a", "ogg", "opus"), ("mp4", "webm")
# Each recording with what it has besides its file; of these captions and poster are files too.
PARTS = {
    "audio": ("transcript",),
    "video": ("captions", "transcript", "poster"),
    "sign_video": ("captions", "transcript", "poster"),
}
ENDINGS = {
    "audio": SOUND, "video": PICTURES, "sign_video": PICTURES, "captions": ("vtt",),
    "poster": ("jpg", "png", "webp"),
}  # fmt: skip
FIELDS = tuple(name for kind, parts in PARTS.items() for name in (kind, *(f"{kind}_{part}" for part in parts)))
# What must stand beside a video, so that nobody is left out of it.
NEEDED = {"audio": (), "video": ("captions", "transcript"), "sign_video": ("captions", "transcript")}
NAMED = ("file", "captions", "poster")  # names of files, the same in every script
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,95}\.([a-z0-9]+)")

Recordings = dict[str, dict[str, str]]


def gathered(fact: Callable[[str], Any]) -> Recordings:
    """The recordings of a page; ``fact`` gives what a field says. Nothing stands for what there is nothing of."""
    found = {}
    for kind, parts in PARTS.items():
        told = {"file": _plain(fact(kind)), **{part: _plain(fact(f"{kind}_{part}")) for part in parts}}
        if any(told.values()):
            found[kind] = told
    return found


def spread(data: Mapping[str, Any]) -> dict[str, str]:
    """Every field again, "" where there is nothing."""
    found = {}
    for kind, parts in PARTS.items():
        told = data.get(kind, {})
        found[kind] = str(told.get("file", ""))
        found |= {f"{kind}_{part}": str(told.get(part, "")) for part in parts}
    return found


def transcripts(data: Mapping[str, Any]) -> dict[str, str]:
    """What is said in them, by field."""
    return {f"{kind}_transcript": data[kind]["transcript"] for kind in PARTS if data.get(kind, {}).get("transcript")}


def ending(name: str) -> str:
    """That of a plain file name; "" for one with a folder, a capital or a space in it."""
    found = NAME.fullmatch(name)
    return found[1] if found else ""


def begins_as_captions(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(9).removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")


def _plain(value: Any) -> str:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""
