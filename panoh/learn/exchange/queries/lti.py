"""Reads about learning systems, our keys, and what a link leads to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from panoh.ground.accounts.public import Learner, User
from panoh.ground.vault import public as vault
from panoh.learn.academy import public as academy

from .. import policy, things
from ..models import Link, Opening, Platform, Score, ScoreState, ToolKey
from ..things import Thing

STATE_PURPOSE = "exchange.state"
NONCE_PURPOSE = "exchange.nonce"
BROWSER_PURPOSE = "exchange.browser"


def platforms(user: User) -> list[Platform]:
    counted = policy.visible_platforms(user).annotate(
        places=Count("links__resource", distinct=True),
        waiting=Count("links__scores", filter=Q(links__scores__state=ScoreState.WAITING), distinct=True),
        lost=Count("links__scores", filter=Q(links__scores__state=ScoreState.LOST), distinct=True),
    )
    return list(counted.order_by("-is_active", "name"))


def platform_for(user: User, code: str) -> Platform:
    return get_object_or_404(policy.visible_platforms(user), code=code)


def platform_of(issuer: str, client_id: str) -> Platform | None:
    """The registered platform; without a client id only where its issuer has one."""
    held = Platform.objects.filter(issuer=issuer, is_active=True)
    found = list((held.filter(client_id=client_id) if client_id else held)[:2])
    return found[0] if len(found) == 1 else None


def opening_of(state: str) -> Opening | None:
    if not state or len(state) > 200:
        return None
    hashed = vault.lookup(state, purpose=STATE_PURPOSE)
    held = Opening.objects.filter(state_hash=hashed, expires_at__gt=timezone.now(), platform__is_active=True)
    return held.select_related("platform").first()


def where_private(kid: str) -> str:
    return f"exchange.key:{kid}"


def published_keys() -> list[dict[str, Any]]:
    """What signs now and what signed lately."""
    now = timezone.now()
    return [one.public for one in ToolKey.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now)).order_by("-made_at")]


def keys() -> list[ToolKey]:
    return list(ToolKey.objects.defer("private").order_by("-made_at")[:20])


@dataclass(frozen=True)
class Choice:
    """One thing that can be linked. ``depth`` 0 is a course."""

    thing: Thing
    title: str
    depth: int

    @property
    def text(self) -> str:
        return self.thing.text


def choices(language: str) -> Iterator[Choice]:
    """Every open course with its modules and tests."""
    for course in academy.shown_courses():
        edition = course.current
        if edition is None:
            continue
        yield Choice(Thing(course.code), academy.words_in(edition, language)["title"], 0)
        if edition.tests.get("final"):
            yield Choice(Thing(course.code, "", "final_test"), "", 1)
        for module in edition.outline:
            title = module["titles"].get(language) or module["titles"][edition.written[0]]
            yield Choice(Thing(course.code, module["code"]), title, 1)
            if edition.tests.get("after"):
                yield Choice(Thing(course.code, module["code"], "post_test"), title, 2)


def thing_for(text: str) -> Thing | None:
    """The thing a link names, if it is open here now."""
    wanted = things.read(text)
    return wanted if wanted and any(one.thing == wanted for one in choices("uz")) else None


def title_of(thing: Thing, language: str) -> str:
    return next((one.title for one in choices(language) if one.thing == thing and one.title), "")


def scores_due(now: datetime) -> list[int]:
    held = Score.objects.filter(state=ScoreState.WAITING, next_at__lte=now, link__platform__is_active=True)
    return list(held.order_by("next_at").values_list("pk", flat=True)[:200])


def what_is_held(learner: Learner) -> dict[str, Any]:
    """All that the exchange holds of a learner, as they download it."""
    held = Link.objects.filter(learner=learner).select_related("platform").prefetch_related("scores")
    return {
        "links": [
            {
                "platform": one.platform.name,
                "place": one.resource,
                "leads_to": Thing(one.course, one.module, one.kind).text,
                "came_at": one.came_at.isoformat(),
                "scores": [{"percent": score.percent, "state": score.state} for score in one.scores.all()],
            }
            for one in held
        ]
    }


def platform_by_key(pk: int) -> Platform | None:
    return Platform.objects.filter(pk=pk, is_active=True).first()
