"""What of a page can be played here and now."""

import mimetypes
from typing import NamedTuple

from django.conf import settings
from django.templatetags.static import static

from panoh.ground.languages import public as languages

from .. import recordings
from ..models import Sheet

MEGA = 1_000_000


class Recording(NamedTuple):
    """``url`` is "" for a file that cannot be played: then its words are all there is. ``spoken`` is its language."""

    kind: str
    spoken: str
    url: str
    type: str
    megabytes: float
    transcript: str
    captions: str
    poster: str


def recordings_of(sheet: Sheet) -> list[Recording]:
    spoken = languages.lang_tag(languages.source_of(sheet.language))
    return [_recording(kind, spoken, sheet.data[kind]) for kind in recordings.PARTS if kind in sheet.data]


def _recording(kind: str, spoken: str, told: dict[str, str]) -> Recording:
    path = settings.CONTENT_DIR / recordings.FOLDER / told["file"]
    url = address(told["file"])
    return Recording(
        kind,
        spoken,
        url,
        mimetypes.guess_type(path.name)[0] or "",
        max(0.1, round(path.stat().st_size / MEGA, 1)) if url else 0.0,
        told["transcript"],
        address(told.get("captions", "")),
        address(told.get("poster", "")),
    )


def address(name: str) -> str:
    """Where a file is fetched; "" if it is not there, or came after the files were collected at the start."""
    if not name or not (settings.CONTENT_DIR / recordings.FOLDER / name).is_file():
        return ""
    try:
        return static(f"{recordings.FOLDER}/{name}")
    except ValueError:  # the list of collected files does not have it
        return ""
