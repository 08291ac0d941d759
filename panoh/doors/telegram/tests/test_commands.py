"""The commands, and what leaving means: hidden, blocked, erased."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from panoh.care.helpline import public as helpline
from panoh.care.talks import public as talks
from panoh.doors.telegram.models import ChatState, Errand
from panoh.doors.telegram.services.errands import where_errand
from panoh.ground.vault import public as vault

from .conftest import Phone


def errands(method: str) -> list[dict[str, object]]:
    rows = Errand.objects.filter(method=method, done_at=None)
    return [json.loads(vault.unseal(row.data_key, row.payload, where=where_errand(row.pk))) for row in rows]


def sent_everything(phone: Phone) -> list[int]:
    """As if the sender had delivered all that is queued; Telegram's numbers of it."""
    numbers = []
    for out in iter(lambda: talks.claim_outgoing("telegram", limit=1), []):
        numbers.append(9000 + out[0].message_id)
        talks.mark_sent(out[0].message_id, external_id=numbers[-1])
    return numbers


def test_help_lists_the_commands_without_calling_anybody(phone: Phone) -> None:
    phone.says("/help")
    assert phone.codes[0] == "telegram.help"
    assert phone.talk.status == helpline.Status.TRIAGING


def test_person_asks_for_a_person_at_once(phone: Phone) -> None:
    phone.says("/person")
    assert phone.talk.status == helpline.Status.WAITING


def test_report_stays_a_talk_with_its_topic_while_nobody_has_reviewed_the_questions(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("panoh.doors.telegram.services.asking.may_show", lambda code, language: False)
    phone.says("/report")
    assert phone.talk.topics == "report"
    assert phone.codes[0] == "telegram.report"


def test_language_can_be_changed_in_the_middle(phone: Phone) -> None:
    phone.says("Salom")
    phone.taps("lang:uz")
    phone.says("/language")
    phone.taps("lang:ru")
    assert phone.talk.language == "ru"
    assert phone.codes[-2:] == ["language.set", "step.danger"]


def test_stop_takes_the_bots_words_back_and_says_nothing_more(phone: Phone) -> None:
    phone.says("/start")
    numbers = sent_everything(phone)
    said = len(phone.codes)
    phone.says("/stop")
    (errand,) = errands("delete")
    assert set(numbers) < set(errand["message_ids"])  # type: ignore[call-overload]
    assert len(phone.codes) == said
    assert ChatState.objects.get().hidden_at is not None


def test_stop_leaves_a_talk_in_serious_danger_in_the_queue(phone: Phone) -> None:
    phone.taps("danger:yes")
    phone.says("/stop")
    assert phone.talk.status == helpline.Status.WAITING
    assert "hidden" in [line.text for line in phone.lines if line.kind == "event"]


def test_stop_ends_an_ordinary_talk_and_writing_again_begins_a_new_one(phone: Phone) -> None:
    phone.says("Salom")
    phone.says("/stop")
    assert phone.talk is None
    phone.says("Yana men")
    assert (len(phone.conversations), phone.own) == (2, ["Salom", "Yana men"])
    assert ChatState.objects.get().hidden_at is None


def test_messages_older_than_telegram_allows_are_not_asked_to_be_taken_back(phone: Phone) -> None:
    phone.says("/start")
    sent_everything(phone)
    talks.Message.objects.update(created_at=timezone.now() - timedelta(hours=49))
    phone.says("/stop")
    (errand,) = errands("delete")
    assert len(errand["message_ids"]) == 1  # type: ignore[arg-type]


def test_delete_asks_once_and_no_keeps_everything(phone: Phone) -> None:
    phone.says("Salom")
    phone.says("/delete")
    assert phone.codes[-1] == "delete.explain"
    phone.taps("delete:no")
    assert phone.own == ["Salom"]


def test_delete_erases_every_word_of_every_talk_and_who_it_was(phone: Phone) -> None:
    phone.says("Salom")
    phone.says("/stop")
    phone.says("Yana")
    before = phone.identity
    phone.says("/delete")
    phone.taps("delete:yes")
    before.refresh_from_db()
    assert before.forgotten_at is not None
    assert not talks.Conversation.objects.filter(forgotten_at=None).exists()
    assert not ChatState.objects.exists()


def test_after_delete_the_phone_is_told_in_a_window_that_leaves_no_trace(phone: Phone) -> None:
    phone.says("Salom")
    phone.says("/delete")
    phone.taps("delete:yes")
    last = errands("answer")[-1]
    assert last["alert"] is True
    assert last["text"]


def test_blocking_the_bot_is_seen_and_counted(phone: Phone) -> None:
    phone.says("Salom")
    talk = phone.talk
    phone.changes_membership("kicked")
    talk.refresh_from_db()
    assert (talk.status, talk.close_reason) == (helpline.Status.CLOSED, helpline.CloseReason.BLOCKED_US)
    assert phone.identity.blocked_us_at is not None


def test_nothing_is_sent_to_who_blocked_us_and_unblocking_opens_the_way_again(phone: Phone) -> None:
    phone.says("Salom")
    phone.changes_membership("kicked")
    assert talks.claim_outgoing("telegram") == []
    phone.changes_membership("member")
    assert phone.identity.blocked_us_at is None
