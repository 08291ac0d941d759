"""Finding things in any script and spelling, by the beginnings and stems of words, and past a slip of the finger."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import BooleanField, Case, Q, QuerySet, Sum, Value, When
from django.utils.safestring import SafeString

from panoh.ground.languages.public import to_script

from . import marking, ranking, slips, synonyms
from .models import Asked, Entry, Word
from .ranking import SLIP, STEM, Wanted
from .stems import base_of, stem_of
from .terms import WRITTEN, asked, key_of

MOST = 50
CANDIDATES = 2_000
CORRECTIONS = 4
SURE_STEM = 6  # letters; a shorter stem is near to too many others
SHOWN_FROM = 3  # a question asked less often is shown to nobody
FIELDS = ("room", "thing", "kind", "language", "title", "url", "folded_title", "folded_summary", "folded")


class Found(NamedTuple):
    """One hit; ``thing`` is the reference its room knows. ``snippet`` is safe HTML, "" when none was asked for."""

    room: str
    thing: str
    kind: str
    language: str
    title: str
    url: str
    snippet: SafeString = SafeString("")


@dataclass(frozen=True)
class Answers:
    """What a question found. ``meant`` is the question with its slips mended, "" where there was none."""

    found: list[Found] = field(default_factory=list)
    meant: str = ""


class _Near(NamedTuple):
    """A known word that a question may have meant. ``shown`` may be longer than the word: a stem has no face."""

    word: str
    shown: str
    language: str

    @property
    def is_whole(self) -> bool:
        return key_of(self.shown, self.language) == self.word


def find(
    text: str, language: str = "", kinds: Iterable[str] = (), *, rooms: Iterable[str] = (), at_most: int = MOST
) -> list[Found]:
    """The best answers, without lines under them; in at most three queries."""
    return look(text, language, kinds, rooms=rooms, at_most=at_most, with_snippets=False).found


def look(
    text: str,
    language: str = "",
    kinds: Iterable[str] = (),
    *,
    rooms: Iterable[str] = (),
    at_most: int = MOST,
    with_snippets: bool = True,
) -> Answers:
    """Answers in their order, and what was probably meant; in at most four queries."""
    wanted = [_wanted(word, language) for word in synonyms.telling(asked(text, language))]
    if not wanted:
        return Answers()
    entries, first = _entries(language, list(kinds), list(rooms)), synonyms.first_for(asked(text, language))
    rows = {row.pk: row for row in _candidates(entries, wanted, first)}
    lost = [one for one in wanted if not any(one.level(row.folded) is not None for row in rows.values())]
    meant = _mend(lost, language) if lost else {}
    if meant:
        rows |= {row.pk: row for row in _candidates(entries, [one for one in lost if one.forms])}
    best = _ranked(rows, wanted, first)[:at_most]
    shown = _snippets(best, wanted) if with_snippets else {}
    found = [
        Found(row.room, row.thing, row.kind, row.language, row.title, row.url, shown.get(row.pk, SafeString("")))
        for row in best
    ]
    return Answers(found, _in_words(text, meant, language) if meant and found else "")


def suggest(text: str, language: str = "") -> str:
    """Did you mean …? The question with its slips mended where that finds more, else ""."""
    return look(text, language, at_most=1, with_snippets=False).meant


def _wanted(word: str, language: str) -> Wanted:
    """With its stem, in every language where none is named, and the words that mean the same."""
    languages = [language] if language else list(synonyms.LANGUAGES)
    stems = {stem_of(word, one) for one in languages} - {word}
    return Wanted(word, [(form, STEM) for form in sorted(stems) + synonyms.same_as(word)])


def _entries(language: str, kinds: Sequence[str], rooms: Sequence[str]) -> QuerySet[Entry]:
    entries = Entry.objects.only(*FIELDS)
    if language:
        entries = entries.filter(language=language)
    if kinds:
        entries = entries.filter(kind__in=kinds)
    return entries.filter(room__in=rooms) if rooms else entries


def _candidates(entries: QuerySet[Entry], wanted: Sequence[Wanted], first: Sequence[str] = ()) -> QuerySet[Entry]:
    """Entries that hold a word of the question at all; in a flood of them those whose title does."""
    sought = list(dict.fromkeys(form for one in wanted for form in one.sought()))
    anywhere = reduce(or_, (Q(folded__contains=form) for form in sought), Q(thing__in=first) if first else Q())
    in_title = reduce(or_, (Q(folded_title__contains=form) for form in sought))
    titled = Case(When(in_title, then=Value(True)), default=Value(False), output_field=BooleanField())
    return entries.filter(anywhere).order_by(titled.desc(), "pk")[:CANDIDATES]


def _ranked(rows: dict[int, Entry], wanted: Sequence[Wanted], first: Sequence[str]) -> list[Entry]:
    """The best first; equals by their folded title, so that every script has the same order."""
    scores = {pk: ranking.score(wanted, (row.folded_title, row.folded_summary, row.folded)) for pk, row in rows.items()}
    least = ranking.needed((there for there, _points in scores.values()), len(wanted))
    good = [row for pk, row in rows.items() if scores[pk][0] >= least or row.thing in first]

    def order(row: Entry) -> tuple[bool, float, str, str, str, str]:
        return row.thing not in first, -scores[row.pk][1], row.folded_title, row.kind, row.thing, row.language

    return sorted(good, key=order)


def _snippets(rows: Sequence[Entry], wanted: Sequence[Wanted]) -> dict[int, SafeString]:
    if not rows:
        return {}
    markers = {language: marking.Marker(wanted, language) for language in {row.language for row in rows}}
    texts = Entry.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "language", "summary", "text")
    return {pk: markers[language].snippet(summary, text) for pk, language, summary, text in texts}


# --- slips -------------------------------------------------------------------------------------------------------


def _mend(lost: Sequence[Wanted], language: str) -> dict[str, _Near]:
    """Give the words that stand nowhere the nearest known words as forms; the best one for each.

    A whole word first; without its endings only where nothing was near the whole.
    """
    stems = {one.word: stem_of(one.word, language) for one in lost}
    known = [
        *_near_words({*stems, *stems.values()}, language),
        *(_Near(word, shown, "") for word, shown in synonyms.known(language).items()),
    ]
    meant = {}
    for one in lost:
        near = _nearest(one.word, known)
        if not near and len(stems[one.word]) >= SURE_STEM:
            near = _nearest(stems[one.word], known)
        if near:
            forms = [form for word in near for form in (word.word, *synonyms.same_as(word.word))]
            one.forms += [(form, SLIP) for form in dict.fromkeys(forms)]
            meant[one.word] = near[0]
    return meant


def _near_words(forms: Iterable[str], language: str) -> list[_Near]:
    """Words of the index that share an unhurt piece with one of the forms."""
    places: tuple[set[str], set[str], set[str]] = set(), set(), set()
    turned: set[str] = set()
    for form in forms:
        if slips.SHORTEST <= len(form) <= slips.LONGEST:
            turned |= set(slips.swapped(form))
            for place, wanted in zip(places, slips.wanted_pieces(form), strict=True):
                place |= wanted
    if not turned:
        return []
    first, second, third = places
    near = Q(first__in=first) | Q(second__in=second) | Q(third__in=third) | Q(word__in=turned)
    words = Word.objects.filter(near)
    if language:
        words = words.filter(language=base_of(language))
    return [_Near(*row) for row in words.values_list("word", "shown", "language")]


def _nearest(form: str, known: Sequence[_Near]) -> list[_Near]:
    """The few nearest, the likeliest first: fewest slips, words before mere stems, the same consonants."""
    plain = slips.loose(form)
    found = []
    for word in known:
        other = slips.loose(word.word)
        most = slips.allowed(min(len(plain), len(other)))
        if abs(len(other) - len(plain)) > most or (number := slips.slips_between(plain, other)) > most:
            continue
        likely = slips.bones(plain) != slips.bones(other), abs(len(other) - len(plain)), -_common(plain, other)
        found.append(((number, not word.is_whole), likely, word.word, word))
    found.sort(key=lambda one: one[:3])
    return list({word.word: word for far, _likely, _word, word in found if far == found[0][0]}.values())[:CORRECTIONS]


def _common(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _in_words(text: str, meant: dict[str, _Near], language: str) -> str:
    """The question with the mended words, in the reader's script."""

    def mended(written: str) -> str:
        word = meant.get(key_of(written, language))
        return _beginning_of(word) if word else written

    said = " ".join(mended(found[0]) for found in WRITTEN.finditer(text))
    return to_script(said, language) if base_of(language) == "uz" else said


def _beginning_of(word: _Near) -> str:
    """What is shown, or the part of it that folds into the word."""
    if word.is_whole:
        return word.shown
    beginnings = (word.shown[:end] for end in range(1, len(word.shown)))
    return next((shown for shown in beginnings if key_of(shown, word.language) == word.word), word.shown)


# --- what was asked ----------------------------------------------------------------------------------------------


class Question(NamedTuple):
    """Folded words that were asked at least three times, and how often in vain."""

    words: str
    n: int
    n_unfound: int


def asked_often(since: date, language: str = "", *, at_most: int = MOST) -> list[Question]:
    """What people look for, the most frequent first; for editors."""
    return _questions(since, language, "n")[:at_most]


def asked_in_vain(since: date, language: str = "", *, at_most: int = MOST) -> list[Question]:
    """What people looked for at least three times without an answer; for editors."""
    return [one for one in _questions(since, language, "n_unfound")[:at_most] if one.n_unfound >= SHOWN_FROM]


def _questions(since: date, language: str, by: str) -> list[Question]:
    rows = Asked.objects.filter(day__gte=since)
    if language:
        rows = rows.filter(language=language)
    summed = rows.values("words").annotate(asked=Sum("n"), vain=Sum("n_unfound")).filter(asked__gte=SHOWN_FROM)
    order = "-vain" if by == "n_unfound" else "-asked"
    return [Question(row["words"], row["asked"], row["vain"]) for row in summed.order_by(order, "words")]
