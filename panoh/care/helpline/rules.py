"""The helpline's rules as this centre wrote them under ``centre/``; read once a process."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language

from panoh.ground.common.centre import centre, centre_file
from panoh.ground.languages.public import to_script
from panoh.ground.organisations.public import numbers_to_call

from .lexicon import Lexicon
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


@cache
def lexicon() -> Lexicon:
    """Every file of ``centre/lexicon/`` as one lexicon."""
    folder = settings.CENTRE_DIR / "lexicon"
    return Lexicon.from_data([centre_file(f"lexicon/{path.name}") for path in sorted(folder.glob("*.toml"))])


def topics_of(classes: Iterable[str]) -> set[str]:
    """The skills that what the lexicon saw asks for; a class of an older lexicon asks for none."""
    return {lexicon().topic(cls) for cls in classes if cls in lexicon().classes}


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


def allowed_links() -> list[str]:
    """Addresses a counsellor may send."""
    return list(centre("protection", "allowed_links", default=[]))


def allowed_numbers() -> list[str]:
    """Numbers to call that a counsellor may send: those the centre itself shows."""
    return [number.number for number in numbers_to_call(get_language() or settings.LANGUAGE_CODE)]
