"""Somebody comes in from another learning system, and everybody who is not who they say they are does not."""

import time
from typing import Any

import jwt
import pytest
from django.test import Client
from django.urls import reverse

from panoh.ground.accounts import public as accounts
from panoh.ground.accounts.models import Learner
from panoh.ground.accounts.queries.learners import everything_of
from panoh.ground.accounts.services.learners import delete_learner
from panoh.ground.audit.public import Entry
from panoh.learn.exchange import tokens
from panoh.learn.exchange.models import Link, Platform
from panoh.learn.exchange.services import switch_platform
from tests.exchange.moodle import CLIENT_ID, OTHER_PAIR, Moodle, asked, launched

pytestmark = pytest.mark.django_db


def refused_for(answer: Any) -> str:
    assert answer.status_code == 403, answer.content.decode()
    return str(answer.context["code"])


def test_a_launched_person_is_a_learner_of_whom_nothing_but_their_number_is_kept(
    client: Client, moodle: Moodle, platform: Platform, course: object
) -> None:
    answer = launched(client, moodle)
    assert answer.status_code == 200
    assert 'href="/ru/courses/short-course/test/"' in answer.content.decode()
    learner = Learner.objects.get()
    assert accounts.launched_as(learner) == (moodle.issuer, "42")
    assert not accounts.learner_names(learner).latin
    assert "Malika" not in str(everything_of(learner))
    assert "malika@" not in str(everything_of(learner))
    assert Entry.objects.filter(verb="learner.launched", actor=str(learner.pk)).exists()
    assert client.get("/ru/courses/mine/").context["learner"] == learner


def test_the_same_person_of_the_same_system_is_the_same_learner(
    client: Client, moodle: Moodle, platform: Platform, course: object
) -> None:
    assert "refresh" not in launched(client, moodle).content.decode()
    assert "refresh" in launched(client, moodle).content.decode()
    launched(Client(), moodle, sub="43")
    assert Learner.objects.count() == 2
    assert Link.objects.count() == 2


def test_the_message_asks_the_platform_as_the_specification_says(
    client: Client, moodle: Moodle, platform: Platform
) -> None:
    way = asked(client, moodle)
    fixed = {"scope": "openid", "response_type": "id_token", "response_mode": "form_post", "prompt": "none"}
    assert fixed.items() <= way.items()
    assert (way["client_id"], way["login_hint"], way["lti_message_hint"]) == (CLIENT_ID, "42", "m")
    assert way["redirect_uri"].endswith("/lti/launch/")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"aud": "somebody-else"}, "audience"),
        ({"aud": [CLIENT_ID, "somebody-else"]}, "audience"),
        ({"aud": [CLIENT_ID, "somebody-else"], "azp": "somebody-else"}, "audience"),
        ({"iss": "https://other.example.org"}, "issuer"),
        ({"exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200}, "expired"),
        ({"exp": None}, "message"),
        ({"nonce": "of-another-way"}, "nonce"),
        ({f"{tokens.CLAIM}deployment_id": "2"}, "deployment"),
        ({f"{tokens.CLAIM}deployment_id": None}, "deployment"),
        ({f"{tokens.CLAIM}version": "1.1"}, "message"),
        ({f"{tokens.CLAIM}message_type": "LtiSubmissionReviewRequest"}, "message"),
        ({f"{tokens.CLAIM}resource_link": None}, "message"),
        ({"sub": None}, "message"),
        ({f"{tokens.CLAIM}custom": {"panoh": "no-such-course"}}, "course"),
    ],
)
def test_a_message_that_says_something_wrong_lets_nobody_in(
    client: Client, moodle: Moodle, platform: Platform, course: object, other: dict[str, Any], why: str
) -> None:
    assert refused_for(launched(client, moodle, **other)) == why
    assert not Learner.objects.exists()
    assert accounts.LEARNER_COOKIE not in client.cookies


def shown(client: Client, way: dict[str, str], token: str) -> str:
    return refused_for(client.post(reverse("lti:launch"), {"id_token": token, "state": way["state"]}))


def test_a_message_without_a_signature_is_refused(client: Client, moodle: Moodle, platform: Platform) -> None:
    way = asked(client, moodle)
    token = jwt.encode(moodle.claims(way["nonce"]), "", "none", {"kid": moodle.kid})
    assert shown(client, way, token) == "algorithm"


def test_a_message_signed_with_the_public_key_as_a_password_is_refused(
    client: Client, moodle: Moodle, platform: Platform
) -> None:
    way = asked(client, moodle)
    token = jwt.encode(moodle.claims(way["nonce"]), str(moodle.public["n"]), "HS256", {"kid": moodle.kid})
    assert shown(client, way, token) == "algorithm"


def test_a_message_signed_with_another_key_is_refused(client: Client, moodle: Moodle, platform: Platform) -> None:
    other_kid, _public, pem = OTHER_PAIR
    way = asked(client, moodle)
    forged = jwt.encode(moodle.claims(way["nonce"]), pem, "RS256", {"kid": moodle.kid})
    assert shown(client, way, forged) == "signature"
    way = asked(client, moodle)
    assert shown(client, way, jwt.encode(moodle.claims(way["nonce"]), pem, "RS256", {"kid": other_kid})) == "key"


def test_a_message_works_once(client: Client, moodle: Moodle, platform: Platform, course: object) -> None:
    way = asked(client, moodle)
    said = {"id_token": moodle.signed(moodle.claims(way["nonce"])), "state": way["state"]}
    again = Client()
    again.cookies["lti"] = client.cookies["lti"].value
    assert client.post(reverse("lti:launch"), said).status_code == 200
    assert refused_for(again.post(reverse("lti:launch"), said)) == "used"
    assert Learner.objects.count() == 1


def test_a_message_whose_first_showing_failed_does_not_work_a_second_time(
    client: Client, moodle: Moodle, platform: Platform, course: object
) -> None:
    way = asked(client, moodle)
    shown(client, way, "not.a.message")
    assert shown(client, way, moodle.signed(moodle.claims(way["nonce"]))) == "used"


def test_another_browser_cannot_finish_what_this_one_began(
    client: Client, moodle: Moodle, platform: Platform, course: object
) -> None:
    way = asked(client, moodle)
    assert shown(Client(), way, moodle.signed(moodle.claims(way["nonce"]))) == "cookie"


def test_a_choosing_cannot_be_finished_as_a_sign_in(
    client: Client, moodle: Moodle, platform: Platform, course: object
) -> None:
    way = asked(client, moodle, "lti:choose")
    assert shown(Client(), way, moodle.signed(moodle.claims(way["nonce"]))) == "cookie"
    assert not Learner.objects.exists()


def test_an_unknown_or_switched_off_system_is_told_so(
    client: Client, moodle: Moodle, platform: Platform, administrator: accounts.User
) -> None:
    said = {"iss": "https://unknown.example.org", "login_hint": "1"}
    assert refused_for(client.post(reverse("lti:login"), said)) == "platform"
    way = asked(client, moodle)
    switch_platform(platform, on=False, by=administrator)
    assert shown(client, way, moodle.signed(moodle.claims(way["nonce"]))) == "state"


def test_in_a_frame_the_way_in_leads_into_a_window_and_says_why(
    client: Client, moodle: Moodle, platform: Platform
) -> None:
    said = {"iss": moodle.issuer, "login_hint": "42", "client_id": CLIENT_ID}
    answer = client.post(reverse("lti:login"), said, headers={"sec-fetch-dest": "iframe"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'target="_blank"' in page
    assert 'name="login_hint" value="42"' in page
    assert f"frame-ancestors {moodle.issuer}" in answer["Content-Security-Policy"]
    assert "lti" not in client.cookies


def test_an_unknown_site_may_show_no_page_of_ours_in_its_frame(client: Client, db: None) -> None:
    said = {"iss": "https://evil.example.org", "login_hint": "42"}
    answer = client.post(reverse("lti:login"), said, headers={"sec-fetch-dest": "iframe"})
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_the_keys_of_a_system_are_fetched_once_and_again_for_a_new_name(
    client: Client, moodle: Moodle, platform: Platform, course: object
) -> None:
    launched(client, moodle)
    launched(client, moodle)
    assert moodle.keys_asked == 1
    moodle.kid, moodle.public, moodle.pem = OTHER_PAIR
    assert refused_for(launched(client, moodle)) == "key"  # too soon after the last fetching
    platform.refresh_from_db()
    assert platform.keys_at
    Platform.objects.filter(pk=platform.pk).update(keys_at=platform.keys_at.replace(year=2020))
    assert launched(client, moodle).status_code == 200
    assert moodle.keys_asked == 2


def test_a_learner_who_goes_takes_their_links_along(
    client: Client, moodle: Moodle, platform: Platform, course: object
) -> None:
    launched(client, moodle)
    learner = Learner.objects.get()
    assert everything_of(learner)["exchange"]["links"][0]["leads_to"] == "short-course/test"
    delete_learner(learner)
    assert not Link.objects.exists()
