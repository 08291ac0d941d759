"""What nobody has to remember: offers, lateness, silence, and the last number."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone
from pytest_django import Settings

from panoh.care.helpline import queries, services
from panoh.care.helpline.errors import TalkRefusedError
from panoh.care.helpline.models import Contact, Shift, Talk, UrgencyChange
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User

pytestmark = pytest.mark.django_db


def ready(user: User, lead: User, *, topics: tuple[str, ...] = (), capacity: int = 2) -> User:
    today = timezone.localdate()
    services.set_skills(user, languages=["uz", "ru"], topics=list(topics), capacity=capacity, by=lead)
    services.record_vetting(user, vetted_on=today, expires_on=today + timedelta(days=9), by=lead)
    services.set_presence(user, presence="on")
    return user


def waiting(body: str = "Salom", minutes: int = 0) -> Talk:
    talk = services.start_talk(channel="web", language="uz")
    services.receive_words(talk, body=body, key=uuid.uuid4())
    since = timezone.now() - timedelta(minutes=minutes)
    Talk.objects.filter(pk=talk.pk).update(waiting_since=since)
    return Talk.objects.get(pk=talk.pk)


def test_a_waiting_talk_is_offered_to_whoever_knows_its_topic(
    counsellor: User, supervisor: User, person: Callable[..., User]
) -> None:
    ready(counsellor, supervisor)
    other = ready(person("counsellor", name="Timur"), supervisor, topics=("sextortion",))
    talk = waiting("rasmimni tarqataman deb pul soʻrayapti")
    services.offer_waiting()
    assert Talk.objects.get(pk=talk.pk).offered_to == other


def test_nobody_is_offered_more_than_their_hands_hold(counsellor: User, supervisor: User) -> None:
    ready(counsellor, supervisor, capacity=1)
    waiting()
    waiting()
    services.offer_waiting()
    assert Talk.objects.filter(offered_to=counsellor).count() == 1


def test_an_offer_nobody_takes_goes_on(counsellor: User, supervisor: User, person: Callable[..., User]) -> None:
    ready(counsellor, supervisor)
    talk = waiting()
    services.offer_waiting()
    ready(person("counsellor", name="Timur"), supervisor)
    services.offer_waiting(timezone.now() + timedelta(seconds=31))
    assert Talk.objects.get(pk=talk.pk).offered_to != counsellor


def test_without_a_valid_vetting_nobody_is_offered_a_child(counsellor: User, supervisor: User) -> None:
    ready(counsellor, supervisor)
    type(counsellor.counsellor).objects.update(vetting_expires_on=timezone.localdate() - timedelta(days=1))
    waiting()
    assert services.offer_waiting() == 0


def test_u1_tells_the_supervisor_and_then_whoever_is_on_call_once_each(
    supervisor: User, person: Callable[..., User]
) -> None:
    on_call = person("supervisor", name="Nodira")
    now = timezone.now()
    Shift.objects.create(
        user=on_call, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=9), on_call=True
    )
    talk = waiting("oʻzimni oʻldirmoqchiman", minutes=2)
    assert talk.urgency == 1
    assert (services.escalate_late(), services.escalate_late()) == (1, 0)
    Talk.objects.filter(pk=talk.pk).update(waiting_since=now - timedelta(minutes=4))
    assert (services.escalate_late(), services.escalate_late()) == (1, 0)
    assert Talk.objects.get(pk=talk.pk).escalation == 2
    assert apps.get_model("notify", "Outgoing").objects.count() == 3


def test_a_machine_raises_and_only_a_person_with_a_reason_lowers(counsellor: User, supervisor: User) -> None:
    ready(counsellor, supervisor)
    talk = services.accept_talk(waiting("oʻzimni oʻldirmoqchiman"), by=counsellor)
    with pytest.raises(TalkRefusedError):
        services.set_urgency(talk, urgency=3, reason=" ", by=counsellor)
    services.receive_words(talk, body="rahmat, hazillashdim", key=uuid.uuid4())
    assert Talk.objects.get(pk=talk.pk).urgency == 1
    services.set_urgency(talk, urgency=3, reason="Kino haqida ekan", by=counsellor)
    assert UrgencyChange.objects.filter(source="staff", after=3).count() == 1


def test_a_talk_nobody_finished_beginning_is_counted_as_left() -> None:
    talk = services.start_talk(channel="web", language="uz")
    Talk.objects.filter(pk=talk.pk).update(opened_at=timezone.now() - timedelta(hours=2))
    assert services.close_quiet() == 1
    assert Contact.objects.get(talk=talk).status == "final"


def test_a_talk_that_fell_silent_goes_to_its_wrap_up_and_one_word_brings_it_back(
    counsellor: User, supervisor: User
) -> None:
    ready(counsellor, supervisor)
    talk = services.accept_talk(waiting(), by=counsellor)
    long_ago = timezone.now() - timedelta(hours=5)
    Talk.objects.filter(pk=talk.pk).update(last_in_at=long_ago, accepted_at=long_ago)
    assert services.close_quiet() == 1
    services.receive_words(talk, body="kechirasiz, shu yerdaman", key=uuid.uuid4())
    assert Talk.objects.get(pk=talk.pk).status == "active"


def test_in_production_an_unreviewed_sentence_does_not_stop_us_from_helping(
    counsellor: User, supervisor: User, settings: Settings
) -> None:
    ready(counsellor, supervisor)
    talk = waiting()
    settings.PRODUCTION = True
    services.accept_talk(talk, by=counsellor)
    assert [line.direction for line in talks.all_lines(talk.conversation)] == ["in"]


def test_a_thousand_late_talks_are_one_message_to_each_supervisor(supervisor: User) -> None:
    for _ in range(5):
        waiting("oʻzimni oʻldirmoqchiman", minutes=2)
    assert services.escalate_late() == 5
    assert apps.get_model("notify", "Outgoing").objects.count() == 1


def test_a_child_whose_last_word_nobody_answers_is_told_to_a_supervisor_once(
    counsellor: User, supervisor: User
) -> None:
    ready(counsellor, supervisor)
    talk = services.accept_talk(waiting(), by=counsellor)
    long_ago = timezone.now() - timedelta(hours=1)
    Talk.objects.filter(pk=talk.pk).update(last_in_at=long_ago, accepted_at=long_ago)
    assert (services.escalate_late(), services.escalate_late()) == (1, 0)
    services.say(talk, text="Kechirasiz, shu yerdaman", key=uuid.uuid4(), by=counsellor)
    assert Talk.objects.get(pk=talk.pk).escalation == 0


def test_a_waiting_talk_nobody_can_come_back_to_is_counted_as_left() -> None:
    lost, kept = waiting(minutes=13 * 60), waiting(minutes=13 * 60)
    talks.issue_receipt(kept.conversation)
    services.close_quiet()
    assert Talk.objects.get(pk=lost.pk).close_reason == "left_before_answer"
    assert Talk.objects.get(pk=kept.pk).status == "waiting"


def test_a_complaint_outlives_the_talk_it_is_about(supervisor: User) -> None:
    talk = waiting()
    complaint = services.complain(talk, text="Qoʻpol gapirdi", key=uuid.uuid4())
    services.forget_talk(talk)
    assert queries.opened(complaint).text == "Qoʻpol gapirdi"


def test_a_call_somebody_left_behind_can_be_taken_over_by_a_supervisor(counsellor: User, supervisor: User) -> None:
    entry = services.ask_call_back(number="+998901234567", language="uz", by=counsellor)
    services.take_call_back(entry, by=counsellor)
    assert services.take_call_back(entry, by=supervisor).taken_by == supervisor
