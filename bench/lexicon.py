"""How much of what matters the lexicon sees: recall and precision on the public sentences of lexicon_sentences.csv.

``part`` says how far to trust a figure: ``tune`` was looked at while terms were written, ``held`` was written before
them by the same hand and never looked at again, ``blind`` was written when they were done
and changed nothing in them. ``blind2`` was written the same way after the terms had been broadened; whoever broadened
them did not see ``blind``.
"""

import csv
import time
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from panoh.care.talks.lexicon import Lexicon

PARTS = {
    "blind2": "written after the terms were broadened, measured once",
    "blind": "written after the terms: the honest figure",
    "held": "written before the terms, by the same hand",
    "tune": "looked at while the terms were written",
}
ROOT = Path(__file__).resolve().parent.parent


class Sentence(NamedTuple):
    text: str
    language: str
    script: str
    cls: str
    urgency: str
    part: str


class Score(NamedTuple):
    """Counts of sentences, for one class or for "somebody should look sooner" as a whole.

    ``wrong``: found in a harmless sentence. ``also``: found beside the class its author wrote down (a threat in a
    sentence about sextortion); no mistake, since both need a human, and not counted against precision.
    """

    hit: int
    missed: int
    wrong: int
    also: int

    def line(self, name: str) -> str:
        recall = f"{self.hit / (self.hit + self.missed):8.1%}" if self.hit + self.missed else "       –"
        precision = f"{self.hit / (self.hit + self.wrong):11.1%}" if self.hit + self.wrong else "          –"
        return f"  {name:<20}{self.hit + self.missed:>5}{recall}{precision}{self.wrong:>7}{self.also:>6}"


def sentences() -> list[Sentence]:
    with (ROOT / "bench" / "lexicon_sentences.csv").open(encoding="utf-8", newline="") as file:
        return [Sentence(*row) for row in list(csv.reader(file))[1:]]


def lexicon() -> Lexicon:
    files = sorted((ROOT / "centre" / "lexicon").glob("*.toml"))
    return Lexicon.from_data([tomllib.loads(file.read_text(encoding="utf-8")) for file in files])


def score(rows: Iterable[Sentence], found: Callable[[str], set[str]], cls: str) -> Score:
    """One class against all rows; an empty ``cls`` asks whether anything at all was found."""
    counts = {"hit": 0, "missed": 0, "wrong": 0, "also": 0}
    for row in rows:
        seen = found(row.text)
        expected = row.cls == cls if cls else row.cls != "none"
        if cls in seen if cls else seen:
            counts["hit" if expected else "wrong" if row.cls == "none" else "also"] += 1
        elif expected:
            counts["missed"] += 1
    return Score(**counts)


def late(rows: Iterable[Sentence], words: Lexicon) -> int:
    """Sentences whose urgency was not reached, whatever the class."""
    return sum(row.cls != "none" and (words.urgency(row.text)[0] or 4) > int(row.urgency) for row in rows)


def main() -> None:
    words, rows = lexicon(), sentences()

    def found(text: str) -> set[str]:
        return set(words.urgency(text)[1])

    for part, said in PARTS.items():
        chosen = [row for row in rows if row.part == part]
        negatives = sum(row.cls == "none" for row in chosen)
        print(f"\nLexicon, {said}: {len(chosen)} sentences, {negatives} of them harmless")
        print(f"  {'':<20}{'n':>5}{'recall':>8}{'precision':>11}{'wrong':>7}{'also':>6}")
        print(score(chosen, found, "").line("anything"))
        for cls in words.classes:
            print(score(chosen, found, cls).line(cls))
        for language in ("uz", "ru", "kaa", "en"):
            print(score([r for r in chosen if r.language == language], found, "").line(language))
        for script in ("latin", "cyrillic", "chat"):
            print(score([r for r in chosen if r.script == script], found, "").line(script))
        print(f"  urgency not reached: {late(chosen, words)} of {len(chosen) - negatives}")
    print(f"\nOne message of 500 characters: {pace(words, rows) * 1000:.2f} ms")


def pace(words: Lexicon, rows: list[Sentence]) -> float:
    """Seconds for one message of 500 characters, the best of five rounds."""
    long = [" ".join(row.text for row in rows[at:] + rows[:at])[:500] for at in range(0, len(rows), 10)]
    rounds = []
    for _ in range(5):
        start = time.perf_counter()
        for text in long:
            words.urgency(text)
        rounds.append((time.perf_counter() - start) / len(long))
    return min(rounds)


if __name__ == "__main__":
    main()
