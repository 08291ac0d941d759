"""The file of private keys. Only the worker opens it; no web page, no backup of a database and no log ever holds one.

A line is ``<public multikey> <64 hexadecimal digits>``. A key that signs no more is taken out of the file.
"""

import os
from pathlib import Path

from .errors import SigningKeyError
from .signing import multikey


def read_keys(path: Path) -> dict[str, bytes]:
    """Private keys by their public half. Raises ``SigningKeyError``; a file that others may read is refused."""
    try:
        mode = path.stat().st_mode
        lines = path.read_text("ascii").split("\n")
    except (OSError, UnicodeDecodeError):
        raise SigningKeyError("The file of signing keys cannot be read.") from None
    if mode & 0o077:
        raise SigningKeyError("The file of signing keys can be read by others: chmod 600.")
    return dict(_read_line(line) for line in lines if line.strip())


def _read_line(line: str) -> tuple[str, bytes]:
    try:
        public, private = line.split()
        seed = bytes.fromhex(private)
        if len(seed) != 32 or multikey(seed) != public:
            raise ValueError
    except ValueError:
        raise SigningKeyError("A line of the file of signing keys is broken.") from None
    return public, seed


def write_keys(path: Path, keys: dict[str, bytes]) -> None:
    """Replaces the file whole, so that a power cut leaves the old or the new one; readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.writelines(f"{public} {seed.hex()}\n" for public, seed in keys.items())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
