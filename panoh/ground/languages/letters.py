"""Variants that are nothing but other letters: the pairs of ``variants.toml``, both ways."""

import re
from functools import cache

from .variants import VARIANTS


@cache
def _table(code: str, *, back: bool) -> tuple[re.Pattern[str], dict[str, str]]:
    pairs = {(new if back else old): (old if back else new) for old, new in VARIANTS[code].letters}
    return re.compile("|".join(map(re.escape, pairs)), re.IGNORECASE), pairs


def with_letters(word: str, code: str) -> str:
    """A word in the letters of the variant ``code``."""
    pattern, pairs = _table(code, back=False)
    return pattern.sub(lambda m: _cased(m[0][0], pairs[m[0].lower()], in_capitals=False), word)


def without_letters(word: str, code: str) -> str:
    """A word of the variant ``code`` back in the letters of its source."""
    pattern, pairs = _table(code, back=True)
    in_capitals = len(word) > 1 and word.isupper()
    return pattern.sub(lambda m: _cased(m[0], pairs[m[0].lower()], in_capitals=in_capitals), word)


def has_letters(word: str, code: str) -> bool:
    return bool(_table(code, back=True)[0].search(word))


def _cased(old: str, new: str, *, in_capitals: bool) -> str:
    if in_capitals:
        return new.upper()
    return new[0].upper() + new[1:] if old.isupper() else new
