"""Takes processes, listeners and the cache away at random moments. Only what the run itself started."""

import asyncio
import random
from collections import Counter

import psutil
import psycopg

from ..running import PARTS, POSTGRES, Running

LISTENERS = "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and query like 'LISTEN%%'"
REDIS_AWAY_SECONDS = 4.0


class Killer:
    """``counts`` says what was taken away, and how often."""

    def __init__(self, centre: Running, rng: random.Random, seconds_between: float) -> None:
        self.centre, self.rng, self.seconds_between = centre, rng, seconds_between
        self.counts: Counter[str] = Counter()

    async def run(self) -> None:
        """Until cancelled. The first three kills take each process once, whatever the dice say."""
        turn = [*PARTS]
        self.rng.shuffle(turn)
        redis = asyncio.create_task(self._take_redis_away()) if self.centre.with_redis else None
        try:
            while True:
                await asyncio.sleep(max(0.3, self.rng.expovariate(1 / self.seconds_between)))
                self._kill(turn.pop() if turn else self.rng.choice(PARTS))
                if self.centre.database == "postgres" and self.rng.random() < 0.5:
                    await asyncio.to_thread(self._terminate_listeners)
        finally:
            if redis:
                redis.cancel()

    def _kill(self, part: str) -> None:
        child = self.centre.children().get(part)
        if child is None:
            return  # it is dead already and not back yet
        try:
            child.kill()
        except psutil.NoSuchProcess:
            return
        self.counts[part] += 1

    def _terminate_listeners(self) -> None:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            ended = server.execute(LISTENERS, [self.centre.name]).fetchall()
        self.counts["listeners"] += len(ended)

    async def _take_redis_away(self) -> None:
        while True:
            await asyncio.sleep(max(2.0, 3 * self.seconds_between))
            await asyncio.to_thread(self.centre.stop_redis)
            self.counts["redis"] += 1
            await asyncio.sleep(REDIS_AWAY_SECONDS)
            self.centre.start_redis_again()
