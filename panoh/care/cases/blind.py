"""What a child can be found by, as short strings that are hashed with the centre's key before anything is stored.

A name is folded, so that script, apostrophes and case do not count; then each of its words is found whole, by its
beginning, and by its sound. The sound is coarse on purpose: Ўғилой, Угилой and Og'iloy are one, so are Ҳуршид and
Хуршид, Бобур and Бабур. A number is found by its last nine digits, a birth date as a day and as a year.
"""

import re
from collections.abc import Iterable

from panoh.ground.languages.public import fold, name_words, sound_of

# What a hit is worth. The number also says which kind it is, so no second column is needed.
PHONE, NAME, BIRTH, SCHOOL, ALIAS, BEGINNING, SOUND, YEAR = 9, 8, 7, 5, 4, 3, 2, 1
STRONG = (PHONE, BIRTH, SCHOOL)

SHORTEST, LONGEST_BEGINNING = 3, 5
_DIGITS = re.compile(r"\d+")
_PHONE = re.compile(r"\+?\d(?:[\s().-]*\d){6,14}")
_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b|\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def of_name(name: str, *, beginnings: bool = True) -> dict[str, int]:
    """Look-ups of a name and what each is worth."""
    found: dict[str, int] = {}
    for word in name_words(name):
        found[f"s:{sound_of(word)}"] = SOUND
        if beginnings:
            found |= {f"p:{word[:length]}": BEGINNING for length in range(SHORTEST, _until(word) + 1)}
        found[f"n:{word}"] = NAME
    return found


def _until(word: str) -> int:
    return min(len(word), LONGEST_BEGINNING)


def of_alias(alias: str) -> dict[str, int]:
    return {f"a:{_flat(alias)}": ALIAS} if _flat(alias) else {}


def of_phone(number: str) -> dict[str, int]:
    digits = "".join(_DIGITS.findall(number))
    return {f"t:{digits[-9:]}": PHONE} if len(digits) >= 7 else {}


def of_birth(text: str) -> dict[str, int]:
    """A whole date as a day and a year, else the year alone."""
    day = day_of(text)
    year = day[:4] if day else next(iter(_YEAR.findall(text)), "")
    return ({f"b:{day}": BIRTH} if day else {}) | ({f"y:{year}": YEAR} if year else {})


def day_of(text: str) -> str:
    """The first date in a text as ``2011-05-03``; "" without one."""
    found = _DATE.search(text)
    if not found:
        return ""
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    return f"{year}-{int(month):02d}-{int(day):02d}"


def of_school(name: str, region: str = "") -> dict[str, int]:
    """A school by its number where it has one, in its region; else by its words."""
    number = next(iter(_DIGITS.findall(name)), "")
    said = number.lstrip("0") or "-".join(sorted(name_words(name)))
    return {f"g:{region}:{said}": SCHOOL} if said else {}


def asked(text: str) -> list[list[str]]:
    """What somebody typed, as groups of look-ups: each group is one thing they know of the child."""
    groups = [[*of_phone(number)] for number in _PHONE.findall(text) if not _DATE.search(number)]
    groups += [[*of_birth(text)]]
    groups += [_by_word(word) for word in name_words(text)]
    groups += [[*of_alias(part)] for part in text.split() if _DIGITS.search(part)]
    return [group for group in groups if group]


def _by_word(word: str) -> list[str]:
    beginning = [f"p:{word[: _until(word)]}"] if len(word) >= SHORTEST else []
    return [f"n:{word}", *beginning, f"s:{sound_of(word)}"]


def as_number(look_up: str) -> int:
    """The first 64 bits of a hexadecimal look-up, as the signed number a database column holds."""
    return int.from_bytes(bytes.fromhex(look_up[:16]), signed=True)


def merged(parts: Iterable[dict[str, int]]) -> dict[str, int]:
    """All look-ups of several texts; of two with the same string the worthier stays."""
    found: dict[str, int] = {}
    for part in parts:
        for key, weight in part.items():
            found[key] = max(weight, found.get(key, 0))
    return found


def _flat(text: str) -> str:
    return re.sub(r"[^\w]", "", fold(text))
