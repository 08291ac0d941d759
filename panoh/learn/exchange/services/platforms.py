"""Learning systems that may send people: registered, changed, switched, and their keys fetched."""

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify

from .. import policy, tokens
from ..errors import ExchangeRefusedError, LaunchRefusedError
from ..models import Platform

KEYS_LIVE = timedelta(hours=12)
AGAIN_AFTER = timedelta(seconds=30)  # an unknown key name may have them fetched again, but not as often as it is sent


@dataclass(frozen=True)
class PlatformFacts:
    """What a platform's page for administrators says of it."""

    name: str
    issuer: str
    client_id: str
    auth_url: str
    token_url: str
    keyset_url: str
    deployments: list[str]


@transaction.atomic
def keep_platform(facts: PlatformFacts, *, platform: Platform | None = None, by: User) -> Platform:
    """Register a platform, or change one; a change forgets the keys that were fetched."""
    _may(by)
    for url in (facts.issuer, facts.auth_url, facts.token_url, facts.keyset_url):
        if not notify.can_be_told(url):
            raise ExchangeRefusedError(_("This address cannot be used: %(url)s") % {"url": url})
    said = asdict(facts) | {"keys": [], "keys_at": None}
    try:
        with transaction.atomic():
            if platform is None:
                platform = Platform.objects.create(**said, made_by=by.code, made_at=timezone.now())
            else:
                Platform.objects.filter(pk=platform.pk).update(**said)
                platform.refresh_from_db()
    except IntegrityError:
        raise ExchangeRefusedError(_("This issuer is registered with this client ID already.")) from None
    audit.record("platform.kept", thing=platform.code, actor=by.code, deployments=len(facts.deployments))
    return platform


@transaction.atomic
def switch_platform(platform: Platform, *, on: bool, by: User) -> None:
    """Off: nobody comes in from it and no score goes to it. Who came before keeps what they learned."""
    _may(by)
    Platform.objects.filter(pk=platform.pk).update(is_active=on)
    audit.record("platform.switched", thing=platform.code, actor=by.code, on=on)


def _may(by: User) -> None:
    if not policy.can_keep_platforms(by):
        raise ExchangeRefusedError(_("You may not change learning systems."))


def key_of(platform: Platform, kid: str) -> dict[str, str]:
    """The platform's key of this name; its set is fetched when it is old or the name is new.

    Never call it inside a transaction: it waits for another system.
    """
    now = timezone.now()
    at, held = platform.keys_at, _named(platform, kid)
    if at is None or at < now - KEYS_LIVE or (not held and at < now - AGAIN_AFTER):
        _fetch(platform)
        held = _named(platform, kid)
    if not held:
        raise LaunchRefusedError("key")
    return held


def _named(platform: Platform, kid: str) -> dict[str, str]:
    return next((one for one in platform.keys if one["kid"] == kid), {})


def _fetch(platform: Platform) -> None:
    try:
        answer = notify.ask_outside("GET", platform.keyset_url, headers={"Accept": "application/json"})
        if answer.status != 200:
            raise ValueError("no key set")
        platform.keys, platform.keys_at = tokens.keys_in(answer.body), timezone.now()
    except (notify.DeliveryRefusedError, notify.DeliveryDelayedError, ValueError):
        raise LaunchRefusedError("keys") from None
    Platform.objects.filter(pk=platform.pk).update(keys=platform.keys, keys_at=platform.keys_at)
