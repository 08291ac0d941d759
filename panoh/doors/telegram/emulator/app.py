"""The emulator as a raw ASGI application: the Bot API, a control interface for tests, and a page like a phone.

The front process mounts ``emulator_app`` at ``/emulator/``; ``python -m panoh.doors.telegram.emulator`` runs it alone.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any

from . import control, page
from .delivery import Pusher
from .http import BadBodyError, Json, Receive, Send, answer, answer_json, parameters, read_body
from .methods import METHODS, PIXEL, RefusedError
from .world import World

App = Callable[[Json, Receive, Send], Awaitable[None]]
PREFIX = "/emulator"
SLOW_TO_ANSWER = {"sendMessage", "editMessageText", "deleteMessage", "deleteMessages"}


def refuse_production() -> None:
    """A pretend Telegram where real children write would be a trap."""
    if os.environ.get("PANOH_ENV", "").strip() == "production":
        raise RuntimeError("The Telegram emulator does not start in production.")


def make_app() -> App:
    """A fresh pretend Telegram; its world begins with the first request."""
    refuse_production()
    kept: dict[str, Any] = {}

    def world() -> World:
        if "world" not in kept:
            kept["world"] = World()
            kept["pusher"] = asyncio.create_task(Pusher(kept["world"]).run())
        made: World = kept["world"]
        return made

    async def app(scope: Json, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send, kept)
        elif scope["type"] == "http":
            await _http(world(), scope, receive, send)

    return app


async def _lifespan(receive: Receive, send: Send, kept: dict[str, Any]) -> None:
    while (await receive())["type"] != "lifespan.shutdown":
        await send({"type": "lifespan.startup.complete"})
    if "pusher" in kept:
        kept["pusher"].cancel()
    await send({"type": "lifespan.shutdown.complete"})


async def _http(world: World, scope: Json, receive: Receive, send: Send) -> None:
    path: str = scope["path"].removeprefix(PREFIX).lstrip("/")
    try:
        params = parameters(scope, await read_body(receive))
    except BadBodyError:
        await answer_json(send, {"ok": False, "error_code": 400, "description": "Bad Request: can't parse"}, 400)
        return
    if path.startswith("file/bot"):
        await answer(send, 200, PIXEL, "image/png")
    elif path.startswith("bot"):
        await _bot_call(world, path, params, send)
    elif path.startswith("_"):
        await control.serve(world, path, scope, params, send)
    else:
        await page.serve(path, scope, params, send)


async def _bot_call(world: World, path: str, params: Json, send: Send) -> None:
    token, _, method = path.removeprefix("bot").partition("/")
    status, value = await _result(world, token, method, params)
    world.note(method, params, status)
    faults = world.faults
    if status == 200 and method in SLOW_TO_ANSWER and faults.strike(faults.timeout):
        await asyncio.sleep(faults.seconds)
    await answer_json(send, value, status)


async def _result(world: World, token: str, method: str, params: Json) -> tuple[int, Json]:
    """The answer in Telegram's own envelope."""
    try:
        if not token.split(":")[0].isdigit() or ":" not in token:
            raise RefusedError(401, "Unauthorized")
        if method not in METHODS:
            raise RefusedError(404, "Not Found: method not found")
        if method != "getMe" and world.faults.strike(world.faults.too_many):
            wait = world.faults.retry_after
            raise RefusedError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        if method != "getMe" and world.faults.strike(world.faults.broken):
            raise RefusedError(500, "Internal Server Error")
        return 200, {"ok": True, "result": await METHODS[method](world, params)}
    except RefusedError as no:
        said: Json = {"ok": False, "error_code": no.status, "description": no.description}
        return no.status, {**said, "parameters": no.parameters} if no.parameters else said


_apps: list[App] = []


async def emulator_app(scope: Json, receive: Receive, send: Send) -> None:
    """The one pretend Telegram of this process."""
    if not _apps:
        _apps.append(make_app())
    await _apps[0](scope, receive, send)
