"""News, alerts, campaigns, opportunities and resources as pages show them. ``now`` is the edition, if it is known."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from .. import policy
from ..models import Kind, Sheet
from .sheets import Listed, listed

SEVERITIES = ("high", "medium", "low")
FRONT_NEWS = 3
FEED = 20
BEFORE = timedelta(days=60)  # how long before its first day a campaign stands on the front page


def alerts(language: str, audience: str = "", now: str = "") -> list[Listed]:
    """Warnings that hold today, the gravest first; for one audience or for all."""
    held = [one for one in listed(language, Kind.ALERT, now) if not audience or audience in one.data["audiences"]]
    return sorted(held, key=lambda one: SEVERITIES.index(one.data["severity"]))


def news(language: str, now: str = "") -> list[Listed]:
    """The newest first."""
    return sorted(listed(language, Kind.NEWS, now), key=lambda one: str(one.data["date"]), reverse=True)


def years_of(posts: list[Listed]) -> list[int]:
    """Years with news, the newest first."""
    return sorted({int(str(one.data["date"])[:4]) for one in posts}, reverse=True)


class Beside(NamedTuple):
    """What stands before and after a news post, by day."""

    older: Listed | None
    newer: Listed | None


def beside(sheet: Sheet, now: str = "") -> Beside:
    held = news(sheet.language, now)
    place = next((place for place, one in enumerate(held) if one.code == sheet.code), -1)
    if place < 0:
        return Beside(None, None)
    return Beside(held[place + 1] if place + 1 < len(held) else None, held[place - 1] if place else None)


def campaigns(language: str, audience: str = "", now: str = "") -> list[Listed]:
    held = listed(language, Kind.CAMPAIGN, now)
    return [one for one in held if not audience or audience in one.data["audiences"]]


def campaigns_near(language: str, now: str = "") -> list[Listed]:
    """Those that run or begin soon, the next one first."""
    today = timezone.localdate()
    near = [one for one in campaigns(language, now=now) if _is_near(one, today)]
    return sorted(near, key=lambda one: str(one.data["starts"]))


def _is_near(campaign: Listed, today: date) -> bool:
    starts, ends = (date.fromisoformat(campaign.data[name]) for name in ("starts", "ends"))
    return starts - BEFORE <= today <= ends


def opportunities(language: str, age: str = "", now: str = "") -> list[Listed]:
    held = listed(language, Kind.OPPORTUNITY, now)
    return [one for one in held if not age or age in one.data["ages"]]


def resources(language: str, sort: str = "", audience: str = "", now: str = "") -> list[Listed]:
    """Materials to use and to print; ``sort`` is their kind: lesson, worksheet and so on."""
    held = listed(language, Kind.RESOURCE, now)
    return [one for one in held if sort in {"", one.data["kind"]} and audience in {"", one.audience}]


def resources_of(campaign: Sheet, now: str = "") -> list[Listed]:
    """What a campaign's kit gives to print, in the order of the kit."""
    held = {one.code: one for one in listed(campaign.language, Kind.RESOURCE, now)}
    return [held[code] for code in campaign.data.get("resources") or [] if code in held]


def feed_news(language: str) -> QuerySet[Sheet]:
    """The newest posts whole, for the feed."""
    return policy.readable_sheets(language).filter(kind=Kind.NEWS).order_by("-shown_from", "pk")[:FEED]
