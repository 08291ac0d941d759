"""The front process: one ASGI callable that owns the port.

It serves live streams, static files and pages that look the same to everyone by itself, and hands all other pages to
Django over a bridge. Everything that leaves carries the safe headers;
no request brings more than a mebibyte, but for the two pages that take pictures.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from .bridge import Bridge, BusyError
from .files import Files, Found
from .pagecache import Key, PageCache, key_of, without_request

log = logging.getLogger(__name__)

MOST_BODY = 1_048_576
MOST_UPLOAD = 8 * MOST_BODY
UPLOADS = re.compile(r"/[a-z]{2,3}(-[a-z]{2,4})?/report/files/")
MOST_PHOTO = 13 * MOST_BODY
PHOTOS = re.compile(r"/desk/albums/[a-z0-9-]+/photos/add/")
MOST_SWALLOWED = 16_777_216
BODY_SECONDS = 30.0
SWALLOW_SECONDS = 5.0
EDITION_SECONDS = 1.0
LOOPBACK = {"127.0.0.1", "::1"}

Header = tuple[bytes, bytes]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]
Explain = Callable[[int, str], bytes]

SAFE_HEADERS: dict[bytes, bytes] = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    b"content-security-policy": (
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}


class Live(Protocol):
    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None: ...
    async def start(self) -> None: ...
    def drain(self) -> None: ...
    async def stop(self) -> None: ...


class BodyRefusedError(Exception):
    def __init__(self, status: int) -> None:
        self.status = status


class Front:
    """``explain(status, path)`` gives the page for 408, 413 and 503 in the language of the path.

    ``edition()`` blocks and names what has been published last: once it answers otherwise no kept page is shown again.
    """

    def __init__(
        self,
        *,
        live: Live,
        pages: Bridge,
        files: Files,
        explain: Explain,
        emulator: App | None = None,
        edition: Callable[[], str] | None = None,
    ) -> None:
        self.live, self.pages, self.files, self.emulator, self.explain = live, pages, files, emulator, explain
        self.cache, self.edition = PageCache(always=SAFE_HEADERS), edition
        self.emulating: set[asyncio.Task[Any]] = set()

    def drain(self) -> None:
        """End what would otherwise stay open for long: the streams, and the bot's question whether there is news."""
        self.live.drain()
        for task in self.emulating:
            task.cancel()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live_on(receive, send)
        elif scope["type"] == "http":
            await self._answer(_trusted(scope), receive, send)

    async def _live_on(self, receive: Receive, send: Send) -> None:
        await receive()
        _ = self.files.known  # looked for now, so that nobody's first page waits for it
        await self.live.start()
        watching = asyncio.create_task(self._watch_edition())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        watching.cancel()
        await self.live.stop()
        self.pages.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _watch_edition(self) -> None:
        """Empties the cache within a second of a publishing, whichever process did it."""
        if self.edition is None:
            return
        kept, loop = "", asyncio.get_running_loop()
        with ThreadPoolExecutor(1, thread_name_prefix="edition") as thread:
            while True:
                try:
                    now = await loop.run_in_executor(thread, self.edition)
                except Exception:  # the database will be back; until then what was kept is all there is
                    log.warning("the edition could not be read")
                else:
                    if now != kept:
                        self.cache.clear()
                    kept = now
                await asyncio.sleep(EDITION_SECONDS)

    async def _answer(self, scope: Any, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        names = dict(scope["headers"])
        key = key_of(scope["method"], names, scope["raw_path"], scope["query_string"])
        if kept := self.cache.get(key) if key else None:  # with its safe headers, which were added when it was made
            headers, body = kept.answer(names.get(b"accept-encoding", b""))
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            return await send({"type": "http.response.body", "body": body})
        send = with_safe_headers(send)
        if path.startswith("/live/"):
            await self.live(scope, receive, send)
        elif self.emulator and path.startswith("/emulator/"):
            await self._emulate(self.emulator, scope, receive, send)
        elif not (path.startswith(self.files.prefix) and await self._send_file(scope, send)):
            await self._page(scope, receive, send, key)

    async def _emulate(self, emulator: App, scope: Any, receive: Receive, send: Send) -> None:
        task = asyncio.ensure_future(emulator(scope, receive, send))
        self.emulating.add(task)
        try:
            await asyncio.wait([task])
        finally:
            self.emulating.discard(task)
        if task.cancelled():
            await _respond(send, 503, [(b"retry-after", b"1")], b"")
        else:
            task.result()

    async def _send_file(self, scope: Any, send: Send) -> bool:
        headers = dict(scope["headers"])
        names = [b"accept-encoding", b"if-none-match", *([b"range", b"if-range"] if scope["method"] == "GET" else [])]
        asked = (headers.get(name, b"") for name in names)
        found = self.files.find(scope["path"], *asked)
        if found is None or scope["method"] not in {"GET", "HEAD"}:
            return False
        body = b""
        if found.span:
            await _send_parts(send, found, is_head=scope["method"] == "HEAD")
            return True
        if found.path:
            kept_body = self.files.kept.get(found.path)
            body = kept_body if kept_body is not None else await asyncio.to_thread(self.files.read, found.path)
        await _respond(send, found.status, found.headers, body)
        return True

    async def _page(self, scope: Any, receive: Receive, send: Send, key: Key | None) -> None:
        try:
            body = await read_body(scope, receive)
            await self._bridge(scope, body, send, key)
        except (BodyRefusedError, BusyError) as refused:
            await self._refuse(scope, receive, send, getattr(refused, "status", 503))

    async def _bridge(self, scope: Any, body: bytes, send: Send, key: Key | None) -> None:
        is_started, generation = False, self.cache.generation

        async def respond(status: int, headers: list[Header], part: bytes, more: bool) -> None:
            nonlocal is_started
            if not is_started:
                is_started = True
                kept = self.cache.offer(key, status, headers, part, generation=generation) if key and not more else None
                if kept:  # already packed: the first reader has it as small as those who come after
                    headers, part = kept.answer(dict(scope["headers"]).get(b"accept-encoding", b""))
                start = {"type": "http.response.start", "status": status, "headers": without_request(headers)}
                await send(start)
            await send({"type": "http.response.body", "body": part, "more_body": more})

        await self.pages.answer(scope, body, respond)

    async def _refuse(self, scope: Any, receive: Receive, send: Send, status: int) -> None:
        """A short page; what is still being sent is thrown away for a moment, so that the page can be read at all."""
        page = self.explain(status, scope["path"])
        headers: list[Header] = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(page)).encode()),
            (b"cache-control", b"no-store"),
            (b"connection", b"close"),
        ]
        if status == 503:
            headers.append((b"retry-after", b"3"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if status == 413 and (b"expect", b"100-continue") not in scope["headers"]:
            await _swallow(receive)
        await send({"type": "http.response.body", "body": page})


def with_safe_headers(send: Send) -> Send:
    """Adds every safe header that the answer does not set itself."""

    async def safely(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", []))
            present = {name.lower() for name, _ in headers}
            headers += [(name, value) for name, value in SAFE_HEADERS.items() if name not in present]
            message = {**message, "headers": headers}
        await send(message)

    return safely


def most_of(path: str) -> int:
    """How many bytes a request to this address may bring."""
    if PHOTOS.fullmatch(path):
        return MOST_PHOTO
    return MOST_UPLOAD if UPLOADS.fullmatch(path) else MOST_BODY


async def read_body(scope: Any, receive: Receive) -> bytes:
    """The whole body. Raises ``BodyRefusedError`` with 413 (too much), 408 (too slow) or 400 (broken off)."""
    most = most_of(scope["path"])
    length = dict(scope["headers"]).get(b"content-length", b"0")
    if length.isdigit() and int(length) > most:
        raise BodyRefusedError(413)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise BodyRefusedError(400)
                body += message.get("body", b"")
                if len(body) > most:
                    raise BodyRefusedError(413)
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        raise BodyRefusedError(408) from None


async def _swallow(receive: Receive) -> None:
    swallowed = 0
    try:
        async with asyncio.timeout(SWALLOW_SECONDS):
            while swallowed < MOST_SWALLOWED:
                message = await receive()
                swallowed += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return
    except TimeoutError:
        pass


async def _send_parts(send: Send, found: Found, *, is_head: bool) -> None:
    """As fast as the reader takes it: a video is never in memory as a whole, and no page waits for it."""
    headers = [*found.headers, (b"content-length", b"%d" % len(found.span))]
    await send({"type": "http.response.start", "status": found.status, "headers": headers})
    chunks = found.chunks()
    while not is_head and (part := await asyncio.to_thread(next, chunks, b"")):
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _respond(send: Send, status: int, headers: list[Header], body: bytes) -> None:
    if status != 304 and not any(name == b"content-length" for name, _ in headers):
        headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _trusted(scope: Any) -> Any:
    """Only a reverse proxy on this machine may say whose request it carries."""
    if (scope.get("client") or ("127.0.0.1",))[0] in LOOPBACK:
        return scope
    headers = [(name, value) for name, value in scope["headers"] if not name.startswith(b"x-forwarded-")]
    return {**scope, "headers": headers}
