"""What everything on paper shares: our two fonts, loaded once, nothing from the machine, and what they can draw."""

from functools import cache
from pathlib import Path
from typing import Any

import typst

FACES = Path(__file__).parent / "typefaces"


@cache
def fonts() -> Any:
    """For ``font_paths`` of ``typst.compile``: loading them takes ten times as long as setting a page."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FACES)])


@cache
def covered() -> frozenset[int]:
    """The characters that both our fonts can draw."""
    found: set[int] = set()
    for line in (FACES / "covered.txt").read_text("ascii").split():
        first, _, last = line.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)
