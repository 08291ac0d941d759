import time

import pytest
from django.test import Client
from pytest_django import Settings

from panoh.ground.accounts import policy, queries, views
from panoh.ground.accounts.models import User

from .conftest import Browser

ME = "/desk/people/me/"


def turn_back(client: Client, name: str, seconds: float) -> None:
    """As if that much time had passed since this moment of the session."""
    session = client.session
    session[name] -= seconds
    session.save()


@pytest.fixture
def seen(desk: Client) -> Client:
    desk.get(ME)
    return desk


def test_an_idle_session_ends(seen: Client) -> None:
    turn_back(seen, policy.SEEN_AT, 59 * 60)
    assert seen.get(ME).status_code == 200
    turn_back(seen, policy.SEEN_AT, 61 * 60)
    assert seen.get(ME)["Location"].startswith("/accounts/login/")


def test_a_busy_session_ends_too(seen: Client) -> None:
    turn_back(seen, policy.BEGAN_AT, 12 * 3600 + 1)
    assert seen.get(ME)["Location"].startswith("/accounts/login/")


def test_doing_something_moves_the_idle_limit(seen: Client) -> None:
    turn_back(seen, policy.SEEN_AT, 50 * 60)
    seen.get(ME)
    assert time.time() - seen.session[policy.SEEN_AT] < 5


def test_a_page_that_asks_by_itself_does_not_count_as_doing_something(
    seen: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views.me, "is_background", True, raising=False)
    turn_back(seen, policy.SEEN_AT, 50 * 60)
    assert seen.get(ME).status_code == 200
    assert time.time() - seen.session[policy.SEEN_AT] > 49 * 60


def test_a_door_outside_the_middleware_knows_the_same_person(seen: Client, counsellor: User) -> None:
    assert queries.staff_of_session(seen.session.session_key or "") == counsellor
    turn_back(seen, policy.SEEN_AT, 61 * 60)
    assert queries.staff_of_session(seen.session.session_key or "") is None


def test_a_door_outside_the_middleware_knows_no_learner_and_no_invented_key(browser_of: Browser, teacher: User) -> None:
    assert queries.staff_of_session(browser_of(teacher).session.session_key or "") is None
    assert queries.staff_of_session("invented") is None


def test_a_door_outside_the_middleware_asks_for_the_second_factor_too(seen: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR_COMPULSORY = True
    assert queries.staff_of_session(seen.session.session_key or "") is None


def test_people_sign_themselves_out_everywhere(browser_of: Browser, counsellor: User) -> None:
    here, there = browser_of(counsellor), browser_of(counsellor)
    here.post("/desk/people/me/end-sessions/")
    assert there.get(ME).status_code == 302


def test_staff_pages_stay_in_no_cache_and_speak_the_persons_language(browser_of: Browser, counsellor: User) -> None:
    User.objects.filter(pk=counsellor.pk).update(language="ru")
    page = browser_of(counsellor).get(ME)
    assert (page["Cache-Control"], page["Content-Language"]) == ("no-store", "ru")


def test_a_page_for_everybody_does_not_look_at_sessions(anonymous: Client) -> None:
    assert anonymous.get("/").wsgi_request.session.accessed is False
