"""Words that mean somebody needs a human sooner, found in five spellings. A machine may only raise an urgency.

A term is a few words. ``stem*`` stands for any word that begins so, ``root~`` for an Uzbek or Karakalpak verb in any
form, also spoken ones, ``a/b`` for either word, ``@name`` for the words of that name in ``words.toml``, ``..`` for up
to four words between, ``a & b`` for both within seven words in any order, ``a + b`` for both within twenty, also over
a full stop. ``oʻ`` is found as o, o' and u; script, apostrophes, case, accents, repeated letters, look-alike letters
and figures typed for letters (4 for ch, 6 for sh) do not count.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations, product
from typing import Any, NamedTuple

LANGUAGES = ("uz", "ru", "kaa", "en")
GAP, WINDOW, REACH, NEAR = 4, 7, 3, 20

_TOKEN = re.compile(r"[\w\u0300-\u036f\u00ad\u200b-\u200f\u2060'ʻʼ‘’`´]+")
_BREAK = re.compile(r"[.!?…\n]")
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

    def fits(self, word: str) -> bool:
        return word in self.exact or (bool(self.stems) and word.startswith(self.stems))


class _Term(NamedTuple):
    cls: str
    source: str
    parts: tuple[_Part, ...]
    is_guard: bool


class _Span(NamedTuple):
    term: _Term
    first: int
    last: int


class Lexicon:
    """All classes with their terms, ready to be searched in one pass over a text."""

    def __init__(self, classes: Mapping[str, tuple[int, str]], terms: Iterable[_Term]) -> None:
        self._classes = dict(classes)
        self._index: dict[str, list[_Term]] = {}
        for term in terms:
            for key in {stem[:3] for stem in (*term.parts[0].exact, *term.parts[0].stems)}:
                self._index.setdefault(key, []).append(term)

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
        for at, word in enumerate(words):
            for key in {word.text[:3], word.text[:2]}:
                for term in self._index.get(key, ()):
                    if term.parts[0].fits(word.text) and (last := _follow(term.parts, 1, at, words)) >= 0:
                        yield _Span(term, at, last)


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


def _words(text: str) -> Iterator[_Word]:
    sentence, end = 0, 0
    for found in _TOKEN.finditer(text):
        sentence += bool(_BREAK.search(text, end, found.start()))
        end = found.end()
        if word := fold(found[0]):
            yield _Word(word, found.start(), end, sentence)


def _follow(parts: tuple[_Part, ...], number: int, at: int, words: list[_Word]) -> int:
    """The place of the last word when the remaining parts stand after ``at`` in the same sentence, else -1."""
    if number == len(parts):
        return at
    part = parts[number]
    for place in range(at + 1, min(at + 2 + part.gap, len(words))):
        if words[place].sentence != words[at].sentence and not part.crosses:
            return -1
        if part.fits(words[place].text) and (last := _follow(parts, number + 1, place, words)) >= 0:
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
        spelt = {fold(variant) for ending in endings for variant in _variants(root + ending, language)}
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


def _variants(word: str, language: str) -> Iterator[str]:
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
