"""Load over HTTP from this process: as fast as it goes, or paced; every answer is counted."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

import aiohttp

from ..chaos.story import FIRST_CHAT, FIRST_UPDATE, Sent, letters
from ..running import SECRET, Running

CONNECTIONS = 16
Ask = Callable[[int], Awaitable[int]]


@dataclass
class Outcome:
    """``took``: seconds of each good answer; ``bad``: answers that were no success."""

    seconds: float
    took: list[float] = field(default_factory=list)
    bad: int = 0

    @property
    def rate(self) -> float:
        return len(self.took) / self.seconds


async def flat_out(ask: Ask, seconds: float, *, connections: int = CONNECTIONS) -> Outcome:
    """``connections`` callers, each asking again as soon as it was answered."""
    outcome, numbers, began = Outcome(seconds), count(), time.perf_counter()

    async def caller() -> None:
        while time.perf_counter() - began < seconds:
            await _once(ask, next(numbers), outcome)

    await asyncio.gather(*(caller() for _ in range(connections)))
    outcome.seconds = time.perf_counter() - began
    return outcome


async def paced(ask: Ask, seconds: float, rate: float) -> Outcome:
    """``rate`` a second, each begun on its time whether or not the ones before were answered."""
    outcome, began, running = Outcome(seconds), time.perf_counter(), set[asyncio.Task[None]]()
    for number in range(int(seconds * rate)):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        task = asyncio.create_task(_once(ask, number, outcome))
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.gather(*running)
    outcome.seconds = time.perf_counter() - began
    return outcome


async def _once(ask: Ask, number: int, outcome: Outcome) -> None:
    began = time.perf_counter()
    try:
        good = 200 <= await ask(number) < 400
    except (aiohttp.ClientError, TimeoutError, OSError):
        good = False
    if good:
        outcome.took.append(time.perf_counter() - began)
    else:
        outcome.bad += 1


class Door:
    """The centre as the load sees it: an empty endpoint, and the webhook with updates numbered one after the other."""

    numbers: Iterator[int] = count(FIRST_UPDATE)

    def __init__(self, centre: Running) -> None:
        self.centre = centre

    async def __aenter__(self) -> "Door":
        connector = aiohttp.TCPConnector(limit=200)
        self.session = aiohttp.ClientSession(self.centre.url, connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self.session.close()

    async def health(self, number: int = 0) -> int:
        async with self.session.get("/health/") as answer:
            await answer.read()
            return answer.status

    async def stranger(self, number: int = 0) -> int:
        """A webhook call without the secret: the same view, turned away before it reads anything."""
        async with self.session.post("/telegram/webhook/", json={"update_id": 1}) as answer:
            await answer.read()
            return 200 if answer.status == 403 else 500

    async def update(self, chat: int, text: str = "") -> int:
        """Somebody writes ``text``."""
        number = next(self.numbers)
        sent = Sent(number, FIRST_CHAT + chat, "text", number % 1_000_000, text or f"Salom {letters(number)}")
        secret = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with self.session.post("/telegram/webhook/", json=sent.as_update(), headers=secret) as answer:
            await answer.read()
            return answer.status


async def settle(inbox: Callable[[], int], seconds: float) -> float:
    """Wait until nothing waits in ``inbox``; the seconds it took, at most ``seconds``."""
    began = time.perf_counter()
    while await asyncio.to_thread(inbox) and time.perf_counter() - began < seconds:
        await asyncio.sleep(0.1)
    return time.perf_counter() - began
