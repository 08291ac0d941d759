"""Pushes updates to the bot's webhook as Telegram does: many at once, one chat in order, again until a 2xx."""

import asyncio
import contextlib
import random
import time
from itertools import islice
from typing import Any

from .world import Json, World

LOOK_AHEAD = 1000
TRIES_PAUSE = (0.2, 0.5, 1, 2, 5, 10)


def chat_key(update: Json) -> Any:
    """Updates of one chat wait for each other."""
    for part in update.values():
        if isinstance(part, dict):
            chat = part.get("chat") or (part.get("message") or {}).get("chat") or {}
            if isinstance(chat, dict) and "id" in chat:
                return chat["id"]
    return update["update_id"]


class Pusher:
    """One task that takes updates off the world's queue, and as many deliveries at a time as the webhook allows."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.running: set[asyncio.Task[None]] = set()
        self.busy: set[Any] = set()
        self.session: Any = None

    async def run(self) -> None:
        """Until cancelled."""
        # Imported here: a web process that only shows the page has no use for a client.
        from aiohttp import ClientSession, ClientTimeout, TCPConnector

        async with ClientSession(connector=TCPConnector(limit=100), timeout=ClientTimeout(total=20)) as self.session:
            while True:
                news = self.world.news
                self._start_what_can_start()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(news.wait(), 0.5)

    def _start_what_can_start(self) -> None:
        if not self.world.webhook.get("url"):
            return
        room = self.world.webhook["connections"] - len(self.running)
        for update in self._next(room):
            self.world.updates.remove(update)
            self.busy.add(chat_key(update))
            task = asyncio.create_task(self._deliver(update))
            self.running.add(task)
            task.add_done_callback(self.running.discard)

    def _next(self, room: int) -> list[Json]:
        """At most one update of each chat that waits for nothing; shuffled, and a chat at times twice, on demand."""
        faults, busy, chosen = self.world.faults, set(self.busy), list[Json]()
        for update in islice(self.world.updates, LOOK_AHEAD):
            if len(chosen) >= room + faults.reorder:
                break
            if chat_key(update) not in busy or faults.strike(faults.invert):
                chosen.append(update)
            busy.add(chat_key(update))
        if faults.reorder:
            random.shuffle(chosen)
        return chosen[: max(room, 0)]

    async def _deliver(self, update: Json) -> None:
        faults = self.world.faults
        tries = 0
        if faults.invert:
            await asyncio.sleep(random.random() / 20)  # noqa: S311 (a pretend network)
        while not await self._push(update):
            if not self.world.webhook.get("url"):
                self.world.updates.appendleft(update)
                break
            await asyncio.sleep(TRIES_PAUSE[min(tries, len(TRIES_PAUSE) - 1)])
            tries += 1
        else:
            self.world.delivered += 1
            if faults.strike(faults.duplicate):
                await self._push(update)
        self.busy.discard(chat_key(update))
        self.world.ring()

    async def _push(self, update: Json) -> bool:
        hook = self.world.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook["secret"]} if hook.get("secret") else {}
        try:
            async with self.session.post(hook["url"], json=update, headers=headers) as answer:
                await answer.read()
                if 200 <= answer.status < 300:
                    return True
                said = f"Wrong response from the webhook: {answer.status}"
        except (OSError, TimeoutError, ValueError) as error:
            said = f"Connection failed: {type(error).__name__}"
        except Exception as error:  # the client's own errors, which we do not want to import
            said = f"Connection failed: {type(error).__name__}"
        self.world.last_error = {"last_error_date": int(time.time()), "last_error_message": said}
        return False
