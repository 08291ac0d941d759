"""Order, exactly once, and no chat waiting for another: whatever happens between the ledger and its effect."""

import json
import random
import threading
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, connections
from django.utils import timezone

from panoh.care.talks import public as talks
from panoh.doors.telegram import gaps, queries, services
from panoh.doors.telegram.models import InboundUpdate, Outcome
from panoh.doors.telegram.receiver import Receiver
from panoh.doors.telegram.services import inbox, updates

from .conftest import Phone

pytestmark = pytest.mark.django_db


def store(number: int, phone: Phone, text: str) -> None:
    update = {"update_id": number, "message": phone.message(text=text)}
    services.store_update(number, json.dumps(update).encode())


def after_hold() -> Any:
    return timezone.now() + gaps.SILENT_HOLD + timedelta(seconds=1)


@pytest.fixture
def known(phone: Phone) -> Phone:
    """A phone whose first words, under number 100, are dealt with."""
    store(100, phone, "bir")
    Receiver(hold_gaps=False).drain()
    return phone


def test_a_later_update_waits_for_the_missing_one(known: Phone) -> None:
    receiver = Receiver()
    store(102, known, "uch")
    assert receiver.run_pass() == 0
    store(101, known, "ikki")
    assert receiver.run_pass() == 2
    assert known.own == ["bir", "ikki", "uch"]


def test_nobody_waits_for_ever_for_a_number_that_never_comes(known: Phone) -> None:
    store(105, known, "besh")
    assert Receiver().run_pass(after_hold()) == 1


def test_a_shuffled_flood_keeps_the_order_of_every_chat(known: Phone) -> None:
    phones = [Phone(chat=chat) for chat in range(1, 8)]
    plan = [(101 + n, phones[n % 7], f"{n}") for n in range(140)]
    for number, phone, text in random.Random(5).sample(plan, len(plan)):
        store(number, phone, text)
        if number % 3 == 0:
            store(number, phone, "again")
    Receiver().drain()
    for place, phone in enumerate(phones):
        assert phone.own == [f"{n}" for n in range(140) if n % 7 == place]


def test_a_flood_in_one_chat_does_not_keep_another_waiting(known: Phone) -> None:
    for number in range(101, 400):
        store(number, known, "toshqin")
    other = Phone(chat=7)
    store(400, other, "men ham")
    Receiver().run_pass()
    assert other.own == ["men ham"]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Updates whose numbers are in this set raise half way, after the words were written."""
    numbers: set[int] = set()
    whole = updates.act

    def act(update_id: int, update: dict[str, Any], received_at: Any) -> tuple[str, str]:
        done = whole(update_id, update, received_at)
        if update_id in numbers:
            raise ZeroDivisionError
        return done

    monkeypatch.setattr(inbox, "act", act)
    return numbers


def test_an_update_that_breaks_has_no_half_effect_and_is_tried_again(known: Phone, broken: set[int]) -> None:
    broken.add(101)
    store(101, known, "ikki")
    receiver = Receiver()
    receiver.run_pass()
    assert known.own == ["bir"]
    broken.clear()
    receiver.run_pass(after_hold())
    assert known.own == ["bir", "ikki"]


def test_while_one_is_tried_again_its_chat_waits_and_the_others_do_not(known: Phone, broken: set[int]) -> None:
    other = Phone(chat=7)
    broken.add(101)
    store(101, known, "ikki")
    store(102, known, "uch")
    store(103, other, "men")
    Receiver().run_pass()
    assert (known.own, other.own) == (["bir"], ["men"])


def test_after_five_tries_it_is_parked_and_the_desk_sees_it(known: Phone, broken: set[int]) -> None:
    broken.add(101)
    store(101, known, "ikki")
    store(102, known, "uch")
    receiver = Receiver()
    for second in range(6):
        receiver.run_pass(timezone.now() + timedelta(seconds=10 * second))
    row = InboundUpdate.objects.get(pk=101)
    assert (row.outcome, row.reason, row.attempts) == (Outcome.PARKED, "zero_division_error", 5)
    assert "parked:zero_division_error" in [line.text for line in known.lines]
    assert known.own == ["bir", "uch"]


def test_what_was_parked_can_be_tried_again_by_a_person(known: Phone, broken: set[int]) -> None:
    broken.add(101)
    store(101, known, "ikki")
    for second in range(6):
        Receiver().run_pass(timezone.now() + timedelta(seconds=10 * second))
    broken.clear()
    assert services.try_parked_again([101]) == 1
    Receiver().drain()
    assert known.own == ["bir", "ikki"]
    assert queries.parked_updates() == []


def test_a_database_that_is_away_counts_as_no_try(known: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise OperationalError

    store(101, known, "ikki")
    monkeypatch.setattr(inbox, "act", away)
    with pytest.raises(OperationalError):
        Receiver().run_pass()
    assert InboundUpdate.objects.get(pk=101).attempts == 0


def test_an_update_that_somebody_else_dealt_with_is_not_dealt_with_twice(known: Phone) -> None:
    store(101, known, "ikki")
    assert services.process_update(101)
    assert services.process_update(101)
    assert known.own == ["bir", "ikki"]


def test_forgetting_empties_parked_updates_after_a_week_and_destroys_old_keys(phone: Phone) -> None:
    number = phone.update(kind_of_next_year={})
    long_ago = timezone.now() - timedelta(days=8)
    InboundUpdate.objects.update(received_at=long_ago)
    services.forget(timezone.now() - timedelta(days=30))
    assert bytes(InboundUpdate.objects.get(pk=number).payload) == b""
    InboundUpdate.objects.update(received_at=timezone.now() - timedelta(days=31))
    services.forget(timezone.now() - timedelta(days=30))
    assert not InboundUpdate.objects.exists()


def test_identities_and_words_survive_forgetting_of_raw_updates(known: Phone) -> None:
    services.forget(timezone.now())
    assert known.own == ["bir"]
    assert talks.open_conversation_of(known.identity) is not None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_row_that_a_killed_bot_still_holds_is_waited_for_and_not_overtaken(phone: Phone) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    store(1, phone, "bir")
    params = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{name: params[name] for name in names if params.get(name)}) as dying:
        dying.execute("select 1 from telegram_inboundupdate where update_id = 1 for update")
        heir = threading.Thread(target=_process_alone)
        heir.start()
        heir.join(0.4)
        assert heir.is_alive()
    heir.join(5)
    assert not InboundUpdate.objects.filter(outcome=Outcome.WAITING).exists()


def _process_alone() -> None:
    try:
        services.process_update(1)
    finally:
        connections.close_all()


def test_what_arrives_while_a_pass_is_read_is_not_overtaken(known: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    store(102, known, "uch")
    read_too_early = queries.waiting_updates()
    store(101, known, "ikki")
    receiver = Receiver()
    with monkeypatch.context() as patched:
        patched.setattr(queries, "waiting_updates", lambda: read_too_early)
        assert receiver.run_pass() == 0
    assert receiver.run_pass() == 2
    assert known.own == ["bir", "ikki", "uch"]
