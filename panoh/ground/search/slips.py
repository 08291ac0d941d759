"""Words that differ by a slip of the finger, found through an ordinary index of any database.

One slip is a letter too many, too few, wrong, or two that changed places. A word is cut into one piece more than it may
have slips, so that one piece at least is unhurt: that piece, with the length of the word, is what the table is asked
for (the partition of Li and others, "Pass-Join", VLDB 2011). Words of four letters may have one slip, of eight two.
"""

from collections.abc import Iterator
from itertools import pairwise

SHORTEST, LONG, LONGEST = 4, 8, 24
# Written for each other so often that it is no slip: oʻ without its apostrophe, х for ҳ.
_VOWELS = str.maketrans(dict.fromkeys("aeiouö"))
_LOOSE = str.maketrans("öğx", "ogh")


def allowed(length: int) -> int:
    """How many slips a word of so many letters may have."""
    return 0 if length < SHORTEST else 1 if length < LONG else 2


def pieces(word: str) -> tuple[str, str, str]:
    """What the table keeps of a word: its pieces with its length; the third is "" when it has two."""
    plain = loose(word)
    cuts = [f"{len(plain)}:{plain[start:end]}" for start, end in _cuts(len(plain))]
    return cuts[0], cuts[1], cuts[2] if len(cuts) > 2 else ""


def _cuts(length: int) -> list[tuple[int, int]]:
    parts = allowed(length) + 1
    edges = [length * part // parts for part in range(parts + 1)]
    return list(pairwise(edges))


def wanted_pieces(word: str) -> tuple[set[str], set[str], set[str]]:
    """For each piece what it may be in a word that is this one with slips."""
    found: tuple[set[str], set[str], set[str]] = set(), set(), set()
    word = loose(word)
    for length in range(max(len(word) - 2, SHORTEST), min(len(word) + 2, LONGEST) + 1):
        most = allowed(min(length, len(word)))
        if abs(length - len(word)) <= most:
            for place, piece in _shifted(word, length, most):
                found[place].add(piece)
    return found


def _shifted(word: str, length: int, most: int) -> Iterator[tuple[int, str]]:
    """The parts of ``word`` that could stand as a piece in a word of ``length``."""
    for place, (start, end) in enumerate(_cuts(length)):
        for at in range(max(start - most, 0), min(start + most, len(word) - (end - start)) + 1):
            yield place, f"{length}:{word[at : at + end - start]}"


def swapped(word: str) -> list[str]:
    """Every word that is this one with two neighbours changed: a swap can hurt two pieces at once."""
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]


def slips_between(one: str, other: str) -> int:
    """How many slips lie between two words (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, sign in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != sign))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == sign:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def loose(word: str) -> str:
    return word.translate(_LOOSE)


def bones(word: str) -> str:
    """Its consonants: vowels are what people mishear."""
    return word.translate(_VOWELS)
