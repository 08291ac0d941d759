"""Server-sent events: one stream to one page, from its first catch-up to its end."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from .hub import Hub, Listener

HEARTBEAT_SECONDS = 15.0
GOODBYE_SECONDS = 1.0
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Dress = Callable[[Any], dict[str, Any]]


def event(name: str, data: object, number: int | None = None) -> bytes:
    """One event. ``number`` is the cursor with which the client resumes."""
    cursor = f"id: {number}\n" if number is not None else ""
    return f"{cursor}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


async def stream(hub: Hub, listener: Listener, dress: Dress, receive: Receive, send: Send) -> None:
    """Serve ``listener`` until its page leaves, its right ends, it falls behind, or we stop."""
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": b": open\n\n", "more_body": True})
    tasks = [
        asyncio.create_task(_pump(hub, listener, dress, send)),
        asyncio.create_task(_until_gone(receive)),
        asyncio.create_task(listener.over.wait()),
    ]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        hub.leave(listener)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    await _goodbye(listener, send)


async def _pump(hub: Hub, listener: Listener, dress: Dress, send: Send) -> None:
    await hub.join(listener)
    while page := await hub.catch_up(listener):
        await _send_lines(listener, page, dress, send)
    while not listener.over.is_set():
        try:
            async with asyncio.timeout(HEARTBEAT_SECONDS):
                await listener.woken.wait()
        except TimeoutError:
            await send({"type": "http.response.body", "body": b": here\n\n", "more_body": True})
            continue
        lines, news = listener.take()
        if listener.over.is_set():
            return
        await _send_lines(listener, lines, dress, send)
        for name in sorted(news):
            await send({"type": "http.response.body", "body": event(name, {}), "more_body": True})


async def _send_lines(listener: Listener, lines: Iterable[Any], dress: Dress, send: Send) -> None:
    body = b""
    for line in lines:
        listener.sent = line.version
        body += event("line", dress(line), line.version)
    if body:
        await send({"type": "http.response.body", "body": body, "more_body": True})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _goodbye(listener: Listener, send: Send) -> None:
    """Tell a page that lost its right so; a page that does not read is not waited for."""
    last = event("end", {}) if listener.why == "gone" else b""
    try:
        async with asyncio.timeout(GOODBYE_SECONDS):
            await send({"type": "http.response.body", "body": last, "more_body": False})
    except TimeoutError:
        pass
