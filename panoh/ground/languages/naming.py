"""Names of people, compared across scripts and spellings: the words that tell somebody apart, and how they sound.

Ўғилой, Угилой and Og'iloy sound alike here on purpose, as do Ҳуршид and Хуршид, Бобур and Бабур: a name is written by
other people, from hearing. What sounds alike is a proposal to look, never an answer.
"""

import re

from .folding import fold

MOST_WORDS = 6
_WORD = re.compile(r"[^\W\d_]{2,}")
# "Son of", "daughter of" in the ways people write them: half the country would be found by them.
_COMMON = {"öğli", "ögli", "uğli", "ugli", "oğli", "ogli", "qizi", "kizi", "ulı", "uli", "qızı"}
_SOUNDS = (
    ("kh", "h"), ("gh", "g"), ("zh", "j"), ("dj", "j"), ("dz", "z"), ("ts", "s"), ("x", "h"), ("q", "k"), ("ğ", "g"),
    ("w", "v"), ("c", "s"),
)  # fmt: skip
_VOWELS = str.maketrans({"o": "a", "ö": "a", "u": "a", "ü": "a", "e": "i", "ı": "i", "y": None})
_TWICE = re.compile(r"(.)\1+")
_YO = re.compile(r"(?<=[^aeiouöü\s])yo")


def name_words(text: str) -> list[str]:
    """The folded words of a name that tell somebody apart, each once, six at most."""
    found = [word for word in _WORD.findall(fold(text)) if word not in _COMMON]
    return list(dict.fromkeys(found))[:MOST_WORDS]


def sound_of(word: str) -> str:
    """How a folded word sounds, coarsely: vowels in two classes, letters that are mixed up as one, none doubled."""
    said = _YO.sub("e", word)
    for written, heard in _SOUNDS:
        said = said.replace(written, heard)
    return _TWICE.sub(r"\1", said.translate(_VOWELS))
