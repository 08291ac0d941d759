"""The helpline's rules as this centre wrote them under ``centre/``; read once a process."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings

from panoh.care.talks import public as talks
from panoh.ground.common.centre import centre, centre_file
from panoh.ground.languages.public import to_script

from .drill import Scenario, written
from .promises import Hours, Promise, promised_at
from .taxonomy import Lifecycle, Taxonomy


@cache
def promise(urgency: int) -> Promise:
    """What ``centre.toml`` promises for U1 to U4."""
    told = centre("urgency", f"U{urgency}")
    return Promise(told["promise_seconds"], told["escalate_supervisor"], told["escalate_on_call"])


@cache
def hours() -> Hours:
    week = dict(centre("hours", default={}))
    days = week.pop("days", {})
    return Hours(week, ZoneInfo(centre("time_zone", default="Asia/Tashkent")), days)


def promised(urgency: int, since: datetime) -> datetime:
    return promised_at(urgency, since, promise(urgency), hours())


def number(*path: str, default: int) -> int:
    """A whole number of ``centre.toml``."""
    return int(centre(*path, default=default))


def topics_of(classes: Iterable[str]) -> set[str]:
    """The skills that what the lexicon saw asks for; a class of an older lexicon asks for none."""
    words = talks.lexicon()
    return {words.topic(cls) for cls in classes if cls in words.classes}


@cache
def taxonomy() -> Taxonomy:
    """Every file of ``centre/taxonomy/``, by its name."""
    folder = settings.CENTRE_DIR / "taxonomy"
    files = {path.stem: centre_file(f"taxonomy/{path.name}") for path in folder.glob("*.toml")}
    return Taxonomy.from_data(files, to_script)


@cache
def lifecycle() -> Lifecycle:
    return Lifecycle.from_data(centre_file("lifecycle.toml"))


def lifecycle_allows(frm: str, to: str) -> bool:
    """May a talk go from one state to the other?"""
    return lifecycle().allows(frm, to)


@cache
def scenarios() -> dict[str, Scenario]:
    """Every practice talk of ``centre/drills/`` by its code. Raises ``ScenarioError``."""
    folder = settings.CENTRE_DIR / "drills"
    shared = centre_file("drills/beats.toml")
    paths = [path for path in sorted(folder.glob("*.toml")) if path.name != "beats.toml"]
    found = [Scenario.from_data(centre_file(f"drills/{path.name}"), shared) for path in paths]
    return {scenario.code: scenario for scenario in found}


def in_script(text: str, language: str) -> str:
    """A line of a scenario as its child writes it: Uzbek Cyrillic is turned from Latin."""
    return text if written(language) == language else to_script(text, language)
