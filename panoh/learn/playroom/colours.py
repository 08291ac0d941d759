"""The light colours of the house for print and books, read from the one place that names them. Pure of Django."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from . import drawings

TOKENS = Path(__file__).parents[2] / "ground" / "ui" / "static" / "ui" / "tokens.css"


@cache
def light() -> Mapping[str, str]:
    """Token → ``#rrggbb`` of the first block of tokens.css."""
    block = TOKENS.read_text(encoding="utf-8").partition(":root {")[2].partition("}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def scene(row: Mapping[str, Any], said: str = "") -> str:
    """The drawing of a row, for where no style sheet is."""
    svg = drawings.scene(row["place"], row.get("who", []), row.get("things", []), said)
    return drawings.coloured(svg, light())


def line(path: str) -> str:
    """A symbol of the house for where no style sheet is, decoration."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" aria-hidden="true">'
        f'<path fill="none" stroke="{light()["dome"]}" stroke-width="1.8" stroke-linecap="round"'
        f' stroke-linejoin="round" d="{path}"/></svg>'
    )
