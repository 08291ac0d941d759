"""What every shape checks alike; each fault names its field."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# XML 1.0 (fifth edition), production 2: what may stand in a document at all.
NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ExchangeError(ValueError):
    """It cannot be written in this shape. ``faults`` holds one sentence each, the field's name in front."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


def text_faults(row: Mapping[str, Any], limits: Mapping[str, int], *, inside: str = "") -> Iterator[str]:
    """Fields that are not text, too long, or that hold a sign which the wire cannot carry."""
    for name, most in limits.items():
        value = row.get(name, "")
        if not isinstance(value, str):
            yield f"{inside}{name}: not a text"
        elif len(value) > most:
            yield f"{inside}{name}: {len(value)} characters, at most {most}"
        elif NOT_IN_XML.search(value):
            yield f"{inside}{name}: holds a sign that cannot be sent"


def missing_faults(row: Mapping[str, Any], names: Iterable[str], *, inside: str = "") -> Iterator[str]:
    yield from (f"{inside}{name}: is needed" for name in names if not str(row.get(name, "") or "").strip())


def unknown_faults(row: Mapping[str, Any], known: Iterable[str], *, inside: str = "") -> Iterator[str]:
    yield from (f"{inside}{name}: not a field of this shape" for name in sorted(set(row) - set(known)))


def shortened(text: str, most: int) -> str:
    """At most ``most`` characters, a cut marked by three dots."""
    text = NOT_IN_XML.sub("", text)
    return text if len(text) <= most else text[: most - 1] + "…"
