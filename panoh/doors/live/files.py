"""Static files answered without Django: known by name at the start, compressed beforehand, the small ones in memory.

Of a file that is not compressed a part may be asked for, as a player does that begins in the middle of a video.
"""

import hashlib
import mimetypes
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

HASHED = re.compile(r"\.[0-9a-f]{12}\.")
FOR_EVER = b"public, max-age=31536000, immutable"
A_MINUTE = b"public, max-age=60"
KEEP_FILE = 262_144
KEEP_ALL = 12_582_912
CHUNK = 131_072
RANGE = re.compile(rb"bytes=(\d{0,18})-(\d{0,18})")
ENCODINGS = ((b"br", ".br"), (b"gzip", ".gz"))

Header = tuple[bytes, bytes]


@dataclass(frozen=True)
class Found:
    status: int
    headers: list[Header]
    path: Path | None
    span: range = range(0)  # which bytes, where a file is sent from the disk piece by piece

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the span, each piece read when it is asked for."""
        if self.path is None:
            return
        with self.path.open("rb") as file:
            file.seek(self.span.start)
            left = len(self.span)
            while left > 0 and (part := file.read(min(CHUNK, left))):
                left -= len(part)
                yield part


@dataclass(frozen=True)
class StaticFile:
    """One file as it may be asked for; ``variants`` are the compressed copies beside it."""

    path: Path
    headers: tuple[Header, ...]
    tag: bytes
    size: int
    variants: dict[bytes, Path] = field(default_factory=dict)

    def whole(self, headers: list[Header]) -> Found:
        """All of it; what is too large to be kept is sent piece by piece."""
        return Found(200, headers, self.path, range(self.size if self.size > KEEP_FILE else 0))


class Files:
    """The files below ``root``, by URL path. A name that was not there when the first was asked for does not exist.

    Not already when it is made: at the first start of a centre that is before its files are collected.
    """

    def __init__(self, root: Path, prefix: str = "/static/") -> None:
        self.root, self.prefix = root, prefix
        self.kept: dict[Path, bytes] = {}
        self.kept_bytes = 0

    @cached_property
    def known(self) -> dict[str, StaticFile]:
        return dict(_index(self.root, self.prefix))

    def find(
        self, path: str, accepts: bytes, has_tag: bytes, wants: bytes = b"", if_range: bytes = b""
    ) -> Found | None:
        """What to answer; ``None`` for a file we do not know. ``wants`` is the header ``Range``."""
        file = self.known.get(path)
        if file is None:
            return None
        headers = [*file.headers, (b"etag", file.tag)]
        if has_tag and file.tag in has_tag:
            return Found(304, headers, None)
        for name, variant in file.variants.items():
            if name in accepts:
                return Found(200, [*headers, (b"content-encoding", name)], variant)
        if wants and not file.variants and if_range in {b"", file.tag}:
            return _part(file, headers, wants)
        return file.whole(headers)

    def read(self, path: Path) -> bytes:
        """The bytes of a found file. May touch the disk once; small files only are kept."""
        if path in self.kept:
            return self.kept[path]
        content = path.read_bytes()
        if len(content) <= KEEP_FILE and self.kept_bytes + len(content) <= KEEP_ALL:
            self.kept[path] = content
            self.kept_bytes += len(content)
        return content


def _part(file: StaticFile, headers: list[Header], wants: bytes) -> Found:
    """One span of a file. What is no span, or several, gets the whole file, as the standard allows (RFC 9110, 14.2)."""
    asked = RANGE.fullmatch(wants.strip())
    if asked is None or not (asked[1] or asked[2]):
        return file.whole(headers)
    begin = int(asked[1]) if asked[1] else max(file.size - int(asked[2]), 0)
    end = min(int(asked[2]) + 1, file.size) if asked[1] and asked[2] else file.size
    if asked[1] and asked[2] and int(asked[2]) < begin:
        return file.whole(headers)
    if begin >= file.size:
        return Found(416, [*headers, (b"content-range", b"bytes */%d" % file.size)], None)
    told = b"bytes %d-%d/%d" % (begin, end - 1, file.size)
    return Found(206, [*headers, (b"content-range", told)], file.path, range(begin, end))


def _index(root: Path, prefix: str) -> list[tuple[str, StaticFile]]:
    found = []
    for folder, _, names in os.walk(root):
        present = set(names)
        for name in names:
            if name.endswith((".br", ".gz")) and name[:-3] in present:
                continue
            path = Path(folder) / name
            beside = {code: Path(f"{path}{end}") for code, end in ENCODINGS if name + end in present}
            found.append((prefix + path.relative_to(root).as_posix(), _describe(path, beside)))
    return found


def _describe(path: Path, beside: dict[bytes, Path]) -> StaticFile:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if kind.startswith("text/") or kind.endswith(("javascript", "json")):
        kind += "; charset=utf-8"
    about = path.stat()
    tag = hashlib.blake2b(f"{path.name}:{about.st_size}:{about.st_mtime_ns}".encode(), digest_size=8).hexdigest()
    headers: list[Header] = [
        (b"content-type", kind.encode()),
        (b"cache-control", FOR_EVER if HASHED.search(path.name) else A_MINUTE),
        (b"cross-origin-resource-policy", b"same-origin"),
    ]
    if beside:
        headers.append((b"vary", b"accept-encoding"))
    else:
        headers.append((b"accept-ranges", b"bytes"))
    return StaticFile(path, tuple(headers), f'"{tag}"'.encode(), about.st_size, beside)
