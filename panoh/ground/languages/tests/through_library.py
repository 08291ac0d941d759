"""Search keys as they were made before: through ``alifbo``, forty times slower. What ``fold`` is held to."""

import re
from collections.abc import Iterator
from pathlib import Path

import alifbo
from django.conf import settings

from ..folding import _WORD
from ..goldset import pairs
from ..loanwords import MISSPELT
from ..signs import TUTUQ, bare, straighten
from ..uzbek import latin_letters

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z]")
_LOOKALIKES = str.maketrans("аеорсухікмтвні", "aeopcyxikmtbhi")
_KARAKALPAK = str.maketrans({"ә": "а", "ө": "о", "ү": "у", "ң": "н", "ы": "и", "і": "и"})
_SEMIVOWEL = re.compile("ў(?=[аеёиоуэюя])|(?<=[аеёиоуэюя])ў")
_LAST = str.maketrans({TUTUQ: None, "ʻ": None, "ı": "i", "ǵ": "ğ", "ъ": None, "ь": None})
_MISSPELT = re.compile("|".join(MISSPELT))
GOLD = ("research", "found", "words", "held_out", "karakalpak", "uz-2026")


def key_of(word: str) -> str:
    """The key of one word that is bare and straight already."""
    cyrillic, latin = len(_CYRILLIC.findall(word)), len(_LATIN.findall(word))
    if latin > cyrillic > 0:
        word = word.translate(_LOOKALIKES)
    if cyrillic:
        word = latin_letters(_SEMIVOWEL.sub("w", word.translate(_KARAKALPAK)))
    word = word.replace("oʻ", "ö").replace("gʻ", "ğ")
    key = str(alifbo.fold_search_key(word)).translate(_LAST)
    return _MISSPELT.sub(lambda found: MISSPELT[found[0]], key)


def key_of_text(text: str) -> str:
    return _WORD.sub(lambda found: key_of(found[0]), straighten(bare(text))).replace(TUTUQ, "").strip()


def all_words() -> list[str]:
    """Every word of the content, the catalogues, the words for children and the gold sets, bare and straight."""
    return sorted({word for text in _texts() for word in _WORD.findall(straighten(bare(text)))})


def _texts() -> Iterator[str]:
    folders: tuple[tuple[Path, str], ...] = (
        (Path(settings.CONTENT_DIR), "**/*.md"),
        (Path(settings.CONTENT_DIR), "**/*.toml"),
        (Path(settings.LOCALE_PATHS[0]), "**/*.po"),
        (Path(settings.CENTRE_DIR) / "words", "*.toml"),
    )
    for folder, pattern in folders:
        yield from (path.read_text(encoding="utf-8") for path in sorted(folder.glob(pattern)))
    for name in GOLD:
        yield from ("\n".join(pair) for pair in pairs(name))
