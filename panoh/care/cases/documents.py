"""What kind of file this is, read from its content alone. A file that could be two kinds is none. Pure."""

MOST_BYTES = 2_000_000
NAMES = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "text/plain": "txt"}

_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_ACTIVE = (b"<script", b"<html", b"<svg xmlns", b"<?php", b"<!doctype html")
_OTHER = (b"GIF8", b"%!PS", b"MZ", b"RIFF", b"{\\rtf", b"BM", b"PK")  # files whose first bytes are letters
_PDF_ACTIVE = (b"/javascript", b"/launch", b"/embeddedfile", b"/richmedia")


def kind_of(content: bytes) -> str:
    """The content type; "" for an empty, too big, unknown or two-faced file."""
    if not content or len(content) > MOST_BYTES:
        return ""
    if content.startswith(_PNG):
        return "image/png" if content.endswith(_PNG_END) and not _is_active(content) else ""
    if content.startswith(_JPEG):
        return "image/jpeg" if content.endswith(_JPEG_END) and not _is_active(content) else ""
    if content.startswith(b"%PDF-"):
        return "application/pdf" if _is_whole_pdf(content) else ""
    return "text/plain" if _is_text(content) else ""


def _is_whole_pdf(content: bytes) -> bool:
    """It ends where it says, nothing runs when it is opened, and no archive hangs on its end."""
    lower = content.lower()
    whole = content.rstrip().endswith(b"%%EOF") and b"PK\x05\x06" not in content[-70_000:]
    return whole and not any(mark in lower for mark in _PDF_ACTIVE) and not _is_active(content)


def _is_active(content: bytes) -> bool:
    lower = content.lower()
    return any(mark in lower for mark in _ACTIVE)


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if content.startswith(_OTHER) or b"%pdf-" in content.lower():
        return False
    harmless = all(sign.isprintable() or sign in "\r\n\t\ufeff" for sign in text)
    return harmless and not _is_active(content)
