"""What tests and the phone-like page may ask: inject updates, read calls, set faults, watch a chat, act as a person."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from . import acts
from .http import Json, Send, answer_json, header
from .people import PEOPLE
from .world import World

Answer = tuple[int, Any]


async def serve(world: World, path: str, scope: Json, params: Json, send: Send) -> None:
    """``/_inject``, ``/_calls``, ``/_faults``, ``/_chats/<id>``, ``/_people``, ``/_state``, ``/_act``."""
    name, _, rest = path.removeprefix("_").partition("/")
    ask = ASKS.get((scope["method"], name))
    if ask is None:
        await answer_json(send, {"error": "no such page"}, 404)
    elif scope["method"] == "POST" and not header(scope, b"content-type").startswith("application/json"):
        await answer_json(send, {"error": "JSON only"}, 415)  # so that no foreign page can post a form here
    else:
        try:
            status, value = await ask(world, rest, params)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            status, value = 400, {"error": f"{type(error).__name__}: {error}"}
        await answer_json(send, value, status)


async def inject(world: World, rest: str, params: Json) -> Answer:
    updates = params.get("updates", params.get("list"))
    if not isinstance(updates, list):
        updates = [params]
    return 200, {"update_ids": [world.push(update)["update_id"] for update in updates]}


async def calls(world: World, rest: str, params: Json) -> Answer:
    since, method = int(params.get("since", 0)), params.get("method")
    found = [call for call in world.calls if call["n"] > since and method in (None, call["method"])]
    return 200, {"count": world.call_count, "calls": found}


async def set_faults(world: World, rest: str, params: Json) -> Answer:
    world.faults.set(params)
    return await get_faults(world, rest, params)


async def get_faults(world: World, rest: str, params: Json) -> Answer:
    return 200, vars(world.faults)


async def state(world: World, rest: str, params: Json) -> Answer:
    return 200, {
        "pending": len(world.updates),
        "delivered": world.delivered,
        "webhook": world.webhook.get("url", ""),
        "commands": world.commands,
        "last_error": world.last_error,
    }


async def people(world: World, rest: str, params: Json) -> Answer:
    return 200, [{"id": one.id, "name": one.name, "colour": one.colour} for one in PEOPLE]


async def chat(world: World, rest: str, params: Json) -> Answer:
    """A chat as the phone shows it; with ``after`` and ``wait`` answered when there is something newer."""
    if int(rest) not in world.chats:
        return 404, {"error": "no such chat"}
    watched = world.chat(int(rest))
    after, end = int(params.get("after", 0)), time.monotonic() + min(float(params.get("wait", 0)), 25)
    while watched.version <= after and (left := end - time.monotonic()) > 0:
        try:
            await asyncio.wait_for(watched.changed.wait(), left)
        except TimeoutError:
            break
    alert, watched.alert = watched.alert, None
    shown = {"version": watched.version, "blocked": watched.blocked, "messages": watched.messages}
    return 200, {**shown, "alert": alert, "commands": world.commands}


async def act(world: World, rest: str, params: Json) -> Answer:
    """Something a person does on the phone: becomes an update."""
    doing = acts.ACTS.get(str(params.get("act")))
    if doing is None:
        return 400, {"error": "no such act"}
    update = doing(world, world.chat(int(params["chat"])), params)
    return 200, json.loads(json.dumps({"update": world.push(update)["update_id"] if update else None}))


ASKS: dict[tuple[str, str], Callable[[World, str, Json], Awaitable[Answer]]] = {
    ("POST", "inject"): inject,
    ("GET", "calls"): calls,
    ("POST", "faults"): set_faults,
    ("GET", "faults"): get_faults,
    ("GET", "state"): state,
    ("GET", "people"): people,
    ("GET", "chats"): chat,
    ("POST", "act"): act,
}
