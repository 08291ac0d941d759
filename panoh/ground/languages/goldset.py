"""The open gold set under ``gold/``: words as the norm spells them in each script. Read by the tests and the bench."""

from pathlib import Path

_FOLDER = Path(__file__).parent / "gold"


def _rows(name: str) -> list[tuple[str, str]]:
    lines = (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(first, second) for first, second in (line.split("\t") for line in lines[1:])]


def pairs(name: str) -> list[tuple[str, str]]:
    """``(as written, as derived)`` for every word of one file."""
    return _rows(name)


def protected() -> list[str]:
    """Spans that no change of script may touch."""
    return [span for _kind, span in _rows("protected")]
