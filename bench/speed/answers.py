"""A test that is sat: answers kept a second and worker, and thousands who sit it while the web process is killed."""

import asyncio
import random
import time
import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

import aiohttp

from ..running import Running
from .doors import EMPTY
from .figures import Figure, percentile
from .load import Door, flat_out

COURSE = "answers-bench"
QUESTIONS = 10
OPTIONS = "abcd"
PATIENCE = aiohttp.ClientTimeout(total=120)


class Sitter(NamedTuple):
    """Somebody at their test: the cookie, and per place the address and the tokens of its options."""

    cookie: str
    places: list[tuple[str, dict[str, str]]]  # path, token → code
    responses: list[int]


async def answers(centre: Running, *, quick: bool) -> list[Figure]:
    """Each answer is committed with its entry in the log before it is acknowledged; then the tables are asked."""
    seconds, crowd = (3, 50) if quick else (12, 5000 if centre.database == "postgres" else 300)
    people = await asyncio.to_thread(make_people, crowd)
    async with Door(centre) as door:
        turns = _turns(people)

        async def save(number: int) -> int:
            sitter, place, code = next(turns)
            return await keep(door.session, centre.url, sitter, place, code, uuid.uuid4())

        await flat_out(save, 1)
        empty = await flat_out(door.health, seconds)
        most = await flat_out(save, seconds)
    lost, kills, took, sent = await sit_and_kill(centre, people, seconds=10 if quick else 60)
    return [
        Figure("answers kept a second and worker, 16 connections", most.rate, "/s", empty.rate, EMPTY, least=200),
        Figure("p99 of one", percentile([one * 1000 for one in most.took], 99), "ms", most=250),
        Figure("refused or broken answers", most.bad, "", most=0),
        Figure(f"{crowd} people sitting it at once, web process killed {kills} times: answers acknowledged", sent, ""),
        Figure("of them lost", lost, "", most=0),
        Figure("until everybody had answered everything", took, "s"),
    ]  # fmt: skip


def _turns(people: list[Sitter]) -> Iterator[tuple[Sitter, int, str]]:
    while True:
        yield random.choice(people), random.randrange(QUESTIONS), random.choice(OPTIONS)


async def keep(
    session: aiohttp.ClientSession, url: str, sitter: Sitter, place: int, code: str, client: uuid.UUID
) -> int:
    """One answer as the page's script sends it; its status."""
    path, tokens = sitter.places[place]
    token = next(token for token, held in tokens.items() if held == code)
    headers = {"Origin": url, "Cookie": f"learner={sitter.cookie}", "Accept": "application/json"}
    form = {"answer": token, "form": str(client)}
    async with session.post(path, data=form, headers=headers, allow_redirects=False) as answer:
        await answer.read()
        return answer.status


async def sit_and_kill(centre: Running, people: list[Sitter], *, seconds: float) -> tuple[int, int, float, int]:
    """Everybody answers every question, again until it is acknowledged, while the front is killed at random.

    Lost are answers that were acknowledged and do not stand in the table; kills; seconds; acknowledged.
    """
    kept: dict[int, str] = {}
    done, began = asyncio.Event(), time.perf_counter()
    connector = aiohttp.TCPConnector(limit=64)

    async def sit(session: aiohttp.ClientSession, sitter: Sitter) -> None:
        for place in range(QUESTIONS):
            await asyncio.sleep(random.uniform(0, seconds / QUESTIONS))
            code, client = random.choice(OPTIONS), uuid.uuid4()
            while await _kept(session, centre.url, sitter, place, code, client) != 200:
                await asyncio.sleep(random.uniform(0.2, 1))
            kept[sitter.responses[place]] = code

    killer = asyncio.create_task(_kill(centre, done))
    async with aiohttp.ClientSession(centre.url, connector=connector, timeout=PATIENCE) as session:
        await asyncio.gather(*(sit(session, sitter) for sitter in people))
    took = time.perf_counter() - began
    done.set()
    kills = await killer
    return await asyncio.to_thread(_lost, kept), kills, took, len(kept)


async def _kept(
    session: aiohttp.ClientSession, url: str, sitter: Sitter, place: int, code: str, client: uuid.UUID
) -> int:
    try:
        return await keep(session, url, sitter, place, code, client)
    except (aiohttp.ClientError, TimeoutError, OSError):
        return 0


async def _kill(centre: Running, done: asyncio.Event) -> int:
    kills = 0
    while not done.is_set():
        try:
            await asyncio.wait_for(done.wait(), random.uniform(4, 10))
        except TimeoutError:
            front = (await asyncio.to_thread(centre.children)).get("front")
            if front is not None:
                front.kill()
                kills += 1
    return kills


# --- in the tables ------------------------------------------------------------------------------------------------


def make_people(count: int) -> list[Sitter]:
    """A course of one module and learners in the middle of its test, written to the tables of the running centre."""
    from panoh.ground.accounts.services import learners
    from panoh.learn.academy import drawing, services

    course = _course()
    people = []
    for number in range(count):
        entered = learners.open_learner(f"bench-{uuid.uuid4().hex}-{number}@example.test")
        enrolment = services.enrol_learner(entered.learner, course, language="uz")
        attempt = services.begin_attempt(enrolment, kind="final_test", language="uz")
        rows = list(attempt.responses.select_related("question", "version").order_by("place"))
        base = f"/uz/courses/{COURSE}/test/{attempt.pk}"
        places = [
            (f"{base}/{row.place}/save/", drawing.tokens(attempt.seed, row.version.body, row.question.name)["option"])
            for row in rows
        ]
        people.append(Sitter(entered.token, places, [row.pk for row in rows]))
    return people


def _course() -> Any:
    from django.utils import timezone

    from panoh.learn.academy import services
    from panoh.learn.academy.models import Course, CourseEdition, Module

    held = Course.objects.filter(code=COURSE).select_related("current").first()
    if held is not None:
        return held
    said = dict.fromkeys(("uz", "ru", "en"), "Savol")
    rows = [
        {
            "code": f"q{number}", "version": 1, "kind": "one", "use": "test", "topic": "main", "text": said,
            "why": said, "options": [{"code": code, "right": code == "b", "uz": f"Javob {code}"} for code in OPTIONS],
        }
        for number in range(QUESTIONS)
    ]  # fmt: skip
    course = Course.objects.create(code=COURSE)
    edition = CourseEdition.objects.create(
        course=course, number=1, fingerprint="bench", written=["uz"], languages=["uz"], published_at=timezone.now(),
        words={"uz": {"title": "Kurs", "summary": "", "for_whom": "", "outcomes": []}},
        tests={"final": QUESTIONS, "pass_mark": 70},
    )  # fmt: skip
    Module.objects.create(edition=edition, code="main", position=1, questions=rows)
    services.import_bank(edition)
    Course.objects.filter(pk=course.pk).update(current=edition)
    return Course.objects.select_related("current").get(pk=course.pk)


def _lost(kept: dict[int, str]) -> int:
    from panoh.learn.academy.models import Response

    held = dict(Response.objects.filter(pk__in=list(kept)).values_list("pk", "answer"))
    return sum(held.get(pk) != code for pk, code in kept.items())
