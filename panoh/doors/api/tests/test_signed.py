"""Who is let in: every call is signed, of this moment, used once, and written down."""

import io
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.utils import timezone

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.organisations import public as organisations

from .. import services
from .conftest import BASE, ReferralMaker, System

pytestmark = pytest.mark.django_db


def why(answer: Any) -> str:
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"] == "Panoh-HMAC-SHA256"
    return str(answer.json()["errors"][0]["problem"])


def test_a_call_without_a_signature_is_sent_away_everywhere(client: Client) -> None:
    for path in ("codes", "referrals", "referrals/F-99999999", "referrals/F-99999999/packet"):
        assert why(client.get(BASE + path)) == "header"
    for verb in ("acknowledge", "accept", "decline", "ask", "start", "complete"):
        assert why(client.post(f"{BASE}referrals/F-99999999/{verb}", "{", content_type="application/json")) == "header"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"secret": "panoh_guessed"}, "signature"),
        ({"at": 0}, "time"),
        ({"at": 99_999_999_999}, "time"),
        ({"nonce": "short"}, "header"),
    ],
)
def test_a_wrong_signature_is_told_what_about_it(police: System, changes: dict[str, Any], reason: str) -> None:
    assert why(police.get("referrals", **changes)) == reason


def test_a_call_that_was_overheard_cannot_be_sent_again(police: System, refer: ReferralMaker) -> None:
    path = f"{BASE}referrals/{refer(police).reference}/packet"
    headers = {"Authorization": police.authorization("GET", path, b"")}
    client = Client()
    assert client.get(path, headers=headers).status_code == 200
    assert why(client.get(path, headers=headers)) == "replayed"


def test_an_overheard_signature_opens_no_other_address_and_no_other_body(police: System, refer: ReferralMaker) -> None:
    one = refer(police)
    ask, body = f"{BASE}referrals/{one.reference}/ask", b'{"text": "Which town?"}'
    headers = {"Authorization": police.authorization("POST", ask, body), "Idempotency-Key": "k" * 20}
    client = Client()
    accept = ask.replace("/ask", "/accept")
    assert why(client.post(accept, body, content_type="application/json", headers=headers)) == "signature"
    changed = body.replace(b"town", b"name")
    assert why(client.post(ask, changed, content_type="application/json", headers=headers)) == "body"


def test_a_body_is_not_touched_before_the_signature_holds(police: System) -> None:
    class Untouchable(io.BytesIO):
        def read(self, *args: Any) -> bytes:
            pytest.fail("it was read")

    request = RequestFactory().post(BASE + "referrals/F-99999999/ask", "{}", content_type="application/json")
    environ = {**request.environ, "wsgi.input": Untouchable(b"{}")}
    assert ClientHandler()(environ).status_code == 401


def test_a_body_that_is_too_big_is_not_read(police: System) -> None:
    answer = police.post("referrals/F-99999999/ask", raw=b"x" * (services.BODY_LIMIT + 1))
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:panoh:problem:too_big")


def test_a_flood_of_one_system_is_slowed_and_another_is_served(
    police: System, social: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "CALLS_A_MINUTE", 3)
    answers = [police.get("codes") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert social.get("codes").status_code == 200


def test_every_call_is_written_down_by_whom_and_about_what(police: System, refer: ReferralMaker) -> None:
    one = refer(police)
    police.get("referrals")
    police.get(f"referrals/{one.reference}")
    police.post(f"referrals/{one.reference}/accept")
    told = [entry.codes for entry in audit.trail(police.key) if entry.verb == "api.called"]
    assert sorted((codes["route"], codes["referral"]) for codes in told) == [
        ("accept_referral", one.reference),
        ("list_referrals", ""),
        ("read_referral", one.reference),
    ]
    assert {entry.actor for entry in audit.trail(police.key) if entry.verb == "api.called"} == {police.key}


def test_a_call_that_cannot_be_written_down_is_not_answered(
    police: System, refer: ReferralMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = refer(police)

    def full(*args: object, **codes: object) -> None:
        raise OSError

    monkeypatch.setattr(audit, "record", full)
    assert police.get(f"referrals/{one.reference}/packet").status_code == 500


def test_a_system_that_is_switched_off_is_out_at_once(police: System, supervisor: User) -> None:
    client = organisations.client_for(police.key)
    assert client is not None
    organisations.switch_client(client, on=False, by=supervisor)
    assert why(police.get("codes")) == "signature"


def test_a_late_clock_within_five_minutes_is_forgiven(police: System) -> None:
    assert police.get("codes", at=int(timezone.now().timestamp()) - 290).status_code == 200
