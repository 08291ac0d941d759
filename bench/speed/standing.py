"""What the centre costs while nobody writes: memory, and the time until it serves."""

import asyncio
import subprocess
import sys
import time

import psutil

from ..running import ROOT, Running
from .figures import Figure

BARE = "import django, time; django.setup(); print('ready', flush=True); time.sleep(60)"


async def memory(centre: Running, *, quick: bool) -> list[Figure]:
    """PSS of the supervisor, front, worker and bot, with nothing to do."""
    await asyncio.sleep(4 if quick else 25)
    parts = {"supervisor": psutil.Process(centre.up.pid), **centre.children()}
    sizes = {name: part.memory_full_info().pss / 2**20 for name, part in parts.items()}
    bare, _ = await asyncio.to_thread(_bare_django, centre)
    return [
        Figure("the whole centre, idle (PSS)", sum(sizes.values()), "MB", bare,
               "one Python process with the same Django set up and nothing else", most=400),
        *(Figure(f"of it the {name}", size, "MB") for name, size in sizes.items()),
    ]  # fmt: skip


async def start(centre: Running, *, quick: bool) -> list[Figure]:
    """From the command to the first answered page; installing the requirements is not in it."""
    await asyncio.to_thread(centre.stop)
    again = await asyncio.to_thread(centre.start)
    _, bare = await asyncio.to_thread(_bare_django, centre)
    return [
        Figure("first start: tables, demo people, static files, then serving", centre.first_start, "s", bare,
               "starting Python and setting the same Django up"),
        Figure("every later start", again, "s", bare, most=6),
    ]  # fmt: skip


def _bare_django(centre: Running) -> tuple[float, float]:
    """PSS in MB and seconds of a process that only sets Django up."""
    began = time.perf_counter()
    environment = {**centre.environment, "DJANGO_SETTINGS_MODULE": "config.settings"}
    process = subprocess.Popen([sys.executable, "-c", BARE], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    try:
        assert process.stdout
        process.stdout.readline()
        return psutil.Process(process.pid).memory_full_info().pss / 2**20, time.perf_counter() - began
    finally:
        process.kill()
        process.wait()
