"""At the desk: one talk is one screen; what is said, held, whispered, judged and handed over."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panoh.care.helpline import queries, services
from panoh.care.helpline.models import Held, Status, Talk
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .desk_cast import on, waiting

pytestmark = pytest.mark.django_db
Cast = Callable[..., User]


@pytest.fixture
def dilnoza(counsellor: User, supervisor: User) -> User:
    on(counsellor, by=supervisor)
    return counsellor


@pytest.fixture
def talk(dilnoza: User) -> Talk:
    return services.accept_talk(waiting("Salom"), by=dilnoza)


def at(name: str, talk: Talk, *more: object) -> str:
    return reverse(f"helpline:{name}", args=[talk.conversation.reference, *more])


def words(text: str, key: uuid.UUID | None = None) -> dict[str, str]:
    return {"text": text, "key": str(key or uuid.uuid4())}


def spoken(talk: Talk) -> list[str]:
    """What the child can read."""
    return [line.text for line in talks.all_lines(talk.conversation) if line.direction == "out"]


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_of_two_who_accept_at_once_one_gets_the_talk_and_the_other_is_told(
    desk: Client, dilnoza: User, person: Cast, supervisor: User
) -> None:
    other = person("counsellor", name="Timur")
    on(other, by=supervisor)
    talk = waiting("Salom")
    first = desk.post(at("accept_talk", talk))
    second = browser(other).post(at("accept_talk", talk), follow=True)
    assert first["Location"] == at("talk", talk)
    assert second.redirect_chain[-1][0] == reverse("helpline:queue")
    assert "somebody else is with this person" in second.content.decode()
    assert Talk.objects.get(pk=talk.pk).assignee == dilnoza


def test_another_counsellor_cannot_tell_that_the_talk_exists(talk: Talk, person: Cast, supervisor: User) -> None:
    other = person("counsellor", name="Timur")
    on(other, by=supervisor)
    theirs = browser(other)
    assert theirs.get(at("talk", talk)).status_code == 404
    assert theirs.post(at("say", talk), words("Salom")).status_code == 404
    assert theirs.get(at("lines", talk)).status_code == 404


def test_what_the_counsellor_says_reaches_the_child_once_however_often_it_is_sent(desk: Client, talk: Talk) -> None:
    sent = words("Yozganingiz yaxshi boʻldi.")
    for _again in range(3):
        assert desk.post(at("say", talk), sent).status_code == 302
    assert spoken(talk) == ["Yozganingiz yaxshi boʻldi."]


def test_a_script_learns_the_number_of_what_it_sent(desk: Client, talk: Talk) -> None:
    answer = desk.post(at("say", talk), words("Salom"), headers={"accept": "application/json"})
    assert answer.json()["kind"] == "text"
    assert answer.json()["seq"] == talks.all_lines(talk.conversation)[-1].seq


def test_a_phone_number_waits_for_the_supervisor_and_the_child_does_not_see_it(desk: Client, talk: Talk) -> None:
    desk.post(at("say", talk), words("Menga yozing: +998 90 111 22 33"))
    assert spoken(talk) == []
    page = desk.get(at("talk", talk)).content.decode()
    assert "Held back. The person has not seen this." in page


def test_released_words_go_out_and_nobody_releases_their_own(
    desk: Client, talk: Talk, dilnoza: User, supervisor: User
) -> None:
    desk.post(at("say", talk), words("Menga yozing: +998 90 111 22 33"))
    held = Held.objects.get()
    decide = reverse("helpline:decide_held", args=[held.pk])
    assert desk.post(decide, {"decision": "release"}).status_code == 403
    browser(supervisor).post(decide, {"decision": "release"})
    assert spoken(talk) == ["Menga yozing: +998 90 111 22 33"]


def test_a_decision_that_is_neither_releases_nothing(desk: Client, talk: Talk, supervisor: User) -> None:
    desk.post(at("say", talk), words("Menga yozing: +998 90 111 22 33"))
    browser(supervisor).post(reverse("helpline:decide_held", args=[Held.objects.get().pk]), {"decision": "perhaps"})
    assert spoken(talk) == []
    assert Held.objects.get().decided_at is None


def test_words_that_could_not_go_are_still_in_the_form(desk: Client, talk: Talk) -> None:
    services.begin_wrap_up(talk, by=talk.assignee)  # type: ignore[arg-type]
    answer = desk.post(at("say", talk), words("Yana bir gap"))
    assert answer.status_code == 422
    assert "moved on meanwhile" in answer.content.decode()
    assert "Yana bir gap" in answer.content.decode()


def test_too_many_words_are_kept_and_not_sent(desk: Client, talk: Talk) -> None:
    answer = desk.post(at("say", talk), words("salom " * 800))
    assert answer.status_code == 422
    assert answer.content.decode().count("salom salom") >= 1
    assert spoken(talk) == []


def test_a_whisper_stays_among_staff(desk: Client, talk: Talk, supervisor: User) -> None:
    desk.post(at("ask_help", talk))
    browser(supervisor).post(at("whisper", talk), words("Ask whether she is alone."))
    assert "Ask whether she is alone." in desk.get(at("talk", talk)).content.decode()
    assert "Ask whether she is alone." not in [line.text for line in talks.all_lines(talk.conversation)]
    assert not talk.help_requests.filter(answered_at=None).exists()


def test_a_supervisor_reads_along_silently_and_the_record_keeps_it(talk: Talk, supervisor: User) -> None:
    before = len(talks.all_lines(talk.conversation, audience="staff"))
    browser(supervisor).get(at("talk", talk))
    assert len(talks.all_lines(talk.conversation, audience="staff")) == before
    seen = [entry for entry in audit.trail(talk.conversation.reference) if entry.verb == "talk.viewed"]
    assert [entry.actor for entry in seen] == [supervisor.code]


def test_the_other_script_is_for_the_eye_and_the_stored_words_stay(desk: Client, dilnoza: User) -> None:
    talk = services.accept_talk(waiting("Саломлар", language="uz-cyrl"), by=dilnoza)
    assert "Salomlar" in desk.get(at("talk", talk) + "?script=other").content.decode()
    assert "Salomlar" in desk.get(at("lines", talk) + "?after=0&script=other").content.decode()
    assert talks.all_lines(talk.conversation)[0].text == "Саломлар"


def test_an_edit_shows_its_earlier_wording_on_demand(desk: Client, talk: Talk) -> None:
    said = services.receive_words(talk, body="Birinchi", key=uuid.uuid4(), external_id=5)
    services.receive_edit(talk, external_id=5, body="Ikkinchi", at=timezone.now())
    assert "Birinchi" not in desk.get(at("talk", talk)).content.decode()
    assert "Birinchi" in desk.get(at("wordings", talk, said.seq)).content.decode()
    assert desk.get(at("wordings", talk, 999)).status_code == 404


def test_only_what_changed_is_drawn_again(desk: Client, talk: Talk) -> None:
    after = talks.all_lines(talk.conversation)[-1].version
    services.receive_words(talk, body="Yangi gap", key=uuid.uuid4())
    drawn = desk.get(at("lines", talk), {"after": after}).content.decode()
    assert "Yangi gap" in drawn
    assert drawn.count("<li") == 1


def test_lowering_the_urgency_needs_a_reason_and_what_was_typed_stays(desk: Client, talk: Talk) -> None:
    Talk.objects.filter(pk=talk.pk).update(urgency=2)
    refused = desk.post(at("set_urgency", talk), {"urgency": "4", "reason": ""})
    assert refused.status_code == 422
    assert desk.post(at("set_urgency", talk), {"urgency": "4", "reason": "Boshqa gap"}).status_code == 302
    assert Talk.objects.get(pk=talk.pk).urgency == 4
    assert "Boshqa gap" in desk.get(at("talk", talk)).content.decode()


def test_setting_the_same_urgency_is_no_mistake(desk: Client, talk: Talk) -> None:
    assert desk.post(at("set_urgency", talk), {"urgency": str(talk.urgency), "reason": ""}).status_code == 302


def test_a_talk_is_handed_to_a_colleague_who_speaks_the_language(
    desk: Client, talk: Talk, person: Cast, supervisor: User
) -> None:
    other = person("counsellor", name="Timur")
    on(other, by=supervisor)
    desk.post(at("transfer_talk", talk), {"to": other.code, "reason": "Smenam tugadi"})
    assert Talk.objects.get(pk=talk.pk).assignee == other
    assert desk.get(at("talk", talk)).status_code == 404


def test_a_talk_given_back_waits_again(desk: Client, talk: Talk) -> None:
    desk.post(at("transfer_talk", talk), {"to": "", "reason": "Dam olaman"})
    fresh = Talk.objects.get(pk=talk.pk)
    assert (fresh.status, fresh.assignee) == (Status.WAITING, None)


def test_a_counsellor_cannot_take_over(desk: Client, talk: Talk) -> None:
    assert desk.post(at("take_over", talk), {"reason": "x"}).status_code == 403


def test_hold_and_go_on_and_the_person_brings_it_back(desk: Client, talk: Talk) -> None:
    desk.post(at("hold_talk", talk))
    assert Talk.objects.get(pk=talk.pk).status == Status.ON_HOLD
    services.receive_words(talk, body="Hali shu yerdaman", key=uuid.uuid4())
    assert Talk.objects.get(pk=talk.pk).status == Status.ACTIVE


def test_a_message_that_failed_goes_out_again_because_a_person_says_so(desk: Client, dilnoza: User) -> None:
    identity = talks.identity_for("telegram", "42")
    talk = services.accept_talk(waiting("Salom", channel="telegram", identity=identity), by=dilnoza)
    message = services.say(talk, text="Salom", key=uuid.uuid4(), by=dilnoza)
    talks.mark_failed(message.pk, reason="blocked")
    assert "the person blocked the bot" in desk.get(at("talk", talk)).content.decode()
    desk.post(at("send_again", talk, message.seq))
    message.refresh_from_db()
    assert message.delivery == "queued"


def test_sending_again_what_the_child_said_changes_nothing(desk: Client, talk: Talk) -> None:
    answer = desk.post(at("send_again", talk, 1), follow=True)
    assert "cannot be sent again" in answer.content.decode()


def test_a_sentence_is_put_in_without_a_script_and_is_not_sent(desk: Client, talk: Talk) -> None:
    topics = queries.answers_for(talk, alias="Dilnoza")
    answer = topics[0].answers[0]
    page = desk.get(at("talk", talk), {"answer": answer.code})
    assert page.context["say_form"]["text"].value() == answer.text
    assert spoken(talk) == []


def test_a_sentence_nobody_reviewed_is_not_offered_in_production(talk: Talk, settings: object) -> None:
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    shown = [one for topic in queries.answers_for(talk, alias="Dilnoza") for one in topic.answers]
    assert all(one.is_reviewed for one in shown)


def test_typing_is_told_by_the_one_who_holds_the_talk_only(desk: Client, talk: Talk, supervisor: User) -> None:
    assert desk.post(at("typing", talk)).status_code == 204
    assert browser(supervisor).post(at("typing", talk)).status_code == 409


def test_a_finished_talk_closes_to_its_counsellor_after_some_days(desk: Client, talk: Talk, dilnoza: User) -> None:
    services.finish_talk(talk, by=dilnoza, contact_type="child_self")
    assert desk.get(at("talk", talk)).status_code == 200
    Talk.objects.filter(pk=talk.pk).update(closed_at=timezone.now() - timedelta(hours=100))
    assert desk.get(at("talk", talk)).status_code == 404


def test_the_page_of_a_forgotten_talk_still_opens_for_the_supervisor(talk: Talk, supervisor: User) -> None:
    services.set_urgency(talk, urgency=1, reason="Tunda", by=talk.assignee)  # type: ignore[arg-type]
    services.forget_talk(talk)
    page = browser(supervisor).get(at("talk", talk))
    assert page.status_code == 200
    assert "Salom" not in page.content.decode().split('id="log"')[1].split("</ol>")[0]


def test_the_whole_talk_goes_without_a_script(desk: Client, dilnoza: User) -> None:
    talk = waiting("Yordam kerak")
    page = desk.post(at("accept_talk", talk), follow=True).content.decode()
    assert 'action="' + at("say", talk) in page
    assert 'name="key"' in page
    page = desk.post(at("say", talk), words("Shu yerdaman"), follow=True).content.decode()
    assert "Shu yerdaman" in page
    desk.post(at("begin_wrap_up", talk))
    desk.post(at("finish_talk", talk), {"contact_type": "child_self", "summary": "Qisqa"})
    assert Talk.objects.get(pk=talk.pk).status == Status.CLOSED


def test_a_word_during_the_write_up_brings_the_talk_back(desk: Client, talk: Talk) -> None:
    desk.post(at("begin_wrap_up", talk))
    services.receive_words(talk, body="Yana bir narsa", key=uuid.uuid4())
    assert Talk.objects.get(pk=talk.pk).status == Status.ACTIVE
    desk.post(at("begin_wrap_up", talk))
    desk.post(at("resume_talk", talk))
    assert Talk.objects.get(pk=talk.pk).status == Status.ACTIVE
