"""The open line under measurement: how soon a word is at the desk, and what an open page costs in memory."""

import asyncio
import json
import random
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import cycle

import aiohttp

from ..chaos.people import Counsellor
from ..chaos.story import FIRST_CHAT, letters
from ..running import Running
from . import people
from .figures import Figure, percentile
from .load import Door, paced, settle

EACH = 12  # the centre lets one person hold so many
WORDS_A_SECOND = 20.0


class Desk:
    """Supervisors with their open lines; ``seen``: when each text arrived at a page."""

    def __init__(self, centre: Running, streams: int) -> None:
        self.centre, self.streams = centre, streams
        self.seen: dict[str, float] = {}
        self.stack = AsyncExitStack()
        self.reading: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "Desk":
        addresses = await asyncio.to_thread(people.supervisors, -(-self.streams // EACH))
        self.sessions = [await self._sign_in(address) for address in addresses]
        return self

    async def __aexit__(self, *raised: object) -> None:
        for task in self.reading:
            task.cancel()
        await asyncio.gather(*self.reading, return_exceptions=True)
        for session in self.sessions:
            await session.close()

    async def _sign_in(self, address: str) -> aiohttp.ClientSession:
        person = Counsellor(self.centre.url, address, people.PASSWORD, 0, random.Random(0), 0)
        await person.sign_in()
        return person.session

    async def open(self, references: list[str]) -> None:
        """One stream a talk; comes back when all are open."""
        places: Iterator[aiohttp.ClientSession] = cycle(self.sessions)
        ready = asyncio.Semaphore(0)
        for reference in references[: self.streams]:
            self.reading.append(asyncio.create_task(self._read(next(places), reference, ready)))
        for _ in self.reading:
            await asyncio.wait_for(ready.acquire(), 30)

    async def _read(self, session: aiohttp.ClientSession, reference: str, ready: asyncio.Semaphore) -> None:
        path, patience = f"/live/desk/?talk={reference}&last=999999", aiohttp.ClientTimeout(total=None)
        async with session.get(path, timeout=patience) as stream:
            if stream.status != 200:
                raise SystemExit(f"An open line was refused: {stream.status}")
            ready.release()
            async for line in stream.content:
                if line.startswith(b"data: ") and b'"text"' in line:
                    self.seen.setdefault(json.loads(line[6:])["text"], time.perf_counter())


async def desk(centre: Running, *, quick: bool) -> list[Figure]:
    """From the moment Telegram begins to hand an update over until its words are in the desk's open page."""
    figures = []
    levels = (1, 10) if quick else (1, 50, 200)
    async with Door(centre) as door:
        for chat in range(max(levels)):
            await door.update(chat)
        await settle(people.inbox, 60)
        await settle(people.outbox, 90)
        references = [await asyncio.to_thread(people.reference_of, FIRST_CHAT + chat) for chat in range(max(levels))]
        for level in levels:
            figures += await _desk_at(door, references[:level], seconds=4 if quick else 12)
    return figures


async def _desk_at(door: Door, references: list[str], *, seconds: float) -> list[Figure]:
    sent: dict[str, float] = {}

    async def write(number: int) -> int:
        text = f"Ustozga {letters(len(references) * 100_000 + number + 30_000)}"
        sent[text] = time.perf_counter()
        return await door.update(number % len(references), text)

    baseline = await paced(door.health, 3, WORDS_A_SECOND)
    async with Desk(door.centre, len(references)) as desk:
        await desk.open(references)
        await asyncio.sleep(1)
        await paced(write, seconds, WORDS_A_SECOND)
        await asyncio.sleep(2)
        took = [(desk.seen[text] - at) * 1000 for text, at in sent.items() if text in desk.seen]
    lost = len(sent) - len(took)
    at, empty, of = f"{len(references)} open talks", baseline.took, "GET /health/ (one `select 1`) at the same pace"
    return [
        Figure(f"visible at the desk, {at}, p50", percentile(took, 50), "ms", percentile(empty, 50) * 1000, of),
        Figure(
            f"visible at the desk, {at}, p99", percentile(took, 99), "ms", percentile(empty, 99) * 1000, "", most=500
        ),
        *([Figure(f"not visible after 2 s, {at}", lost, "words", most=0)] if lost else []),
    ]


async def sockets(centre: Running, *, quick: bool) -> list[Figure]:
    """What the front process grows by with many open pages at the desk."""
    number = 48 if quick else 500
    async with Door(centre) as door:
        for chat in range(number // 10):
            await door.update(chat)
        await settle(people.inbox, 60)
        await settle(people.outbox, 90)
    references = (await asyncio.to_thread(people.references, number // 10)) * 10
    async with Desk(centre, number) as desk:
        await asyncio.sleep(2)
        front = centre.children()["front"]
        before = front.memory_full_info().pss
        await desk.open(references)
        await asyncio.sleep(3)
        after = front.memory_full_info().pss
    each = (after - before) / number / 1024
    return [
        Figure(f"front process with {number} open pages at the desk (PSS)", after / 2**20, "MB", before / 2**20,
               "the same process before they were opened"),
        Figure("one open page", each, "KB"),
    ]  # fmt: skip
