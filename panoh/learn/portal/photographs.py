"""A photo drawn anew from its pixels in a few widths: no EXIF, no place, no comment goes on. Pure, on Pillow."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, features

WIDTHS = (480, 960, 1600)
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 20_000
LEAST_WIDTH = 320
READ = ("JPEG", "PNG", "WEBP")
# What Pillow raises for pictures that lie about themselves.
BROKEN = (OSError, ValueError, SyntaxError, EOFError, MemoryError, IndexError, KeyError, TypeError, ZeroDivisionError)
WRITTEN = {
    "avif": ("AVIF", {"quality": 55, "speed": 8}),
    "webp": ("WEBP", {"quality": 76, "method": 4}),
    "jpg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
}


class PhotoRefusedError(Exception):
    """``code``: kind, broken, too_many_pixels, too_small."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Made:
    """``files`` by width and ending; ``width`` and ``height`` are those of the widest."""

    width: int
    height: int
    files: dict[tuple[int, str], bytes]

    @property
    def widths(self) -> list[int]:
        return sorted({width for width, _ in self.files})

    @property
    def formats(self) -> list[str]:
        """Smallest first, as a browser is to choose."""
        return [ending for ending in WRITTEN if any(ending == one for _, one in self.files)]


def develop(content: bytes) -> Made:
    """Raises ``PhotoRefusedError``. The size is looked at before anything is decoded."""
    try:
        upright = _opened(content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PhotoRefusedError("too_many_pixels") from None
    except BROKEN:
        raise PhotoRefusedError("broken") from None
    if upright.width < LEAST_WIDTH:
        raise PhotoRefusedError("too_small")
    copies = [_narrowed(upright, width) for width in _widths(upright.width)]
    files = {(copy.width, ending): _written(copy, ending) for copy in copies for ending in endings()}
    return Made(copies[-1].width, copies[-1].height, files)


def endings() -> list[str]:
    """What this machine can write."""
    return [ending for ending in WRITTEN if ending == "jpg" or features.check(ending)]


def _opened(content: bytes) -> Image.Image:
    if not (content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or content[8:12] == b"WEBP"):
        raise PhotoRefusedError("kind")
    with Image.open(io.BytesIO(content), formats=READ) as opened:
        if max(opened.size) > LONGEST_SIDE or opened.width * opened.height > MOST_PIXELS:
            raise PhotoRefusedError("too_many_pixels")
        opened.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))  # a JPEG is decoded no larger than it is shown
        opened.load()
        return _on_white(ImageOps.exif_transpose(opened))


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        seen = image.convert("RGBA")
        ground = Image.new("RGB", seen.size, "white")
        ground.paste(seen, mask=seen.getchannel("A"))
        return ground
    return image.convert("RGB")


def _widths(width: int) -> list[int]:
    """Never wider than it came."""
    return [one for one in WIDTHS if one < width] + ([width] if width < WIDTHS[-1] else [WIDTHS[-1]])


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    height = max(1, round(image.height * width / image.width))
    bare = Image.new("RGB", (width, height))  # a new picture: nothing that stood beside the pixels comes along
    bare.paste(image if image.width == width else image.resize((width, height), Image.Resampling.LANCZOS))
    return bare


def _written(image: Image.Image, ending: str) -> bytes:
    name, options = WRITTEN[ending]
    out = io.BytesIO()
    image.save(out, name, **options)
    return out.getvalue()
