"""The open line: a raw ASGI application without middleware that streams a talk to the pages that have it open.

``GET /live/talk/`` is the person's own talk, ``GET /live/desk/?talk=<reference>&board=1`` a talk at the desk with the
bell of the board. Both resume after ``Last-Event-ID`` or ``?last=``.
"""

import asyncio
import threading
from collections import Counter
from typing import Any
from urllib.parse import parse_qs

from django.db import close_old_connections

from panoh.ground.common import bell

from . import queries
from .hub import Hub, Listener
from .stream import Dress, Receive, Send, stream

MOST_STREAMS = 2000
MOST_STREAMS_EACH = 12
Scope = dict[str, Any]


class LiveDoor:
    """One per process; ``start`` and ``stop`` belong to the process's event loop."""

    def __init__(self) -> None:
        self.hub: Hub | None = None
        self.quit = threading.Event()
        self.open: Counter[str] = Counter()

    async def start(self) -> None:
        self.quit.clear()
        self.hub = hub = Hub(queries.TalkLedger(), before_read=close_old_connections)
        hub.start()
        loop = asyncio.get_running_loop()

        def hear(topics: set[str]) -> None:
            if topics and not loop.is_closed():
                loop.call_soon_threadsafe(hub.hear, topics)

        bell.hear_in_process(lambda topic: hear({topic}))
        threading.Thread(target=bell.listen_for_ever, args=(hear, self.quit), name="bell", daemon=True).start()

    def drain(self) -> None:
        if self.hub:
            self.hub.drain()

    async def stop(self) -> None:
        self.quit.set()
        if self.hub:
            await self.hub.stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.hub is None:
            await self.start()
        if scope["method"] != "GET" or _came_from_elsewhere(scope):
            return await _refuse(send, 405 if scope["method"] != "GET" else 403)
        if self.open.total() >= MOST_STREAMS:
            return await _refuse(send, 503)
        asked = _asked(scope)
        found = await self._find(scope["path"], _header(scope, b"cookie"), asked)
        if found is None:
            return await _refuse(send, 404)
        listener, dress = found
        if self.open[listener.who] >= MOST_STREAMS_EACH:
            return await _refuse(send, 503)
        listener.sent = _cursor(_header(scope, b"last-event-id") or asked.get("last", ""))
        await self._serve(listener, dress, receive, send)

    async def _find(self, path: str, cookies: str, asked: dict[str, str]) -> tuple[Listener, Dress] | None:
        assert self.hub is not None  # noqa: S101
        if path == "/live/talk/":
            given = await self.hub.run(queries.person_pass, cookies)
            return (_listener(given, typing_from="out"), queries.shown_to_person) if given else None
        if path == "/live/desk/":
            given = await self.hub.run(queries.staff_pass, cookies, asked.get("talk", ""))
            wants_board = asked.get("board") == "1" or not asked.get("talk")
            return (_listener(given, typing_from="in", board=wants_board), queries.shown_to_staff) if given else None
        return None

    async def _serve(self, listener: Listener, dress: Dress, receive: Receive, send: Send) -> None:
        assert self.hub is not None  # noqa: S101
        self.open[listener.who] += 1
        try:
            await stream(self.hub, listener, dress, receive, send)
        finally:
            self.open[listener.who] -= 1
            self.open += Counter()  # drops the zeros


def _listener(given: queries.Pass, *, typing_from: str, board: bool = False) -> Listener:
    return Listener(
        who=given.who,
        key=(given.conversation, given.audience) if given.conversation else None,
        may=given.may,
        board=board,
        hears_typing_of=f"{given.conversation}:{typing_from}" if given.conversation else "",
    )


def _header(scope: Scope, name: bytes) -> str:
    found: bytes = b"; ".join(value for key, value in scope["headers"] if key == name)
    return found.decode("latin1")


def _came_from_elsewhere(scope: Scope) -> bool:
    return _header(scope, b"sec-fetch-site") not in {"", "same-origin", "none"}


def _asked(scope: Scope) -> dict[str, str]:
    try:
        pairs = parse_qs(scope["query_string"].decode("latin1"), max_num_fields=10)
    except ValueError:
        return {}
    return {name: values[-1] for name, values in pairs.items()}


def _cursor(typed: str) -> int:
    """A version; anything else reads as the beginning."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else 0


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store")]
    if status == 503:
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
