"""A child writes: whatever door, the words are kept once, in order, and the wait begins."""

import uuid

import pytest

from panoh.care.helpline import services
from panoh.care.helpline.models import Contact, Status, Talk
from panoh.care.talks import public as talks

pytestmark = pytest.mark.django_db


def started(language: str = "uz") -> Talk:
    return services.start_talk(channel="web", language=language)


def test_whoever_opens_the_door_is_counted_even_if_they_leave_at_once() -> None:
    talk = started()
    services.person_left(talk)
    assert Contact.objects.get(talk=talk).status == "final"
    assert Talk.objects.get(pk=talk.pk).close_reason == "left_before_answer"


def test_the_same_words_sent_twice_are_kept_once() -> None:
    talk, key = started(), uuid.uuid4()
    first = services.receive_words(talk, body="Salom", key=key)
    second = services.receive_words(talk, body="Salom", key=key)
    assert first.pk == second.pk
    assert len(talks.all_lines(talk.conversation)) == 1


def test_typing_instead_of_tapping_is_enough_to_wait_for_a_person() -> None:
    talk = started()
    services.receive_words(talk, body="Salom", key=uuid.uuid4())
    assert Talk.objects.get(pk=talk.pk).status == Status.WAITING


def test_danger_said_by_the_person_is_u1() -> None:
    talk = started()
    services.answer_step(talk, danger="yes")
    assert Talk.objects.get(pk=talk.pk).urgency == 1


def test_words_after_the_end_open_a_new_talk_with_the_same_person() -> None:
    identity = talks.identity_for("telegram", "42")
    talk = services.start_talk(channel="telegram", language="uz", identity=identity)
    services.person_left(talk)
    message = services.receive_words(talk, body="Yana men", key=uuid.uuid4())
    assert message.conversation_id != talk.pk
    assert message.conversation.identity_id == identity.pk


def test_after_delete_nothing_can_be_read_and_the_contact_still_counts() -> None:
    talk = started()
    services.receive_words(talk, body="Sirim bor", key=uuid.uuid4())
    services.forget_talk(talk)
    assert talks.all_lines(talk.conversation) == []
    assert Contact.objects.filter(talk=talk, status="final").count() == 1
