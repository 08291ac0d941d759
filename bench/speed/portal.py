"""The public pages: kept by the front, made anew for each reader, and how soon a publishing is seen everywhere."""

import asyncio
import dataclasses
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from ..running import ROOT, Running, end, free_ports, wait_for
from .figures import Figure, percentile
from .load import Outcome, flat_out
from .wire import Wire

HOME, ARTICLE, CYRILLIC, HUB = "/uz/", "/uz/guide/money-tricks/", "/uz-cyrl/guide/money-tricks/", "/uz/for/parents/"
STATIC = "/static/ui/favicon.svg"
# A reader with a display of their own: nothing is kept for them, so Django makes the page.
OWN = "Cookie: seen=1\r\n"
BARE = "a bare ASGI answer of ten kilobytes from the same server software, as many connections"
FIELD_PAGES = ("home", HOME), ("an article", ARTICLE), ("an article in Uzbek Cyrillic", CYRILLIC), ("a hub", HUB)


async def portal(centre: Running, *, quick: bool) -> list[Figure]:
    seconds = 2 if quick else 8
    await asyncio.to_thread(_until_published)
    bare = await _bare(seconds)
    kept = await _rate(centre.port, ARTICLE, seconds)
    cold = await _first(centre)
    file = await _rate(centre.port, STATIC, seconds)
    figures = [
        Figure("an article that the front keeps, 16 connections", kept.rate, "/s", bare.rate, BARE),
        Figure("the same, share of the bare answer", 100 * kept.rate / bare.rate, "%", least=60),
        Figure("the same, p99", percentile(_ms(kept), 99), "ms", percentile(_ms(bare), 99)),
        Figure("a static file, 16 connections", file.rate, "/s", bare.rate),
        Figure("the first reader of a page after a publishing", cold, "ms"),
    ]
    bad = bare.bad + kept.bad + file.bad
    for name, path in FIELD_PAGES:
        made = await _rate(centre.port, path, seconds, OWN)
        bad += made.bad
        figures += [
            Figure(f"{name}, made for each reader, 16 connections, one worker", made.rate, "/s", bare.rate, least=150),
            Figure(f"{name}, made for each reader, p99", percentile(_ms(made), 99), "ms", most=250),
            Figure(f"{name}, queries", await asyncio.to_thread(_queries, path), "", most=12),
        ]
    seen = [await _until_seen(centre) for _ in range(2 if quick else 5)]
    figures.append(Figure("a change is seen after publishing, at most", max(seen), "s", most=2))
    figures.append(Figure("refused or broken answers", bad, "", most=0))
    return figures


def _until_published() -> None:
    """The worker lets the courses in when the centre has begun to serve; what is measured here is a day like others."""
    from django.conf import settings

    from panoh.learn.academy.models import Course

    expected = len(list(Path(settings.CONTENT_DIR).glob("courses/*/course.toml")))
    end = time.monotonic() + 180
    while Course.objects.exclude(current=None).count() < expected:
        if time.monotonic() > end:
            raise SystemExit("The courses are not published.")
        time.sleep(0.5)
    time.sleep(3)


def _ms(outcome: Outcome) -> list[float]:
    return [took * 1000 for took in outcome.took]


async def _rate(port: int, path: str, seconds: float, headers: str = "") -> Outcome:
    async with Wire(port, path, headers) as wire:
        await flat_out(wire.ask, 0.5)
        return await flat_out(wire.ask, seconds)


async def _bare(seconds: float) -> Outcome:
    """The same server, event loop and parser without us."""
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "uvicorn", "bench.bare:application", "--port", str(port), "--log-level", "error"]
    process = subprocess.Popen([*command, "--loop", "uvloop", "--http", "httptools"], cwd=ROOT)
    try:
        await asyncio.to_thread(wait_for, f"http://127.0.0.1:{port}/", 20, of=process)
        return await _rate(port, "/", seconds)
    finally:
        end(process)


def _queries(path: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1", "cookie": "seen=1"})
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        client.get(path)
    return len(caught)


async def _first(centre: Running) -> float:
    """Milliseconds of the first answer after the cache was emptied, the middle one of many pages."""
    took = []
    for slug in (
        "first-phone",
        "telegram-settings",
        "games-and-spending",
        "real-or-fake",
        "my-rights",
        "school-policy",
    ):
        async with Wire(centre.port, f"/ru/guide/{slug}/", "") as wire:
            began = time.perf_counter()
            await wire.ask(0)
            took.append((time.perf_counter() - began) * 1000)
    return median(took)


async def _until_seen(centre: Running) -> float:
    """Seconds from the end of a publishing by another process until a page that was kept shows the change."""
    mark = f"Nishon {time.time_ns()}"
    async with Wire(centre.port, ARTICLE, "") as wire:
        await wire.ask(0)
        await asyncio.to_thread(_publish, mark)
        began = time.perf_counter()
        while mark.encode() not in await wire.page():
            if time.perf_counter() - began > 20:
                raise SystemExit("What was published is not seen.")
            await asyncio.sleep(0.02)
        return time.perf_counter() - began


def _publish(mark: str) -> None:
    from django.conf import settings
    from django.db import close_old_connections

    from panoh.learn.portal.services import publish_sheets
    from panoh.learn.portal.tree import Tree

    close_old_connections()
    tree = Tree(Path(os.environ.get("PANOH_CONTENT_DIR") or settings.CONTENT_DIR))
    leaf = next(one for one in tree.leaves if (one.code, one.language) == ("money-tricks", "uz"))
    publish_sheets([dataclasses.replace(leaf, body=f"{leaf.body}\n\n{mark}\n")])
