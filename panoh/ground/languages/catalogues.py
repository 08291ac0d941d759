"""What an interface catalogue must hold, and what is wrong with one. Works on entries as ``polib`` reads them."""

import re
from collections.abc import Iterable, Iterator

import polib

from .scripts import to_script

WRAP = 110
PLURALS = {
    "uz": "nplurals=1; plural=0;",
    "uz_Cyrl": "nplurals=1; plural=0;",
    "kaa": "nplurals=1; plural=0;",
    "en": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
}
Key = tuple[str | None, str]
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def new_catalogue(locale: str, entries: Iterable[polib.POEntry]) -> polib.POFile:
    """A catalogue without a date in its head, sorted, so that the same words give the same bytes."""
    catalogue = polib.POFile(wrapwidth=WRAP)
    catalogue.metadata = {
        "Project-Id-Version": "panoh",
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[locale],
    }
    catalogue.extend(sorted(entries, key=lambda entry: (entry.msgid, entry.msgctxt or "")))
    return catalogue


def merged(locale: str, wanted: Iterable[polib.POEntry], old: Iterable[polib.POEntry]) -> polib.POFile:
    """``wanted`` with the translations ``old`` had for the very same texts; nothing guessed, nothing obsolete kept."""
    known = {key(entry): entry for entry in old if not entry.obsolete and not entry.fuzzy}
    return new_catalogue(locale, (_entry(locale, entry, known.get(key(entry))) for entry in unique(wanted)))


def unique(entries: Iterable[polib.POEntry]) -> Iterator[polib.POEntry]:
    """Each text once; where one source has a plural for it, the plural form wins."""
    best: dict[Key, polib.POEntry] = {}
    for entry in entries:
        if key(entry) not in best or (entry.msgid_plural and not best[key(entry)].msgid_plural):
            best[key(entry)] = entry
    yield from best.values()


def _entry(locale: str, wanted: polib.POEntry, old: polib.POEntry | None) -> polib.POEntry:
    flags = [flag for flag in wanted.flags if flag != "fuzzy"]
    fresh = polib.POEntry(msgid=wanted.msgid, msgctxt=wanted.msgctxt, comment=wanted.comment, flags=flags)
    if wanted.msgid_plural:
        count = int(PLURALS[locale][len("nplurals=")])
        had = dict(old.msgstr_plural) if old is not None and old.msgid_plural else {}
        fresh.msgid_plural = wanted.msgid_plural
        fresh.msgstr_plural = {form: had.get(form, "") for form in range(count)}
    elif old is not None and not old.msgid_plural:
        fresh.msgstr = old.msgstr
    return fresh


def derived(source: Iterable[polib.POEntry]) -> polib.POFile:
    """The Uzbek catalogue in Cyrillic."""
    entries = []
    for entry in source:
        fresh = _entry("uz_Cyrl", entry, None)
        fresh.msgstr = to_script(entry.msgstr, "uz-cyrl")
        fresh.msgstr_plural = {form: to_script(text, "uz-cyrl") for form, text in entry.msgstr_plural.items()}
        entries.append(fresh)
    return new_catalogue("uz_Cyrl", entries)


def texts(entry: polib.POEntry) -> list[str]:
    """The translation, or all its plural forms."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def faults(locale: str, entries: Iterable[polib.POEntry]) -> list[str]:
    """Untranslated, fuzzy, obsolete and wrongly filled entries, one sentence each. English may stay empty."""
    said = []
    for entry in entries:
        name = f"{locale}: {entry.msgid[:70]!r}"
        if entry.obsolete or entry.fuzzy:
            said.append(f"{name} is {'obsolete' if entry.obsolete else 'fuzzy'}")
        elif not all(texts(entry)):
            if locale != "en":
                said.append(f"{name} is not translated")
        elif not all(_holds_the_same(entry, text) for text in texts(entry)):
            said.append(f"{name} has other placeholders in its translation")
    return said


def _holds_the_same(entry: polib.POEntry, text: str) -> bool:
    """A plural form may leave out the number itself ("one day"), never bring in a stranger."""
    original = sorted(_PLACEHOLDER.findall(entry.msgid))
    if not entry.msgid_plural:
        return sorted(_PLACEHOLDER.findall(text)) == original
    known = {*original, *_PLACEHOLDER.findall(entry.msgid_plural)}
    return known >= set(_PLACEHOLDER.findall(text)) >= set(original)
