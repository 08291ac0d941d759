"""People: listed, known again, put right, merged, taken apart again, forgotten."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.languages import public as languages
from panoh.ground.places import public as places
from panoh.ground.vault import public as vault

from .. import marks, policy
from ..errors import TrainingRefusedError
from ..marks import Said
from ..models import DuplicateReview, NameMark, Participation, Person, Sex, Trainer, Verdict, Work, Workplace
from ..queries.people import MARK_PURPOSE, where_sealed
from .staleness import mark_stale

KIND = "trained_person"
BULK = 500
LOOK_AGAIN = timedelta(days=365)


@dataclass(frozen=True)
class Draft:
    """Somebody before they are a row. ``region`` and ``district`` are where they work."""

    said: Said
    sex: str = Sex.NOT_STATED
    work: str = Work.TEACHER
    workplace: int | None = None
    region: str = ""
    district: str = ""
    language: str = "uz"
    numbers: Mapping[int, int] = field(default_factory=dict)  # marks as numbers, each with its strength

    def marked(self) -> "Draft":
        found: dict[int, int] = {}
        for look_up, strength in marks.marks_of(self.said).items():
            number = marks.as_number(vault.lookup(look_up, purpose=MARK_PURPOSE))
            found[number] = max(strength, found.get(number, 0))
        return replace(self, numbers=found)


@cache
def _region_spellings() -> dict[str, str]:
    return {
        languages.fold(said): code
        for code, names in places.region_names().items()
        for said in (code, *names.values(), *(name.split()[0] for name in names.values()))
    }


def region_code(said: str) -> str:
    """The code of a region written in any spelling; "" for one that is not known."""
    return _region_spellings().get(languages.fold(said), "")


@cache
def _district_spellings(region: str) -> dict[str, str]:
    found = {
        languages.fold(said): code for code in places.districts(region) for said in places.district_spellings(code)
    }
    return found if region else {said: code for said, code in found.items() if said}


def district_code(region: str, said: str) -> str:
    """The code of a district in any spelling, within a region, or anywhere with ""; "" for one that is not known."""
    return _district_spellings(region).get(languages.fold(said), "") if said else ""


def all_words(name: str) -> list[str]:
    """Every folded word of a name, the patronymic among them."""
    return sorted(languages.name_words(name))


def both_scripts(said: Said) -> Said:
    """A name given in one script has the other proposed; what was given is never changed."""
    latin, cyrillic = said.latin.strip(), said.cyrillic.strip()
    if latin and not cyrillic and languages.detect_script(latin) == "cyrillic":
        latin, cyrillic = "", latin
    if latin and not cyrillic:
        cyrillic = languages.to_script(latin, "uz-cyrl")
    elif cyrillic and not latin:
        latin = languages.to_script(cyrillic, "uz")
    return said._replace(latin=latin, cyrillic=cyrillic)


def add_people(drafts: Sequence[Draft]) -> list[Person]:
    """New rows for all, each sealed under a key of its own, in the order given. The caller knows that they are new."""
    found: list[Person] = []
    for start in range(0, len(drafts), BULK):
        some = [one if one.numbers else one.marked() for one in drafts[start : start + BULK]]
        fresh = vault.new_keys(KIND, len(some))
        people = [_person(draft, key) for draft, key in zip(some, fresh, strict=True)]
        Person.objects.bulk_create(people)
        NameMark.objects.bulk_create(
            NameMark(mark=mark, person=person, strength=strength)
            for draft, person in zip(some, people, strict=True)
            for mark, strength in draft.numbers.items()
        )
        found += people
    return found


def _person(draft: Draft, key: UUID) -> Person:
    person = Person(
        key=key,
        sex=draft.sex,
        work=draft.work,
        workplace_id=draft.workplace,
        region=draft.region,
        district=draft.district,
        language=draft.language,
    )
    person.sealed = vault.seal(key, json.dumps(draft.said, ensure_ascii=False), where=where_sealed(person.uuid))
    return person


def find_known(drafts: Sequence[Draft]) -> list[marks.Match | None]:
    """For each draft who it may be among those we know; three queries for five hundred of them, no name is opened."""
    found: list[marks.Match | None] = []
    for start in range(0, len(drafts), BULK):
        found += _find_known([one if one.numbers else one.marked() for one in drafts[start : start + BULK]])
    return found


def _find_known(drafts: Sequence[Draft]) -> list[marks.Match | None]:
    reached = {mark for one in drafts for mark, worth in one.numbers.items() if worth == marks.REACHED}
    named = {mark for one in drafts for mark, worth in one.numbers.items() if worth != marks.REACHED}
    regions = {one.region for one in drafts}
    near = Q(mark__in=named, person__region__in=regions) | Q(mark__in=reached)
    rows = NameMark.objects.filter(near, person__merged_into=None, person__erased_at=None).values_list(
        "mark", "strength", "person_id", "person__workplace_id", "person__region", "person__district"
    )
    # A telephone can only say that a name is sure where the name is known, too: wherever that person lives.
    of: dict[int, list[tuple[int, str, int | None, str, str]]] = defaultdict(list)
    elsewhere: set[UUID] = set()
    for mark, strength, person, workplace, region, district in rows:
        of[mark].append((strength, str(person), workplace, region, district))
        if strength == marks.REACHED and region not in regions:
            elsewhere.add(person)
    if elsewhere:
        for mark, strength, person, workplace, region, district in NameMark.objects.filter(
            mark__in=named, person__in=elsewhere
        ).values_list("mark", "strength", "person_id", "person__workplace_id", "person__region", "person__district"):
            of[mark].append((strength, str(person), workplace, region, district))
    return [_judged(draft, of) for draft in drafts]


def _judged(draft: Draft, of: Mapping[int, list[tuple[int, str, int | None, str, str]]]) -> marks.Match | None:
    known: dict[str, marks.Known] = {}
    hits: dict[str, set[int]] = defaultdict(set)
    for mark in draft.numbers:
        for strength, person, workplace, region, district in of.get(mark, ()):
            hits[person].add(strength)
            known[person] = marks.Known(person, max(hits[person]), workplace, region, district)
    return marks.judge(
        list(known.values()), workplace=draft.workplace, region=draft.region, district=draft.district, hits=hits
    )


def workplaces(names: Sequence[tuple[str, str, str]]) -> dict[tuple[str, str, str], int]:
    """The numbers of workplaces by (name, region, district) as written; those that are not there yet are made."""
    folded = {one: (one[1], one[2], languages.fold(one[0])[:160]) for one in names if one[0].strip()}
    Workplace.objects.bulk_create(
        (
            Workplace(name=said[0].strip()[:160], folded=key[2], region=key[0], district=key[1])
            for key, said in {key: said for said, key in folded.items()}.items()
        ),
        batch_size=BULK,
        ignore_conflicts=True,
    )
    there: dict[tuple[str, str, str], int] = {}
    keys = sorted({key[2] for key in folded.values()})
    for start in range(0, len(keys), BULK):
        for one in Workplace.objects.filter(folded__in=keys[start : start + BULK]):
            there[one.region, one.district, one.folded] = one.pk
    return {said: there[key] for said, key in folded.items()}


@transaction.atomic
def change_person(person: Person, *, said: Said | None = None, by: User, **facts: Any) -> Person:
    """Put a name, an address, the sex or the place right; every programme they are in is counted again."""
    if not policy.can_coordinate(by):
        raise TrainingRefusedError(_("Your role does not allow this."))
    held = Person.objects.select_for_update().get(pk=person.pk)
    for name in ("sex", "work", "workplace_id", "region", "district", "language"):
        if name in facts:
            setattr(held, name, facts[name])
    if said is not None:
        said = both_scripts(said)
        held.sealed = vault.seal(held.key, json.dumps(said, ensure_ascii=False), where=where_sealed(held.uuid))
        NameMark.objects.filter(person=held).delete()
        NameMark.objects.bulk_create(
            NameMark(mark=mark, person=held, strength=strength)
            for mark, strength in Draft(said).marked().numbers.items()
        )
    held.save()
    _stale(held)
    audit.record("trainee.changed", thing=str(held.pk), actor=by.code)
    return held


def _stale(*people: Person) -> None:
    """Everything these people stand for is counted again."""
    numbers = [one.pk for one in people]
    theirs = Participation.objects.filter(Q(person__in=numbers) | Q(person__merged_into__in=numbers))
    found: dict[int, set[int]] = defaultdict(set)
    for programme, event in theirs.values_list("event__programme_id", "event_id"):
        found[programme].add(event)
    trainers: dict[int, set[int]] = defaultdict(set)
    for programme, pk in Trainer.objects.filter(person__in=numbers).values_list("programme_id", "pk"):
        trainers[programme].add(pk)
    for programme in found.keys() | trainers.keys():
        mark_stale(programme, person=numbers, event=found[programme], trainer=trainers[programme])


@transaction.atomic
def judge_pair(one: Person, other: Person, verdict: str, *, by: User) -> DuplicateReview:
    """Two rows that look alike: the same person (the younger row is merged into the older), or two people.

    Nothing is copied and nothing deleted: figures follow ``merged_into``, so that it can be undone.
    """
    if not policy.can_coordinate(by):
        raise TrainingRefusedError(_("Your role does not allow this."))
    if one.pk == other.pk:
        raise TrainingRefusedError(_("This is one and the same row."))
    pair = sorted([one.pk, other.pk])
    held = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=pair).order_by("pk")}
    if any(row.merged_into_id for row in held.values()):
        raise TrainingRefusedError(_("One of the two was merged already."))
    moved: list[str] = []
    if verdict == Verdict.SAME:
        keeps, goes = sorted(held.values(), key=lambda row: (row.made_at, row.pk))
        moved = [str(goes.pk), *(str(row.pk) for row in Person.objects.filter(merged_into=goes))]
        Person.objects.filter(pk__in=moved).update(merged_into=keeps)
        _stale(keeps, goes)
    until = None if verdict == Verdict.SAME else (timezone.now() + LOOK_AGAIN).date()
    DuplicateReview.objects.filter(one=pair[0], other=pair[1], undone_at=None).update(undone_at=timezone.now())
    review = DuplicateReview.objects.create(
        one_id=pair[0], other_id=pair[1], verdict=verdict, moved=moved, by=by.code, until=until
    )
    audit.record("trainees.judged", thing=str(pair[0]), actor=by.code, verdict=verdict)
    return review


@transaction.atomic
def undo_verdict(review: DuplicateReview, *, by: User) -> None:
    """Take a merge apart again: everybody who was moved stands for themselves."""
    if not policy.can_coordinate(by):
        raise TrainingRefusedError(_("Your role does not allow this."))
    held = DuplicateReview.objects.select_for_update().get(pk=review.pk)
    if held.undone_at is not None:
        return
    if held.moved:
        first, *rest = (UUID(one) for one in held.moved)
        keeps = Person.objects.get(pk=first).merged_into
        Person.objects.filter(pk=first).update(merged_into=None)
        Person.objects.filter(pk__in=rest).update(merged_into=first)
        people = [*Person.objects.filter(pk__in=[first, *rest]), *([keeps] if keeps else [])]
        _stale(*people)
    DuplicateReview.objects.filter(pk=held.pk).update(undone_at=timezone.now())
    audit.record("trainees.taken_apart", thing=str(held.one_id), actor=by.code)
