"""The gate before an open form under a flood: a solved sum or a waited stamp lets a browser in, each once."""

import json
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.utils import timezone

from . import flood

SALT = "street"


def lets_in(*, solved: str, stamp: str) -> bool:
    """Whether one of the two is good and was not used before."""
    if flood.is_solved(solved, settings.SECRET_KEY) and _is_first("sum", solved):
        return True
    return _has_waited(stamp) and _is_first("stamp", stamp)


def gate_for(stamp: str, key: str) -> dict[str, object]:
    """What the waiting page holds: the sum, the stamp (the one that waits already, or a fresh one), the seconds."""
    return {
        "sum": json.dumps(flood.new_sum(settings.SECRET_KEY, timezone.now())),
        "stamp": stamp if _is_fresh(stamp) else signing.dumps(key, salt=SALT),
        "seconds": flood.WAIT_SECONDS,
    }


def _is_first(kind: str, value: str) -> bool:
    """Every process of the centre remembers under this name that it was used."""
    return cache.add(f"{kind}:{sha256(value.encode()).hexdigest()}", 1, flood.LIVES_SECONDS)


def _is_fresh(stamp: str) -> bool:
    try:
        signing.loads(stamp, salt=SALT, max_age=flood.LIVES_SECONDS)
    except signing.BadSignature:
        return False
    return True


def _has_waited(stamp: str) -> bool:
    """Signed by us, at least so many seconds ago."""
    if not _is_fresh(stamp):
        return False
    try:
        signing.loads(stamp, salt=SALT, max_age=flood.WAIT_SECONDS)
    except signing.SignatureExpired:
        return True
    return False
