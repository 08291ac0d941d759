"""The code of a certificate: 63 bits, no letter that looks like another, and a last letter that catches a slip.

Thirteen letters are drawn, the fourteenth is Luhn's check to the base of thirty: it notices every single wrong letter
and nearly every pair that changed places, so a slip of the pen is told from a forgery without asking the database.
"""

import re

from panoh.ground.common.codes import ALPHABET, new_code

DRAWN = 13
LENGTH = DRAWN + 1
SEPARATORS = re.compile(r"[\s\-–—.]+")
_AT = {letter: at for at, letter in enumerate(ALPHABET)}


def new_certificate_code() -> str:
    drawn = new_code(DRAWN)
    return drawn + check_letter(drawn)


def check_letter(drawn: str) -> str:
    """The letter that makes ``drawn`` whole. Raises ``KeyError`` for a letter that is none of ours."""
    base, total = len(ALPHABET), 0
    for place, letter in enumerate(reversed(drawn)):
        value = _AT[letter] * (2 if place % 2 == 0 else 1)
        total += value // base + value % base
    return ALPHABET[-total % base]


def read_code(typed: str) -> str:
    """The code that somebody typed, scanned or read out; "" where it can be no code of ours."""
    code = SEPARATORS.sub("", typed).upper()
    if len(code) != LENGTH or not _AT.keys() >= set(code):
        return ""
    return code if check_letter(code[:-1]) == code[-1] else ""


def shown_code(code: str) -> str:
    """In two groups of seven, as it stands on paper."""
    return f"{code[:7]}-{code[7:]}"
