"""The way in from another learning system: begun, finished once, and what a teacher there chose.

The way in is used up before its message is looked at: whatever comes of it, it never works a second time.
"""

import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from panoh.ground.accounts import public as accounts
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify
from panoh.ground.vault import public as vault

from .. import tokens
from ..errors import LaunchRefusedError
from ..models import Link, Opening, Platform
from ..queries import lti as queries
from ..things import Thing
from .keys import signing_key
from .platforms import key_of

LIVES = timedelta(minutes=10)


@dataclass(frozen=True)
class Come:
    """Who came and what for: ``entered`` with ``thing`` (``None``: the list of courses), or ``settings`` to choose."""

    platform: Platform
    language: str
    entered: accounts.Entered | None = None
    thing: Thing | None = None
    settings: dict[str, Any] | None = None


def begin_launch(
    *, issuer: str, client_id: str, hint: str, message: str, redirect_uri: str, browser: str
) -> tuple[Platform, str]:
    """Note that somebody is on the way; the platform's address to send them to. Raises ``LaunchRefusedError``.

    ``browser`` is what this browser will show again; "" only for choosing, which signs nobody in.
    """
    platform = queries.platform_of(issuer, client_id)
    if platform is None or not hint:
        raise LaunchRefusedError("platform" if platform is None else "message")
    state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    Opening.objects.create(
        platform=platform,
        state_hash=vault.lookup(state, purpose=queries.STATE_PURPOSE),
        nonce_hash=vault.lookup(nonce, purpose=queries.NONCE_PURPOSE),
        browser_hash=vault.lookup(browser, purpose=queries.BROWSER_PURPOSE) if browser else "",
        expires_at=timezone.now() + LIVES,
    )
    asked = {
        "scope": "openid", "response_type": "id_token", "response_mode": "form_post", "prompt": "none",
        "client_id": platform.client_id, "redirect_uri": redirect_uri, "login_hint": hint,
        "state": state, "nonce": nonce,
    }  # fmt: skip
    if message:
        asked["lti_message_hint"] = message
    joint = "&" if "?" in platform.auth_url else "?"
    return platform, f"{platform.auth_url}{joint}{urlencode(asked)}"


def finish_launch(token: str, state: str, browser: str) -> Come:
    """Check the message of a platform and let its person in. Raises ``LaunchRefusedError``.

    The platform's keys may have to be fetched, so no transaction is open until they are here.
    """
    opening = _use(state, browser)
    platform = opening.platform
    try:
        kid = tokens.key_name(token)
        said = tokens.read(token, key_of(platform, kid), issuer=platform.issuer, client_id=platform.client_id)
        _same_nonce(opening, said)
        kind = tokens.check(said, platform.deployments)
    except tokens.RefusedError as refused:
        raise LaunchRefusedError(refused.why) from None
    language = _language(tokens.locale_of(said))
    if kind == tokens.CHOOSE:
        wanted = tokens.settings_of(said)
        if not notify.can_be_told(wanted["url"]):  # it becomes the address of a form
            raise LaunchRefusedError("message")
        return Come(platform, language, settings=wanted)
    if not opening.browser_hash:
        raise LaunchRefusedError("cookie")
    return _enter(platform, said, language)


def _use(state: str, browser: str) -> Opening:
    opening = queries.opening_of(state)
    if opening is None:
        raise LaunchRefusedError("state")
    if opening.browser_hash:
        shown = vault.lookup(browser, purpose=queries.BROWSER_PURPOSE) if browser else ""
        if not secrets.compare_digest(opening.browser_hash, shown):
            raise LaunchRefusedError("cookie")
    if not Opening.objects.filter(pk=opening.pk, used_at=None).update(used_at=timezone.now()):
        raise LaunchRefusedError("used")
    return opening


def _same_nonce(opening: Opening, said: tokens.Claims) -> None:
    shown = vault.lookup(str(said["nonce"])[:200], purpose=queries.NONCE_PURPOSE)
    if not secrets.compare_digest(opening.nonce_hash, shown):
        raise LaunchRefusedError("nonce")


def _language(locale: str) -> str:
    known = dict(settings.LANGUAGES)
    return next((one for one in (locale, locale.split("-")[0]) if one in known), settings.LANGUAGE_CODE)


@transaction.atomic
def _enter(platform: Platform, said: tokens.Claims, language: str) -> Come:
    wanted = tokens.custom_of(said)
    thing = queries.thing_for(wanted) if wanted else None
    if wanted and thing is None:
        raise LaunchRefusedError("course")
    entered = accounts.open_launched(platform.issuer, said["sub"], language=language)
    place = {"course": thing.course, "module": thing.module, "kind": thing.kind} if thing else {}
    line = tokens.line_of(said) if thing and thing.is_scored else ""
    Link.objects.update_or_create(
        platform=platform,
        learner=entered.learner,
        resource=tokens.resource_of(said),
        defaults={"course": "", "module": "", "kind": "", **place, "line": line, "came_at": timezone.now()},
    )
    audit.record("learner.launched", thing=platform.code, actor=str(entered.learner.pk))
    return Come(platform, language, entered=entered, thing=thing)


def choose_thing(platform: Platform, said: dict[str, Any], thing: Thing, title: str, launch_url: str) -> str:
    """The signed answer that puts a link to ``thing`` into the platform's course."""
    item: dict[str, Any] = {
        "type": "ltiResourceLink", "title": title, "url": launch_url, "custom": {"panoh": thing.text},
        "window": {"targetName": "_blank"},
    }  # fmt: skip
    if thing.is_scored and said["lines"]:
        item["lineItem"] = {"scoreMaximum": 100, "label": title, "resourceId": thing.text}
    kid, pem = signing_key()
    answer = tokens.chosen(platform.client_id, platform.issuer, said, [item], int(time.time()))
    audit.record("platform.linked", thing=platform.code, scored=thing.is_scored)
    return tokens.signed(answer, kid, pem)
