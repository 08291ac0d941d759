"""The search key of a text: the same whatever script, apostrophe, case or disguise it was typed in."""

import re
import unicodedata
from functools import lru_cache

from .loanwords import MISSPELT
from .signs import TURNED, TUTUQ, bare, straighten

_WORD = re.compile(r"[^\W\d_]+(?:[ʻʼ][^\W\d_]+)*ʻ?")


def fold(text: str) -> str:
    """A key for comparing and searching, not for reading: oʻzbek, o'zbek, ўзбек and özbek give the same one.

    Word by word and left to right, so that the key of a beginning is a beginning of the key.
    """
    plain = _plainly_bare(text) if _PLAIN.fullmatch(text) else bare(text)
    if not plain.isascii():
        plain = straighten(plain)
    return _WORD.sub(lambda found: _fold_word(found[0]), plain).replace(TUTUQ, "").strip()


# --- signs that need no look at their neighbours: nearly every text is made of these alone -----------------------

_RANGES = (0x20, 0x7F), (0xA0, 0x250), (0x2B9, 0x2C0), (0x400, 0x483), (0x48A, 0x530), (0x2010, 0x2028)
_SIGNS = [sign for first, last in _RANGES for sign in map(chr, range(first, last))]
_PLAIN = re.compile(f"[\t\n\r{re.escape(''.join(_SIGNS))}]*")
_BARE = str.maketrans({sign: bare(f"x{sign}x")[1:-1] for sign in _SIGNS})


def _plainly_bare(text: str) -> str:
    """What ``bare`` gives, much faster, where no sign joins the one before it."""
    return " ".join(text.translate(_BARE).split())


# --- letters -----------------------------------------------------------------------------------------------------

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z]")
_LOOKALIKES = str.maketrans("аеорсухікмтвні", "aeopcyxikmtbhi")
# Karakalpak letters lose their marks in both scripts: people type them without.
_KARAKALPAK = str.maketrans({"ә": "а", "ө": "о", "ү": "у", "ң": "н", "ы": "и", "і": "и"})
# What a letter is beside its neighbours, in this order. Beside a vowel ў is the Karakalpak w, but not in the Uzbek
# қўяди; ``сҳ`` keeps its two sounds apart by the apostrophe.
_BESIDE = tuple(
    (letter, re.compile(pattern), latin)
    for letter, pattern, latin in (
        ("ў", "ў(?=[аеиоуэ])|(?<=[аеёиоуэюя])ў", "w"),
        ("ц", "(?<=[бвгджзйклмнпрстфхчшщқғҳц])ц|^ц", "s"),
        ("ъ", "(?<=[бвгджзклмнпрстфх])ъе", "ye"),
        ("ҳ", "сҳ", "sʼh"),
        ("е", "(?:^|(?<=[аеёиоуўэюяъь]))е", "ye"),
        ("ь", "ь(?=[аоуэў])", "y"),
    )
)
_LETTERS = str.maketrans(
    dict(zip("абвгдежзийклмнопрстуфхэўқғҳ", "abvgdejziyklmnoprstufxeöqğh", strict=True))
    | {"ч": "ch", "ш": "sh", "щ": "shch", "ц": "ts", "ё": "yo", "ю": "yu", "я": "ya", "ъ": TUTUQ, "ь": None}
)  # fmt: skip
_ONE_LETTER = tuple((base + mark, letter) for base, letter in (("o", "ö"), ("g", "ğ")) for mark in (TURNED, TUTUQ))
# Names in which s and h are two sounds though nobody writes the apostrophe between them.
_S_AND_H = re.compile("^(?:is(?=hoq)|as(?=hob))")
_LAST = str.maketrans({TUTUQ: None, TURNED: None, "ı": "i", "ǵ": "ğ"})
_MISSPELT = re.compile("|".join(MISSPELT))


@lru_cache(maxsize=65536)
def _fold_word(word: str) -> str:
    if not word.isascii():
        word = _in_latin(word)
        for written, letter in _ONE_LETTER:
            word = word.replace(written, letter)
    word = _S_AND_H.sub(rf"\g<0>{TUTUQ}", word)
    key = word.replace("sh", "ş").replace("ch", "ç")
    if not key.isascii():
        key = unicodedata.normalize("NFC", key.translate(_LAST))
    return _MISSPELT.sub(lambda found: MISSPELT[found[0]], key)


def _in_latin(word: str) -> str:
    """The Cyrillic letters of a word in those of 1995; a Latin word with a few look-alikes is a Latin word."""
    cyrillic = len(_CYRILLIC.findall(word))
    if not cyrillic:
        return word
    if len(_LATIN.findall(word)) > cyrillic:
        word = word.translate(_LOOKALIKES)
    word = word.translate(_KARAKALPAK)
    for letter, pattern, latin in _BESIDE:
        if letter in word:
            word = pattern.sub(latin, word)
    return word.translate(_LETTERS)
