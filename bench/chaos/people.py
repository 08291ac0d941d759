"""The people of the run: one at the desk who accepts and answers over HTTP, children on the open line of the web."""

import asyncio
import json
import random
import re
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from .story import letters

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
REFERENCE = re.compile(r"/desk/talks/(T-[^/]+)/")
PATIENCE = aiohttp.ClientTimeout(total=15)
LINE_SECONDS = 3.3  # a web talk takes at most 20 messages a minute
FAULTS = (aiohttp.ClientError, TimeoutError, OSError)


def new_session(url: str) -> aiohttp.ClientSession:
    jar = aiohttp.CookieJar(unsafe=True)  # cookies of an address without a name
    return aiohttp.ClientSession(url, cookie_jar=jar, timeout=PATIENCE, headers={"Origin": url})


async def until_answered(
    session: aiohttp.ClientSession, path: str, form: dict[str, str], **headers: str
) -> tuple[int, str, str]:
    """POST the same form again and again until the server gives any answer below 500: (status, body, where to)."""
    while True:
        try:
            async with session.post(path, data=form, headers=headers, allow_redirects=False) as answer:
                body = await answer.text()
                if answer.status < 500:
                    return answer.status, body, answer.headers.get("Location", "")
        except FAULTS:
            pass
        await asyncio.sleep(0.2)


@dataclass
class Counsellor:
    """Accepts whoever waits and says ``answers`` things in each talk, one after the other, each until it is taken."""

    url: str
    email: str
    password: str
    answers: int
    rng: random.Random
    pace: float  # seconds between two answers in one talk, on average
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    refused: list[str] = field(default_factory=list)
    busy: set[asyncio.Task[None]] = field(default_factory=set)
    number: int = 0

    async def sign_in(self) -> None:
        self.session = new_session(self.url)
        async with self.session.get("/accounts/login/") as page:
            found = TOKEN.search(await page.text())
        form = {"login": self.email, "password": self.password, "csrfmiddlewaretoken": found[1] if found else ""}
        status, _, where = await until_answered(self.session, "/accounts/login/", form)
        if status != 302 or "login" in where:
            raise SystemExit(f"The counsellor could not sign in: {status} {where}")
        self.token = next(cookie.value for cookie in self.session.cookie_jar if cookie.key == "desk-form")

    async def post(self, path: str, **form: str) -> tuple[int, str, str]:
        headers = {"X-CSRFToken": self.token, "Accept": "application/json"}
        return await until_answered(self.session, path, form, **headers)

    async def run(self) -> None:
        """Until cancelled: accept the next one; a talk of one's own is answered beside."""
        while True:
            _, _, where = await self.post("/desk/queue/accept-next/")
            found = REFERENCE.search(where)
            if found is None:
                await asyncio.sleep(0.5)
                continue
            task = asyncio.create_task(self._answer(found[1]))
            self.busy.add(task)
            task.add_done_callback(self.busy.discard)
            await asyncio.sleep(0.02)

    async def _answer(self, reference: str) -> None:
        self.said.setdefault(reference, [])
        for _ in range(self.answers):
            await asyncio.sleep(self.rng.expovariate(1 / self.pace))
            self.number += 1
            text = f"Men shu yerdaman, sizni eshityapman: {letters(self.number + 20_000)}"
            status, body, _ = await self.post(f"/desk/talks/{reference}/say/", text=text, key=str(uuid.uuid4()))
            if status == 200 and json.loads(body).get("kind") != "held":
                self.said[reference].append(text)
            else:
                self.refused.append(f"{status} {body[:80]}")

    async def finish(self, seconds: float) -> None:
        """Let the answers that are under way be said."""
        if self.busy:
            await asyncio.wait(self.busy, timeout=seconds)


@dataclass
class WebChild:
    """One browser: writes through the form, listens on the open line, resumes after the last number it has."""

    url: str
    name: int
    rng: random.Random
    said: list[str] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)
    last: int = 0
    reconnects: int = -1
    problems: list[str] = field(default_factory=list)

    async def begin(self) -> None:
        self.session = new_session(self.url)
        form = {"who": "child", "danger": "yes", "key": str(uuid.uuid4())}
        status, _, _ = await until_answered(self.session, "/uz/talk/", form)
        if status != 302:
            raise SystemExit(f"A web talk could not begin: {status}")

    async def write(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(LINE_SECONDS + self.rng.random())
            await self.write_once()

    async def write_once(self) -> None:
        text = f"Men bu yerdaman {letters(self.name + 700)} {letters(len(self.said) + 700)}"
        self.said.append(text)
        form, headers = {"text": text, "key": str(uuid.uuid4())}, {"Accept": "application/json"}
        while True:
            status, body, _ = await until_answered(self.session, "/uz/talk/say/", form, **headers)
            if status != 429:
                break
            await asyncio.sleep(2)
        if status != 200:
            self.problems.append(f"{status} {body[:80]}")
        await until_answered(self.session, "/uz/talk/seen/", {"upto": str(self.last)})

    async def listen(self) -> None:
        """Until cancelled: read the stream; when it breaks, come back after the last number."""
        while True:
            self.reconnects += 1
            try:
                await self._read_stream()
            except FAULTS:
                pass
            await asyncio.sleep(0.2)

    async def _read_stream(self) -> None:
        headers = {"Last-Event-ID": str(self.last)} if self.last else {}
        patience = aiohttp.ClientTimeout(total=None, sock_read=40)
        async with self.session.get("/live/talk/", headers=headers, timeout=patience) as stream:
            if stream.status != 200:
                return
            event: dict[str, str] = {}
            async for raw in stream.content:
                line = raw.decode().rstrip("\n")
                if line:
                    name, _, value = line.partition(": ")
                    event[name] = value
                    continue
                self._take(event)
                event = {}

    def _take(self, event: dict[str, str]) -> None:
        if event.get("event") == "line":
            self.heard.append(json.loads(event["data"]))
        if "id" in event:
            self.last = int(event["id"])
