"""Nobody writes to nobody: hands that go home, talks that end in the wrong moment, alarms that reach a person."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panoh.care.helpline import queries, rules, services
from panoh.care.helpline.errors import CallRefusedError, ContactRefusedError, TalkRefusedError
from panoh.care.helpline.models import Complaint, Contact, MediaRequest, MissedCall, Talk
from panoh.care.helpline.services import moves, watching
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .desk_cast import on, waiting

pytestmark = pytest.mark.django_db
LONG = timedelta(hours=5)
KIND = min(rules.taxonomy().codes("contact_types"))


@pytest.fixture
def talk(counsellor: User, supervisor: User) -> Talk:
    """A child's talk in the counsellor's hands."""
    on(counsellor, by=supervisor)
    return services.accept_talk(waiting("Salom"), by=counsellor)


def again(talk: Talk) -> Talk:
    return Talk.objects.get(pk=talk.pk)


def write(talk: Talk, text: str = "Shu yerdamisiz?") -> talks.Message:
    return services.receive_words(talk, body=text, key=uuid.uuid4())


def age(talk: Talk, by: timedelta, *names: str) -> None:
    Talk.objects.filter(pk=talk.pk).update(**dict.fromkeys(names, timezone.now() - by))


# --- hands that go home ----------------------------------------------------------------------------------------------


def test_a_child_whose_counsellor_went_off_is_given_to_the_next_one(talk: Talk, counsellor: User) -> None:
    services.set_presence(counsellor, presence="off")
    write(talk)
    age(talk, timedelta(minutes=10), "last_in_at", "accepted_at")
    assert services.return_left_alone() == 1
    assert (again(talk).status, again(talk).assignee) == ("waiting", None)


def test_a_child_whose_counsellor_was_switched_off_is_given_to_the_next_one(talk: Talk, counsellor: User) -> None:
    User.objects.filter(pk=counsellor.pk).update(is_active=False)
    age(talk, timedelta(minutes=10), "last_in_at", "accepted_at")
    assert services.return_left_alone() == 1


@pytest.mark.parametrize("presence", ["on", "full", "break"])
def test_a_talk_stays_with_whoever_is_there(talk: Talk, counsellor: User, presence: str) -> None:
    services.set_presence(counsellor, presence=presence)
    age(talk, timedelta(minutes=10), "last_in_at", "accepted_at")
    assert services.return_left_alone() == 0


def test_an_answered_child_stays_with_a_counsellor_who_went_off(talk: Talk, counsellor: User) -> None:
    services.say(talk, text="Men shu yerdaman", key=uuid.uuid4(), by=counsellor)
    services.set_presence(counsellor, presence="off")
    age(talk, timedelta(minutes=20), "last_in_at", "accepted_at")
    age(talk, timedelta(minutes=10), "last_out_at")
    assert services.return_left_alone() == 0


def test_nobody_hands_a_child_to_a_counsellor_who_was_never_vetted(talk: Talk, counsellor: User, person: Any) -> None:
    with pytest.raises(TalkRefusedError):
        services.transfer_talk(talk, to=person("counsellor", name="Timur"), reason="smena", by=counsellor)


# --- alarms ----------------------------------------------------------------------------------------------------------


def letters() -> int:
    return int(apps.get_model("notify", "Outgoing").objects.count())


def test_a_talk_that_went_back_to_the_queue_is_escalated_anew(talk: Talk, counsellor: User) -> None:
    Talk.objects.filter(pk=talk.pk).update(escalation=2, urgency=1)
    services.transfer_talk(talk, to=None, reason="smena", by=counsellor)
    assert services.escalate_late() == 0  # it has only just begun to wait again
    late = timezone.now() + timedelta(seconds=70)
    assert services.escalate_late(late) == 1
    assert (again(talk).escalation, letters()) == (1, 1)


def test_where_nobody_is_on_call_the_supervisors_hear_the_second_alarm_too(supervisor: User) -> None:
    talk = waiting("oʻzimni oʻldirmoqchiman")
    services.escalate_late(timezone.now() + timedelta(minutes=2))
    before = letters()
    services.escalate_late(timezone.now() + timedelta(minutes=4))
    assert (again(talk).escalation, letters()) == (2, before + 1)


def test_many_who_still_have_time_do_not_hide_one_who_is_late(supervisor: User) -> None:
    for _ in range(101):
        Talk.objects.filter(pk=waiting("Salom").pk).update(urgency=3, waiting_since=timezone.now() - LONG)
    Talk.objects.update(promised_at=timezone.now() + LONG)
    late = waiting("Salom")
    age(late, LONG, "waiting_since", "promised_at")
    Talk.objects.filter(pk=late.pk).update(urgency=3)
    assert services.escalate_late() == 1
    assert again(late).escalation == 2


# --- offers ----------------------------------------------------------------------------------------------------------


def test_the_only_one_who_speaks_a_language_is_offered_it_past_a_long_line(
    counsellor: User, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(counsellor, by=supervisor, languages=("kaa",))
    for _ in range(3):
        waiting("Salom")
    child = waiting("Sálem", language="kaa")
    real = queries.line.in_line
    monkeypatch.setattr(watching, "in_line", lambda now, **more: real(now, limit=2, **more))
    services.offer_waiting()
    assert again(child).offered_to == counsellor
    monkeypatch.setattr(queries.line, "in_line", lambda now, **more: real(now, **{**more, "limit": 2}))
    row = queries.next_row(counsellor)
    assert row is not None
    assert row.talk == child


def test_looking_for_free_hands_costs_the_same_for_one_and_for_many_who_wait(
    counsellor: User, supervisor: User, django_assert_max_num_queries: Any
) -> None:
    on(counsellor, by=supervisor, languages=("kaa",))
    for _ in range(20):
        waiting("Salom")
    with django_assert_max_num_queries(7):
        services.offer_waiting()


# --- the end of a talk -----------------------------------------------------------------------------------------------


def finish(client: Client, talk: Talk, seen: int) -> int:
    where = reverse("helpline:finish_talk", args=[talk.conversation.reference])
    return client.post(where, {"contact_type": KIND, "seen": seen}).status_code


def test_a_talk_with_words_nobody_has_read_does_not_end(talk: Talk, desk: Client) -> None:
    seen = talks.heads([talk.pk])[talk.pk]
    words = write(talk, "u qaytib keldi")
    assert finish(desk, talk, seen) == 422
    assert again(talk).status == "active"
    assert finish(desk, talk, words.version) == 302
    assert again(talk).status == "closed"


def test_who_comes_back_after_leaving_is_told_goodbye_and_counted_as_finished(talk: Talk, counsellor: User) -> None:
    services.person_left(talk)
    write(talk, "yana shu yerdaman")
    services.finish_talk(again(talk), by=counsellor, contact_type=KIND)
    assert again(talk).close_reason == "finished"


def test_an_edit_brings_a_talk_back_from_its_write_up(talk: Talk, counsellor: User) -> None:
    services.receive_words(talk, body="bir", key=uuid.uuid4(), external_id=9)
    services.begin_wrap_up(talk, by=counsellor)
    services.receive_edit(talk, external_id=9, body="oʻzimni oʻldirmoqchiman", at=timezone.now())
    assert (again(talk).status, again(talk).urgency) == ("active", 1)


def test_who_was_answered_and_waits_again_is_not_counted_as_left_before_answer(talk: Talk, counsellor: User) -> None:
    services.say(talk, text="Salom", key=uuid.uuid4(), by=counsellor)
    services.transfer_talk(talk, to=None, reason="smena", by=counsellor)
    services.person_left(talk)
    assert again(talk).close_reason == "left"


def test_a_talk_with_somebody_who_never_wrote_falls_silent_too(counsellor: User, supervisor: User) -> None:
    on(counsellor, by=supervisor)
    talk = services.accept_talk(services.request_person(waiting()), by=counsellor)
    age(talk, LONG, "accepted_at")
    assert services.close_quiet() == 1
    assert again(talk).status == "wrap_up"


def test_a_write_up_nobody_finished_is_counted_and_gets_an_end(talk: Talk, counsellor: User) -> None:
    services.begin_wrap_up(talk, by=counsellor)
    age(talk, timedelta(days=4), "last_in_at", "accepted_at")
    assert services.close_quiet() == 1
    contact = Contact.objects.get(talk=talk)
    assert (again(talk).status, contact.status, contact.by) == ("closed", "final", counsellor)


def test_a_word_that_came_meanwhile_keeps_a_silent_talk_open(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    age(talk, LONG, "last_in_at", "accepted_at")
    real = moves.lock_talk
    monkeypatch.setattr(watching, "lock_talk", lambda held: write(held) and real(held))
    assert services.close_quiet() == 0
    assert again(talk).status == "active"


def test_words_sent_while_the_talk_ends_stay_with_the_child(
    counsellor: User, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(counsellor, by=supervisor)
    child = Client(headers={"sec-fetch-site": "same-origin"})
    child.post("/uz/talk/", {"who": "child", "danger": "no", "key": str(uuid.uuid4())})
    talk = services.accept_talk(Talk.objects.get(), by=counsellor)
    services.finish_talk(talk, by=counsellor, contact_type=KIND)
    monkeypatch.setattr("panoh.care.helpline.views.street._problem", lambda form, talk: (form.is_valid() and "", 200))
    child.post("/uz/talk/say/", {"text": "Kutib turing", "key": str(uuid.uuid4())})
    page = child.get("/uz/talk/now/").content.decode()
    assert "Kutib turing" in page
    assert "composer" in page


# --- what an ended talk no longer takes ------------------------------------------------------------------------------


def test_nothing_about_an_ended_talk_is_judged_or_whispered_any_more(talk: Talk, counsellor: User) -> None:
    services.finish_talk(talk, by=counsellor, contact_type=KIND)
    with pytest.raises(TalkRefusedError):
        services.set_urgency(talk, urgency=1, reason="", by=counsellor)
    with pytest.raises(TalkRefusedError):
        services.whisper(talk, text="eh", key=uuid.uuid4(), by=counsellor)
    with pytest.raises(TalkRefusedError):
        services.ask_help(talk, by=counsellor)


def test_raising_the_urgency_never_moves_the_promise_back(supervisor: User) -> None:
    talk = waiting("Salom")
    soon = timezone.now() + timedelta(minutes=1)
    Talk.objects.filter(pk=talk.pk).update(urgency=4, promised_at=soon)
    services.set_urgency(talk, urgency=3, reason="", by=supervisor)
    assert again(talk).promised_at == soon


def test_the_contact_of_an_erased_talk_is_not_amended(talk: Talk, counsellor: User, supervisor: User) -> None:
    services.finish_talk(talk, by=counsellor, contact_type=KIND)
    services.forget_talk(again(talk))
    with pytest.raises(ContactRefusedError):
        services.amend_contact(Contact.objects.get(talk=talk), reason="xato", by=supervisor, sex="girl")


def test_a_complaint_is_about_whoever_wrote_and_hidden_from_them_in_other_hands(
    talk: Talk, counsellor: User, supervisor: User
) -> None:
    services.say(talk, text="Salom", key=uuid.uuid4(), by=counsellor)
    services.take_over(talk, reason="tekshiruv", by=supervisor)
    services.complain(again(talk), text="yomon gap aytdi", key=uuid.uuid4())
    assert Complaint.objects.get().about == counsellor


# --- what is kept has an end -----------------------------------------------------------------------------------------


def test_a_note_of_a_call_that_nobody_finished_loses_its_words_too(counsellor: User) -> None:
    draft = services.log_call(channel="phone", language="uz", by=counsellor)
    services.save_wrap_up(draft, summary="Ism va manzil", by=counsellor)
    services.forget(timezone.now() + timedelta(days=1))
    draft.refresh_from_db()
    assert (draft.summary, queries.summary_of(draft)) == (None, "")
    with pytest.raises(ContactRefusedError):
        services.save_wrap_up(draft, summary="yana", by=counsellor)


def test_who_called_in_vain_is_forgotten_and_the_call_stays_counted(supervisor: User) -> None:
    record = "id,started_at,caller,answered\n7,2026-01-02T10:00,+998901112233,no\n"
    services.import_missed_calls(record, by=supervisor)
    services.forget(timezone.now())
    assert MissedCall.objects.get().caller_lookup == ""


def test_a_file_of_an_erased_talk_is_wanted_by_nobody(counsellor: User, supervisor: User) -> None:
    on(counsellor, by=supervisor)
    talk = services.start_talk(channel="telegram", language="uz", identity=talks.identity_for("telegram", "77"))
    photo = services.receive_words(talk, body="", kind="photo", key=uuid.uuid4(), meta={"file_id": "F"})
    talk = services.accept_talk(talk, by=counsellor)
    services.ask_media(talk, seq=photo.seq, shows="threat", reason="Kim yozgan?", by=counsellor)
    assert len(queries.wanted_files("telegram")) == 1
    services.forget_talk(talk)
    assert MediaRequest.objects.get().status == "asked"
    assert queries.wanted_files("telegram") == []


def test_a_search_in_what_was_written_is_on_record_without_its_words(desk: Client, counsellor: User) -> None:
    desk.post(reverse("helpline:contacts"), {"words": "Madina"})
    (entry,) = [one for one in audit.trail(counsellor.code) if one.verb == "contacts.searched"]
    assert "Madina" not in str(entry.codes)


def test_a_broken_call_record_is_a_sentence_and_no_crash(supervisor: User) -> None:
    with pytest.raises(CallRefusedError):
        services.import_missed_calls("id,started_at,answered\n" + "x" * 200_000, by=supervisor)
