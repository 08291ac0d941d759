"""Webhooks: a short signed notice to the web address of a partner's system.

The row is written before anything is sent; its address, body and secrets are sealed. A notice goes to an address that
was looked up once and is the very one connected to, so that a name cannot point elsewhere in between. In production
only https is used and no address of a private network is ever opened. A redirect is not followed, and of the answer
nothing but its first line is read.
"""

import json
import socket
import ssl
import time
from http.client import HTTPConnection
from typing import Any
from urllib.parse import SplitResult

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from panoh.ground.vault import public as vault

from ..addresses import is_public, port_of, read_url
from ..errors import DeliveryDelayedError, DeliveryRefusedError
from ..models import Channel, Outgoing
from ..signatures import sign_webhook

SECONDS = 10  # from the first packet to the answer's first line
FIRST_LINE = 256  # bytes
GONE = 410


def where_secrets(key: object) -> str:
    return f"notify.secrets:{key}"


def can_be_told(url: str) -> bool:
    """Whether such an address may be written down at all; where it leads is looked at before each try."""
    parts = read_url(url)
    return parts is not None and (parts.scheme == "https" or not settings.PRODUCTION)


@transaction.atomic
def tell_webhook(url: str, *, secrets: list[str], event: str, **facts: str) -> str:
    """Write down a notice; its ``id``. ``facts`` are codes and references: no person's words travel like this.

    Raises ``DeliveryRefusedError`` for an address that may not be used, or with no secret to sign with.
    """
    if not can_be_told(url) or not secrets:
        raise DeliveryRefusedError("webhook_url" if secrets else "webhook_secret")
    key = vault.new_key("notify")
    told = {"id": f"evt_{key.hex}", "type": event, "at": timezone.now().isoformat(timespec="seconds"), **facts}
    Outgoing.objects.create(
        channel=Channel.WEBHOOK,
        key=key,
        address=vault.seal(key, url, where=f"notify.address:{key}"),
        body=vault.seal(key, json.dumps(told, sort_keys=True), where=f"notify.body:{key}"),
        secrets=vault.seal(key, json.dumps(secrets), where=where_secrets(key)),
    )
    return told["id"]


def send_webhook(url: str, text: str, secrets: list[str]) -> None:
    """Post one notice; raises ``DeliveryRefusedError``, ``DeliveryDelayedError``.

    Any 2xx is a yes and 410 means never again; everything else, a redirect among it, is tried again later.
    """
    parts = read_url(url)
    if parts is None or not can_be_told(url):
        raise DeliveryRefusedError("webhook_url")
    try:
        status = _post(parts, looked_up(parts), text.encode(), secrets)
    except (OSError, ValueError):  # no connection, no valid certificate, no answer in time, or no HTTP
        raise DeliveryDelayedError("webhook_unreachable") from None
    if status == GONE:
        raise DeliveryRefusedError("http_410")
    if not 200 <= status < 300:
        raise DeliveryDelayedError(f"http_{status}")


def looked_up(parts: SplitResult) -> str:
    """The one address to connect to. In production every address of the name must be public, not only the first."""
    found = socket.getaddrinfo(parts.hostname, port_of(parts), type=socket.SOCK_STREAM)
    addresses = [str(row[4][0]) for row in found]
    if settings.PRODUCTION and not all(is_public(address) for address in addresses):
        raise DeliveryRefusedError("webhook_private")
    return addresses[0]


def _post(parts: SplitResult, address: str, body: bytes, secrets: list[str]) -> int:
    until = time.monotonic() + SECONDS
    connection = PinnedConnection(parts, address)
    try:
        connection.request("POST", target(parts), body, _headers(body, secrets))
        return _status(connection.sock, until)
    finally:
        connection.close()


def target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _headers(body: bytes, secrets: list[str]) -> dict[str, str]:
    signature = sign_webhook(secrets, at=int(timezone.now().timestamp()), body=body)
    return {
        "Content-Type": "application/json",
        "User-Agent": "Panoh",
        "Connection": "close",
        "Panoh-Signature": signature,
    }


def _status(sock: Any, until: float) -> int:
    """The code of the answer's first line, by the clock: a server that drips its answer gains nothing."""
    line = b""
    while b"\n" not in line:
        sock.settimeout(max(until - time.monotonic(), 0.01))
        some = sock.recv(FIRST_LINE)
        line += some
        if not some or len(line) > FIRST_LINE + 64 or time.monotonic() > until:
            break
    words = line.split(b"\n")[0].split()
    if len(words) < 2 or not words[0].startswith(b"HTTP/1") or not words[1].isdigit():
        raise ValueError("no answer in HTTP")
    return int(words[1])


class PinnedConnection(HTTPConnection):
    """Connects to one address, and for https checks the certificate against the name."""

    def __init__(self, parts: SplitResult, address: str) -> None:
        super().__init__(str(parts.hostname), port_of(parts), timeout=SECONDS)
        self.default_port = {"https": 443, "http": 80}[parts.scheme]  # the Host header names any other
        self.address, self.is_secure = address, parts.scheme == "https"

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
