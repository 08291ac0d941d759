"""Reads what makes this box one country's: the files under ``centre/``."""

import tomllib
from functools import cache
from typing import Any

from django.conf import settings


@cache
def centre_file(name: str) -> dict[str, Any]:
    """The parsed TOML file ``centre/<name>``, read once a process. Raises ``FileNotFoundError``."""
    with open(settings.CENTRE_DIR / name, "rb") as file:
        return tomllib.load(file)


def centre(*path: str, default: Any = None) -> Any:
    """A value of ``centre/centre.toml`` by its path of keys, or ``default``."""
    value: Any = centre_file("centre.toml")
    for key in path:
        if not isinstance(value, dict) or key not in value:
            return default
        value = value[key]
    return value
