"""Finding a child again: by name in any script and spelling, birth date, number, alias or reference; and doubles."""

import re
from functools import reduce
from operator import add
from uuid import UUID

from django.db.models import Case as When_
from django.db.models import F, Max, Q, Sum, Value, When
from django.db.models.expressions import Combinable

from panoh.ground.accounts.public import Role, User, may

from .. import blind, policy
from ..models import Case, NameIndex
from .words import look_up

MOST = 50
MOST_GROUPS = 8
_REFERENCE = re.compile(r"\b[A-Z]{1,2}-[0-9A-Z]{6,10}\b")


def find_cases(user: User, text: str) -> list[Case]:
    """Cases this person may read, the likeliest first, at most 50, in three queries. What was asked is not kept."""
    named = _by_reference(user, text)
    ranked = [pk for pk in _ranked(user, text[:300]) if pk not in {case.pk for case in named}]
    cases = Case.objects.filter(pk__in=ranked).select_related("owner")
    found = {case.pk: case for case in cases} if ranked else {}
    return [*named, *(found[pk] for pk in ranked if pk in found)][:MOST]


def _by_reference(user: User, text: str) -> list[Case]:
    """A case by its own reference, or by that of a talk, a report or a contact tied to it."""
    references = _REFERENCE.findall(text.upper())[:5]
    if not references:
        return []
    named = Q(reference__in=references) | Q(links__reference__in=references)
    return list(policy.visible_cases(user).filter(named).select_related("owner").distinct()[:MOST])


def _ranked(user: User, text: str) -> list[UUID]:
    """Keys of cases by how much of what was typed they answer; each thing typed counts once, by its best hit."""
    groups = [[look_up(key) for key in group] for group in blind.asked(text)][:MOST_GROUPS]
    if not groups:
        return []
    rows = NameIndex.objects.filter(token__in={token for group in groups for token in group})
    if not may(user, Role.SUPERVISOR):
        rows = rows.filter(case__in=policy.visible_keys(user))
    best = {f"best_{number}": _best(group) for number, group in enumerate(groups)}
    rank: Combinable = reduce(add, (F(name) for name in best))
    found = rows.values("case").annotate(**best).annotate(rank=rank).order_by("-rank", "case")[:MOST]
    ranked = [(row["case"], row["rank"]) for row in found]
    return [pk for pk, worth in ranked if worth * 2 >= ranked[0][1]]


def _best(group: list[int]) -> Max:
    return Max(When_(When(token__in=group, then=F("weight")), default=Value(0)))


def duplicates_of(user: User, case: Case, *, most: int = 5) -> list[Case]:
    """Other cases that may be of the same child: a whole name in common, and a birth date, a number or a school.

    First by what few children share, so that a common name costs nothing.
    """
    mine = dict(NameIndex.objects.filter(case=case).values_list("token", "weight"))
    strong = [token for token, weight in mine.items() if weight in blind.STRONG]
    names = [token for token, weight in mine.items() if weight == blind.NAME]
    if not strong or not names:
        return []
    near = NameIndex.objects.filter(token__in=strong, weight__in=blind.STRONG).exclude(case=case).values("case")
    named = NameIndex.objects.filter(token__in=names, weight=blind.NAME, case__in=near).exclude(case=case)
    found = list(named.values("case").annotate(worth=Sum("weight")).order_by("-worth", "case")[: most * 2])
    visible = policy.visible_cases(user).filter(pk__in=[row["case"] for row in found]).exclude(status="duplicate")
    by_key = {one.pk: one for one in visible.select_related("owner")}
    return [by_key[row["case"]] for row in found if row["case"] in by_key][:most]
