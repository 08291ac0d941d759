"""What waits for a second reader: on the board, beside the menu, and in the letters about it."""

from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from panoh.ground.accounts.public import User
from panoh.learn.portal import queries
from panoh.learn.portal.public import waiting_count
from panoh.learn.portal.services import import_content

from .test_writing import APPROVE, browser, of
from .writers import ask, post_form

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(folder: Any) -> None:
    import_content(folder)


@pytest.fixture
def second(person: Any) -> User:
    user: User = person("editor", name="Bobur", language="ru")
    return user


def board(user: User) -> str:
    return browser(user).get(reverse("portal_desk:pages")).content.decode()


def test_a_page_that_waits_says_who_asked_and_leads_to_its_words(editor: User, second: User) -> None:
    ask(browser(editor), of("second", "ru"), title="Yangi sarlavha")
    (one,) = queries.waiting(second)
    assert (one.title, one.language, one.audience) == ("Yangi sarlavha", "ru", "children")
    assert (one.asked_by, one.is_mine) == (editor.name, False)
    page = board(second)
    assert "Yangi sarlavha" in page
    assert editor.name in page
    assert reverse("wagtailsnippets_portal_writing:edit", args=[one.pk]) in page


def test_one_s_own_page_is_marked_for_somebody_else(editor: User, second: User) -> None:
    ask(browser(editor), of("second"))
    mark = "Uni boshqa kishi oʻqishi kerak"
    assert mark in board(editor)
    assert mark not in board(second)
    assert [one.is_mine for one in queries.waiting(editor)] == [True]


def test_who_saves_other_words_meanwhile_has_become_their_writer(editor: User, second: User) -> None:
    ask(browser(editor), of("second"))
    post_form(browser(second), of("second"), body="Boshqacha matn.")
    assert [one.is_mine for one in queries.waiting(second)] == [True]
    assert [one.is_mine for one in queries.waiting(editor)] == [False]


def test_a_page_that_was_read_or_sent_back_waits_no_longer(editor: User, second: User) -> None:
    ask(browser(editor), of("first"))
    ask(browser(editor), of("second"))
    post_form(browser(second), of("first"), "action-workflow-action", **APPROVE)
    send_back(second, "second")
    assert queries.waiting(second) == []
    assert waiting_count(second) == 0


def send_back(user: User, code: str, comment: str = "Qisqaroq yozing") -> None:
    address = reverse("wagtailsnippets_portal_writing:workflow_action", args=[of(code).pk, "reject", task_of(code)])
    assert browser(user).post(address, {"comment": comment}).status_code == 302


def task_of(code: str) -> int:
    return int(of(code).current_workflow_task_state.pk)


def test_the_menu_counts_what_this_person_could_read(editor: User, second: User, counsellor: User) -> None:
    ask(browser(editor), of("first"))
    ask(browser(editor), of("second"))
    assert [waiting_count(one) for one in (editor, second, counsellor)] == [0, 2, 0]
    numbers = browser(second).get(reverse("desk:counters")).content.decode()
    assert 'id="count-writing"' in numbers


def test_however_many_wait_it_takes_two_queries(
    editor: User, second: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for code, language in (("first", "uz"), ("first", "ru"), ("second", "uz")):
        ask(browser(editor), of(code, language))
    with django_assert_max_num_queries(2):
        assert [(one.title, one.language) for one in queries.waiting(second)] == [
            ("Sahifa first", "uz"), ("Sahifa first", "ru"), ("Sahifa second", "uz"),
        ]  # fmt: skip
