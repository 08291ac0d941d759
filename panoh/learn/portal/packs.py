"""Which packs there are, read from ``content/portal/packs.toml``. Pure of Django."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FORMS = ("html", "zip")


@dataclass(frozen=True)
class Pack:
    """``file`` stands in the name of the file instead of ``code``; empty ``ages`` are all ages."""

    code: str
    file: str
    audiences: tuple[str, ...]
    kinds: tuple[str, ...]
    ages: tuple[str, ...] = ()

    def holds(self, kind: str, audience: str, data: dict[str, Any], quiet: bool) -> bool:
        """A page about trouble is in no pack: what lies on a shared phone is found by whoever holds it."""
        if quiet or kind not in self.kinds:
            return False
        if kind in {"guidance", "checklist"}:
            fits = audience in self.audiences
        else:
            fits = kind != "question" or bool(set(data.get("audiences", [])) & set(self.audiences))
        return fits and (not self.ages or bool(set(data.get("ages", [])) & set(self.ages)))


@lru_cache(maxsize=8)
def packs_of(folder: Path, _edition: str) -> tuple[Pack, ...]:
    """Read again with every edition; without the file there are none."""
    path = folder / "portal" / "packs.toml"
    if not path.exists():
        return ()
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("packs", [])
    return tuple(
        Pack(row["code"], row["file"], tuple(row["audiences"]), tuple(row["kinds"]), tuple(row.get("ages", ())))
        for row in rows
    )
