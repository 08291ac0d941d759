"""Practice talks: scripted children in every language, scored honestly, walled off from everything that is real."""

import uuid
from datetime import timedelta
from unittest import mock

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from panoh.care.helpline import drill as play
from panoh.care.helpline import rules, services
from panoh.care.helpline.models import Contact, Drill, Talk
from panoh.care.talks.public import Conversation
from panoh.ground.accounts.public import User
from panoh.ground.languages.public import fold
from panoh.ground.vault import public as vault

SEXTORTION = "sextortion_deadline"


@pytest.fixture
def drill(counsellor: User) -> Drill:
    made = services.practise(scenario=SEXTORTION, language="uz", by=counsellor)
    return services.accept_drill(made, by=counsellor)


def say(drill: Drill, text: str) -> Drill:
    return services.say_in_drill(drill, text=text, key=uuid.uuid4(), by=drill.trainee)


def said_by_child(desk: Client, drill: Drill) -> str:
    return desk.get(f"/desk/drills/{drill.reference}/").content.decode()


def test_there_are_at_least_twenty_five_scenarios_that_can_be_played() -> None:
    assert len(rules.scenarios()) >= 25
    urgencies = {scenario.urgency for scenario in rules.scenarios().values()}
    assert urgencies == {1, 2, 3, 4}


@pytest.mark.parametrize("code", sorted(rules.scenarios()))
def test_every_question_of_a_scenario_can_be_reached_in_every_language(code: str) -> None:
    scenario = rules.scenarios()[code]
    for language in play.WRITTEN:
        for beat in scenario.beats:
            for start in beat.hears[language]:
                assert beat in play.heard(scenario, start, fold), (language, beat.code, start)


@pytest.mark.parametrize("code", sorted(rules.scenarios()))
def test_a_scenario_is_about_a_topic_and_a_caller_that_the_desk_knows(code: str) -> None:
    scenario = rules.scenarios()[code]
    assert scenario.topic in rules.taxonomy().codes("topics")
    assert scenario.caller in {"child", "parent", "professional", "other"}
    assert scenario.age_band in rules.taxonomy().codes("age_bands")


def test_the_child_writes_in_the_script_that_was_chosen(desk: Client, counsellor: User) -> None:
    made = services.practise(scenario=SEXTORTION, language="uz-cyrl", by=counsellor)
    services.accept_drill(made, by=counsellor)
    assert "менга ёрдам керак" in said_by_child(desk, made)


@pytest.mark.parametrize("words", ["Sen aybdor emassan", "сен айбдор эмассан", "ты не виноват"])
def test_the_script_hears_every_language_and_script(desk: Client, drill: Drill, words: str) -> None:
    assert say(drill, words).touched == ["not_your_fault"]
    assert "qoʻrqib ketdim" in said_by_child(desk, drill)


def test_words_that_mean_nothing_to_the_script_get_a_fallback_in_turn(drill: Drill) -> None:
    after = say(say(drill, "xyz"), "xyz")
    assert (after.touched, after.unheard, after.lines.count()) == ([], 2, 6)


def test_the_same_line_sent_twice_is_one_line(drill: Drill, counsellor: User) -> None:
    key = uuid.uuid4()
    for _ in range(2):
        services.say_in_drill(drill, text="Xavfsizmisan?", key=key, by=counsellor)
    assert drill.lines.filter(is_child=False).count() == 1


def test_a_good_talk_gets_every_point_and_a_blaming_one_loses_care(drill: Drill, counsellor: User) -> None:
    for words in ("maxfiy", "xavfsizmisan", "aybdor emassan", "pul berma", "oʻchirma"):
        say(drill, words)
    done = services.end_drill(drill, urgency=2, by=counsellor)
    assert done.points == {"time": 20, "asked": 50, "urgency": 20, "care": 10}
    second = services.practise(scenario=SEXTORTION, language="uz", by=counsellor)
    services.accept_drill(second, by=counsellor)
    say(second, "nega yubording")
    after = services.end_drill(second, urgency=4, by=counsellor)
    assert after.points is not None
    assert (after.points["care"], after.points["urgency"]) == (0, 0)


def test_coming_late_costs_in_proportion() -> None:
    scenario = rules.scenarios()[SEXTORTION]
    points = [
        play.score(scenario, waited=waited, promise=300, touched=[], urgency=None).time
        for waited in (10, 300, 450, 600, 9000, None)
    ]
    assert points == [20, 20, 10, 0, 0, 0]


def test_a_practice_talk_leaves_no_trace_in_what_is_real(drill: Drill, counsellor: User) -> None:
    say(drill, "Xavfsizmisan?")
    services.end_drill(drill, urgency=2, by=counsellor)
    assert not Talk.objects.exists()
    assert not Conversation.objects.exists()
    assert not Contact.objects.exists()


def test_practice_imports_nothing_of_the_ledger_or_the_counts() -> None:
    source = (settings.ROOT / "panoh/care/helpline/services/drilling.py").read_text()
    assert not [name for name in ("care.talks", "counting", "Contact", "append_message") if name in source]


def test_the_words_of_a_practice_talk_are_sealed(drill: Drill) -> None:
    say(drill, "Xavfsizmisan, azizim?")
    assert not [row for row in drill.lines.all() if b"azizim" in bytes(row.body)]


def test_children_arrive_one_after_the_other_as_the_supervisor_set_it(
    desk: Client, counsellor: User, supervisor: User
) -> None:
    every = timedelta(minutes=5)
    services.set_drills(trainees=[counsellor], scenarios=[SEXTORTION] * 3, language="ru", every=every, by=supervisor)
    assert desk.get("/desk/drills/").context["to_come"] == 2
    with mock.patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(minutes=6)):
        assert len(desk.get("/desk/drills/").context["waiting"]) == 2


def test_a_practice_talk_is_begun_and_ended_with_the_fields_of_its_pages(
    client: Client, desk: Client, drill: Drill, supervisor: User
) -> None:
    assert 'name="scenario"' in desk.get("/desk/drills/").content.decode()
    page = said_by_child(desk, drill)
    assert 'name="text"' in page
    assert 'name="urgency"' in page
    services.end_drill(drill, urgency=2, by=drill.trainee)
    client.force_login(supervisor)
    assert 'name="trainees"' in client.get("/desk/drills/").content.decode()
    assert 'name="note"' in client.get(f"/desk/drills/{drill.reference}/").content.decode()


def test_another_counsellor_cannot_tell_that_the_practice_exists(client: Client, person: object, drill: Drill) -> None:
    client.force_login(person("counsellor", name="Bahor"))  # type: ignore[operator]
    hidden = client.get(f"/desk/drills/{drill.reference}/")
    missing = client.get("/desk/drills/D-NOBODY/")
    assert (hidden.status_code, missing.status_code) == (404, 404)


def test_nobody_debriefs_their_own_practice(client: Client, supervisor: User) -> None:
    made = services.practise(scenario=SEXTORTION, language="uz", by=supervisor)
    services.accept_drill(made, by=supervisor)
    services.end_drill(made, urgency=2, by=supervisor)
    client.force_login(supervisor)
    page = client.post(f"/desk/drills/{made.reference}/debrief/", {"note": "Yaxshi"})
    assert page.status_code == 422
    made.refresh_from_db()
    assert made.debriefed_at is None


def test_a_supervisor_debriefs_and_the_trainee_reads_the_note(
    client: Client, drill: Drill, counsellor: User, supervisor: User
) -> None:
    say(drill, "Xavfsizmisan?")
    services.end_drill(drill, urgency=2, by=counsellor)
    client.force_login(supervisor)
    client.post(f"/desk/drills/{drill.reference}/debrief/", {"note": "Sekinroq yoz"})
    client.force_login(counsellor)
    assert "Sekinroq yoz" in client.get(f"/desk/drills/{drill.reference}/").content.decode()


def test_the_same_generator_feeds_the_load_with_every_language() -> None:
    for language in ("uz", "ru", "en", "kaa", "uz-cyrl"):
        children = play.synthetic_children(rules.scenarios().values(), language=language, seed=7)
        again = play.synthetic_children(rules.scenarios().values(), language=language, seed=7)
        first = [next(children) for _ in range(20)]
        assert [lines for _, lines in first] == [lines for _, lines in (next(again) for _ in range(20))]
        assert all(lines for _, lines in first)


def test_the_nightly_run_takes_practice_talks_that_ended_long_ago(
    drill: Drill, counsellor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    say(drill, "Salom")
    open_one = services.practise(scenario=SEXTORTION, language="uz", by=counsellor)
    services.end_drill(drill, urgency=2, by=counsellor)
    assert services.forget(timezone.now() - timedelta(days=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert services.forget(timezone.now() + timedelta(days=1)) == 1
    assert list(Drill.objects.all()) == [open_one]
    with pytest.raises(vault.ErasedError):
        vault.seal(drill.data_key, "x", where="x")
