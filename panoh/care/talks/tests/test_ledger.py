"""The ledger: one order per talk, nothing rewritten, nothing readable without its key."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from panoh.care.talks import public as talks
from panoh.care.talks.models import Message, MessageRevision
from panoh.care.talks.services import returning

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(db: None) -> talks.Conversation:
    identity = talks.identity_for("telegram", "4242")
    return talks.open_conversation(channel="telegram", language="uz", identity=identity)


def said(conversation: talks.Conversation, text: str, **more: object) -> talks.Message:
    return talks.append_message(conversation, direction="in", body=text, **more)  # type: ignore[arg-type]


def test_two_people_cannot_get_one_number(conversation: talks.Conversation) -> None:
    first = said(conversation, "bir")
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            conversation=conversation, seq=first.seq, version=first.seq, key=uuid.uuid4(), direction="in",
            body=b"", said_at=timezone.now(), delivery="received",
        )  # fmt: skip


def test_an_edit_keeps_both_wordings_and_moves_the_cursor(conversation: talks.Conversation) -> None:
    first = said(conversation, "eski", external_id=7)
    talks.revise_message(conversation, external_id=7, body="yangi", at=timezone.now())
    (line,) = talks.lines_after(conversation.pk, first.version)
    assert (line.text, line.seq, line.revised) == ("yangi", first.seq, 1)
    assert [text for _at, text in talks.earlier_wordings(conversation, first.seq)] == ["eski"]


def test_no_word_and_no_telegram_number_stands_in_the_database_in_plain(conversation: talks.Conversation) -> None:
    message = said(conversation, "maxfiy soʻz")
    talks.revise_message(conversation, external_id=0, body="boshqa", at=timezone.now())
    assert b"maxfiy" not in bytes(Message.objects.get(pk=message.pk).body)
    assert b"4242" not in bytes(conversation.identity.external_id)  # type: ignore[union-attr]


def test_outgoing_words_are_claimed_once_and_one_at_a_time(conversation: talks.Conversation) -> None:
    for text in ("bir", "ikki"):
        talks.append_message(conversation, direction="out", body=text)
    (first,) = talks.claim_outgoing("telegram", limit=10)
    assert first.body == "bir"
    assert talks.claim_outgoing("telegram", limit=10) == []
    talks.mark_sent(first.message_id, external_id=1)
    assert [out.body for out in talks.claim_outgoing("telegram", limit=10)] == ["ikki"]


def test_a_message_whose_sender_died_is_unconfirmed_and_never_sent_by_itself(conversation: talks.Conversation) -> None:
    talks.append_message(conversation, direction="out", body="bir")
    talks.claim_outgoing("telegram", limit=10)
    assert talks.mark_stale_sending_unconfirmed(timezone.now()) == 1
    assert talks.claim_outgoing("telegram", limit=10) == []
    assert talks.all_lines(conversation)[0].delivery == "unconfirmed"


def test_the_person_does_not_receive_what_staff_whisper(conversation: talks.Conversation) -> None:
    talks.append_message(conversation, direction="note", audience="staff", body="ehtiyot boʻling")
    assert talks.lines_after(conversation.pk, 0) == []
    assert len(talks.lines_after(conversation.pk, 0, audience="staff")) == 1


def test_a_return_code_opens_its_talk_and_only_the_newest_one(conversation: talks.Conversation) -> None:
    old = talks.issue_receipt(conversation)
    new = talks.issue_receipt(conversation)
    assert talks.conversation_by_receipt(new).pk == conversation.pk
    with pytest.raises(talks.ReceiptRefusedError):
        talks.conversation_by_receipt(old)


def test_forgetting_a_talk_takes_the_words_the_person_and_the_code(conversation: talks.Conversation) -> None:
    said(conversation, "unut", external_id=3)
    talks.revise_message(conversation, external_id=3, body="unutgin", at=timezone.now())
    code = talks.issue_receipt(conversation)
    talks.forget_conversation(conversation, reason="asked")
    assert talks.lines_after(conversation.pk, 0) == []
    assert not MessageRevision.objects.exists()
    with pytest.raises(talks.ReceiptRefusedError):
        talks.conversation_by_receipt(code)


def test_a_page_that_resumes_between_two_seen_lines_misses_neither(conversation: talks.Conversation) -> None:
    web = talks.open_conversation(channel="web", language="uz")
    for text in ("bir", "ikki", "uch"):
        talks.append_message(web, direction="out", body=text)
    assert talks.mark_seen(web, upto=2) == 2
    changed = talks.lines_after(web.pk, 3)
    assert [(line.text, line.delivery) for line in changed] == [("bir", "delivered"), ("ikki", "delivered")]
    assert [line.text for line in talks.lines_after(web.pk, changed[0].version)] == ["ikki"]


def test_one_message_that_cannot_be_opened_does_not_keep_the_others_from_going_out() -> None:
    broken, sound = (
        talks.open_conversation(channel="telegram", language="uz", identity=talks.identity_for("telegram", chat))
        for chat in ("51", "52")
    )
    for one in (broken, sound):
        talks.append_message(one, direction="out", body="Salom")
    talks.Identity.objects.filter(conversations=broken).update(external_id=b"")
    assert [out.conversation_id for out in talks.claim_outgoing("telegram")] == [sound.pk]
    assert broken.messages.get().delivery_reason == "unreadable"


def test_a_message_that_arrives_while_its_talk_is_erased_leaves_no_number_behind(
    conversation: talks.Conversation,
) -> None:
    talks.append_message(conversation, direction="out", body="Salom")
    (out,) = talks.claim_outgoing("telegram")
    talks.forget_conversation(conversation, reason="asked")
    talks.mark_sent(out.message_id, external_id=99)
    assert conversation.messages.get().external_id is None


def test_wrong_codes_never_shut_a_person_out_for_longer_than_a_quarter_of_an_hour(
    conversation: talks.Conversation,
) -> None:
    talks.issue_receipt(conversation)
    conversation.receipts.update(failures=29)
    assert returning._note_failure(conversation.receipts.get(), timezone.now()) == 900


def test_a_talk_may_begin_with_its_first_words() -> None:
    begun = talks.open_conversation(channel="web", language="uz", words="Salom")
    after = said(begun, "yana men")
    assert [(line.seq, line.text) for line in talks.all_lines(begun)] == [(1, "Salom"), (2, "yana men")]
    assert (after.version, begun.messages.get(seq=1).delivery) == (2, "received")


def test_first_words_that_are_too_long_begin_nothing() -> None:
    with pytest.raises(talks.LedgerError):
        talks.open_conversation(channel="web", language="uz", words="x" * 8001)
    assert not talks.Conversation.objects.exists()
