"""Where the files of photos stand: ``data/albums/<token>/<width>.<ending>``. A photo that goes, goes as a folder."""

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    return Path(settings.DATA_DIR) / "albums"


def keep(token: str, files: Mapping[tuple[int, str], bytes]) -> None:
    place = folder() / token
    place.mkdir(parents=True)
    for (width, ending), content in files.items():
        (place / f"{width}.{ending}").write_bytes(content)


def content_of(token: str, width: int, ending: str) -> bytes | None:
    path = folder() / token / f"{width}.{ending}"
    return path.read_bytes() if path.is_file() else None


def delete(token: str) -> None:
    shutil.rmtree(folder() / token, ignore_errors=True)


def strays(known: Collection[str]) -> list[str]:
    """Folders that no photo names: what a broken-off upload or removal left behind."""
    place = folder()
    return [path.name for path in place.iterdir() if path.name not in known] if place.is_dir() else []
