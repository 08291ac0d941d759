"""The queue page with a long history behind it."""

import asyncio
import random
import time
from statistics import median

import aiohttp

from ..chaos.people import Counsellor
from ..running import Running
from . import people
from .figures import Figure

PATH = "/desk/queue/"
TIMES = 20


async def queue_page(centre: Running, *, quick: bool) -> list[Figure]:
    """Median of 20 over HTTP by one supervisor, and its queries; the baseline is the page before the history."""
    finished, waiting = (5_000, 100) if quick else (100_000, 1_000)
    (address,) = await asyncio.to_thread(people.supervisors, 1)
    person = Counsellor(centre.url, address, people.PASSWORD, 0, random.Random(0), 0)
    await person.sign_in()
    before, queries_before = await _look(person.session), await asyncio.to_thread(_queries, address)
    await asyncio.to_thread(people.history, finished, waiting, address)
    after, queries = await _look(person.session), await asyncio.to_thread(_queries, address)
    await person.session.close()
    with_history = f"{finished:,} finished contacts and {waiting:,} waiting"
    return [
        Figure(f"queue page, {with_history}", after, "ms", before, "the same page before they were there", most=150),
        Figure("queries of it", queries, "", queries_before, most=15),
    ]


async def _look(session: aiohttp.ClientSession) -> float:
    took = []
    for _ in range(TIMES + 3):
        began = time.perf_counter()
        async with session.get(PATH) as page:
            body = await page.text()
            assert page.status == 200, f"{page.status} {body[:80]}"
        took.append((time.perf_counter() - began) * 1000)
    return median(took[3:])


def _queries(address: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(people.of_address(address))
    client.get(PATH)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(PATH).status_code == 200
    return len(caught)
