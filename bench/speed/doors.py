"""The two doors of the street under load: Telegram's webhook and the web talk's form."""

import asyncio
import uuid
from itertools import count

from ..running import Running
from . import people
from .figures import Figure, percentile
from .load import Door, Outcome, flat_out, paced, settle

EMPTY = "GET /health/ on the same server with as many connections: the same middleware, one `select 1`, nothing written"
TURNED_AWAY = "POST without the secret: the same view, 403, no database"


async def webhook(centre: Running, *, quick: bool) -> list[Figure]:
    """Updates a second that are written down, sealed and committed, before they are acknowledged."""
    seconds, chats = (3, 20) if quick else (10, 200)
    async with Door(centre) as door:
        empty = await flat_out(door.health, seconds)
        away = await flat_out(door.stranger, seconds)
        most = await flat_out(lambda number: door.update(number % chats), seconds)
        dealt = await _dealt_with(len(most.took), most)
        await settle(people.outbox, 60)
        pace = await paced(lambda number: door.update(number % chats), seconds * 1.5, 100)
        behind = await asyncio.to_thread(people.inbox)
        healthy = await paced(door.health, 3, 100)
    ack, same = [took * 1000 for took in pace.took], [took * 1000 for took in healthy.took]
    return [
        Figure("updates acknowledged, 16 connections", most.rate, "/s", empty.rate, EMPTY, least=100),
        Figure("the same, beside a refused call", most.rate, "/s", away.rate, TURNED_AWAY),
        Figure("updates dealt with (words in the talk, lexicon, bot's answers written)", dealt, "/s", most.rate,
               "acknowledged", least=100),
        Figure("acknowledgement at a paced 100/s, p50", percentile(ack, 50), "ms", percentile(same, 50),
               "GET /health/ at a paced 100/s"),
        Figure("acknowledgement at a paced 100/s, p95", percentile(ack, 95), "ms", percentile(same, 95), most=100),
        Figure("still to be dealt with after the paced run", behind, f"of {len(ack)}"),
        Figure("refused or broken answers", most.bad + pace.bad, "", most=0),
    ]  # fmt: skip


async def _dealt_with(number: int, outcome: Outcome) -> float:
    """Updates a second from the first one sent until nothing waits."""
    return number / (outcome.seconds + await settle(people.inbox, 120))


async def web_talk(centre: Running, *, quick: bool) -> list[Figure]:
    """The form of the web talk: words sealed and committed before the answer. Each talk stays under its own limit."""
    seconds, talks = (2, 40) if quick else (8, 160)
    cookies = await asyncio.to_thread(people.web_visits, talks)
    turns = count()
    async with Door(centre) as door:

        async def say(number: int) -> int:
            turn = next(turns)
            if turn >= talks * 18:
                await asyncio.sleep(1)
                return 0
            form = {"text": "Men bu yerdaman, kutib turibman", "key": str(uuid.uuid4())}
            headers = {"Cookie": f"talk={cookies[turn % talks]}", "Origin": centre.url, "Accept": "application/json"}
            async with door.session.post("/uz/talk/say/", data=form, headers=headers) as answer:
                await answer.read()
                return answer.status

        empty = await flat_out(door.health, seconds)
        sent = await flat_out(say, seconds)
    took = [one * 1000 for one in sent.took]
    return [
        Figure("words sent on the web talk, 16 connections", sent.rate, "/s", empty.rate, EMPTY),
        Figure("p99 of one", percentile(took, 99), "ms"),
        Figure("refused or broken answers", sent.bad, "", most=0),
    ]
