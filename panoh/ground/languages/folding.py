"""The search key of a text: the same whatever script, apostrophe, case or disguise it was typed in."""

import re
from functools import lru_cache

import alifbo

from .loanwords import MISSPELT
from .signs import TUTUQ, bare, straighten
from .uzbek import latin_letters

_WORD = re.compile(r"[^\W\d_]+(?:[ʻʼ][^\W\d_]+)*ʻ?")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z]")
_LOOKALIKES = str.maketrans("аеорсухікмтвні", "aeopcyxikmtbhi")
# Karakalpak letters lose their marks in both scripts: people type them without.
_KARAKALPAK = str.maketrans({"ә": "а", "ө": "о", "ү": "у", "ң": "н", "ы": "и", "і": "и"})
_SEMIVOWEL = re.compile("ў(?=[аеёиоуэюя])|(?<=[аеёиоуэюя])ў")
_LAST = str.maketrans({TUTUQ: None, "ʻ": None, "ı": "i", "ǵ": "ğ", "ъ": None, "ь": None})
_MISSPELT = re.compile("|".join(MISSPELT))


def fold(text: str) -> str:
    """A key for comparing and searching, not for reading: oʻzbek, o'zbek, ўзбек and özbek give the same one.

    Word by word and left to right, so that the key of a beginning is a beginning of the key.
    """
    return _WORD.sub(lambda found: _fold_word(found[0]), straighten(bare(text))).replace(TUTUQ, "").strip()


@lru_cache(maxsize=16384)
def _fold_word(word: str) -> str:
    cyrillic, latin = len(_CYRILLIC.findall(word)), len(_LATIN.findall(word))
    if latin > cyrillic > 0:
        word = word.translate(_LOOKALIKES)
    if cyrillic:
        word = _SEMIVOWEL.sub("w", word.translate(_KARAKALPAK))
        word = latin_letters(word)
    # Written with one letter first: the library takes n-g for one sign and would part g from its ʻ.
    word = word.replace("oʻ", "ö").replace("gʻ", "ğ")
    key = str(alifbo.fold_search_key(word)).translate(_LAST)
    return _MISSPELT.sub(lambda found: MISSPELT[found[0]], key)
