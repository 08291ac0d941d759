"""Reports through the form on one page: how many a second, and five hundred people who send at the same moment."""

import asyncio
import re
import time
import uuid
from collections import Counter

import aiohttp

from ..running import Running
from .doors import EMPTY
from .figures import Figure, percentile
from .load import Door, flat_out

PATH = "/uz/report/all/"
KEY = re.compile(r'name="key" value="([^"]+)"')
PATIENCE = aiohttp.ClientTimeout(total=120)
# What somebody writes who answers nearly everything: eleven sealed answers, two addresses, a story.
FORM = {
    "danger": "no", "about": "self", "kind": "sextortion", "platform": "telegram", "when": "today",
    "age_band": "13_15", "sex": "female", "region": "UZ-TK", "contact": "receipt",
    "addresses": "https://t.me/yomon_kanal_misol\nhttps://example.org/sahifa?id=7",
    "story": "Bir notanish odam rasmimni tarqataman deb qoʻrqityapti va pul soʻrayapti. Nima qilishni bilmayapman.",
}  # fmt: skip


async def reports(centre: Running, *, quick: bool) -> list[Figure]:
    """Sealed, audited and committed before the answer; then what is in the tables is counted."""
    seconds, crowd = (3, 50) if quick else (12, 500)
    before = await asyncio.to_thread(_kept)
    async with Door(centre) as door:

        async def send(number: int) -> int:
            status = await _post(door.session, centre.url, str(uuid.uuid4()))
            return status if status == 302 else 500

        warm = await flat_out(send, 1)
        empty = await flat_out(door.health, seconds)
        most = await flat_out(send, seconds)
        still = await asyncio.to_thread(_waiting)
        began = time.perf_counter()
        await asyncio.to_thread(_until_filed)
        drained = time.perf_counter() - began
        calm_empty = await flat_out(door.health, seconds / 4, connections=1)
        calm = await flat_out(send, seconds / 2, connections=1)
    statuses, last = await _at_once(centre, crowd)
    await asyncio.to_thread(_until_filed)
    acknowledged = sum(len(outcome.took) for outcome in (warm, most, calm)) + statuses[302]
    kept = [now - then for then, now in zip(before, await asyncio.to_thread(_kept), strict=True)]
    one, alone = [took * 1000 for took in calm.took], [took * 1000 for took in calm_empty.took]
    crowded = f"{crowd} reporters at one moment behind one address"
    return [
        Figure("reports a second and worker, sealed and audited, 16 connections", most.rate, "/s", empty.rate, EMPTY,
               least=150),
        Figure("of them still to be filed when the last was acknowledged", 100 * still / max(len(most.took), 1), "%"),
        Figure("until the last of those was filed", drained, "s"),
        Figure("p99 of one", percentile([took * 1000 for took in most.took], 99), "ms", most=250),
        Figure("one reporter at a time, p50", percentile(one, 50), "ms", percentile(alone, 50),
               "GET /health/ by one connection"),
        Figure("refused or broken answers", most.bad + calm.bad, "", most=0),
        Figure(f"{crowded}: served", statuses[302], "", least=crowd),
        Figure("of them refused (429, 503)", statuses[429] + statuses[503], "", most=0),
        Figure("until the last of them had the answer", last, "s"),
        Figure("acknowledged, but without report, audit entry or key", max(acknowledged - one for one in kept), "",
               most=0),
    ]  # fmt: skip


async def _post(session: aiohttp.ClientSession, url: str, key: str) -> int:
    """The status of the answer: 302 to "we have it"."""
    form = {**FORM, "key": key}
    async with session.post(PATH, data=form, headers={"Origin": url}, allow_redirects=False) as answer:
        await answer.read()
        arrived = answer.headers.get("Location", "").endswith("/report/sent/")
        return 500 if answer.status == 302 and not arrived else answer.status


async def _at_once(centre: Running, crowd: int) -> tuple[Counter[int], float]:
    """Each opens the form over a connection of their own, all from one address; then all send at one moment.

    Answers by status (0: none), and the seconds until the last one.
    """
    gate, ready, statuses = asyncio.Event(), asyncio.Semaphore(0), Counter[int]()

    async def reporter(session: aiohttp.ClientSession) -> None:
        key = await _open_form(session)
        ready.release()
        await gate.wait()
        try:
            statuses[await _post(session, centre.url, key)] += 1
        except (aiohttp.ClientError, TimeoutError, OSError):
            statuses[0] += 1

    connector, jar = aiohttp.TCPConnector(limit=0), aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(centre.url, connector=connector, cookie_jar=jar, timeout=PATIENCE) as session:
        people = [asyncio.create_task(reporter(session)) for _ in range(crowd)]
        for _ in people:
            await asyncio.wait_for(ready.acquire(), 120)
        began = time.perf_counter()
        gate.set()
        await asyncio.gather(*people)
        return statuses, time.perf_counter() - began


async def _open_form(session: aiohttp.ClientSession) -> str:
    """The page until it comes, and the key in it: they come one after the other, only the sending is at once."""
    while True:
        async with session.get(PATH) as page:
            found = KEY.search(await page.text()) if page.status == 200 else None
        if found:
            return found[1]
        await asyncio.sleep(0.2)


def _waiting() -> int:
    from panoh.care.reports.models import Arrival

    return Arrival.objects.count()


def _until_filed() -> None:
    """Kept whole is acknowledged; filed is done."""
    end = time.monotonic() + 120
    while _waiting() and time.monotonic() < end:
        time.sleep(0.1)


def _kept() -> tuple[int, int, int]:
    """Reports that are sent, their entries in the audit, their keys."""
    from panoh.care.reports.models import Report
    from panoh.ground.audit.models import Entry
    from panoh.ground.vault.models import DataKey

    sent = Report.objects.exclude(status="draft")
    keys = DataKey.objects.filter(pk__in=list(sent.values_list("conversation__data_key", flat=True)))
    return sent.count(), Entry.objects.filter(verb="report.sent").count(), keys.count()
