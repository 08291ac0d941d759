"""Apostrophes and invisible signs: one letter for each of the many that people type.

Uzbek Latin has two: U+02BB in oʻ and gʻ, U+02BC (tutuq belgisi) elsewhere.
"""

import re
import unicodedata

TURNED = "ʻ"
TUTUQ = "ʼ"
APOSTROPHES = "'‘’ʻʼ`´′＇ʹˈ‛ʿʾꞌ"

_MARK = f"[{APOSTROPHES}]"
_AFTER_O_OR_G = re.compile(rf"(?<=[oOgG]){_MARK}(?=[^\W\d_])")
_INSIDE = re.compile(rf"(?<=[^\W\d_oOgG]){_MARK}(?=[^\W\d_])")
_EDGE = re.compile(rf"(?P<opening>(?<![^\W_]){_MARK}(?=[^\W_]))|(?P<closing>(?<=[^\W\d_]){_MARK}(?![^\W\d_]))")


def straighten(text: str) -> str:
    """Uzbek apostrophes in their two standard letters; quotation marks around words stay what they were."""
    text = _AFTER_O_OR_G.sub(TURNED, text)
    text = _INSIDE.sub(TUTUQ, text)
    return _straighten_ends(text)


def _straighten_ends(text: str) -> str:
    """A mark after a final o or g is the letter (togʻ), unless it closes a quotation."""
    is_open = False

    def turn(found: re.Match[str]) -> str:
        nonlocal is_open
        was_open, is_open = is_open, bool(found["opening"])
        after_letter = text[found.start() - 1 : found.start()] in ("o", "O", "g", "G")
        return TURNED if found["closing"] and after_letter and not was_open else found.group()

    return _EDGE.sub(turn, text)


# A base letter and the one mark that makes another letter of it; any other mark is decoration.
_LETTERS_WITH_MARKS = frozenset("йёўїöğşçǵ")
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, TUTUQ))
# Soft hyphen, joiners, direction marks, variation selectors, lone surrogates.
_DROPPED = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


def bare(text: str) -> str:
    """Lower-case text without what cannot be seen: compatibility forms, invisible signs, piled-up marks."""
    marked = text.translate(_ONE_APOSTROPHE)
    letters: list[str] = []
    is_fresh = False
    for sign in unicodedata.normalize("NFD", unicodedata.normalize("NFKC", marked).casefold()):
        category = unicodedata.category(sign)
        if category[0] == "M":
            joined = unicodedata.normalize("NFC", letters[-1] + sign) if is_fresh else ""
            if joined in _LETTERS_WITH_MARKS:
                letters[-1], is_fresh = joined, False
        elif category not in _DROPPED:
            letters.append(sign)
            is_fresh = True
        elif sign in "\n\r\t":
            letters.append(" ")
    return " ".join("".join(letters).split())
