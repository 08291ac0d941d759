"""The file of a step as its page shows it: where it is fetched, how large it is, and what stands beside it."""

import mimetypes
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from PIL import Image, UnidentifiedImageError

from panoh.ground.languages import public as languages
from panoh.learn.portal import public as portal

from ..lesson_files import FILED
from ..lesson_media import FOLDER, ending


class Media(NamedTuple):
    """``url`` is "" for a file that cannot be fetched here: then what is said of it is all there is.

    ``size`` is in bytes; ``width`` and ``height`` are those of a picture; ``spoken`` is the language of a film.
    """

    kind: str
    url: str
    type: str
    ending: str
    size: int
    width: int = 0
    height: int = 0
    captions: str = ""
    poster: str = ""
    spoken: str = ""


def media_of(step: Mapping[str, str], language: str) -> Media | None:
    """None for a step that shows no file."""
    if step["kind"] not in FILED:
        return None
    name = step["target"]
    path, url = Path(settings.CONTENT_DIR) / FOLDER / name, portal.media_address(name)
    width, height = _measured(path) if url and step["kind"] == "picture" else (0, 0)
    return Media(
        step["kind"],
        url,
        mimetypes.guess_type(name)[0] or "",
        ending(name).upper(),
        path.stat().st_size if url else 0,
        width,
        height,
        portal.media_address(step.get("captions", "")),
        portal.media_address(step.get("poster", "")),
        languages.lang_tag(languages.source_of(language)),
    )


def _measured(path: Path) -> tuple[int, int]:
    held = path.stat()
    return _size_of(path, held.st_mtime_ns, held.st_size)


@lru_cache(maxsize=256)
def _size_of(path: Path, _changed: int, _bytes: int) -> tuple[int, int]:
    """Of its head alone; no picture is loaded for it."""
    try:
        with Image.open(path) as picture:
            return picture.size
    except (OSError, UnidentifiedImageError):
        return 0, 0
