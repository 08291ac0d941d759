"""Pictures that people send us: judged by their content, copied without what they tell beside the picture.

Only still pictures in PNG, JPEG and WebP are taken. PDF, SVG, GIF and archives are refused: they can carry scripts,
other files and addresses that are asked when they are opened, and nothing here could draw them safely for staff.
A screenshot of such a thing tells us the same.
"""

import io
from dataclasses import dataclass

import puremagic
from PIL import Image, ImageOps

from .image_shape import BrokenShapeError, HiddenShapeError, check_shape

FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 16_000
COARSE = 14  # squares along the longer side of the preview: a shape, no face and no word
PREVIEW_SIDE = 224
# What Pillow raises for pictures that lie about themselves.
BROKEN = (OSError, ValueError, SyntaxError, EOFError, MemoryError, IndexError, KeyError, TypeError, ZeroDivisionError)
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class PictureRefusedError(Exception):
    """``code``: kind, broken, hidden, too_big."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Picture:
    """A picture that was decoded whole; both copies are drawn anew from its pixels."""

    content_type: str
    width: int
    height: int
    staff_copy: bytes
    preview: bytes


def read_picture(content: bytes) -> Picture:
    """The picture of ``content``; raises ``PictureRefusedError``."""
    kind = _kind(content)
    try:
        with Image.open(io.BytesIO(content), formats=(FORMATS[kind],)) as opened:
            if max(opened.size) > LONGEST_SIDE or opened.width * opened.height > MOST_PIXELS:
                raise PictureRefusedError("too_big")
            opened.load()
            upright = ImageOps.exif_transpose(opened)
            plain = upright.convert("RGBA" if _is_see_through(upright) else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureRefusedError("too_big") from None
    except BROKEN:
        raise PictureRefusedError("broken") from None
    return Picture(kind, plain.width, plain.height, _bare(plain, FORMATS[kind]), _coarse(plain))


def _kind(content: bytes) -> str:
    """By signature, structure and the library of signatures, all of one mind."""
    try:
        kind = check_shape(content)
    except BrokenShapeError:
        raise PictureRefusedError("broken") from None
    except HiddenShapeError:
        raise PictureRefusedError("hidden") from None
    if not kind or _second_opinion(content) != kind:
        raise PictureRefusedError("kind")
    return kind


def _second_opinion(content: bytes) -> str:
    try:
        return str(puremagic.magic_string(content)[0].mime_type)
    except (puremagic.PureError, ValueError):
        return ""


def _is_see_through(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info


def _bare(plain: Image.Image, file_format: str) -> bytes:
    """The pixels alone: no EXIF, no place, no comment, no colour profile, no thumbnail."""
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    out = io.BytesIO()
    bare.save(out, file_format, **({"quality": 90} if file_format != "PNG" else {"compress_level": 6}))
    return out.getvalue()


def _coarse(plain: Image.Image) -> bytes:
    """A few grey squares: enough to tell one file from another, too little to be hurt by."""
    share = COARSE / max(plain.size)
    size = (max(1, round(plain.width * share)), max(1, round(plain.height * share)))
    squares = plain.convert("L").resize(size, Image.Resampling.BOX)
    times = PREVIEW_SIDE // COARSE
    out = io.BytesIO()
    squares.resize((size[0] * times, size[1] * times), Image.Resampling.NEAREST).save(out, "PNG")
    return out.getvalue()
