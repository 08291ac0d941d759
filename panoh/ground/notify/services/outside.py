"""A call to another system whose answer is read: as careful about where it leads as a webhook, and short."""

import time
from http.client import HTTPException
from typing import NamedTuple

from ..addresses import read_url
from ..errors import DeliveryDelayedError, DeliveryRefusedError
from . import webhook

MOST_BYTES = 200_000


class Answer(NamedTuple):
    status: int
    body: bytes


def ask_outside(method: str, url: str, *, headers: dict[str, str] | None = None, body: bytes = b"") -> Answer:
    """One request and its answer; a redirect is not followed, and of an answer at most ``MOST_BYTES`` are read.

    Raises ``DeliveryRefusedError`` for an address that may not be used, ``DeliveryDelayedError`` where nobody answers.
    """
    parts = read_url(url)
    if parts is None or not webhook.can_be_told(url):
        raise DeliveryRefusedError("outside_url")
    until = time.monotonic() + webhook.SECONDS
    try:
        connection = webhook.PinnedConnection(parts, webhook.looked_up(parts))
        try:
            sent = {"User-Agent": "Panoh", "Connection": "close", "Accept-Encoding": "identity", **(headers or {})}
            connection.request(method, webhook.target(parts), body or None, sent)
            answer = connection.getresponse()
            read = b""
            while some := answer.read1(16_384):
                read += some
                if len(read) > MOST_BYTES or time.monotonic() > until:
                    raise DeliveryDelayedError("outside_long")
            return Answer(answer.status, read)
        finally:
            connection.close()
    except (OSError, ValueError, HTTPException):
        raise DeliveryDelayedError("outside_unreachable") from None
