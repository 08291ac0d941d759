"""Where a picture ends and what it carries beside its pixels: read from the bytes, before anything decodes them.

PNG: W3C PNG (third edition) 5.2-5.3; JPEG: ITU-T T.81 annex B; WebP: RFC 9649 2.3-2.7. A file that goes on after the
picture's end is two files in one; decoders see the picture and other programs see the other.
"""

import struct
import zlib
from collections.abc import Iterator

PNG, JPEG, RIFF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF"
MOST_SCANS = 64  # a progressive JPEG has about ten; thousands of them stall a decoder
PIXEL_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
ANIMATION = {b"acTL", b"ANIM", b"ANMF"}
STANDALONE = {0x01, *range(0xD0, 0xD8)}
SOI, EOI, SOS, APP0 = 0xD8, 0xD9, 0xDA, 0xE0
TABLES_AND_FRAMES = {*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD}
# What other kinds of file begin with, or what makes a browser or an interpreter run text.
OTHER_FILES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"%PDF-",
    b"\x7fELF",
    b"\xfd7zXZ",
    b"<script",
    b"<html",
    b"<!doctype",
    b"<svg",
    b"<?php",
    b"<iframe",
    b"javascript:",
)


class BrokenShapeError(Exception):
    """The bytes end too early or do not follow the format."""


class HiddenShapeError(Exception):
    """There is something in the file beside the picture."""


def check_shape(content: bytes) -> str:
    """The content type of one whole still picture; "" for any other kind of file.

    Raises ``BrokenShapeError``, ``HiddenShapeError``.
    """
    if content.startswith(PNG):
        return _checked("image/png", content, _png_parts(content))
    if content.startswith(JPEG):
        return _checked("image/jpeg", content, _jpeg_parts(content))
    if content.startswith(RIFF) and content[8:12] == b"WEBP":
        return _checked("image/webp", content, _webp_parts(content))
    return ""


Part = tuple[bytes, int, int]  # its name, where its content begins and ends


def _checked(kind: str, content: bytes, parts: Iterator[Part]) -> str:
    end = 0
    for name, start, end in parts:
        if name in ANIMATION:
            return ""
        if name not in PIXEL_CHUNKS and _speaks(content[start:end]):
            raise HiddenShapeError
    end += {"image/png": 4, "image/webp": 0, "image/jpeg": 0}[kind]
    if content[end:].strip(b"\0"):
        raise HiddenShapeError
    return kind


def _speaks(beside: bytes) -> bool:
    folded = beside.lower()
    return any(mark.lower() in folded for mark in OTHER_FILES)


def _png_parts(content: bytes) -> Iterator[Part]:
    at = len(PNG)
    while True:
        if at + 12 > len(content):
            raise BrokenShapeError
        length, name = struct.unpack(">I4s", content[at : at + 8])
        start, end = at + 8, at + 8 + length
        if end + 4 > len(content) or zlib.crc32(content[at + 4 : end]) != int.from_bytes(content[end : end + 4]):
            raise BrokenShapeError
        yield name, start, end
        at = end + 4
        if name == b"IEND":
            return


def _webp_parts(content: bytes) -> Iterator[Part]:
    whole = 8 + int.from_bytes(content[4:8], "little")
    if whole > len(content):
        raise BrokenShapeError
    at = 12
    while at < whole:
        start = at + 8
        end = start + int.from_bytes(content[at + 4 : start], "little")
        if end > whole:
            raise BrokenShapeError
        yield content[at : at + 4], start, end
        at = end + end % 2
    yield b"VP8X", whole, whole


def _jpeg_parts(content: bytes) -> Iterator[Part]:
    at, scans = 2, 0
    while True:
        at, marker = _next_marker(content, at)
        if marker == EOI:
            yield b"IEND", at, at
            return
        if marker in STANDALONE:
            continue
        if at + 2 > len(content):
            raise BrokenShapeError
        end = at + int.from_bytes(content[at : at + 2])
        if end < at + 2 or end > len(content):
            raise BrokenShapeError
        if marker == APP0 and not _is_plain_jfif(content[at + 2 : end]):
            raise HiddenShapeError
        yield (b"PLTE" if marker in TABLES_AND_FRAMES or marker == SOS else b"meta"), at + 2, end
        at = end
        if marker == SOS:
            scans += 1
            if scans > MOST_SCANS:
                raise BrokenShapeError
            at = _end_of_scan(content, at)


def _next_marker(content: bytes, at: int) -> tuple[int, int]:
    """Where the marker's content begins, and the marker."""
    if at >= len(content) or content[at] != 0xFF:
        raise BrokenShapeError
    while at < len(content) and content[at] == 0xFF:
        at += 1
    if at >= len(content) or content[at] in {0x00, SOI}:
        raise BrokenShapeError
    return at + 1, content[at]


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next real marker stands: in a scan 0xFF is followed by 0 or by a restart marker."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise BrokenShapeError
        if content[at + 1] == 0 or content[at + 1] in STANDALONE:
            at += 2
        elif content[at + 1] == 0xFF:
            at += 1
        else:
            return at


def _is_plain_jfif(body: bytes) -> bool:
    """A JFIF header is as long as its thumbnail says; a longer one is room for a second file (JPEG that is also JS)."""
    if body.startswith(b"JFXX\0"):
        return True
    return body.startswith(b"JFIF\0") and len(body) == 14 + 3 * body[12] * body[13] if len(body) >= 14 else False
