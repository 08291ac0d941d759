"""Names of people, opened for those who may see them."""

import json
from collections.abc import Iterable
from uuid import UUID

from panoh.ground.vault import public as vault

from ..marks import Said
from ..models import Person

MARK_PURPOSE = "training.person"


def where_sealed(uuid: UUID) -> str:
    return f"training.person:{uuid}"


def where_row(code: str, line: int) -> str:
    return f"training.roster:{code}:{line}"


def said_of(people: Iterable[Person]) -> dict[UUID, Said]:
    """By their number; one query for all keys. Who was erased is not in it."""
    rows = [one for one in people if one.sealed]
    vault.hold_keys([one.key for one in rows])
    found: dict[UUID, Said] = {}
    for one in rows:
        try:
            found[one.pk] = Said(*json.loads(vault.unseal(one.key, one.sealed, where=where_sealed(one.pk))))
        except vault.ErasedError:
            continue
    return found
