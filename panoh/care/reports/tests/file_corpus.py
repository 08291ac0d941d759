"""Good pictures and bad files, made when a test asks for them: nothing of the kind lies in the repository."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

MAKER = "KNOWN-PHONE-MAKER"


def drawing(seed: int = 1, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """Something photograph-like: soft shapes over a slope of light."""
    dice = random.Random(seed)
    picture = Image.radial_gradient("L").resize(size).convert("RGB")
    brush = ImageDraw.Draw(picture)
    for _ in range(24):
        x, y, r = dice.randrange(size[0]), dice.randrange(size[1]), dice.randrange(2, max(3, max(size) // 3))
        brush.ellipse((x - r, y - r, x + r, y + r), fill=tuple(dice.randrange(256) for _ in range(3)))
    return picture.filter(ImageFilter.GaussianBlur(max(size) / 80))


def file_of(picture: Image.Image, file_format: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, file_format, **options)
    return out.getvalue()


def png(seed: int = 1) -> bytes:
    return file_of(drawing(seed), "PNG")


def jpeg(seed: int = 1) -> bytes:
    return file_of(drawing(seed), "JPEG", quality=92)


def webp(seed: int = 1) -> bytes:
    return file_of(drawing(seed), "WEBP")


def jpeg_with_place() -> bytes:
    """A photograph that tells where and with what it was taken, lying on its side."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = MAKER, 6
    exif.get_ifd(0x8825).update({1: "N", 2: (41.0, 18.0, 40.0), 3: "E", 4: (69.0, 14.0, 24.0)})
    return file_of(drawing(), "JPEG", exif=exif)


def zipped(name: str = "inside.txt", content: bytes = b"hello") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def archive_bomb() -> bytes:
    return zipped("zeros", bytes(8_000_000))


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of(width: int, height: int, *beside: bytes) -> bytes:
    """A PNG whose rows are all zeros: a few kilobytes that claim any size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 1) * min(height, 2000)), 9)
    body = chunk(b"IHDR", header) + b"".join(beside) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg_that_is_script() -> bytes:
    """The header's length spells the beginning of a comment; the script hides behind it."""
    whole = jpeg()
    room = 0x2F2A
    header = b"\xff\xe0" + struct.pack(">H", room) + whole[6:20].ljust(room - 2, b"\0")
    said = b"*/=alert(1);/*"
    return b"\xff\xd8" + header + b"\xff\xfe" + struct.pack(">H", len(said) + 2) + said + whole[20:]


def jpeg_with_comment(said: bytes) -> bytes:
    whole = jpeg()
    return whole[:2] + b"\xff\xfe" + struct.pack(">H", len(said) + 2) + said + whole[2:]


def animated(file_format: str) -> bytes:
    frames = [drawing(seed, (64, 64)) for seed in range(3)]
    return file_of(frames[0], file_format, save_all=True, append_images=frames[1:], duration=100)


def many_scans() -> bytes:
    """A progressive JPEG that repeats one scan a thousand times over: small to send, long to decode."""
    whole = file_of(drawing(), "JPEG", progressive=True)
    start = whole.index(b"\xff\xda")
    end = whole.index(b"\xff\xc4", start) if b"\xff\xc4" in whole[start:] else whole.index(b"\xff\xda", start + 2)
    return whole[:start] + whole[start:end] * 1000 + whole[start:]


GOOD: dict[str, Callable[[], bytes]] = {
    "image/png": png,
    "image/jpeg": jpeg,
    "image/webp": webp,
    "photo": jpeg_with_place,
}
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "png, then zip": (lambda: png() + zipped(), "hidden"),
    "jpeg, then zip": (lambda: jpeg() + zipped(), "hidden"),
    "webp, then html": (lambda: webp() + b"<html><script>alert(1)</script>", "hidden"),
    "jpeg, then script": (lambda: jpeg() + b"/*alert(1)*/", "hidden"),
    "jpeg that is script": (jpeg_that_is_script, "hidden"),
    "zip in a comment": (lambda: jpeg_with_comment(zipped()), "hidden"),
    "page in a comment": (lambda: jpeg_with_comment(b"<SCRIPT>alert(1)</SCRIPT>"), "hidden"),
    "php in a png": (lambda: png_of(8, 8, chunk(b"tEXt", b"Comment\0<?php system(1);")), "hidden"),
    "two pictures": (lambda: png() + jpeg(), "hidden"),
    "gif that is script": (lambda: b"GIF89a=1;/*" + bytes(200) + b"*/alert(1)", "kind"),
    "gif": (lambda: file_of(drawing(), "GIF"), "kind"),
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "kind"),
    "page": (lambda: b"<!doctype html><p>hello", "kind"),
    "pdf": (lambda: b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF", "kind"),
    "archive": (zipped, "kind"),
    "archive bomb": (archive_bomb, "kind"),
    "program": (lambda: b"\x7fELF" + bytes(500), "kind"),
    "animation in png": (lambda: animated("PNG"), "kind"),
    "animation in webp": (lambda: animated("WEBP"), "kind"),
    "huge picture": (lambda: png_of(50_000, 50_000), "too_big"),
    "long picture": (lambda: png_of(20_000, 100), "too_big"),
    "bomb beside the pixels": (lambda: png_of(8, 8, chunk(b"iCCP", b"p\0\0" + zlib.compress(bytes(9**8)))), "broken"),
    "jpeg cut short": (lambda: jpeg()[: len(jpeg()) // 2], "broken"),
    "png cut short": (lambda: png()[:-30], "broken"),
    "png with a wrong sum": (lambda: png()[:40] + b"\0" + png()[41:], "broken"),
    "webp cut short": (lambda: webp()[:-40], "broken"),
    "too many scans": (many_scans, "broken"),
    "only a beginning": (lambda: b"\xff\xd8\xff", "broken"),
    "nothing": (lambda: b"", "kind"),
}


def noise(side: int = 1300) -> bytes:
    """Some megabytes, as a new telephone makes them: colours without any order hardly shrink."""
    dice = random.Random(side)
    return file_of(Image.frombytes("RGB", (side, side), dice.randbytes(side * side * 3)), "PNG")
