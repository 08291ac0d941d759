"""The one door Telegram knocks at: who may speak, how long, and that it is written down before we say yes."""

import hmac
import json
import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from . import services

BODY_LIMIT = 1_000_000  # bytes; Telegram's own updates are far smaller
MOST = 2**63 - 1
NUMBER = re.compile(rb'\s*\{\s*"update_id"\s*:\s*(\d{1,18})\s*[,}]')


@csrf_exempt
@login_not_required
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """403 without our secret, before a byte of the body is read; 200 as soon as the update is in the ledger."""
    if not _knows_secret(request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")):
        return HttpResponse(status=403)
    if not request.headers.get("Content-Length", "").isdecimal():
        return HttpResponse(status=411)
    if int(request.headers["Content-Length"]) > BODY_LIMIT:
        return HttpResponse(status=413)
    raw = request.read(BODY_LIMIT)
    update_id = _update_id(raw)
    if update_id is None:
        return HttpResponse(status=400)
    services.store_update(update_id, raw)
    return HttpResponse(status=200)


def _knows_secret(told: str) -> bool:
    """In constant time; without a secret of our own nobody knows it."""
    ours = settings.TELEGRAM_SECRET
    return bool(ours) and hmac.compare_digest(told.encode("utf-8", "surrogateescape"), ours.encode())


def _update_id(raw: bytes) -> int | None:
    """The number, read from the first bytes where Telegram puts it; what follows is looked at later."""
    if found := NUMBER.match(raw):
        return int(found[1])
    try:
        value = json.loads(raw)["update_id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return value if type(value) is int and 0 <= value <= MOST else None
