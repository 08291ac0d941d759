"""Cases through the pages of the running centre, at two sizes: the list, the search for a child, one case."""

import asyncio
import itertools
import random
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from statistics import median

import aiohttp

from ..chaos.people import Counsellor
from ..running import Running
from . import people
from .figures import Figure, percentile

LIST, FIND = "/desk/cases/", "/desk/cases/find/"
REFERENCE = re.compile(r"/desk/cases/(C-[0-9A-Z]+)/")
MORE = re.compile(r'href="\?([^"]*after=[^"]*)"')
PAUSE = 2.0  # seconds an operator reads before the next page
# Every tab, and the filters that a supervisor uses over everybody's cases.
ADDRESSES = (
    "tab=mine", "tab=open", "tab=approvals", "tab=overdue", "tab=all", "tab=closed", "tab=open&owner=nobody",
    "tab=all&region=UZ-TK", "tab=open&risk=high", "tab=open&status=assessment&risk=high&region=UZ-SA",
    "tab=overdue&risk=low&region=UZ-QR",
)  # fmt: skip
HEALTH = "GET /health/ on the same server, one at a time"
HEALTH_OF_MANY = "GET /health/ by as many people at the same pace"
Ask = Callable[[aiohttp.ClientSession], Awaitable[object]]


async def cases(centre: Running, *, quick: bool) -> list[Figure]:
    """All of it at the first size, then at the second; what a page takes more with ten times the cases."""
    from . import many_cases

    sizes = (2_000, 20_000) if quick else (100_000, 1_000_000)
    staff = await asyncio.to_thread(many_cases.staff)
    seats = [await _sign_in(centre, user.email) for user in staff]
    measured: list[dict[str, Figure]] = []
    first = 1
    for size in sizes:
        began = time.perf_counter()
        await asyncio.to_thread(many_cases.fill, first, size, staff)
        print(f"    {size:,} cases after {time.perf_counter() - began:.0f} s …", flush=True)
        own = await asyncio.to_thread(many_cases.real_cases, 10 if quick else 60, staff[-1])
        queries = await asyncio.to_thread(_most_queries, staff[0].email, staff[-1].email)
        measured.append(await Measured(seats, size, own, queries, quick=quick).figures(many_cases.searches()))
        first = size + 1
    for seat in seats:
        await seat.session.close()
    growth = [_growth(name, *(found[name] for found in measured)) for name in measured[0] if name.startswith("~")]
    return [*(figure for found in measured for figure in found.values()), *growth]


def _growth(name: str, small: Figure, large: Figure) -> Figure:
    return Figure(f"growth with ten times the cases: {name[1:]}", large.value / small.value, "times")


async def _sign_in(centre: Running, address: str) -> Counsellor:
    person = Counsellor(centre.url, address, people.PASSWORD, 0, random.Random(0), 0)
    await person.sign_in()
    return person


class Measured:
    """One size. Names that begin with ``~`` are compared with the other size."""

    def __init__(
        self, seats: Sequence[Counsellor], size: int, own: Sequence[str], queries: int, *, quick: bool
    ) -> None:
        self.seats, self.own, self.queries, self.times = seats, own, queries, 3 if quick else 12
        self.lead, self.worker, self.at = seats[0], seats[-1], f"{size:,} cases"

    async def figures(self, searches: dict[str, list[str]]) -> dict[str, Figure]:
        empty = [await _took(self.lead.session, "/health/") for _ in range(60)]
        found = await self._list(median(empty)) | await self._crowd()
        for kind, typed in searches.items():
            found |= await self._search(kind, typed, median(empty))
        took = [await _took(self.worker.session, f"{LIST}{reference}/") for reference in self.own]
        found["~open"] = Figure(f"{self.at}: opening one case, p50", median(took), "ms", median(empty), HEALTH)
        found["open95"] = Figure(f"{self.at}: opening one case, p95", percentile(took, 95), "ms")
        return found

    async def _list(self, empty: float) -> dict[str, Figure]:
        """Every address, by a supervisor who sees all and by a caseworker; then ten pages down."""
        by_address: dict[str, list[float]] = {}
        for person, address in itertools.product((self.lead, self.worker), ADDRESSES):
            took = [await _took(person.session, f"{LIST}?{address}") for _ in range(self.times + 1)]
            by_address[f"{address}, {'a supervisor' if person is self.lead else 'a caseworker'}"] = took[1:]
        every = list(itertools.chain.from_iterable(by_address.values()))
        slowest = max(by_address, key=lambda address: median(by_address[address]))
        return {
            "~list": Figure(f"{self.at}: list page alone, median of {len(by_address)} lists", median(every), "ms",
                            empty, HEALTH, most=50),
            "list95": Figure(f"{self.at}: list page alone, p95", percentile(every, 95), "ms"),
            "slowest": Figure(f"{self.at}: the slowest list ({slowest}), median", median(by_address[slowest]), "ms",
                              empty, "", most=50),
            "deep": Figure(f"{self.at}: the tenth page and those before it, median", median(await self._down()), "ms"),
            "queries": Figure(f"{self.at}: queries of a list, at most", self.queries, "", most=8),
        }  # fmt: skip

    async def _down(self) -> list[float]:
        took, query = [], "tab=all"
        for _ in range(10):
            began = time.perf_counter()
            page = await _text(self.lead.session, f"{LIST}?{query}")
            took.append((time.perf_counter() - began) * 1000)
            more = MORE.search(page)
            if more is None:
                raise SystemExit("The list has no next page.")
            query = more[1].replace("&amp;", "&")
        return took

    async def _crowd(self) -> dict[str, Figure]:
        """Fifty people who read, and fifty who never do."""
        rng, seconds = random.Random(1), self.times * 1.5

        async def a_list(session: aiohttp.ClientSession) -> None:
            await _text(session, f"{LIST}?{rng.choice(ADDRESSES)}")

        async def health(session: aiohttp.ClientSession) -> None:
            await _text(session, "/health/")

        empty = await _at_once(self.seats, health, seconds / 2, pause=PAUSE)
        reading = await _at_once(self.seats, a_list, seconds, pause=PAUSE)
        rushing = await _at_once(self.seats, a_list, seconds / 2, pause=0)
        many = f"{self.at}: list, {len(self.seats)} operators at once"
        return {
            "~crowd": Figure(f"{many} who read each for {PAUSE:.0f} s, p95", percentile(reading, 95), "ms",
                             percentile(empty, 95), HEALTH_OF_MANY, most=300),
            "rush": Figure(f"{many} who never read, p95", percentile(rushing, 95), "ms"),
            "rate": Figure(f"{many} who never read, pages a second", len(rushing) / (seconds / 2), "/s"),
        }  # fmt: skip

    async def _search(self, kind: str, typed: Sequence[str], empty: float) -> dict[str, Figure]:
        """Each name in its five spellings, by a supervisor; some of them by a caseworker, who finds only their own."""
        took, found = [], []
        for text in typed:
            began = time.perf_counter()
            found.append(await _found(self.lead, text))
            took.append((time.perf_counter() - began) * 1000)
        narrow = []
        for text in typed[::5]:
            began = time.perf_counter()
            await _found(self.worker, text)
            narrow.append((time.perf_counter() - began) * 1000)
        at = f"{self.at}: search, {kind} names"
        return {
            f"~{kind}": Figure(f"{at}, p50", median(took), "ms", empty, HEALTH),
            f"{kind}95": Figure(f"{at}, p95", percentile(took, 95), "ms", most=1000),
            f"{kind}narrow": Figure(f"{at}, by a caseworker, p95", percentile(narrow, 95), "ms", most=1000),
            f"{kind}none": Figure(f"{at}, of {len(typed)} spellings found nobody", found.count(0), "", most=0),
        }


async def _at_once(seats: Sequence[Counsellor], ask: Ask, seconds: float, *, pause: float) -> list[float]:
    """Milliseconds of every page that so many people got, each in their own rhythm."""
    took: list[float] = []
    began = time.perf_counter()

    async def sit(place: int, session: aiohttp.ClientSession) -> None:
        await asyncio.sleep(pause * place / len(seats))
        while time.perf_counter() - began < seconds:
            asked = time.perf_counter()
            await ask(session)
            took.append((time.perf_counter() - asked) * 1000)
            await asyncio.sleep(pause)

    await asyncio.gather(*(sit(place, seat.session) for place, seat in enumerate(seats)))
    return took


async def _took(session: aiohttp.ClientSession, path: str) -> float:
    began = time.perf_counter()
    await _text(session, path)
    return (time.perf_counter() - began) * 1000


async def _text(session: aiohttp.ClientSession, path: str) -> str:
    async with session.get(path) as page:
        text = await page.text()
        if page.status != 200:
            raise SystemExit(f"{path} answered {page.status}")
        return text


async def _found(person: Counsellor, text: str) -> int:
    """How many cases a search shows."""
    status, page, _ = await person.post(FIND, text=text)
    if status != 200:
        raise SystemExit(f"A search was answered {status}")
    return len(set(REFERENCE.findall(page)))


def _most_queries(*addresses: str) -> int:
    """Of every list, by each of these people."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    counted = []
    for address in addresses:
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(people.of_address(address))
        client.get(LIST)
        for query in ADDRESSES:
            with CaptureQueriesContext(connection) as caught:
                assert client.get(f"{LIST}?{query}").status_code == 200
            counted.append(len(caught))
    return max(counted)
