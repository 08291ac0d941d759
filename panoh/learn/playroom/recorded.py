"""What of a piece can be played here and now."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.templatetags.static import static

from panoh.ground.languages import public as languages

from . import policy, recordings
from .queries import Told

# Languages some device has a voice of its own for; there "read aloud" is offered where nothing was recorded.
SPOKEN = ("uz", "ru", "en")


class Film(NamedTuple):
    """``spoken`` is the language tag of what is said in it."""

    url: str
    type: str
    captions: str
    poster: str
    spoken: str


def address(name: str) -> str:
    """Where a recording is fetched; "" if it is not there, or came after the files were collected at the start."""
    if not name or not (Path(settings.CONTENT_DIR) / recordings.FOLDER / name).is_file():
        return ""
    try:
        return static(f"{recordings.FOLDER}/{name}")
    except ValueError:  # the list of collected files does not have it
        return ""


def film(told: Told) -> Film | None:
    """The video of an episode, captioned; its words are the scenes below it."""
    words = told.words
    url = address(str(words.get("video", "")))
    if not url:
        return None
    captions, poster = (address(str(words.get(f"video_{part}", ""))) for part in ("captions", "poster"))
    spoken = languages.lang_tag(languages.source_of(told.language))
    return Film(url, recordings.type_of(str(words["video"])), captions, poster, spoken)


def is_spoken(told: Told, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the device may be asked to read: not where a person read it, nor what nobody should hear by chance."""
    is_read = bool(rows) and all(address(str(row["told"].get("audio", ""))) for row in rows)
    return told.language in SPOKEN and not is_read and not policy.is_quiet(told.piece)


def small(told: Told) -> dict[str, bytes]:
    """What goes along into a book or a pack: name → bytes."""
    return recordings.small_ones(told.rows, Path(settings.CONTENT_DIR))


def recorded(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """Every recording of these rows and how large it is: another file under the same name is another recording."""
    folder = Path(settings.CONTENT_DIR) / recordings.FOLDER
    names = [str(row["told"].get("audio", "")) for row in rows]
    return [(name, (folder / name).stat().st_size) for name in names if name and (folder / name).is_file()]
