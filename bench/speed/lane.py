"""One database: start a centre, measure what was asked for, hand the figures back."""

import asyncio
import dataclasses
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

from ..running import Running
from .figures import Figure

Measure = Callable[..., Awaitable[list[Figure]]]
# In this order in one centre: the quiet ones first, the one that fills the tables last.
ORDER = ("memory", "start", "desk", "webhook", "web_talk", "sockets", "queue")
TITLES = {
    "memory": "Idle memory of the whole centre",
    "start": "Start",
    "desk": "An update is visible at the desk",
    "webhook": "Telegram's webhook",
    "web_talk": "The web talk",
    "sockets": "Open pages at the desk",
    "queue": "The queue page",
}


def run_lane(database: str, names: list[str], *, quick: bool, path: Path) -> None:
    """Measure and write the figures to ``path`` as JSON."""
    with Running(database) as centre:
        centre.set_django_up()
        measures = _measures()
        found = {}
        for name in ORDER:
            if name in names:
                print(f"  {database}: {TITLES[name].lower()} …", flush=True)
                figures = asyncio.run(measures[name](centre, quick=quick))
                found[name] = [dataclasses.asdict(figure) for figure in figures]
        centre.let_django_go()
    path.write_text(json.dumps(found))


def _measures() -> dict[str, Measure]:
    """Some of them read the centre's tables: imported when Django is set up."""
    from . import doors, live, queue_page, standing

    return {
        "memory": standing.memory,
        "start": standing.start,
        "desk": live.desk,
        "webhook": doors.webhook,
        "web_talk": doors.web_talk,
        "sockets": live.sockets,
        "queue": queue_page.queue_page,
    }
