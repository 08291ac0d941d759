"""Pages that look the same to everyone, answered before any of Django runs.

A view asks for it with the header ``X-Panoh-Cache: <seconds>``; nothing that came with a cookie, sets one, or was not
a plain ``GET`` is ever kept. One cookie is not personal: how somebody likes to see pages, a few short codes
(``ground/ui/display.py``). Whoever likes them alike reads the same page.
"""

import gzip
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import brotli

ASKS = b"x-panoh-cache"
MOST_PAGES = 512
MOST_BYTES = 16_777_216
MOST_BYTES_EACH = 262_144
LONGEST_SECONDS = 3600
PERSONAL = {b"authorization", b"range", b"hx-request"}
DISPLAY = re.compile(rb"view=([a-z.-]{0,60})")

Header = tuple[bytes, bytes]
Key = tuple[bytes, bytes, bytes, bytes]
Ready = tuple[list[Header], bytes]


@dataclass
class Kept:
    """A page with the headers of each of its packings made once: an answer is a look-up, for most readers the whole."""

    until: float
    plain: Ready
    packed: dict[bytes, Ready]

    def answer(self, accepts: bytes) -> Ready:
        for name, ready in self.packed.items():
            if name in accepts:
                return ready
        return self.plain

    @property
    def size(self) -> int:
        return len(self.plain[1]) + sum(len(body) for _headers, body in self.packed.values())


def key_of(method: str, names: Mapping[bytes, bytes], path: bytes, query: bytes) -> Key | None:
    """Under which name this request's page may be kept; ``None`` for one that may differ from person to person.

    ``names``: the request's headers by name.
    """
    likes = DISPLAY.fullmatch(names[b"cookie"]) if b"cookie" in names else None
    if method != "GET" or PERSONAL & names.keys() or (b"cookie" in names and not likes):
        return None
    return names.get(b"host", b""), path, query, likes[1] if likes else b""


class PageCache:
    """``always``: headers that every kept page carries unless its view set them itself."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, *, always: Mapping[bytes, bytes] = MappingProxyType({})
    ) -> None:
        self.clock, self.always = clock, always
        self.pages: OrderedDict[Key, Kept] = OrderedDict()
        self.bytes = 0
        self.generation = 0

    def get(self, key: Key) -> Kept | None:
        kept = self.pages.get(key)
        if kept is None:
            return None
        if kept.until <= self.clock():
            self._drop(key)
            return None
        self.pages.move_to_end(key)
        return kept

    def offer(self, key: Key, status: int, headers: list[Header], body: bytes, *, generation: int = -1) -> Kept | None:
        """Keep a page if its view asked for it and nothing about it is personal; what was kept, or None.

        ``generation`` is that of the moment the page was asked for: one from before a ``clear`` may be old news.
        """
        if generation not in {-1, self.generation}:
            return None
        names = {name.lower(): value for name, value in headers}
        asked = names.get(ASKS, b"")
        seconds = min(int(asked), LONGEST_SECONDS) if asked.isdigit() else 0
        refused = b"set-cookie" in names or b"content-encoding" in names or len(body) > MOST_BYTES_EACH
        if status != 200 or not seconds or refused:
            return None
        self._drop(key)
        kept = self._made(headers, seconds, body, names.get(b"content-type", b""))
        self.pages[key] = kept
        self.bytes += kept.size
        while len(self.pages) > MOST_PAGES or self.bytes > MOST_BYTES:
            self._drop(next(iter(self.pages)))
        return kept

    def _made(self, headers: list[Header], seconds: int, body: bytes, kind: bytes) -> Kept:
        keep = _kept_headers(headers)
        keep += [(name, value) for name, value in self.always.items() if name not in dict(keep)]
        packed = {
            name: ([*keep, (b"content-encoding", name), _length(small)], small)
            for name, small in _pack(kind, body).items()
        }
        return Kept(self.clock() + seconds, ([*keep, _length(body)], body), packed)

    def clear(self) -> None:
        """What was published since makes every kept page doubtful."""
        self.pages.clear()
        self.bytes = 0
        self.generation += 1

    def _drop(self, key: Key) -> None:
        kept = self.pages.pop(key, None)
        if kept:
            self.bytes -= kept.size


def without_request(headers: list[Header]) -> list[Header]:
    """The headers as they leave the house: what the view asked of us stays inside."""
    return [(name, value) for name, value in headers if name.lower() != ASKS]


def _kept_headers(headers: list[Header]) -> list[Header]:
    keep = [(n.lower(), v) for n, v in headers if n.lower() not in {ASKS, b"content-length", b"vary"}]
    vary = [value for name, value in headers if name.lower() == b"vary"]
    return [*keep, (b"vary", b", ".join([*vary, b"accept-encoding"]))]


def _pack(kind: bytes, body: bytes) -> dict[bytes, bytes]:
    """Compressed copies; safe here because these pages hold no secret."""
    if not kind.startswith((b"text/", b"application/json")) or len(body) < 500:
        return {}
    return {b"br": brotli.compress(body, quality=5), b"gzip": gzip.compress(body, 6)}


def _length(body: bytes) -> Header:
    return b"content-length", str(len(body)).encode()
