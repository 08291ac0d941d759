"""How a name sounds, coarsely, so that one person under two spellings is seen. Pure.

Ўғилой and Ugiloy, Хуршид and Hurshid, Bobur and Babur are alike here on purpose: what is alike is a reason to look,
never an answer.
"""

import re

_WORD = re.compile(r"[^\W\d_]{2,}")
# "Son of", "daughter of", as people write them.
_COMMON = {"öğli", "ögli", "uğli", "ugli", "oğli", "ogli", "qizi", "kizi", "ulı", "uli", "qızı"}
_LETTERS = str.maketrans(
    {"x": "h", "q": "k", "ğ": "g", "w": "v", "o": "a", "ö": "a", "u": "a", "ü": "a", "e": "i", "ı": "i", "y": None}
)
_TWICE = re.compile(r"(.)\1+")


def likeness(folded: str) -> str:
    """The same for names that sound alike, in whatever order their words stand. ``folded`` is what ``fold`` gives."""
    words = [word for word in _WORD.findall(folded) if word not in _COMMON]
    return " ".join(sorted(_TWICE.sub(r"\1", word.translate(_LETTERS)) for word in words))
