"""An adult who learns comes in by Telegram, is reminded in it, and parts from it; no talk and no log knows of it."""

import json
import logging
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panoh.doors.telegram.models import ChatState, Errand
from panoh.doors.telegram.services.errands import where_errand
from panoh.doors.telegram.tests.conftest import Phone, _no_day_key_from_another_test, phone
from panoh.ground.accounts.errors import LearnerRefusedError, SignInRefusedError
from panoh.ground.accounts.models import Learner, SignIn
from panoh.ground.accounts.queries import learners as queries
from panoh.ground.accounts.services import learner_chats, learners
from panoh.ground.notify import public as notify
from panoh.ground.notify.models import Outgoing
from panoh.ground.vault import public as vault
from panoh.learn.academy import services as academy
from panoh.learn.academy.models import Course
from tests.world_learn import a_course

__all__ = ["_no_day_key_from_another_test", "phone"]  # fixtures of the door
pytestmark = pytest.mark.django_db
CODE = re.compile(r"[A-Z0-9]{5}-[A-Z0-9]{5}")
SignInLearner = Callable[..., Learner]


def told() -> list[str]:
    """What the bot was given to say to learners, oldest first."""
    rows = Errand.objects.filter(method="tell").order_by("created_at")
    return [json.loads(vault.unseal(row.data_key, row.payload, where=where_errand(row.pk)))["text"] for row in rows]


def code_on(answer: Any) -> str:
    found = CODE.search(answer.content.decode().split("<main")[1])
    assert found
    return found[0]


def asked(client: Client) -> str:
    return code_on(client.post("/en/account/sign-in/telegram/", {"agreed": "on"}))


def digits() -> str:
    found = re.search(r"\b[0-9]{6}\b", told()[-1])
    assert found
    return found[0]


def linked(
    client: Client, phone: Phone, sign_in_learner: SignInLearner, address: str = "malika@example.test"
) -> Learner:
    learner = sign_in_learner(client, address)
    phone.says(code_on(client.post("/en/account/telegram/link/")))
    learner.refresh_from_db()
    return learner


def test_a_learner_comes_in_by_the_code_and_what_the_bot_answers(client: Client, phone: Phone) -> None:
    phone.says(asked(client).lower())
    assert client.post("/en/account/sign-in/code/", {"code": digits()})["Location"] == "/en/account/"
    learner = Learner.objects.get()
    assert (learner.way, queries.learner_chat(learner)) == ("telegram", "4242")
    assert "You sign in by Telegram." in client.get("/en/account/").content.decode()
    assert phone.conversations == []


def test_the_link_that_opens_the_bot_does_the_same(client: Client, phone: Phone) -> None:
    phone.says(f"/start {asked(client).replace('-', '')}")
    assert client.post("/en/account/sign-in/code/", {"code": digits()}).status_code == 302
    assert phone.conversations == []


def test_coming_again_is_the_same_person(client: Client, phone: Phone) -> None:
    for _ in range(2):
        phone.says(asked(client))
        client.post("/en/account/sign-in/code/", {"code": digits()})
    assert Learner.objects.count() == 1


def test_the_digits_open_the_browser_that_asked_and_no_other(client: Client, phone: Phone) -> None:
    phone.says(asked(client))
    other = Client()
    asked(other)
    assert other.post("/en/account/sign-in/code/", {"code": digits()}).status_code == 422
    assert not Learner.objects.exists()


def test_before_the_code_came_to_the_bot_no_digits_open_the_page(client: Client) -> None:
    asked(client)
    assert client.post("/en/account/sign-in/code/", {"code": "000000"}).status_code == 422


def test_an_old_code_and_an_invented_one_are_only_words(client: Client, phone: Phone) -> None:
    code = asked(client)
    SignIn.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    phone.says(code)
    phone.says("K7PQ2-MXW4D")
    assert told() == []
    assert phone.own == [code, "K7PQ2-MXW4D"]


def test_without_agreeing_there_is_no_code(client: Client) -> None:
    assert client.post("/en/account/sign-in/telegram/", {}).status_code == 422
    assert not SignIn.objects.exists()


def test_where_there_is_no_bot_the_way_is_not_offered(client: Client, settings: Any) -> None:
    settings.TELEGRAM_TOKEN = ""
    assert "telegram" not in client.get("/en/account/sign-in/").content.decode().split("<main")[1].lower()
    with pytest.raises(SignInRefusedError):
        learner_chats.ask_by_chat(language="uz")


def test_who_learns_links_a_chat_and_signs_in_with_it(
    client: Client, phone: Phone, sign_in_learner: SignInLearner
) -> None:
    learner = linked(client, phone, sign_in_learner)
    assert queries.learner_chat(learner) == "4242"
    other = Client()
    phone.says(asked(other))
    other.post("/en/account/sign-in/code/", {"code": digits()})
    assert "malika@example.test" in other.get("/en/account/").content.decode()
    assert Learner.objects.count() == 1


def test_one_chat_belongs_to_one_account(client: Client, phone: Phone, sign_in_learner: SignInLearner) -> None:
    linked(client, phone, sign_in_learner)
    other = linked(Client(), phone, sign_in_learner, "nodira@example.test")
    assert other.telegram_hash is None


def test_a_learner_parts_from_the_chat(client: Client, phone: Phone, sign_in_learner: SignInLearner) -> None:
    learner = linked(client, phone, sign_in_learner)
    client.post("/en/account/telegram/unlink/")
    learner.refresh_from_db()
    assert (learner.telegram_hash, bytes(learner.telegram)) == (None, b"")
    phone.says(asked(Client()))
    assert learner.telegram_hash is None


def test_who_has_only_telegram_is_not_locked_out_by_parting_from_it(client: Client, phone: Phone) -> None:
    phone.says(asked(client))
    client.post("/en/account/sign-in/code/", {"code": digits()})
    with pytest.raises(LearnerRefusedError):
        learner_chats.unlink_chat(Learner.objects.get())
    learners.delete_learner(Learner.objects.get())
    assert not Learner.objects.exists()


def test_whoever_erases_everything_with_the_bot_is_no_longer_reminded_there(
    client: Client, phone: Phone, sign_in_learner: SignInLearner
) -> None:
    learner = linked(client, phone, sign_in_learner)
    phone.taps("delete:yes")
    learner.refresh_from_db()
    assert learner.telegram_hash is None


def reminded(learner: Learner, monkeypatch: pytest.MonkeyPatch, hour: int) -> int:
    """What the clock does at this hour ten days after a course was begun in a group."""
    noon = datetime(2027, 1, 12, hour, tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "now", lambda: noon)
    count = academy.remind()
    notify.deliver_due()
    monkeypatch.undo()
    return count


@pytest.fixture
def learning(client: Client, phone: Phone, sign_in_learner: SignInLearner, administrator: Any) -> Learner:
    """Somebody in a group, who linked a chat and stopped reading."""
    learner = linked(client, phone, sign_in_learner)
    a_course()
    cohort = academy.make_cohort(Course.objects.get(), name="Guruh", by=administrator)
    client.post(f"/uz/courses/join/{cohort.join_code}/")
    Errand.objects.all().delete()
    return learner


def test_who_stopped_is_reminded_by_letter_and_in_telegram_and_never_at_night(
    learning: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reminded(learning, monkeypatch, 3) == 0
    assert reminded(learning, monkeypatch, 22) == 0
    assert not Outgoing.objects.exists()
    assert reminded(learning, monkeypatch, 12) == 1
    assert sorted(Outgoing.objects.values_list("channel", flat=True)) == ["email", "telegram"]
    assert "/uz/courses/mine/" in told()[0]
    assert "Qisqa kurs" in told()[0]


@pytest.mark.parametrize("how", ["hidden", "blocked"])
def test_who_sent_the_bot_away_is_not_written_to(
    learning: Learner, phone: Phone, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how == "hidden":
        phone.says("/stop")
    else:
        phone.changes_membership("kicked")
    reminded(learning, monkeypatch, 12)
    assert told() == []
    assert Outgoing.objects.get(channel="telegram").reason == "blocked"


def test_no_log_and_no_table_knows_the_chat(
    client: Client, phone: Phone, sign_in_learner: SignInLearner, caplog: pytest.LogCaptureFixture
) -> None:
    phone.chat = 735528461
    with caplog.at_level(logging.DEBUG):
        learner = linked(client, phone, sign_in_learner)
    code = CODE.search(caplog.text)
    assert "735528461" not in caplog.text
    assert code is None
    row = Learner.objects.filter(pk=learner.pk).values().get()
    assert b"735528461" not in repr(row).encode()
    assert ChatState.objects.count() == 1
