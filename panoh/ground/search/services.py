"""Rooms put their rows into the index and take them out, and questions are counted; nothing else writes here."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import connections, router, transaction
from django.utils import timezone

from . import slips, sources
from .models import Asked, Entry, Word
from .sources import Row
from .stems import base_of, stem_of
from .terms import asked, indexed, written_words

AT_ONCE = 500
KEY = ["room", "thing", "language"]
WRITTEN = ["kind", "title", "url", "summary", "text", "folded_title", "folded_summary", "folded"]


def index(row: Row) -> None:
    """Write or replace the entry of a thing in one language, in the caller's transaction."""
    index_many([row])


@transaction.atomic
def index_many(rows: Iterable[Row]) -> int:
    """Write or replace many entries, at most one a thing and language; how many."""
    entries, words = [], dict[tuple[str, str], str]()
    for row in rows:
        entries.append(_entry(row))
        if row.language == base_of(row.language):  # other scripts have the same words
            words |= {(row.language, key): written for key, written in _words(row).items()}
    Entry.objects.bulk_create(
        entries, batch_size=AT_ONCE, update_conflicts=True, unique_fields=KEY, update_fields=WRITTEN
    )
    stems = {(language, stem_of(key, language)): written for (language, key), written in words.items()}
    _learn(stems | words)
    return len(entries)


def _entry(row: Row) -> Entry:
    return Entry(
        room=row.room,
        thing=row.thing,
        language=row.language,
        kind=row.kind,
        title=row.title,
        url=row.url,
        summary=row.summary,
        text=row.text,
        folded_title=indexed(row.title, row.language),
        folded_summary=indexed(row.summary, row.language),
        folded=indexed(f"{row.title} {row.summary} {row.text}", row.language),
    )


def _words(row: Row) -> dict[str, str]:
    """Words that are long enough to be mistyped, and how they are written."""
    written = written_words(f"{row.title} {row.summary} {row.text}", row.language)
    return {key: word for key, word in written.items() if _can_slip(key) and len(word) <= slips.LONGEST}


def _can_slip(key: str) -> bool:
    return slips.SHORTEST <= len(key) <= slips.LONGEST and key.isalpha()


def _learn(words: dict[tuple[str, str], str]) -> None:
    """Add what the table does not hold yet, in one order, so that two who publish do not wait in a ring."""
    languages = {language for language, _word in words}
    held = set(Word.objects.filter(language__in=languages).values_list("language", "word"))
    fresh = sorted(words.keys() - held)
    rows = [_word(language, word, words[language, word]) for language, word in fresh]
    Word.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)


def _word(language: str, word: str, written: str) -> Word:
    first, second, third = slips.pieces(word)
    return Word(language=language, word=word, shown=written, first=first, second=second, third=third)


@transaction.atomic
def remove(room: str, thing: str, language: str = "") -> int:
    """Take a thing out, in one language or in all; how many entries went."""
    entries = Entry.objects.filter(room=room, thing=thing)
    if language:
        entries = entries.filter(language=language)
    return entries.delete()[0]


@transaction.atomic
def rebuild(room: str) -> int:
    """Index anew everything the room offers now; how many entries it has after."""
    Entry.objects.filter(room=room).delete()
    return index_many(sources.rows_of(room))


def register(room: str, rows: Callable[[], Iterable[Row]]) -> None:
    """A room says where its rows come from; called in its ``AppConfig.ready()``."""
    sources.add(room, rows)


# --- what was asked ----------------------------------------------------------------------------------------------

LONGEST, MOST_WORDS, MOST_A_DAY = 60, 6, 3_000
# Whatever could be an address, a number to call, a card, a password or a code.
_PERSONAL = re.compile(r"@|://|www\.|[^\W\d_]\.[^\W\d_]{2,}|\d[\d\s().+-]{3,}\d|\d{4,}|[^\W_]{25,}")


def count_question(text: str, language: str, *, is_found: bool) -> bool:
    """Add one to what was asked today, without who asked; False for what is not kept.

    A flood of made-up questions fills no more than so many rows a day.
    """
    words = "" if len(text) > LONGEST or _PERSONAL.search(text) else " ".join(asked(text, language))
    if not any(sign.isalpha() for sign in words) or len(words) > LONGEST or len(words.split()) > MOST_WORDS:
        return False
    connection = connections[router.db_for_write(Asked)]
    day = connection.ops.adapt_datefield_value(timezone.localdate())
    table = connection.ops.quote_name(Asked._meta.db_table)
    vain = 0 if is_found else 1
    same = day, language, words
    statement = (
        f"INSERT INTO {table} (day, language, words, n, n_unfound) SELECT %s, %s, %s, 1, %s "  # noqa: S608
        f"WHERE (SELECT COUNT(*) FROM {table} WHERE day = %s) < %s "
        f"OR EXISTS (SELECT 1 FROM {table} WHERE day = %s AND language = %s AND words = %s) "
        f"ON CONFLICT (day, language, words) DO UPDATE SET n = {table}.n + 1, "
        f"n_unfound = {table}.n_unfound + excluded.n_unfound"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*same, vain, day, MOST_A_DAY, *same])
        return bool(cursor.rowcount > 0)


@transaction.atomic
def forget(before: datetime) -> int:
    """Drop the questions of days before, and the words that no entry holds any more; how many questions."""
    drop_stale_words()
    return Asked.objects.filter(day__lt=timezone.localdate(before)).delete()[0]


def drop_stale_words() -> int:
    """Words that left the index with their entries; how many went."""
    held: set[tuple[str, str]] = set()
    for language, folded in Entry.objects.values_list("language", "folded").iterator(chunk_size=AT_ONCE):
        for word in folded.split():
            held |= {(base_of(language), word), (base_of(language), stem_of(word, language))}
    known = Word.objects.values_list("pk", "language", "word")
    stale = [pk for pk, language, word in known if (language, word) not in held]
    for start in range(0, len(stale), AT_ONCE):
        Word.objects.filter(pk__in=stale[start : start + AT_ONCE]).delete()
    return len(stale)
