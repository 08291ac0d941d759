"""One whole run against one database: feed, kill, wait until everything has come to its end, count."""

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import aiohttp

from ..running import Running
from .killing import Killer
from .people import FAULTS, Counsellor, WebChild
from .story import Story, deliveries, tell

BATCH = 20
MOST_PENDING = 150
PASSWORD = re.compile(r"password (\S+)")
BAD = ("lost", "doubled", "disordered", "stray", "left over")
TELEGRAM_FAULTS = {"429": 0.003, "500": 0.005}


@dataclass(frozen=True)
class Plan:
    """``rate``: updates a second at most; ``window``: by how many an update may be overtaken."""

    updates: int = 20_000
    chats: int = 400
    web_children: int = 20
    answers: int = 3
    answer_seconds: float = 8.0
    rate: float = 80.0
    seconds_between_kills: float = 5.0
    window: int = 20
    doubled: float = 0.05
    drain_seconds: float = 1500.0  # at most: it ends when all is quiet
    seed: int = 1


@dataclass
class Result:
    """What is left of a run: counts by side, and how it went."""

    database: str
    plan: Plan
    kills: Counter[str] = field(default_factory=Counter)
    sides: dict[str, Counter[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    left: tuple[int, int] = (0, 0)
    parked: int = 0
    audit: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        bad = sum(side[name] for side in self.sides.values() for name in BAD)
        bad += sum(abs(side["edits"] - side["edits kept"]) for side in self.sides.values())
        return bad + sum(self.left) + self.parked == 0 and not self.problems and "BROKEN" not in self.audit


def run_lane(database: str, plan: Plan, *, keep: bool = False, with_redis: bool = False) -> Result:
    with Running(database, with_redis=with_redis, keep=keep) as centre:
        if keep:
            print(f"Kept in {centre.folder}", flush=True)
        centre.set_django_up()
        result = asyncio.run(Lane(centre, plan).run())
        centre.let_django_go()
    return result


class Lane:
    def __init__(self, centre: Running, plan: Plan) -> None:
        self.centre, self.plan = centre, plan
        self.rng = random.Random(plan.seed)
        self.story: Story = tell(plan.updates, plan.chats, self.rng)
        self.result = Result(centre.database, plan)

    async def run(self) -> Result:
        password = PASSWORD.search((self.centre.folder / "sign-in.txt").read_text())
        assert password
        self.desk = Counsellor(
            self.centre.url,
            "supervisor@demo.panoh",
            password[1],
            self.plan.answers,
            random.Random(self.plan.seed + 1),
            self.plan.answer_seconds,
        )
        await self.desk.sign_in()
        self.children = [
            WebChild(self.centre.url, number, random.Random(f"{self.plan.seed} {number}"))
            for number in range(self.plan.web_children)
        ]
        await asyncio.gather(*(child.begin() for child in self.children))
        async with aiohttp.ClientSession() as self.telegram:
            await self._while_it_stands(self._endure())
            await self._while_it_stands(self._come_to_an_end())
            phones = await self._phones()
            await asyncio.to_thread(self._count, phones)
        for session in [self.desk.session, *(child.session for child in self.children)]:
            await session.close()
        return self.result

    async def _while_it_stands(self, part: "Coroutine[Any, Any, None]") -> None:
        """Give up at once when the supervisor of the centre itself has gone: nobody of ours kills that."""
        task = asyncio.create_task(part)
        while not task.done():
            await asyncio.wait([task], timeout=1)
            if self.centre.up.poll() is not None:
                raise SystemExit("The centre was stopped from outside: this run counts for nothing.")
        task.result()

    async def _endure(self) -> None:
        """Everything at once, until the last update was handed over."""
        began = time.monotonic()
        killer = Killer(self.centre, self.rng, self.plan.seconds_between_kills)
        await self._set_faults(TELEGRAM_FAULTS)
        writing = [asyncio.create_task(child.write()) for child in self.children]
        self.listening = [asyncio.create_task(child.listen()) for child in self.children]
        killing = asyncio.create_task(killer.run())
        self.accepting = asyncio.create_task(self.desk.run())
        await self._feed()
        await stop(killing)
        await stop(*writing)
        self.result.kills = killer.counts
        self.result.seconds["under fire"] = time.monotonic() - began

    async def _feed(self) -> None:
        """Hand the updates to the pretend Telegram, not faster than wanted and never with many waiting there."""
        stream = deliveries(self.story, self.rng, window=self.plan.window, doubled=self.plan.doubled)
        began, fed = time.monotonic(), 0
        while batch := [one.as_update() for one in islice(stream, BATCH)]:
            while (await self._pending()) > MOST_PENDING or fed > (time.monotonic() - began) * self.plan.rate:
                await asyncio.sleep(0.05)
            await self._ask("POST", "_inject", {"updates": batch})
            fed += len(batch)

    async def _come_to_an_end(self) -> None:
        """No more kills: until nothing waits at Telegram, in the inbox, at the desk or in the outbox."""
        began = time.monotonic()
        await self._set_faults({"429": 0, "500": 0})
        for child in self.children:
            await child.write_once()
        quiet = 0
        while time.monotonic() - began < self.plan.drain_seconds and quiet < 4:
            await asyncio.sleep(0.5)
            waiting = await asyncio.to_thread(_still_waiting)
            busy = await self._pending() or any(waiting) or self.desk.busy
            quiet = 0 if busy else quiet + 1
        await stop(self.accepting)
        await self.desk.finish(10)
        await asyncio.sleep(3)  # the safety poll of the open lines is two seconds
        await stop(*self.listening)
        self.result.left = await asyncio.to_thread(_still_waiting)
        self.result.seconds["until quiet"] = time.monotonic() - began

    async def _pending(self) -> int:
        """Updates at Telegram that the webhook has not acknowledged."""
        state = await self._ask("GET", "_state")
        return int(state["pending"]) + int(state.get("under_way", 0))

    async def _set_faults(self, faults: dict[str, float]) -> None:
        await self._ask("POST", "_faults", faults)

    async def _ask(self, method: str, path: str, value: object = None) -> Any:
        while True:
            try:
                async with self.telegram.request(method, f"{self.centre.telegram}/{path}", json=value) as answer:
                    return await answer.json()
            except FAULTS:
                await asyncio.sleep(0.1)

    async def _phones(self) -> dict[int, list[dict[str, Any]]]:
        """What each phone received from the bot, in order of arrival."""
        phones = {}
        for chat in self.story.by_chat:
            shown = await self._ask("GET", f"_chats/{chat}")
            phones[chat] = [message for message in shown["messages"] if not message["mine"]]
        return phones

    def _count(self, phones: dict[int, list[dict[str, Any]]]) -> None:
        from . import counting

        result = self.result
        result.sides["Telegram to desk"] = counting.inbound(self.story)
        result.sides["desk to ledger"] = counting.counsellors_words(self.desk)
        result.sides["ledger to phone"] = counting.outbound(self.story, phones)
        result.sides["web to desk"], result.sides["open line to web"] = counting.web(self.children)
        result.sides["open line to web"]["reconnects"] = sum(max(0, child.reconnects) for child in self.children)
        result.parked = counting.parked()
        result.audit = counting.audit_holds()
        result.problems = self.desk.refused + [problem for child in self.children for problem in child.problems]


def _still_waiting() -> tuple[int, int]:
    from . import counting

    return counting.still_waiting()


async def stop(*tasks: "asyncio.Task[None]") -> None:
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    for outcome in ended:
        if isinstance(outcome, Exception):
            raise outcome
