"""By what a person is found again, as short strings that are hashed with the centre's key before anything is stored.

A name is its folded words in any order, so that script, apostrophes, case and "family name first" do not count. A
patronymic is left out: half of the lists have it. The sound of the family and the given name, which other people
wrote from hearing, only proposes a look. Pure of Django and of the database.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from panoh.ground.languages.public import name_words, sound_of

WHOLE, REACHED, SOUND = 3, 2, 1
_DIGITS = re.compile(r"\d+")
_PATRONYMIC = re.compile(r"(?:ovich|evich|ovna|evna|ович|евич|овна|евна|oviç|eviç|içna|inichna)$")


class Said(NamedTuple):
    """Somebody as a list names them; what is not known is ""."""

    latin: str = ""
    cyrillic: str = ""
    phone: str = ""
    email: str = ""

    @property
    def name(self) -> str:
        return self.latin or self.cyrillic


def key_words(name: str) -> tuple[str, ...]:
    """The words that tell somebody apart, sorted, without a patronymic where two others are left."""
    words = name_words(name)
    kept = [word for word in words if not _PATRONYMIC.search(word)]
    return tuple(sorted((kept if len(kept) > 1 else words)[:3]))


def marks_of(said: Said) -> dict[str, int]:
    """Look-ups of a person and what a hit on each is worth; no look-up holds anything that was not said."""
    found: dict[str, int] = {}
    words = key_words(said.name)
    if words:
        found["s:" + " ".join(sorted(sound_of(word) for word in words))] = SOUND
        found["n:" + " ".join(words)] = WHOLE
    digits = "".join(_DIGITS.findall(said.phone))
    if len(digits) >= 9:
        found[f"t:{digits[-9:]}"] = REACHED
    if "@" in said.email:
        found[f"m:{said.email.strip().casefold()}"] = REACHED
    return found


def as_number(look_up: str) -> int:
    """The first 64 bits of a hexadecimal look-up, as the signed number a database column holds."""
    return int.from_bytes(bytes.fromhex(look_up[:16]), signed=True)


class Known(NamedTuple):
    """Somebody whom a mark found: what the tables say of them without opening a name."""

    person: str
    hit: int  # the strongest mark in common: WHOLE, REACHED or SOUND
    workplace: int | None
    region: str
    district: str


class Match(NamedTuple):
    """``person`` is known already (``is_sure``), or somebody should look whether it is the same one."""

    person: str
    is_sure: bool


def judge(
    known: Sequence[Known], *, workplace: int | None, region: str, district: str, hits: dict[str, set[int]]
) -> Match | None:
    """Who of those that were found it is.

    Sure: the whole name and the telephone or mail; or the whole name at the same workplace. To be looked at: the whole
    name in the same district, the telephone or mail under another name, or a name of the same sound at the same
    workplace. The same name elsewhere in the country is somebody else until somebody knows better: names repeat.
    ``hits``: every strength that found a person.
    """
    best: Match | None = None
    for one in sorted(known, key=lambda row: (-row.hit, row.person)):
        strengths = hits[one.person]
        here = workplace is not None and one.workplace == workplace
        near = bool(region) and (one.region, one.district) == (region, district)
        if WHOLE in strengths and (REACHED in strengths or here):
            return Match(one.person, is_sure=True)
        if (WHOLE in strengths and near) or REACHED in strengths or (SOUND in strengths and here):
            best = best or Match(one.person, is_sure=False)
    return best
