"""Certificates: a whole list signed and printed by the worker, one alone, and the page of a code asked by many."""

import asyncio
import time
import uuid

from ..running import Running
from .figures import Figure, percentile
from .load import Door, flat_out
from .wire import Wire

LIST = 305  # participants of the first trainings, as the research names them
EMPTY = "GET /health/ on the same server with as many connections"
WORDS = dict.fromkeys(("uz", "ru", "en", "kaa"), "Axborot xavfsizligi")


async def certificates(centre: Running, *, quick: bool) -> list[Figure]:
    """Looked at and issued as the desk does, signed and printed by the centre's own worker until its PDF is kept."""
    many, seconds = (20, 2) if quick else (LIST, 8)
    issued, ready, code = await asyncio.to_thread(_whole_list, many)
    alone = [await asyncio.to_thread(_one_alone) for _ in range(2 if quick else 5)]
    async with Door(centre) as door:
        empty = await flat_out(door.health, seconds)
    async with Wire(centre.port, f"/c/{code}", "") as wire:
        await flat_out(wire.ask, 0.5)
        asked = await flat_out(wire.ask, seconds)
    return [
        Figure(f"{many} from one list: issued", issued, "s"),
        Figure(f"{many} from one list: the last one signed and printed", ready, "s", most=10),
        Figure("certificates a second, signed and printed", many / ready, "/s"),
        Figure("one alone, until it is signed and printed, at most", max(alone), "s", most=5),
        Figure("the page of a code, 16 connections, one worker", asked.rate, "/s", empty.rate, EMPTY),
        Figure("the page of a code, p99", percentile([one * 1000 for one in asked.took], 99), "ms"),
        Figure("refused or broken answers", asked.bad, "", most=0),
    ]


def _whole_list(many: int) -> tuple[float, float, str]:
    """Seconds until the last is issued, until the last is ready, and one of the codes."""
    from panoh.ground.accounts.models import Role, User
    from panoh.learn.certificates import services
    from panoh.learn.certificates.models import Certificate

    by = User.objects.filter(roles__contains=str(Role.ADMINISTRATOR)).first() or _administrator()
    course = services.keep_achievement("bench", kind="course", names=WORDS, criteria=WORDS, hours=14)
    rows = "\n".join(f"Malika Karimova{chr(97 + n % 26)}{chr(97 + n // 26)},Малика Каримова,{n}" for n in range(many))
    began = time.perf_counter()
    read, _is_new = services.add_roster(
        f"name,cyrillic,id\n{rows}\n".encode(), achievement=course, language="uz", by=by
    )
    services.issue_roster(read, by=by)
    issued = time.perf_counter() - began
    _until_ready()
    return issued, time.perf_counter() - began, str(Certificate.objects.latest("pk").code)


def _administrator() -> "User":  # type: ignore[name-defined]  # imported when Django is set up  # noqa: F821
    from panoh.ground.accounts.models import Role, User

    return User.objects.create_user("bench@example.test", "a-long-enough-password", roles=Role.ADMINISTRATOR)


def _one_alone() -> float:
    from panoh.learn.certificates import services

    began = time.perf_counter()
    services.issue_certificate(
        achievement="bench", holder_name=("Olim Rahimov", "Олим Раҳимов"), person=uuid.uuid4(), language="ru"
    )
    _until_ready()
    return time.perf_counter() - began


def _until_ready() -> None:
    from panoh.learn.certificates.models import Certificate

    end = time.monotonic() + 120
    while Certificate.objects.filter(pdf=None, status="issued").exists():
        if time.monotonic() > end:
            raise SystemExit("The worker does not sign.")
        time.sleep(0.05)
