"""Webhooks are written before they are sent, signed at every try, and never lead into a private network."""

import hmac
import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from panoh.ground.vault import public as vault

from .. import public as notify
from ..addresses import is_public, read_url
from ..models import Outgoing, Status
from ..services import delivering, webhook

pytestmark = pytest.mark.django_db
SECRET = "panoh_first"


class Partner(BaseHTTPRequestHandler):
    """A partner's server; it answers as told and remembers what it was given."""

    answers: list[int]
    got: list[tuple[str, bytes]]
    moved_to = ""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.headers["Panoh-Signature"], body))
        self.send_response(self.answers.pop(0))
        if self.moved_to:
            self.send_header("Location", self.moved_to)
        self.end_headers()
        self.wfile.write(b"x" * 100_000)

    do_GET = do_POST  # noqa: N815 (the name is the library's)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def partner() -> Iterator[type[Partner]]:
    Partner.answers, Partner.got, Partner.moved_to = [], [], ""
    server = HTTPServer(("127.0.0.1", 0), Partner)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Partner.url = f"http://127.0.0.1:{server.server_port}/panoh?from=centre"  # type: ignore[attr-defined]
    yield Partner
    server.shutdown()
    server.server_close()


def tell(url: str, *secrets: str) -> Outgoing:
    notify.tell_webhook(url, secrets=list(secrets or (SECRET,)), event="referral.sent", reference="F-2345678")
    return Outgoing.objects.latest("pk")


def now_due() -> None:
    Outgoing.objects.update(next_attempt_at=timezone.now())


def is_genuine(signature: str, body: bytes, secret: str, *, at: float | None = None) -> bool:
    """What a receiver does, written from the description and not from our code."""
    parts = [part.split("=", 1) for part in signature.split(",")]
    said = next(value for name, value in parts if name == "t")
    good = hmac.new(secret.encode(), said.encode() + b"." + body, "sha256").hexdigest()
    fits = any(hmac.compare_digest(value, good) for name, value in parts if name == "v1")
    return fits and abs((time.time() if at is None else at) - int(said)) <= 300


def test_a_partner_gets_one_signed_notice_with_codes_only(partner: Any) -> None:
    partner.answers = [204]
    tell(partner.url)
    assert partner.got == []
    assert (notify.deliver_webhooks(), notify.deliver_webhooks()) == (1, 0)
    ((signature, body),) = partner.got
    assert is_genuine(signature, body, SECRET)
    told = json.loads(body)
    assert (told["type"], told["reference"]) == ("referral.sent", "F-2345678")
    assert told.keys() == {"id", "type", "at", "reference"}


def test_a_changed_body_an_old_one_and_another_secret_are_told_apart(partner: Any) -> None:
    partner.answers = [200]
    tell(partner.url)
    notify.deliver_webhooks()
    ((signature, body),) = partner.got
    assert not is_genuine(signature, body.replace(b"sent", b"gone"), SECRET)
    assert not is_genuine(signature, body, "panoh_other")
    assert not is_genuine(signature, body, SECRET, at=time.time() + 301)


def test_while_a_secret_is_rotated_either_one_proves_it(partner: Any) -> None:
    partner.answers = [200]
    tell(partner.url, "panoh_new", "panoh_old")
    notify.deliver_webhooks()
    ((signature, body),) = partner.got
    assert is_genuine(signature, body, "panoh_new")
    assert is_genuine(signature, body, "panoh_old")


def test_a_try_again_has_the_same_id_and_a_new_signature(partner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    partner.answers = [503, 200]
    tell(partner.url)
    assert notify.deliver_webhooks() == 0
    row = Outgoing.objects.get()
    assert (row.status, row.reason) == (Status.QUEUED, "http_503")
    assert timedelta(seconds=50) < row.next_attempt_at - timezone.now() < timedelta(seconds=61)
    later = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    now_due()
    assert notify.deliver_webhooks() == 1
    (first, body), (second, again) = partner.got
    assert body == again
    assert first != second


def test_a_partner_who_never_answers_is_given_up_after_a_day() -> None:
    tell("http://127.0.0.1:9/")
    for _ in range(12):
        now_due()
        notify.deliver_webhooks()
    row = Outgoing.objects.get()
    assert (row.status, row.attempts, row.reason) == (
        Status.FAILED,
        len(delivering.WAITS) + 1,
        "webhook_unreachable",
    )


@pytest.mark.parametrize(("answer", "status"), [(410, Status.FAILED), (404, Status.QUEUED), (200, Status.SENT)])
def test_gone_means_never_again_and_a_mistake_may_be_mended(partner: Any, answer: int, status: Status) -> None:
    partner.answers = [answer]
    tell(partner.url)
    notify.deliver_webhooks()
    assert Outgoing.objects.get().status == status


@pytest.mark.parametrize("answer", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(partner: Any, answer: int) -> None:
    partner.answers, partner.moved_to = [answer, 200], partner.url
    tell(partner.url)
    assert notify.deliver_webhooks() == 0
    assert len(partner.got) == 1
    assert Outgoing.objects.get().reason == f"http_{answer}"


def test_neither_address_nor_secret_stands_in_the_table() -> None:
    row = tell("https://partner.example/a-quiet-path")
    plain = repr([bytes(v) if isinstance(v, memoryview) else v for v in Outgoing.objects.values_list().get()])
    for secret in ("partner.example", SECRET, "F-2345678"):
        assert secret not in plain
    assert json.loads(vault.unseal(row.key, row.secrets, where=f"notify.secrets:{row.key}")) == [SECRET]


def test_a_slow_partner_holds_up_no_letter(partner: Any) -> None:
    tell(partner.url)
    assert notify.deliver_due() == 0
    assert partner.got == []


# --- where a notice may go -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url", ["http://partner.example/", "ftp://partner.example/", "https://u:p@partner.example/", ""]
)
def test_production_writes_down_https_only(settings: Settings, url: str) -> None:
    settings.PRODUCTION = True
    with pytest.raises(notify.DeliveryRefusedError):
        tell(url)
    assert not Outgoing.objects.exists()


def test_without_a_secret_there_is_no_notice() -> None:
    with pytest.raises(notify.DeliveryRefusedError):
        notify.tell_webhook("https://partner.example/", secrets=[], event="referral.sent")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.7", "100.64.0.1", "::1", "fd00::1", "fe80::1"],
)
def test_production_opens_no_private_address(settings: Settings, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    settings.PRODUCTION = True
    looked_up = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: looked_up)
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("it was opened"))
    tell("https://partner.example/")
    assert notify.deliver_webhooks() == 0
    row = Outgoing.objects.get()
    assert (row.status, row.reason) == (Status.FAILED, "webhook_private")


def test_the_address_looked_up_is_the_address_opened(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that points elsewhere a moment later leads nowhere else."""
    settings.PRODUCTION = True
    opened: list[tuple[str, int]] = []

    def open_it(where: tuple[str, int], timeout: float) -> None:
        opened.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [(2, 1, 6, "", ("93.184.216.34", 8443))])
    monkeypatch.setattr(socket, "create_connection", open_it)
    tell("https://partner.example:8443/")
    notify.deliver_webhooks()
    assert opened == [("93.184.216.34", 8443)]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("::ffff:10.0.0.1", False),
        ("2002:0a00:0001::1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("fe80::1%eth0", False),
    ],
)
def test_an_address_inside_another_is_looked_at_too(address: str, public: bool) -> None:
    assert is_public(address) is public


@given(st.text())
def test_no_text_breaks_the_reading_of_an_address(text: str) -> None:
    parts = read_url("https://" + text)
    assert parts is None or parts.hostname


def test_a_server_that_drips_its_answer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "SECONDS", 1)
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        peer, _ = listener.accept()
        try:
            for _ in range(50):
                peer.send(b"H")
                time.sleep(0.1)
        except OSError:
            pass

    threading.Thread(target=drip, daemon=True).start()
    tell(f"http://127.0.0.1:{listener.getsockname()[1]}/")
    began = time.monotonic()
    assert notify.deliver_webhooks() == 0
    assert time.monotonic() - began < 3
    assert Outgoing.objects.get().reason == "webhook_unreachable"
    listener.close()
