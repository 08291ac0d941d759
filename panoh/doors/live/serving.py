"""Uvicorn with the two things it lacks: a limit on slow headers, and streams that end before it waits for them."""

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADER_SECONDS = 10.0


class PunctualProtocol(HttpToolsProtocol):
    """Closes a connection whose first request line and headers are not here after ten seconds."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def on_message_begin(self) -> None:
        self._wait()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._arrived()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._arrived()
        self._late = self.loop.call_later(HEADER_SECONDS, self.timeout_keep_alive_handler)

    def _arrived(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


class FrontServer(uvicorn.Server):
    """Ends the open streams first: uvicorn waits for its connections before it lets the application stop."""

    def __init__(self, config: uvicorn.Config, drain: Callable[[], None]) -> None:
        super().__init__(config)
        self.drain = drain

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.drain()
        await super().shutdown(sockets)


def serve(app: Any, drain: Callable[[], None], listening: socket.socket) -> None:
    """Serve ``app`` on a socket that already listens, until SIGTERM."""
    config = uvicorn.Config(
        app,
        http=PunctualProtocol,
        loop="uvloop",
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
        backlog=1024,
    )
    FrontServer(config, drain).run(sockets=[listening])
