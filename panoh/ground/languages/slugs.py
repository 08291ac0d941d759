"""The name of a page in its address: the same whatever script the title was typed in."""

import re
from collections.abc import Container
from hashlib import sha256

from .folding import fold

_ASCII = str.maketrans({"ö": "o", "ğ": "g", "ş": "sh", "ç": "ch", "ñ": "n", "é": "e", "á": "a", "ó": "o", "ú": "u"})
_BREAK = re.compile(r"[^a-z0-9]+")


def slug_of(text: str, taken: Container[str] = (), *, longest: int = 60) -> str:
    """A slug of small Latin letters, digits and hyphens that is not among ``taken``.

    A title without one such letter gets a fingerprint. Two processes may still choose the same: the column is unique.
    """
    folded = fold(text).translate(_ASCII)
    slug = _shortened(_BREAK.sub("-", folded).strip("-"), longest) or f"p-{sha256(text.encode()).hexdigest()[:8]}"
    number, fresh = 1, slug
    while fresh in taken:
        number += 1
        fresh = f"{_shortened(slug, longest - len(str(number)) - 1)}-{number}"
    return fresh


def _shortened(slug: str, longest: int) -> str:
    """Cut between words where there are any."""
    if len(slug) <= longest:
        return slug
    return (slug[:longest].rpartition("-")[0] or slug[:longest]).strip("-")
