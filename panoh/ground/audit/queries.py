"""Reads of the ledger."""

from functools import reduce
from operator import or_

from django.db.models import Q

from . import chain
from .models import ChainHead, Entry

LOOKED = ("viewed", "revealed", "exported")


def trail(thing: str) -> list[Entry]:
    """All that was done with ``thing``, oldest first."""
    return list(Entry.objects.filter(thing=thing).order_by("id"))


def count_views(*things: str) -> int:
    """How many people looked at any of these things: viewed, revealed or exported them; the centre itself is nobody."""
    looked = reduce(or_, (Q(verb__endswith=f".{word}") for word in LOOKED))
    people = Entry.objects.filter(looked, thing__in=things).exclude(actor="system")
    return people.values("actor").distinct().count()


def verify() -> chain.Verdict:
    """Whether every link still holds, and how many entries wait for their seal."""
    head = ChainHead.objects.first() or ChainHead()
    sealed = Entry.objects.filter(number__isnull=False, number__lte=head.last).order_by("number")
    beyond = Entry.objects.filter(number__gt=head.last).count()
    unsealed = Entry.objects.filter(number=None).count()
    return chain.walk(sealed.iterator(chunk_size=1000), last=head.last, head=head.digest, unsealed=unsealed + beyond)
