"""A holder's name in two scripts, fit to be printed. Pure."""

import unicodedata
from collections.abc import Collection

LONGEST = 64


class NameFaultError(ValueError):
    """``code``: empty, too_long, no_glyph; ``sign`` is what our fonts cannot draw."""

    def __init__(self, code: str, sign: str = "") -> None:
        super().__init__(code)
        self.code, self.sign = code, sign


def clean_name(name: str, drawable: Collection[int]) -> str:
    """Composed, with single spaces. Raises ``NameFaultError``: a letter that would be lost is never lost in silence."""
    composed = " ".join(unicodedata.normalize("NFC", name).split())
    if not composed:
        raise NameFaultError("empty")
    if len(composed) > LONGEST:
        raise NameFaultError("too_long")
    check_glyphs(composed, drawable)
    return composed


def check_glyphs(text: str, drawable: Collection[int]) -> None:
    """Raises ``NameFaultError`` with the first sign that cannot be drawn."""
    for sign in unicodedata.normalize("NFC", text):
        if ord(sign) not in drawable:
            raise NameFaultError("no_glyph", sign)
