"""Static files answered without Django: known by name at the start, compressed beforehand, the small ones in memory."""

import hashlib
import mimetypes
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

HASHED = re.compile(r"\.[0-9a-f]{12}\.")
FOR_EVER = b"public, max-age=31536000, immutable"
A_MINUTE = b"public, max-age=60"
KEEP_FILE = 262_144
KEEP_ALL = 12_582_912
ENCODINGS = ((b"br", ".br"), (b"gzip", ".gz"))

Header = tuple[bytes, bytes]


@dataclass(frozen=True)
class StaticFile:
    """One file as it may be asked for; ``variants`` are the compressed copies beside it."""

    path: Path
    headers: tuple[Header, ...]
    tag: bytes
    variants: dict[bytes, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    status: int
    headers: list[Header]
    path: Path | None


class Files:
    """The files below ``root``, by URL path. A name that was not there at the start does not exist."""

    def __init__(self, root: Path, prefix: str = "/static/") -> None:
        self.prefix = prefix
        self.known = dict(_index(root, prefix))
        self.kept: dict[Path, bytes] = {}
        self.kept_bytes = 0

    def find(self, path: str, accepts: bytes, has_tag: bytes) -> Found | None:
        """What to answer; ``None`` for a file we do not know."""
        file = self.known.get(path)
        if file is None:
            return None
        headers = [*file.headers, (b"etag", file.tag)]
        if has_tag and file.tag in has_tag:
            return Found(304, headers, None)
        for name, variant in file.variants.items():
            if name in accepts:
                return Found(200, [*headers, (b"content-encoding", name)], variant)
        return Found(200, headers, file.path)

    def read(self, path: Path) -> bytes:
        """The bytes of a found file. May touch the disk once; small files only are kept."""
        if path in self.kept:
            return self.kept[path]
        content = path.read_bytes()
        if len(content) <= KEEP_FILE and self.kept_bytes + len(content) <= KEEP_ALL:
            self.kept[path] = content
            self.kept_bytes += len(content)
        return content


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
    return StaticFile(path, tuple(headers), f'"{tag}"'.encode(), beside)
