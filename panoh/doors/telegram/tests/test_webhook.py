"""The webhook: who may speak, what is written down, and bad input of every sort."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panoh.doors.telegram import queries, services
from panoh.doors.telegram.models import InboundUpdate, Outcome
from panoh.doors.telegram.receiver import Receiver

from .conftest import Phone

pytestmark = pytest.mark.django_db
Knock = Callable[..., Any]


@pytest.mark.parametrize("secret", [None, "", "wrong", "right-secret-of-the-centr", "right-secret-of-the-centre ", "ö"])
def test_without_our_secret_the_body_is_never_read(webhook: Knock, secret: str | None, monkeypatch: Any) -> None:
    monkeypatch.setattr("django.http.HttpRequest.read", lambda *_: pytest.fail("the body was read"))
    assert webhook({"update_id": 1}, secret=secret).status_code == 403
    assert not InboundUpdate.objects.exists()


def test_a_centre_without_a_secret_lets_nobody_in(webhook: Knock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.TELEGRAM_SECRET", "")
    assert webhook({"update_id": 1}, secret="").status_code == 403


def test_an_update_is_written_sealed_before_it_is_acknowledged(webhook: Knock, phone: Phone) -> None:
    assert webhook({"update_id": 7, "message": phone.message(text="maxfiy")}).status_code == 200
    row = InboundUpdate.objects.get(pk=7)
    assert row.outcome == Outcome.WAITING
    assert b"maxfiy" not in bytes(row.payload)


def test_the_same_update_again_is_welcome_and_changes_nothing(webhook: Knock, phone: Phone) -> None:
    update = {"update_id": 7, "message": phone.message(text="bir marta")}
    for _ in range(3):
        assert webhook(update).status_code == 200
        Receiver(hold_gaps=False).drain()
    assert phone.own == ["bir marta"]


def test_writing_an_update_down_is_one_insert(webhook: Knock, phone: Phone) -> None:
    webhook({"update_id": 1, "message": phone.message(text="a")})
    with CaptureQueriesContext(connection) as seen:
        webhook({"update_id": 2, "message": phone.message(text="b")})
    quiet = ("SAVEPOINT", "pg_notify")
    statements = [query["sql"].split()[0] for query in seen if not any(word in query["sql"] for word in quiet)]
    assert statements == ["INSERT"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 411),
        (b"not json", 400),
        (b"[1]", 400),
        (b"null", 400),
        (b'{"message": {}}', 400),
        (b'{"update_id": "7"}', 400),
        (b'{"update_id": -7}', 400),
        (b'{"update_id": true}', 400),
        (b'{"update_id": 99999999999999999999}', 400),
        (b'\xff\xfe{"update_id": 7', 400),
        (b"[" * 100_000, 400),
        (b'{"update_id": 7, "message": "' + b"x" * 10_000_000 + b'"}', 413),
    ],
)
def test_what_is_no_update_is_refused_without_a_trace(webhook: Knock, body: bytes, status: int) -> None:
    answer = webhook(body)
    assert (answer.status_code, answer.content) == (status, b"")
    assert not InboundUpdate.objects.exists()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"update_id": 7, broken', "not_json"),
        (b'{"update_id": 7, "message": {"text": "\xff\xfe"}}', "not_json"),
        (b'{"update_id": 7, "message": 5}', "misshapen"),
        (b'{"update_id": 7, "message": {"chat": {"id": 1}}}', ""),
        (b'{"update_id": 7, "message": {"chat": {"id": 1, "type": "private"}}}', "misshapen"),
        (b'{"update_id": 7, "callback_query": {"id": 1}}', "misshapen"),
    ],
)
def test_a_broken_update_with_a_number_is_kept_and_parked(webhook: Knock, body: bytes, reason: str) -> None:
    assert webhook(body).status_code == 200
    Receiver(hold_gaps=False).drain()
    row = InboundUpdate.objects.get()
    assert row.reason == (reason or "not_private")
    assert (row.outcome == Outcome.PARKED) is bool(reason)


STRANGE = {
    "zalgo": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!" * 20,
    "bidi": "\u202egnirts desrever\u202c\u2066\u200f\u061c",
    "full": "ў" * 4096,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 200,
    "mixed": "oʻqidim ўқидим o'qidim o`qidim oʼqidim",
    "markup": "<script>alert(1)</script> & {word} %s {0}",
    "spaces": "\u00a0\u200b \t\n",
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_words_are_kept_to_the_letter(webhook: Knock, phone: Phone, name: str) -> None:
    webhook({"update_id": 1, "message": phone.message(text=STRANGE[name])})
    Receiver(hold_gaps=False).drain()
    assert phone.own == [STRANGE[name]]


def test_halves_of_characters_and_nul_become_a_mark_and_the_rest_is_kept(webhook: Knock, phone: Phone) -> None:
    raw = json.dumps({"update_id": 1, "message": phone.message(text="a\ud83dz\0")}).encode()
    webhook(raw)
    Receiver(hold_gaps=False).drain()
    assert phone.own == ["a\ufffdz\ufffd"]


def test_words_longer_than_telegram_sends_are_kept_in_pieces(webhook: Knock, phone: Phone) -> None:
    long = "".join(chr(0x430 + n % 32) for n in range(20_000))
    webhook({"update_id": 1, "message": phone.message(text=long)})
    Receiver(hold_gaps=False).drain()
    assert "".join(phone.own) == long


@pytest.mark.parametrize("date", [0, -5, 10**12, 4102444800, "soon", None, 1e400])
def test_a_clock_that_cannot_be_right_is_replaced_by_ours(webhook: Knock, phone: Phone, date: Any) -> None:
    webhook({"update_id": 1, "message": {**phone.message(text="vaqt"), "date": date}})
    Receiver(hold_gaps=False).drain()
    row = InboundUpdate.objects.get()
    (line,) = [line for line in phone.lines if line.direction == "in"]
    assert line.said_at == row.received_at


def test_only_telegram_uses_this_door_by_post(client: Any) -> None:
    assert client.get("/telegram/webhook/").status_code == 405


def test_the_long_poll_goes_on_after_the_newest_update_in_the_ledger() -> None:
    assert queries.next_offset() == 0
    services.store_updates([{"update_id": 41}, {"update_id": 40}])
    assert queries.next_offset() == 42
