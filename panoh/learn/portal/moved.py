"""Renamed pages: ``content/portal/moved.toml``, read again with every edition. Pure of Django."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=8)
def moved(folder: Path, _edition: str) -> Mapping[str, str]:
    """Old slug to new slug; a chain is followed to its end, a circle leads nowhere."""
    path = folder / "portal" / "moved.toml"
    table: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8")).get("guide", {}) if path.exists() else {}
    found = {old: _end(old, table) for old in table}
    return {old: new for old, new in found.items() if new}


def _end(slug: str, table: Mapping[str, str]) -> str:
    seen = [slug]
    while seen[-1] in table:
        if (after := table[seen[-1]]) in seen:
            return ""
        seen.append(after)
    return seen[-1]


def faults(folder: Path, slugs: set[str]) -> list[str]:
    """A name that still stands cannot have moved, and nothing moves to what there is not."""
    path = folder / "portal" / "moved.toml"
    if not path.exists():
        return []
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("guide", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [f"portal/moved.toml: {error}"]
    said = [f"portal/moved.toml: {old} still stands in portal/pages.toml" for old in table if old in slugs]
    said += [f"portal/moved.toml: {old} leads to nothing" for old in table if _end(old, table) not in slugs]
    return said
