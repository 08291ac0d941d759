"""Finds the codes of words that source and templates name, so that none is asked for and missing."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_CALL = re.compile(r"""(?<![\w.])(?:[\w.]+\.)?word\(\s*["']([a-z0-9_.]+)["']""")
_TAG = re.compile(r"""\{%\s*word\s+["']([a-z0-9_.]+)["']""")


def codes_in(files: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """``(code, file)`` for every code written out in full; codes put together while running are not seen."""
    for path in files:
        text = path.read_text(encoding="utf-8")
        for code in (_TAG if path.suffix in {".html", ".txt"} else _CALL).findall(text):
            if "." in code.strip("."):
                yield code, path
