"""What went wrong, as ``application/problem+json`` (RFC 9457): a code to act on, a sentence to read, never a trace."""

import json
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

MEDIA_TYPE = "application/problem+json"
TITLES = {
    "bad_request": _("This could not be read."),
    "signature": _("The call is not signed as it should be."),
    "not_found": _("There is no such thing here for you."),
    "method": _("This cannot be done with this address."),
    "refused": _("This cannot be done now."),
    "taken": _("Another organisation was first."),
    "too_big": _("This is too big."),
    "wrong": _("Something in it is not as described."),
    "key_used": _("This idempotency key was used for another call."),
    "too_many": _("Too many calls in a minute."),
    "broken": _("Something broke on our side. Nothing was changed; please try again."),
}


class ProblemError(Exception):
    """Ends a call with this problem. ``more`` goes into the answer, ``headers`` around it."""

    def __init__(self, code: str, status: int, *, headers: dict[str, str] | None = None, **more: Any) -> None:
        super().__init__(code)
        self.code, self.status, self.headers, self.more = code, status, headers or {}, more


def problem_body(code: str, status: int, **more: Any) -> bytes:
    told = {"type": f"urn:panoh:problem:{code}", "title": str(TITLES[code]), "status": status, **more}
    return json.dumps(told, ensure_ascii=False).encode()


def problem(code: str, status: int, *, headers: dict[str, str] | None = None, **more: Any) -> HttpResponse:
    return HttpResponse(problem_body(code, status, **more), status=status, content_type=MEDIA_TYPE, headers=headers)
