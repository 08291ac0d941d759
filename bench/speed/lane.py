"""One database: start a centre, measure what was asked for, hand the figures back."""

import asyncio
import dataclasses
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from ..running import Running
from .figures import Figure

Measure = Callable[..., Coroutine[Any, Any, list[Figure]]]
# In this order in one centre: the quiet ones first, the one that fills the tables last.
ORDER = (
    "memory",
    "start",
    "desk",
    "webhook",
    "web_talk",
    "sockets",
    "portal",
    "queue",
    "reports",
    "certificates",
    "answers",
    "cases",
)
ONLY_POSTGRES = frozenset({"cases"})
TITLES = {
    "memory": "Idle memory of the whole centre",
    "start": "Start",
    "desk": "An update is visible at the desk",
    "webhook": "Telegram's webhook",
    "web_talk": "The web talk",
    "sockets": "Open pages at the desk",
    "portal": "The portal",
    "queue": "The queue page",
    "reports": "Reports from the street",
    "certificates": "Certificates",
    "answers": "Answers of a test",
    "cases": "Cases, a hundred thousand and a million",
}
# What others reach in the same work, measured on the same kind of machine on another day.
FIELD = {
    "memory": "The field, web process alone (PSS): django-helpdesk 72 MB, Kolibri 100 MB, Wagtail's demo site 139 MB.",
    "start": "The field, set up before: django-helpdesk 0.6–0.8 s, Kolibri 1.1 s, pretix 3.2–4.0 s; the tables alone, "
    "for the first time: django-helpdesk 2.5 s, Kolibri 6.2 s, pretix 85 s. Installing the requirements is not in "
    "these figures.",
    "web_talk": "The field: a public form saved, one worker: django-helpdesk 59.1/s, p99 538 ms, nothing sealed.",
    "portal": "The field, pages of a content system made for each reader: 13–33 a second with 22–63 queries.",
    "queue": "The field: a staff list over 100,000 rows, django-helpdesk 477 ms and 55 queries for 25 rows.",
    "reports": "The field: a public form saved, one worker: django-helpdesk 59.1/s, p99 538 ms, nothing sealed. Here "
    "each report is a row, eleven sealed answers, two sealed addresses, its words in the ledger, its clocks, an entry "
    "of the audit and a key of its own in the key store, committed before the answer.",
    "certificates": "The field: none publishes a figure; a national platform promises three to five days.",
    "answers": "The field: an answer saved in a learning system, one worker: 62/s, p99 2.7 s. Here each answer is a "
    "row of the attempt and an entry of its log, behind the lock of that attempt, committed before the answer. Once "
    "everybody sits it, each answers ten questions within a minute and sends again what was not acknowledged.",
    "cases": "Read through the pages of the running centre by signed-in people. One case in five is open, fifty people "
    "lead them, each case has about thirteen look-ups in the index by which a child is found. An operator who reads "
    "opens the next list two seconds after the last one came.",
}


def run_lane(database: str, names: list[str], *, quick: bool, path: Path) -> None:
    """Measure and write the figures to ``path`` as JSON."""
    with Running(database) as centre:
        centre.set_django_up()
        measures = _measures()
        found: dict[str, list[dict[str, Any]]] = {}
        for name in ORDER:
            if name in names:
                print(f"  {database}: {TITLES[name].lower()} …", flush=True)
                figures = asyncio.run(measures[name](centre, quick=quick))
                found[name] = [dataclasses.asdict(figure) for figure in figures]
        centre.let_django_go()
    path.write_text(json.dumps(found))


def _measures() -> dict[str, Measure]:
    """Some of them read the centre's tables: imported when Django is set up."""
    from . import answers, cases, certificates, doors, live, portal, queue_page, reports, standing

    return {
        "memory": standing.memory,
        "start": standing.start,
        "desk": live.desk,
        "webhook": doors.webhook,
        "web_talk": doors.web_talk,
        "sockets": live.sockets,
        "portal": portal.portal,
        "queue": queue_page.queue_page,
        "reports": reports.reports,
        "certificates": certificates.certificates,
        "answers": answers.answers,
        "cases": cases.cases,
    }
