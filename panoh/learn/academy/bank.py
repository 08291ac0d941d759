"""A question's row of a file with the scripts that are made from it. Pure of the database."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Turn = Callable[[str], str]
OWN = frozenset({"code", "use", "topic", "version"})  # what is not said to anybody


def digest(row: Mapping[str, Any]) -> str:
    """Changes with anything that is asked, offered, right or explained."""
    text = json.dumps(row, ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()


def texts(value: Any, language: str) -> Iterator[str]:
    """Every text of this language in a row, but the forms that a short answer may take: those are folded instead."""
    if isinstance(value, Mapping):
        if isinstance(value.get(language), str):
            yield value[language]
        for name, one in value.items():
            if name != "accepted":
                yield from texts(one, language)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one, language)


def with_script(value: Any, language: str, variant: str, turn: Turn) -> Any:
    """The same row with every text of ``language`` also in ``variant``."""
    if isinstance(value, Mapping):
        made = {
            name: one if name == "accepted" else with_script(one, language, variant, turn)
            for name, one in value.items()
        }
        if isinstance(value.get(language), str):
            made[variant] = turn(value[language])
        return made
    return [with_script(one, language, variant, turn) for one in value] if isinstance(value, list) else value
