"""The table of ``variants.toml``: which scripts are derived from which language, and how old the rules are."""

import tomllib
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from .errors import UnknownPairError

_HERE = Path(__file__).parent
_RULES = (
    *("scripts", "uzbek", "karakalpak", "loanwords", "signs", "spans", "letters"),
    *("segments", "markdown", "turning", "doubts"),
)


class Variant(NamedTuple):
    code: str
    source: str
    tag: str
    version: int
    is_switched: bool
    letters: tuple[tuple[str, str], ...]


def _variant(code: str, row: dict[str, Any]) -> Variant:
    letters = tuple((str(old), str(new)) for old, new in row.get("letters", ()))
    return Variant(code, row["from"], row["tag"], row["version"], row.get("switch", False), letters)


VARIANTS: dict[str, Variant] = {
    code: _variant(code, row)
    for code, row in tomllib.loads((_HERE / "variants.toml").read_text(encoding="utf-8")).items()
}


def variant_for(source: str, target: str) -> Variant:
    """The row that joins the two, in either direction. Raises ``UnknownPairError``."""
    for one in VARIANTS.values():
        if (one.source, one.code) in {(source, target), (target, source)}:
            return one
    known = ", ".join(f"{one.source} ⇄ {one.code}" for one in VARIANTS.values())
    raise UnknownPairError(f"Nothing is derived from {source!r} to {target!r}. Known pairs: {known}.")


@cache
def rules_version(code: str) -> str:
    """``2-1f0c9a3be2``: the number of the table and a fingerprint of rules, lists and libraries behind the variant.

    Whatever could change a derived letter changes it, so that nothing old is taken for new.
    """
    files = [_HERE / f"{name}.py" for name in _RULES] + sorted((_HERE / "lists").glob("*.txt"))
    seen = sha256((_HERE / "variants.toml").read_bytes())
    for path in files:
        seen.update(path.read_bytes())
    seen.update(f"{version('alifbo')} {version('kaalin')}".encode())
    return f"{VARIANTS[code].version}-{seen.hexdigest()[:10]}"
