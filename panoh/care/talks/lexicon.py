"""Words that mean somebody needs a human sooner, found in five spellings. A machine may only raise an urgency.

A term is a few words. ``stem*`` stands for any word that begins so, ``root~`` for an Uzbek or Karakalpak verb in any
form, also spoken ones, ``a/b`` for either word, ``@name`` for the words of that name in ``words.toml``, ``..`` for up
to four words between, ``a & b`` for both within seven words in any order, ``a + b`` for both within twenty, also over
a full stop. ``oʻ`` is found as o, o' and u; script, apostrophes, case, accents, repeated letters, look-alike letters
and figures typed for letters (4 for ch, 6 for sh) do not count.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, permutations
from typing import Any, NamedTuple

from .spelling import fold, variants

LANGUAGES = ("uz", "ru", "kaa", "en")
GAP, WINDOW, REACH, NEAR = 4, 7, 3, 20

_TOKEN = re.compile(r"[\w\u0300-\u036f\u00ad\u200b-\u200f\u2060'ʻʼ‘’`´]+")
_BREAK = re.compile(r"[.!?…\n]")


class LexiconError(ValueError):
    """A term or a class that cannot be read; the message says which."""


class Hit(NamedTuple):
    """One term found; ``start`` and ``end`` are places in the text as it was typed."""

    cls: str
    urgency: int
    term: str
    start: int
    end: int


class _Word(NamedTuple):
    """One word of a text, folded; ``sentence`` counts the full stops before it."""

    text: str
    start: int
    end: int
    sentence: int


class _Part(NamedTuple):
    """What one word of a term may be; at most ``gap`` other words stand before it."""

    exact: frozenset[str]
    stems: tuple[str, ...]
    gap: int
    crosses: bool


class _Term(NamedTuple):
    cls: str
    source: str
    parts: tuple[_Part, ...]
    is_guard: bool


class _Step(NamedTuple):
    """A part with its words as a number: the same words in many terms are looked for once in a text."""

    number: int
    gap: int
    crosses: bool


class _Span(NamedTuple):
    term: _Term
    first: int
    last: int


class Lexicon:
    """All classes with their terms, ready to be searched in one pass over a text."""

    def __init__(self, classes: Mapping[str, tuple[int, str]], terms: Iterable[_Term]) -> None:
        self._classes = dict(classes)
        self._exact: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        self._starts: dict[int, list[tuple[_Term, tuple[_Step, ...], frozenset[int]]]] = {}
        numbers: dict[tuple[frozenset[str], tuple[str, ...]], int] = {}
        for term in terms:
            steps = tuple(
                _Step(self._number(numbers, part.exact, part.stems), part.gap, part.crosses) for part in term.parts
            )
            others = frozenset(step.number for step in steps[1:])
            self._starts.setdefault(steps[0].number, []).append((term, steps, others))

    def _number(
        self,
        numbers: dict[tuple[frozenset[str], tuple[str, ...]], int],
        exact: frozenset[str],
        stems: tuple[str, ...],
    ) -> int:
        if (exact, stems) not in numbers:
            numbers[exact, stems] = number = len(numbers)
            for word in exact:
                self._exact.setdefault(word, []).append(number)
            for stem in stems:
                self._stems.setdefault(stem, []).append(number)
        return numbers[exact, stems]

    @classmethod
    def from_data(cls, data: Mapping[str, Any] | Iterable[Mapping[str, Any]]) -> "Lexicon":
        """``data`` is one parsed file of ``centre/lexicon/`` or several. Raises ``LexiconError``."""
        classes: dict[str, tuple[int, str]] = {}
        terms: list[_Term] = []
        files = [data] if isinstance(data, Mapping) else list(data)
        named = {key: table for file in files if "class" not in file for key, table in file.get("words", {}).items()}
        for file in files:
            if "class" not in file and "words" in file:
                continue
            name, urgency = str(file.get("class", "")), file.get("urgency")
            if not name or name in classes:
                raise LexiconError(f"{name!r}: a class without a name, or one that stands twice")
            if type(urgency) is not int or urgency not in (1, 2, 3):
                raise LexiconError(f"{name}: urgency must be 1, 2 or 3, not {urgency!r}")
            classes[name] = (urgency, str(file.get("topic", "general")))
            terms += _read(name, file.get("terms", {}), named, is_guard=False)
            terms += _read(name, file.get("guards", {}), named, is_guard=True)
        return cls(classes, terms)

    @property
    def classes(self) -> dict[str, int]:
        """Class to urgency."""
        return {name: urgency for name, (urgency, _topic) in self._classes.items()}

    def topic(self, cls: str) -> str:
        """The skill a counsellor needs for this class."""
        return self._classes[cls][1]

    def hits(self, text: str) -> list[Hit]:
        """Every class found, each with the place of its words, in the order of the text; the widest of several."""
        words = list(_words(text))
        spans = list(self._spans(words))
        guards = [span for span in spans if span.term.is_guard]
        found = {
            self._hit(span, words)
            for span in spans
            if not span.term.is_guard and not any(_shields(guard, span, words) for guard in guards)
        }
        return _widest(found)

    def urgency(self, text: str) -> tuple[int | None, list[str]]:
        """The smallest (soonest) level found, or ``None``, and the classes by name."""
        hits = self.hits(text)
        return min((hit.urgency for hit in hits), default=None), sorted({hit.cls for hit in hits})

    def _hit(self, span: _Span, words: list[_Word]) -> Hit:
        term = span.term
        return Hit(term.cls, self._classes[term.cls][0], term.source, words[span.first].start, words[span.last].end)

    def _spans(self, words: list[_Word]) -> Iterator[_Span]:
        known = {text: self._numbers(text) for text in {word.text for word in words}}
        present = frozenset(chain.from_iterable(known.values()))
        fits = [known[word.text] for word in words]
        for at, numbers in enumerate(fits):
            for number in numbers:
                for term, steps, others in self._starts.get(number, ()):
                    if others <= present and (last := _follow(steps, 1, at, words, fits)) >= 0:
                        yield _Span(term, at, last)

    def _numbers(self, word: str) -> frozenset[int]:
        """Which parts of terms one word of a text may be."""
        stems = (self._stems.get(word[:length], ()) for length in range(2, len(word) + 1))
        return frozenset([*self._exact.get(word, ()), *chain.from_iterable(stems)])


def _words(text: str) -> Iterator[_Word]:
    sentence, end = 0, 0
    for found in _TOKEN.finditer(text):
        sentence += bool(_BREAK.search(text, end, found.start()))
        end = found.end()
        if word := fold(found[0]):
            yield _Word(word, found.start(), end, sentence)


def _follow(steps: tuple[_Step, ...], number: int, at: int, words: list[_Word], fits: list[frozenset[int]]) -> int:
    """The place of the last word when the remaining steps stand after ``at`` in the same sentence, else -1."""
    if number == len(steps):
        return at
    step = steps[number]
    for place in range(at + 1, min(at + 2 + step.gap, len(words))):
        if words[place].sentence != words[at].sentence and not step.crosses:
            return -1
        if step.number in fits[place] and (last := _follow(steps, number + 1, place, words, fits)) >= 0:
            return last
    return -1


def _widest(found: set[Hit]) -> list[Hit]:
    """Without hits that lie inside another one of their class."""
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end, hit.cls, hit.term)):
        if not any(other.cls == hit.cls and other.end >= hit.end for other in kept):
            kept.append(hit)
    return kept


def _shields(guard: _Span, span: _Span, words: list[_Word]) -> bool:
    """A guard of the same class close by in the same sentence: an idiom, a game, a film."""
    apart = max(span.first - guard.last, guard.first - span.last, 0)
    same = words[guard.first].sentence == words[span.first].sentence
    return guard.term.cls == span.term.cls and same and apart <= REACH


def _read(
    cls: str, table: Mapping[str, Iterable[str]], named: Mapping[str, Mapping[str, str]], *, is_guard: bool
) -> Iterator[_Term]:
    for language, sources in table.items():
        if language not in LANGUAGES:
            raise LexiconError(f"{cls}: unknown language {language!r}")
        for source in sources:
            for parts in _parts(cls, source, language, named.get(language, {})):
                yield _Term(cls, source, parts, is_guard)


def _parts(cls: str, source: str, language: str, named: Mapping[str, str]) -> Iterator[tuple[_Part, ...]]:
    """One sequence of parts for a plain term; one for each order when its words are joined by ``&`` or ``+``."""
    pieces = [piece.split() for piece in re.split("[&+]", source)]
    if not all(any(word != ".." for word in piece) for piece in pieces):
        raise LexiconError(f"{cls}: empty term {source!r}")
    spelt = {word: _spelt(cls, source, word, language, named) for piece in pieces for word in piece if word != ".."}
    for order in permutations(pieces):
        parts: list[_Part] = []
        for number, piece in enumerate(order):
            gap = (NEAR if "+" in source else WINDOW) - 1 if number else 0
            for place, word in enumerate(piece):
                if word == "..":
                    gap = GAP
                    continue
                parts.append(_Part(*spelt[word], gap, crosses="+" in source and number > 0 == place))
                gap = 0
        yield tuple(parts)


def _spelt(
    cls: str, source: str, word: str, language: str, named: Mapping[str, str]
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole words and beginnings of words, folded, that one word of a term stands for."""
    exact: set[str] = set()
    stems: set[str] = set()
    for choice in _named(cls, word, named).split("/"):
        endings = _named(cls, "@endings", named).split("/") if choice.endswith("~") else [""]
        root = choice.rstrip("*~")
        spelt = {fold(variant) for ending in endings for variant in variants(root + ending, language)}
        begins = choice != root
        if "" in spelt or (begins and min(map(len, spelt)) < 2):
            raise LexiconError(f"{cls}: {choice!r} in {source!r} is too short to search for")
        (stems if begins else exact).update(spelt)
    return frozenset(exact), tuple(sorted(stems))


def _named(cls: str, word: str, named: Mapping[str, str]) -> str:
    """The word with each ``@name`` in it written out."""
    try:
        return re.sub(r"@(\w+)", lambda name: named[name[1]], word)
    except KeyError as unknown:
        raise LexiconError(f"{cls}: no words are named {unknown} in words.toml") from None
