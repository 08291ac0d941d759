"""A teacher sits the test in a browser: without JavaScript, on two devices, over a line that is cut."""

import html
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from panoh.ground.accounts.public import Learner

from .. import paper
from ..models import Attempt, Course, Response
from .sitting import RIGHT_HERE, WRONG, fields_of, places, rule

pytestmark = pytest.mark.django_db
TESTS = "/uz/courses/short-course/test/"
SignIn = Callable[..., Learner]


@pytest.fixture
def teacher(client: Client, sign_in_learner: SignIn, course: Course) -> Client:
    """A browser in which a learner is signed in."""
    sign_in_learner(client)
    return client


def begin(client: Client, kind: str = "final_test", module: str = "") -> Attempt:
    answer = client.post(f"{TESTS}begin/", {"kind": kind, "module": module})
    assert answer.status_code == 302, answer.content.decode()
    return Attempt.objects.latest("began_at")


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def action_of(text: str) -> str:
    found = re.search(r'<form method="post" action="([^"]+)"', text)
    assert found
    return html.unescape(found[1])


def form_id(text: str) -> str:
    found = re.search(r'name="form" value="([^"]+)"', text)
    assert found
    return found[1]


def walk(client: Client, attempt: Attempt, answers: dict[str, Any]) -> str:
    """From the first question to the result as the plain forms lead."""
    address = client.get(f"{TESTS}{attempt.pk}/")["Location"]
    while not address.endswith("/review/"):
        text = page(client, address)
        response = places(attempt)[int(address.rstrip("/").rsplit("/", 1)[1]) - 1]
        given = fields_of(response, answers[response.version.kind])
        address = client.post(action_of(text), given | {"form": form_id(text)})["Location"]
    done = client.post(action_of(page(client, address)))
    return page(client, done["Location"])


def test_a_teacher_passes_by_plain_forms_and_reads_the_result(teacher: Client) -> None:
    assert "Yakuniy" in page(teacher, TESTS) or "Final" in page(teacher, TESTS)
    text = walk(teacher, begin(teacher), RIGHT_HERE)
    assert "100 %" in text
    assert "Uzunligi uchun." in text  # why, once it is passed


def test_who_did_not_pass_reads_topics_and_lessons_and_no_right_answer(teacher: Client) -> None:
    text = walk(teacher, begin(teacher), WRONG)
    assert "Parollar" in text
    assert "/courses/short-course/passwords/long-words/" in text
    assert "Uzunligi uchun." not in text


def test_a_test_is_gone_on_with_on_another_device(teacher: Client, sign_in_learner: SignIn) -> None:
    attempt = begin(teacher)
    first = places(attempt)[0]
    teacher.post(f"{TESTS}{attempt.pk}/1/save/", fields_of(first, RIGHT_HERE[first.version.kind]))
    other = Client()
    other.cookies["learner"] = teacher.cookies["learner"].value
    assert other.get(f"{TESTS}{attempt.pk}/")["Location"].endswith("/2/")
    kept = paper.shown(
        first.version.body, first.question.name, attempt.seed, "uz", Response.objects.get(pk=first.pk).answer
    )
    if kept.kind in {"one", "several"}:
        assert "checked" in page(other, f"{TESTS}{attempt.pk}/1/")


def test_a_script_is_told_when_the_answer_was_saved(teacher: Client) -> None:
    attempt = begin(teacher)
    first = places(attempt)[0]
    given = fields_of(first, RIGHT_HERE[first.version.kind]) | {"form": str(uuid.uuid4()), "at": "2026-11-22T10:00:00Z"}
    for _ in range(3):
        answer = teacher.post(f"{TESTS}{attempt.pk}/1/save/", given, headers={"accept": "application/json"})
        assert re.fullmatch(r"\d\d:\d\d", answer.json()["saved"])
    assert attempt.events.filter(kind="saved").count() == 1
    assert "Saqlandi" in page(teacher, f"{TESTS}{attempt.pk}/1/") or "Saved" in page(teacher, f"{TESTS}{attempt.pk}/1/")


def test_nothing_of_the_form_decides_score_pass_completion_or_duration(teacher: Client) -> None:
    attempt = begin(teacher)
    forged = {
        "score": "100",
        "percent": "100",
        "passed": "1",
        "credit": "1",
        "state": "submitted",
        "began_at": "2020-01-01",
    }
    for response in places(attempt):
        given = fields_of(response, WRONG[response.version.kind])
        teacher.post(f"{TESTS}{attempt.pk}/{response.place}/save/", given | forged)
    teacher.post(f"{TESTS}{attempt.pk}/submit/", forged)
    attempt.refresh_from_db()
    assert (attempt.percent, attempt.passed, attempt.enrolment.status) == (0, False, "active")
    assert attempt.began_at.year > 2020


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru", "en"])
def test_no_page_before_the_end_holds_a_right_answer(teacher: Client, course: Course, language: str) -> None:
    """Every page of every kind of question in every form: no key, no reason, no code of the file."""
    rule(course, final=12)
    attempt = begin(teacher)
    pages = [f"{TESTS}{attempt.pk}/{one.place}/" for one in places(attempt)]
    for address in [*pages, f"{TESTS}{attempt.pk}/review/", TESTS]:
        text = page(teacher, address.replace("/uz/", f"/{language}/"))
        for secret in (
            "Uzunligi uchun",
            "Узунлиги учун",
            "Потому что длинный",
            "Because it is long",
            "accepted",
            "tolerance",
        ):
            assert secret not in re.sub(r"<head>.*?</head>|copyright", "", text, flags=re.S), (address, secret)
        for code in "abcklm":
            assert f'value="{code}"' not in text
            assert f'"answer-{code}"' not in text


def test_a_page_is_the_same_whatever_is_right(teacher: Client, course: Course) -> None:
    """Move every key: not one sign of any question's page moves."""
    rule(course, final=12)
    attempt = begin(teacher)

    def pages() -> list[str]:
        held = [page(teacher, f"{TESTS}{attempt.pk}/{one.place}/") for one in places(attempt)]
        return [re.sub(r'name="form" value="[^"]+"', "", text) for text in held]

    pages()
    before = pages()
    for response in places(attempt):
        body = dict(response.version.body)
        if "options" in body and body["kind"] != "order":
            body["options"] = [{k: v for k, v in one.items() if k != "right"} for one in body["options"]]
            body["options"][2]["right"] = True
        body |= {"why": {"uz": "boshqa"}}
        if body["kind"] == "number":
            body |= {"answer": 4711}
        if body["kind"] == "short":
            body |= {"accepted": {"uz": ["boshqa"]}}
        type(response.version).objects.filter(pk=response.version_id).update(body=body)
    assert pages() == before


def test_the_pages_of_somebody_else_are_not_there(teacher: Client, sign_in_learner: SignIn) -> None:
    attempt = begin(teacher)
    other = Client()
    sign_in_learner(other, "other@example.test")
    for rest in ("", "1/", "review/", "result/"):
        assert other.get(f"{TESTS}{attempt.pk}/{rest}").status_code == 404
    for rest in ("1/save/", "submit/"):
        assert other.post(f"{TESTS}{attempt.pk}/{rest}", {"answer": "x"}).status_code == 404
    assert Client().get(f"{TESTS}{attempt.pk}/1/")["Location"].startswith("/uz/account/sign-in/")


def test_a_forged_option_is_asked_again(teacher: Client, course: Course) -> None:
    rule(course, final=12)
    attempt = begin(teacher)
    choice = next(one for one in places(attempt) if one.version.kind == "one")
    answer = teacher.post(f"{TESTS}{attempt.pk}/{choice.place}/save/", {"answer": "b"})
    assert answer.status_code == 422
    choice.refresh_from_db()
    assert choice.answer is None


def test_a_question_costs_few_queries_and_few_bytes(
    teacher: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    attempt = begin(teacher)
    first = places(attempt)[0]
    page(teacher, f"{TESTS}{attempt.pk}/1/")
    with django_assert_max_num_queries(3):
        assert len(page(teacher, f"{TESTS}{attempt.pk}/1/").encode()) < 30_000
    given = fields_of(first, RIGHT_HERE[first.version.kind]) | {"form": str(uuid.uuid4())}
    with django_assert_max_num_queries(6):  # who, BEGIN, the locked row, the event, the answer, COMMIT
        teacher.post(f"{TESTS}{attempt.pk}/1/save/", given, headers={"accept": "application/json"})
