"""Anybody reads a course, step by step, without an account, a cookie or JavaScript."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from panoh.ground.accounts.public import Learner
from panoh.learn.academy.models import Course, Enrolment, LessonText

pytestmark = pytest.mark.django_db
COURSE = "/uz/courses/short-course/"
LESSON = f"{COURSE}passwords/long-words/"
SignIn = Callable[..., Learner]
MOST_BYTES = 150_000


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_from_the_list_to_the_last_step_by_links_alone(course: Course, client: Client) -> None:
    page = said(client, "/uz/courses/")
    assert COURSE in page
    assert f"{COURSE}passwords/" in said(client, COURSE)
    assert LESSON in said(client, f"{COURSE}passwords/")
    address, read = f"{LESSON}1/", []
    while "/friends/who-writes/4/" not in address:
        page = said(client, address)
        read.append(address)
        found = re.search(r'rel="next" href="([^"]+)"', page) or re.search(
            r'class="button button-big" href="([^"]+/1/)"', page
        )
        assert found, address
        address = found[1]
    assert len(read) == 13  # twelve steps but the last, and two lessons' first pages between them
    assert not client.cookies


def test_every_page_stands_in_every_written_form(course: Course, client: Client) -> None:
    for language in ("uz", "uz-cyrl", "ru", "en"):
        for rest in (
            "",
            "passwords/",
            "passwords/long-words/",
            "passwords/long-words/1/",
            "passwords/long-words/print/",
        ):
            page = said(client, f"/{language}/courses/short-course/{rest}")
            assert f'hreflang="ru" href="http://127.0.0.1:8000/ru/courses/short-course/{rest}"' in page
    assert "Қисқа курс" in said(client, "/uz-cyrl/courses/")


def test_who_reads_karakalpak_is_shown_where_it_can_be_read(course: Course, client: Client) -> None:
    assert 'href="/uz/courses/short-course/"' in said(client, "/kaa/courses/")
    answer = client.get("/kaa/courses/short-course/passwords/")
    assert answer.status_code == 404
    assert "/ru/courses/short-course/passwords/" in answer.content.decode()


def test_what_is_not_there_is_404(course: Course, client: Client) -> None:
    for address in (
        "/uz/courses/none/",
        f"{COURSE}none/",
        f"{COURSE}passwords/none/",
        f"{LESSON}0/",
        f"{LESSON}5/",
        f"{LESSON}1/sheet/",
    ):
        assert client.get(address).status_code == 404, address
    Course.objects.update(is_shown=False)
    assert client.get(COURSE).status_code == 404


def test_a_strangers_page_is_kept_by_the_front_and_a_learners_by_nobody(
    course: Course, client: Client, sign_in_learner: SignIn
) -> None:
    assert client.get(f"{LESSON}1/")["X-Panoh-Cache"]
    sign_in_learner(client)
    answer = client.get(f"{LESSON}1/")
    assert "X-Panoh-Cache" not in answer
    assert "no-store" in answer["Cache-Control"]


def test_a_practice_is_answered_without_account_and_tells_why(course: Course, client: Client) -> None:
    page = said(client, f"{LESSON}2/")
    assert "Uzunligi uchun" not in page
    verdicts = []
    for token in re.findall(r'name="answer" value="([^"]+)"', page):
        answer = said(client, f"{LESSON}2/?try=1&answer={token}")
        assert "Uzunligi uchun" in answer
        verdicts.append("notice-done" in answer)
    assert sorted(verdicts) == [False, False, True]
    assert "Uzunligi" not in said(client, f"{LESSON}2/?try=1&answer=forged")
    assert "Uzunligi" not in said(client, f"{LESSON}2/?try=1")


def test_no_answer_of_a_test_is_on_any_page(course: Course, client: Client) -> None:
    for rest in ("", "passwords/", "passwords/long-words/", *(f"passwords/long-words/{n}/" for n in range(1, 5))):
        page = said(client, COURSE + rest)
        assert "Uzunligi" not in page
        assert "is_right" not in page


def test_the_whole_lesson_and_an_activity_are_printed(course: Course, client: Client) -> None:
    page = said(client, f"{LESSON}print/")
    assert page.count("<section") >= 4
    assert "☐ Birinchi" in page
    assert "Uzunligi" not in page
    assert "Dars C" in said(client, f"{LESSON}3/sheet/")


def test_the_page_says_whether_somebody_approved_it(course: Course, client: Client) -> None:
    assert "Gulnora Aliyeva" not in said(client, f"{LESSON}1/")
    LessonText.objects.filter(lesson__code="long-words").update(reviewed_by="Gulnora Aliyeva", reviewed_on="2026-11-20")
    assert "Gulnora Aliyeva" in said(client, f"{LESSON}1/")


def test_links_of_a_lesson_stay_in_its_language(course: Course, client: Client) -> None:
    assert 'href="/ru/talk/"' in said(client, "/ru/courses/short-course/passwords/long-words/1/")


@pytest.mark.parametrize(
    ("rest", "most"), [("", 2), ("passwords/", 2), ("passwords/long-words/", 2), ("passwords/long-words/2/", 2)]
)
def test_a_page_costs_a_stranger_two_queries(
    course: Course, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, rest: str, most: int
) -> None:
    with django_assert_max_num_queries(most):
        assert len(client.get(COURSE + rest).content) < MOST_BYTES


def test_a_step_costs_a_learner_six(
    course: Course, client: Client, sign_in_learner: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in_learner(client)
    client.post(f"{COURSE}begin/")
    with django_assert_max_num_queries(6):
        client.get(f"{LESSON}1/")


def test_a_stranger_who_wants_their_place_kept_signs_in_and_comes_back(course: Course, client: Client) -> None:
    answer = client.post(f"{LESSON}1/read/", {"back": f"{LESSON}1/"})
    assert answer.status_code == 302
    assert answer["Location"] == f"/uz/account/sign-in/?back={LESSON.replace('/', '%2F')}1%2F"
    assert not Enrolment.objects.exists()


def test_a_learner_goes_on_where_they_were(course: Course, client: Client, sign_in_learner: SignIn) -> None:
    sign_in_learner(client)
    assert client.post(f"{COURSE}begin/")["Location"] == f"{LESSON}1/"
    assert client.post(f"{LESSON}1/read/")["Location"] == f"{LESSON}2/"
    assert f"{LESSON}2/" in said(client, "/uz/courses/mine/")
    for number in (2, 3):
        client.post(f"{LESSON}{number}/read/")
    assert client.post(f"{LESSON}4/read/")["Location"] == f"{COURSE}passwords/two-locks/"
    page = said(client, "/uz/courses/mine/")
    assert "1 / 3" in page or 'value="33"' in page
    client.post(f"{COURSE}leave/")
    assert "<progress" not in said(client, "/uz/courses/mine/")
    assert client.post(f"{COURSE}begin/")["Location"].endswith("/two-locks/1/")


def test_looking_marks_nothing(course: Course, client: Client, sign_in_learner: SignIn) -> None:
    sign_in_learner(client)
    client.post(f"{COURSE}begin/")
    client.get(f"{LESSON}3/")
    assert Enrolment.objects.get().last_step == 0


def test_my_learning_asks_a_stranger_in(client: Client) -> None:
    assert client.get("/uz/courses/mine/")["Location"].startswith("/uz/account/sign-in/?back=%2Fuz%2Fcourses%2Fmine")


def test_another_site_begins_nothing(course: Course, sign_in_learner: SignIn) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "cross-site"})
    sign_in_learner(strict)
    assert strict.post(f"{COURSE}begin/").status_code == 403
    assert not Enrolment.objects.exists()
