"""One key for every spelling of a word, and the other ways in which people type it."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import product

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LOOKALIKES = str.maketrans("aceopxykmhtbi", "асеорхукмнтві")
_LETTERS = str.maketrans(
    dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюя", [
        *"abvgde", "j", *"ziiklmnoprstuf", "h", "s", "ch", "sh", "sh", "", "i", "", "e", "iu", "ia",
    ], strict=True))
    | {"ё": "io", "ў": "o", "қ": "k", "ғ": "g", "ҳ": "h", "ә": "a", "ө": "o", "ү": "u", "ң": "n", "і": "i"}
    | {"ı": "i", "y": "i", "q": "k", "x": "h", "ß": "s"}
)  # fmt: skip
_PAIRS = re.compile("kh|zh|ts|ie")
_PAIR = {"kh": "h", "zh": "j", "ts": "s", "ie": "e"}
_REPEATED = re.compile(r"([^\W\d])\1+")
_FIGURE = re.compile(r"(?<!\d)[01346](?!\d)")
_FIGURES = {"latin": dict(zip("01346", ["o", "i", "e", "ch", "sh"], strict=True))}
_FIGURES["cyrillic"] = dict(zip("01346", "оизчб", strict=True))
_O = re.compile("[oO][ʻʼ'‘’`´]")


def fold(word: str) -> str:
    """One word in small Latin letters without marks: the same for every spelling of it."""
    word = unicodedata.normalize("NFC", word.lower())
    if _FIGURE.search(word) and not word.isdigit():
        figures = _FIGURES["cyrillic" if _CYRILLIC.search(word) else "latin"]
        word = _FIGURE.sub(lambda figure: figures[figure[0]], word)
    if not word.isascii():
        if 2 * len(_CYRILLIC.findall(word)) >= len(word):
            word = word.translate(_LOOKALIKES)
        word = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    else:
        word = word.translate(_LETTERS)
    if not word.isalnum() or not word.isascii():
        word = "".join(letter for letter in word if letter.isascii() and letter.isalnum())
    return _REPEATED.sub(r"\1", _PAIRS.sub(lambda pair: _PAIR[pair[0]], word))


def variants(word: str, language: str) -> Iterator[str]:
    """How people also type it: oʻ as u, sh as w, ё as е, the Karakalpak w as ў or у."""
    word = word.lower()
    choices: list[tuple[str, ...]] = []
    for piece in re.split("(o[ʻʼ'‘’`´]|sh|ё|w)", word):
        if _O.fullmatch(piece):
            choices.append(("o", "u"))
        elif piece == "sh" and language in {"uz", "kaa"}:
            choices.append(("sh", "w") if language == "uz" else ("sh",))
        elif piece == "ё":
            choices.append(("ё", "е"))
        elif piece == "w" and language == "kaa":
            choices.append(("w", "o", "u"))
        else:
            choices.append((piece,))
    yield from ("".join(spelt) for spelt in product(*choices))
