"""A partner's system: its key and secrets, what it is told, and how its signed calls are let in once each."""

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify

from .. import queries, services, signing
from ..errors import AnswerRefusedError, OrganisationRefusedError, SignatureRefusedError
from ..models import ApiAnswer, ApiClient, ApiNonce, Organisation
from ..public import answer_once, check_signature, client_for, tell_system
from .conftest import OrganisationMaker

pytestmark = pytest.mark.django_db
Made = services.NewSecret


@pytest.fixture
def one(organisation: OrganisationMaker) -> Organisation:
    cache.clear()
    return organisation(age=1)


@pytest.fixture
def made(one: Organisation, supervisor: User) -> Made:
    return services.add_client(one, webhook="https://inson.example/panoh", by=supervisor)


def header(made: Made, *, secret: str = "", at: float | None = None, nonce: str = "n" * 16, **said: Any) -> str:
    call: dict[str, Any] = {"method": "GET", "target": "/api/v1/referrals", "body": b"", **said}
    moment = int(timezone.now().timestamp() if at is None else at)
    return signing.header_for(made.client.key_id, secret or made.secret, at=moment, nonce=nonce, **call)


def enter(said: str, *, method: str = "GET", target: str = "/api/v1/referrals", body: bytes = b"") -> ApiClient:
    return check_signature(said, method=method, target=target, body=lambda: body)


def refused(said: str, **call: Any) -> str:
    with pytest.raises(SignatureRefusedError) as refusal:
        enter(said, **call)
    return refusal.value.code


# --- keys at the desk ------------------------------------------------------------------------------------------------


def test_the_secret_is_shown_once_and_lies_sealed(client: Client, one: Organisation, supervisor: User) -> None:
    client.force_login(supervisor)
    answer = client.post(reverse("organisations:add_client", args=[one.code]), {"webhook": "https://inson.example/x"})
    row = ApiClient.objects.get()
    secret = queries.secrets_of(row)[0]
    assert secret in answer.content.decode()
    page = client.get(reverse("organisations:organisation", args=[one.code])).content.decode()
    assert row.key_id in page
    assert secret not in page
    plain = repr([bytes(v) if isinstance(v, memoryview) else v for v in ApiClient.objects.values_list().get()])
    assert secret not in plain
    assert "inson.example" not in plain


def test_after_a_rotation_both_secrets_work_until_the_overlap_ends(
    client: Client, made: Made, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(supervisor)
    where = [made.client.organisation.code, made.client.key_id]
    assert client.post(reverse("organisations:rotate_client", args=where)).status_code == 200
    new, old = queries.secrets_of(ApiClient.objects.get())
    assert old == made.secret != new
    assert enter(header(made, nonce="a" * 16)) == made.client
    assert enter(header(made, secret=new, nonce="b" * 16)) == made.client
    later = timezone.now() + timedelta(hours=73)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        assert refused(header(made, nonce="c" * 16)) == "signature"
        assert enter(header(made, secret=new, nonce="d" * 16)) == made.client
    client.post(reverse("organisations:end_overlap", args=where))
    assert refused(header(made, nonce="e" * 16)) == "signature"


def test_a_switched_off_key_opens_nothing_from_the_next_call(client: Client, made: Made, supervisor: User) -> None:
    client.force_login(supervisor)
    where = [made.client.organisation.code, made.client.key_id]
    client.post(reverse("organisations:switch_client", args=where), {"on": "0"})
    assert client_for(made.client.key_id) is None
    assert refused(header(made)) == "signature"
    client.post(reverse("organisations:switch_client", args=where), {"on": "1"})
    assert enter(header(made)) == made.client


def test_the_keys_of_a_switched_off_organisation_open_nothing(made: Made, supervisor: User) -> None:
    services.switch_organisation(made.client.organisation, on=False, by=supervisor)
    assert refused(header(made)) == "signature"
    assert tell_system(made.client.organisation, "referral.sent", "F-2345678") == 0


def test_a_key_of_another_organisation_is_not_found_here(
    client: Client, made: Made, organisation: OrganisationMaker, supervisor: User
) -> None:
    client.force_login(supervisor)
    where = [organisation("other").code, made.client.key_id]
    for name in ("rotate_client", "switch_client", "end_overlap", "change_webhook"):
        assert client.post(reverse(f"organisations:{name}", args=where)).status_code == 404


def test_a_web_address_that_cannot_be_told_is_refused(
    client: Client, made: Made, supervisor: User, settings: Settings
) -> None:
    settings.PRODUCTION = True
    client.force_login(supervisor)
    where = reverse("organisations:change_webhook", args=[made.client.organisation.code, made.client.key_id])
    assert "error-summary" in client.post(where, {"webhook": "http://inson.example/"}).content.decode()
    client.post(where, {"webhook": ""})
    assert ApiClient.objects.get().webhook in (b"", memoryview(b""))


def test_whoever_is_no_keeper_makes_no_key(one: Organisation, counsellor: User) -> None:
    with pytest.raises(OrganisationRefusedError):
        services.add_client(one, by=counsellor)


# --- being told ------------------------------------------------------------------------------------------------------


class Partner(BaseHTTPRequestHandler):
    got: ClassVar[list[tuple[str, bytes]]] = []

    def do_POST(self) -> None:
        self.got.append((self.headers["Panoh-Signature"], self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def partner() -> Iterator[str]:
    Partner.got.clear()
    server = HTTPServer(("127.0.0.1", 0), Partner)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_system_is_told_what_happened_and_nothing_else(made: Made, partner: str, supervisor: User) -> None:
    services.change_webhook(made.client, webhook=partner, by=supervisor)
    assert tell_system(made.client.organisation, "referral.send", "F-2345678") == 1
    assert notify.deliver_webhooks() == 1
    ((signature, body),) = Partner.got
    told = json.loads(body)
    assert (told["type"], told["reference"]) == ("referral.send", "F-2345678")
    assert told.keys() == {"id", "type", "at", "reference"}
    at = signature.split(",")[0].removeprefix("t=")
    proof = hmac.new(made.secret.encode(), f"{at}.".encode() + body, "sha256").hexdigest()
    assert signature == f"t={at},v1={proof}"
    assert [entry.verb for entry in audit.trail("F-2345678")] == ["api_client.told"]


def test_after_a_rotation_a_notice_is_signed_with_both_secrets(made: Made, partner: str, supervisor: User) -> None:
    services.change_webhook(made.client, webhook=partner, by=supervisor)
    services.rotate_client(made.client, by=supervisor)
    tell_system(made.client.organisation, "referral.send", "F-2345678")
    notify.deliver_webhooks()
    assert Partner.got[0][0].count("v1=") == 2


def test_a_system_without_a_web_address_is_not_told(one: Organisation, supervisor: User) -> None:
    services.add_client(one, by=supervisor)
    assert tell_system(one, "referral.sent", "F-2345678") == 0
    assert notify.deliver_webhooks() == 0


# --- signed calls ----------------------------------------------------------------------------------------------------


def test_a_signed_call_is_let_in_once(made: Made) -> None:
    said = header(made)
    assert enter(said).organisation == made.client.organisation
    assert refused(said) == "replayed"
    assert ApiClient.objects.get().last_used_at is not None


@pytest.mark.parametrize(
    "changed",
    [
        {"method": "POST"},
        {"target": "/api/v1/referrals?after=x"},
        {"target": "/api/v1/referrals/F-2345678"},
    ],
)
def test_a_signature_holds_for_one_method_and_one_path(made: Made, changed: dict[str, str]) -> None:
    assert refused(header(made), **changed) == "signature"


@pytest.mark.parametrize("seconds", [-301, 301, -86_400])
def test_a_call_of_another_time_is_refused(made: Made, seconds: int) -> None:
    assert refused(header(made, at=timezone.now().timestamp() + seconds)) == "time"
    assert not ApiNonce.objects.exists()


def test_another_body_than_the_signed_one_is_refused(made: Made) -> None:
    assert refused(header(made, method="POST", body=b"{}"), method="POST", body=b'{"a":1}') == "body"


def test_no_byte_of_a_body_is_read_before_the_signature_holds(made: Made) -> None:
    def read() -> bytes:
        pytest.fail("it was read")

    for said in ("", header(made, secret="guessed"), header(made, at=0)):
        with pytest.raises(SignatureRefusedError):
            check_signature(said, method="GET", target="/api/v1/referrals", body=read)


def test_a_guess_cannot_use_up_a_nonce(made: Made) -> None:
    assert refused(header(made, secret="guessed")) == "signature"
    assert enter(header(made)) == made.client


def test_refused_calls_of_a_known_key_are_written_down_once_a_minute(made: Made) -> None:
    for _ in range(5):
        refused(header(made, secret="guessed"))
        refused(header(made).replace(made.client.key_id, "PK-NOBODY22"))
    entries = [entry.codes for entry in audit.trail(made.client.key_id) if entry.verb == "api.refused"]
    assert entries == [{"reason": "signature"}]


@given(st.text() | st.from_regex(signing.HEADER, fullmatch=True))
def test_no_header_breaks_the_reading(said: str) -> None:
    claim = signing.read_header(said)
    assert claim is None or len(claim.digest) == 64


def test_the_signature_is_the_one_that_is_described() -> None:
    """Worked out by hand from the description: six lines, HMAC-SHA256, hexadecimal."""
    said = "\n".join(["Panoh-HMAC-SHA256", "1", "n" * 16, "POST", "/x?y=1", hashlib.sha256(b"{}").hexdigest()])
    expected = hmac.new(b"s", said.encode(), hashlib.sha256).hexdigest()
    told = signing.header_for("PK-A", "s", at=1, nonce="n" * 16, method="POST", target="/x?y=1", body=b"{}")
    assert told.endswith(f",v1={expected}")


# --- the same call twice ---------------------------------------------------------------------------------------------


def counted() -> tuple[list[int], Callable[[], tuple[int, bytes]]]:
    done: list[int] = []

    def act() -> tuple[int, bytes]:
        done.append(1)
        return 200, b'{"status":"accepted"}'

    return done, act


def test_a_repeated_call_gets_the_first_answer_and_changes_nothing_twice(made: Made) -> None:
    done, act = counted()
    for was_there in (False, True, True):
        answer = answer_once(made.client, key="k" * 16, call=b"POST /accept {}", act=act)
        assert answer == ((200, b'{"status":"accepted"}'), was_there)
    assert done == [1]
    assert b"accepted" not in bytes(ApiAnswer.objects.get().body)


def test_a_key_belongs_to_one_call_and_one_system(made: Made, supervisor: User) -> None:
    done, act = counted()
    answer_once(made.client, key="k" * 16, call=b"POST /accept {}", act=act)
    with pytest.raises(AnswerRefusedError):
        answer_once(made.client, key="k" * 16, call=b"POST /decline {}", act=act)
    other = services.add_client(made.client.organisation, by=supervisor)
    answer_once(other.client, key="k" * 16, call=b"POST /accept {}", act=act)
    assert done == [1, 1]


def test_an_act_that_breaks_leaves_no_answer_behind(made: Made) -> None:
    def broken() -> tuple[int, bytes]:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        answer_once(made.client, key="k" * 16, call=b"x", act=broken)
    assert not ApiAnswer.objects.exists()


def test_what_is_of_no_use_any_more_is_dropped(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(header(made))
    answer_once(made.client, key="k" * 16, call=b"x", act=counted()[1])
    assert services.drop_expired() == 0
    later = timezone.now() + timedelta(hours=25)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert services.drop_expired() == 2
    assert not ApiNonce.objects.exists()
