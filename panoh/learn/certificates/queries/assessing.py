"""What would become of every row of a list, were it issued now."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from panoh.ground.languages import public as languages
from panoh.ground.ui.typesetting import covered
from panoh.ground.vault import public as vault

from ..likeness import likeness
from ..models import Achievement, Certificate, Outcome, Roster, RosterRow, Status
from ..names import NameFaultError, clean_name

AT_ONCE = 400
_CYRILLIC, _LATIN = re.compile("[\u0400-\u052f]"), re.compile("[A-Za-z\u00c0-\u024f]")
_NO_NAME = re.compile(r"[\d@/\\=<>{}\[\]|_:;#%]")


class Words(NamedTuple):
    """A row as it was written or corrected. ``derived``: the script that was made from the other (latin, cyrillic)."""

    latin: str
    cyrillic: str
    id: str
    derived: str = ""


class Finding(NamedTuple):
    """``fault`` is a key of ``labels.ROW_FAULTS``; ``held`` a certificate, ``other_line`` a row, that is in the way."""

    outcome: str
    fault: str = ""
    held: int | None = None
    other_line: int | None = None


def in_both(latin: str, cyrillic: str, number: str = "") -> Words:
    """With the script that was not written; a name in the wrong column is put into the right one."""
    if not cyrillic and latin and _CYRILLIC.search(latin) and not _LATIN.search(latin):
        latin, cyrillic = "", latin
    if latin and not cyrillic:
        return Words(latin, languages.to_script(latin, "uz-cyrl"), number, "cyrillic")
    if cyrillic and not latin:
        return Words(languages.other_script(cyrillic), cyrillic, number, "latin")
    return Words(latin, cyrillic, number)


def words_of(roster: Roster, rows: Iterable[RosterRow]) -> dict[int, Words]:
    """By line, of the rows whose words are still here."""
    if roster.data_key is None:
        return {}
    found = {}
    for row in rows:
        if row.sealed is not None:
            found[row.line] = Words(*json.loads(vault.unseal(roster.data_key, bytes(row.sealed), where=row.where())))
    return found


def like_of(of: Achievement, latin: str) -> str:
    """What a certificate's ``likeness`` is: told by nothing but our key, and within one achievement."""
    return vault.lookup(f"{of.code}:{likeness(languages.fold(latin))}", purpose="certificate-likeness")


def person_of(number: str) -> UUID | None:
    """The same number is the same person in every list; without one nobody can say."""
    return UUID(vault.lookup(number, purpose="roster-person")[:32]) if number else None


def assess(of: Achievement, said: Mapping[int, Words], confirmed: Iterable[int] = ()) -> dict[int, Finding]:
    """By line. What somebody has looked at (``confirmed``) is ready; a fault that cannot be printed stays one."""
    looked = set(confirmed)
    held, alike = _held(of, said), _alike(of, said)
    found: dict[int, Finding] = {}
    ids: dict[str, int] = {}
    sounds: dict[str, list[tuple[int, Words]]] = {}
    for line, words in sorted(said.items()):
        fault = fault_of(words)
        if fault:
            found[line] = Finding(Outcome.REFUSED, fault)
            continue
        if words.id and words.id in ids:
            found[line] = Finding(Outcome.REFUSED, "twice", None, ids[words.id])
            continue
        ids |= {words.id: line} if words.id else {}
        before = sounds.setdefault(likeness(languages.fold(words.latin)), [])
        found[line] = held.get(line) or _doubt(line, words, before, alike, is_looked=line in looked)
        before.append((line, words))
    return found


def fault_of(words: Words) -> str:
    """Why this cannot be printed, "" where it can."""
    for text in (words.latin, words.cyrillic):
        if _NO_NAME.search(text):
            return "formula" if text.startswith(("=", "#")) else "not_name"
        try:
            clean_name(text, covered())
        except NameFaultError as fault:
            return fault.code
    return ""


def _doubt(
    line: int, words: Words, before: Sequence[tuple[int, Words]], alike: Mapping[int, int], *, is_looked: bool
) -> Finding:
    """What somebody should look at first."""
    if is_looked:
        return Finding(Outcome.READY)
    like = next((at for at, other in before if not (other.id and words.id)), None)
    if like is not None:
        other = dict(before)[like]
        is_same = (other.latin.casefold(), other.derived) == (words.latin.casefold(), words.derived)
        return Finding(Outcome.LOOK, "same_name" if is_same else "like_row", None, like)
    if line in alike:
        return Finding(Outcome.LOOK, "like_held", alike[line])
    if any(_CYRILLIC.search(one) and _LATIN.search(one) for one in f"{words.latin} {words.cyrillic}".split()):
        return Finding(Outcome.LOOK, "mixed")
    if _CYRILLIC.search(words.latin) or not _CYRILLIC.search(words.cyrillic) or words.derived == "latin":
        return Finding(Outcome.LOOK, "derived" if words.derived == "latin" else "script")
    return Finding(Outcome.LOOK, "one_word") if " " not in words.latin.strip() else Finding(Outcome.READY)


def _held(of: Achievement, said: Mapping[int, Words]) -> dict[int, Finding]:
    """Rows whose number has the certificate already."""
    lines: dict[UUID, int] = {}
    for line, words in said.items():
        if (person := person_of(words.id)) is not None:
            lines[person] = line
    holds = Certificate.objects.filter(achievement=of, status=Status.ISSUED)
    found = {}
    for some in _parts(list(lines)):
        for pk, person in holds.filter(person__in=some).values_list("pk", "person"):
            found[lines[person]] = Finding(Outcome.HELD, "", pk)
    return found


def _alike(of: Achievement, said: Mapping[int, Words]) -> dict[int, int]:
    """Certificates that hold and whose name sounds like a row's."""
    lines: dict[str, list[int]] = {}
    for line, words in said.items():
        lines.setdefault(like_of(of, words.latin), []).append(line)
    holds = Certificate.objects.filter(achievement=of, status=Status.ISSUED)
    found = dict[int, int]()
    for some in _parts(list(lines)):
        for pk, like in holds.filter(likeness__in=some).values_list("pk", "likeness"):
            found |= dict.fromkeys(lines[like], pk)
    return found


def _parts(things: list[Any]) -> Iterable[list[Any]]:
    return (things[start : start + AT_ONCE] for start in range(0, len(things), AT_ONCE))
