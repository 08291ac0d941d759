"""Hands pages to a WSGI application on a few threads that live as long as the process.

The body is read before a thread is taken, so that a slow sender holds none; the answer leaves in one hop.
"""

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote_to_bytes

CHUNK = 262_144
SLOWEST_READER_SECONDS = 60.0

Header = tuple[bytes, bytes]
Respond = Callable[[int, list[Header], bytes, bool], Awaitable[None]]
WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class BusyError(Exception):
    """Too many pages, or too many bytes of theirs, are waiting for a thread."""


class Bridge:
    """A school that reports at once is served in turn, not sent away: many may wait, within ``most_bytes`` of memory.

    What brings nothing, or is the first to bring something, is let in however much it is.
    """

    def __init__(
        self, pages: WSGI, *, threads: int = 4, most_waiting: int = 1024, most_bytes: int = 67_108_864
    ) -> None:
        self.pages = pages
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="pages")
        self.most_waiting, self.most_bytes = most_waiting, most_bytes
        self.waiting = self.bytes = 0

    async def answer(self, scope: dict[str, Any], body: bytes, respond: Respond) -> None:
        """Run one page. ``respond(status, headers, body, more)`` is called once, or several times for a long answer."""
        too_heavy = body and self.bytes and self.bytes + len(body) > self.most_bytes
        if self.waiting >= self.most_waiting or too_heavy:
            raise BusyError
        loop = asyncio.get_running_loop()

        def flush(status: int, headers: list[Header], part: bytes) -> None:
            sent = asyncio.run_coroutine_threadsafe(_as_coroutine(respond(status, headers, part, True)), loop)
            sent.result(SLOWEST_READER_SECONDS)

        self.waiting += 1
        self.bytes += len(body)
        try:
            last = await loop.run_in_executor(self.threads, self._run, environ_of(scope, body), flush)
        finally:
            self.waiting -= 1
            self.bytes -= len(body)
        await respond(*last, False)

    def _run(
        self, environ: dict[str, Any], flush: Callable[[int, list[Header], bytes], None]
    ) -> tuple[int, list[Header], bytes]:
        status, headers = 500, list[Header]()

        def start_response(said: str, pairs: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], None]:
            nonlocal status, headers
            status = int(said.split(" ", 1)[0])
            headers = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in pairs]
            return buffer.extend

        buffer = bytearray()
        parts = self.pages(environ, start_response)
        try:
            for part in parts:
                buffer += part
                if len(buffer) >= CHUNK:
                    flush(status, headers, bytes(buffer))
                    buffer.clear()
        finally:
            close = getattr(parts, "close", None)
            if close:
                close()
        return status, headers, bytes(buffer)

    def stop(self) -> None:
        self.threads.shutdown(wait=False, cancel_futures=True)


async def _as_coroutine(waiting: Awaitable[None]) -> None:
    await waiting


def environ_of(scope: dict[str, Any], body: bytes) -> dict[str, Any]:
    """PEP 3333. Header names with an underscore are dropped: they could pass for another header."""
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin1"), raw_value.decode("latin1")
        if name == "content-type":
            environ["CONTENT_TYPE"] = value
        elif name not in {"content-length", "transfer-encoding"} and "_" not in name:
            variable = "HTTP_" + name.upper().replace("-", "_")
            joint = "; " if name == "cookie" else ","
            environ[variable] = f"{environ[variable]}{joint}{value}" if variable in environ else value
    return environ
