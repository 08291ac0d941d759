"""A teacher of another system links a test, and results of it come back there: once, whatever dies on the way."""

import html
import re
from typing import Any
from unittest.mock import patch

import jwt
import pytest
from django.test import Client
from django.urls import reverse

from panoh.ground.accounts import public as accounts
from panoh.ground.accounts.models import Learner
from panoh.ground.accounts.public import User
from panoh.learn.academy import public as academy
from panoh.learn.academy.tests.sitting import begun, sat
from panoh.learn.exchange import services, things, tokens
from panoh.learn.exchange.models import Link, Platform, Score, ScoreState, ToolKey
from panoh.learn.exchange.services import scores
from tests.exchange.moodle import CLIENT_ID, Moodle, asked, launched

pytestmark = pytest.mark.django_db


def choosing(moodle: Moodle) -> tuple[Client, str]:
    """A teacher's browser, which keeps no cookie in the frame, at our list; its page."""
    client = Client()
    way = asked(client, moodle, "lti:choose", headers={"sec-fetch-dest": "iframe"})
    assert "lti" not in client.cookies
    token = moodle.signed(moodle.choosing(way["nonce"]))
    answer = client.post(reverse("lti:choose"), {"id_token": token, "state": way["state"]})
    assert answer.status_code == 200
    assert f"frame-ancestors {moodle.issuer}" in answer["Content-Security-Policy"]
    return client, answer.content.decode()


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return html.unescape(found[1])


def test_what_a_teacher_chose_comes_back_signed_as_a_link_with_a_score(
    moodle: Moodle, platform: Platform, course: academy.Course
) -> None:
    client, page = choosing(moodle)
    assert 'value="short-course/passwords/test"' in page
    said = {"chosen": "short-course/test", "held": field(page, "held")}
    answer = client.post(reverse("lti:choose"), said)
    assert f"form-action 'self' {moodle.issuer}" in answer["Content-Security-Policy"]
    assert f'action="{moodle.issuer}/back"' in answer.content.decode()
    keys = client.get(reverse("lti:keys")).json()["keys"]
    token = field(answer.content.decode(), "JWT")
    assert jwt.get_unverified_header(token)["kid"] == keys[0]["kid"]
    told = jwt.decode(token, jwt.PyJWK(keys[0]).key, ["RS256"], audience=moodle.issuer, issuer=CLIENT_ID)
    assert told[f"{tokens.CLAIM}message_type"] == "LtiDeepLinkingResponse"
    assert told[f"{tokens.CLAIM}deployment_id"] == "1"
    assert told[f"{tokens.DEEP}data"] == "opaque"
    (item,) = told[f"{tokens.DEEP}content_items"]
    assert item["custom"] == {"panoh": "short-course/test"}
    assert item["lineItem"]["scoreMaximum"] == 100
    assert item["url"].endswith("/lti/launch/")


def test_a_module_is_linked_without_a_score(moodle: Moodle, platform: Platform, course: academy.Course) -> None:
    client, page = choosing(moodle)
    answer = client.post(reverse("lti:choose"), {"chosen": "short-course/passwords", "held": field(page, "held")})
    told = jwt.decode(field(answer.content.decode(), "JWT"), options={"verify_signature": False})
    assert "lineItem" not in told[f"{tokens.DEEP}content_items"][0]


def test_a_choice_that_was_tampered_with_or_is_none_is_refused(
    moodle: Moodle, platform: Platform, course: academy.Course
) -> None:
    client, page = choosing(moodle)
    held = field(page, "held")
    assert client.post(reverse("lti:choose"), {"chosen": "no-such", "held": held}).status_code == 422
    assert client.post(reverse("lti:choose"), {"chosen": "short-course", "held": held + "x"}).status_code == 403


@pytest.mark.parametrize("text", ["", "Short", "a/b/c", "a//test", "../a", "a/test/test", "a b"])
def test_no_other_text_is_a_thing(text: str) -> None:
    assert things.read(text) is None


def test_every_thing_is_read_from_its_own_text() -> None:
    for text in ("course", "course/module", "course/test", "course/module/test"):
        thing = things.read(text)
        assert thing
        assert thing.text == text


# --- scores ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def learner(client: Client, moodle: Moodle, platform: Platform, course: academy.Course) -> Learner:
    """Somebody whom the learning system sent to the final test."""
    assert launched(client, moodle).status_code == 200
    services.signing_key()
    moodle.tool_keys = client.get(reverse("lti:keys")).json()["keys"]
    return Learner.objects.get()


def result(course: academy.Course, learner: Learner, right: int) -> Any:
    return sat(begun(course, learner=learner), right=right)


def due_now() -> None:
    """The next tries are due."""
    Score.objects.filter(state=ScoreState.WAITING).update(next_at="2020-01-01T00:00Z")


def post_all() -> None:
    services.note_scores()
    for pk in Score.objects.order_by("pk").values_list("pk", flat=True):
        services.post_score.func(pk)


def test_a_result_goes_back_with_what_the_specification_asks_for(
    moodle: Moodle, course: academy.Course, learner: Learner
) -> None:
    done = result(course, learner, right=3)
    post_all()
    ((kind, score),) = moodle.posts
    assert kind == "application/vnd.ims.lis.v1.score+json"
    assert score["userId"] == "42"
    assert (score["scoreGiven"], score["scoreMaximum"]) == (done.percent, 100)
    assert (score["activityProgress"], score["gradingProgress"]) == ("Completed", "FullyGraded")
    assert "comment" not in score
    assert Score.objects.get().state == ScoreState.SENT


def test_a_score_is_sent_once_however_often_the_worker_comes_by(
    moodle: Moodle, course: academy.Course, learner: Learner
) -> None:
    result(course, learner, right=4)
    post_all()
    post_all()
    assert len(moodle.posts) == 1


def test_a_worker_killed_before_it_sent_leaves_the_score_to_the_next(
    moodle: Moodle, course: academy.Course, learner: Learner
) -> None:
    result(course, learner, right=4)
    with patch.object(scores, "_send", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        post_all()
    post_all()
    assert not moodle.posts  # claimed by the one that died, until its pause is over
    due_now()
    post_all()
    assert len(moodle.posts) == 1


def test_a_worker_killed_after_it_sent_changes_nothing_at_the_platform(
    moodle: Moodle, course: academy.Course, learner: Learner
) -> None:
    result(course, learner, right=4)
    with patch.object(scores, "_finish", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        post_all()
    kept = dict(moodle.scores)
    due_now()
    post_all()
    assert moodle.scores == kept  # it answered 409: it has this very score
    assert Score.objects.get().state == ScoreState.SENT


def test_a_platform_that_is_down_gets_the_score_later(moodle: Moodle, course: academy.Course, learner: Learner) -> None:
    moodle.fails = 2
    result(course, learner, right=4)
    for _ in range(3):
        due_now()
        post_all()
    assert moodle.scores["42"]["scoreGiven"] == 100
    assert Score.objects.get().tries == 3


def test_after_the_last_try_a_score_is_given_up_and_counted(
    moodle: Moodle, course: academy.Course, learner: Learner
) -> None:
    moodle.fails = 99
    result(course, learner, right=4)
    for _ in range(scores.TRIES):
        post_all()
        due_now()
    assert Score.objects.get().state == ScoreState.LOST


def test_a_lower_result_does_not_take_the_better_one_away(
    moodle: Moodle, course: academy.Course, learner: Learner
) -> None:
    from panoh.learn.academy.tests.sitting import rule

    rule(course, cooling_off_hours=0)
    course.refresh_from_db()
    result(course, learner, right=2)
    post_all()
    result(course, learner, right=1)
    post_all()
    assert len(moodle.posts) == 1
    result(course, learner, right=4)
    post_all()
    assert moodle.scores["42"]["scoreGiven"] == 100
    assert sorted(Score.objects.values_list("state", flat=True)) == ["kept", "sent", "sent"]


def test_a_test_that_no_link_wants_is_sent_nowhere(moodle: Moodle, course: academy.Course, learner: Learner) -> None:
    sat(begun(course, kind="post_test", module="passwords", learner=learner))
    Link.objects.update(line="")
    result(course, learner, right=4)
    assert services.note_scores() == 0


def test_a_new_key_signs_and_the_old_one_stays_published(
    client: Client, administrator: User, moodle: Moodle, course: academy.Course, learner: Learner
) -> None:
    old = services.signing_key()[0]
    services.rotate_key(by=administrator)
    new = services.signing_key()[0]
    published = [key["kid"] for key in client.get(reverse("lti:keys")).json()["keys"]]
    assert published == [new, old]
    assert b"PRIVATE" not in bytes(ToolKey.objects.get(kid=new).private)
    moodle.tool_keys = client.get(reverse("lti:keys")).json()["keys"]
    result(course, learner, right=4)
    post_all()
    assert len(moodle.posts) == 1


def test_only_an_administrator_makes_a_key(moodle: Moodle, counsellor: accounts.User) -> None:
    from panoh.learn.exchange.errors import ExchangeRefusedError

    with pytest.raises(ExchangeRefusedError):
        services.rotate_key(by=counsellor)
    with pytest.raises(ExchangeRefusedError):
        services.keep_platform(moodle.facts(), by=counsellor)
