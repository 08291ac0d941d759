"""What waits for a second reader: on the board, beside the menu, and in the letters about it."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Revision

from panoh.ground.accounts.public import User
from panoh.ground.notify import public as notify
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


# --- the letters ------------------------------------------------------------------------------------------------------


def letters() -> list[tuple[str, str]]:
    """To whom, and what about; all that was sent since the last look."""
    notify.deliver_due()
    sent = [(one.to[0], str(one.subject)) for one in mail.outbox]
    mail.outbox.clear()
    return sent


def test_every_other_editor_is_asked_once_in_their_own_language(editor: User, second: User, person: Any) -> None:
    person("editor", name="Gone", is_active=False)
    person("counsellor", name="Karim")
    second.language = "ru"
    second.save()
    person("administrator", name="Aziza")
    ask(browser(editor), of("second"), title="Yangi sarlavha")
    post_form(browser(editor), of("second"), body="Yana bir bor oʻzgardi.")
    assert sorted(letters()) == [
        ("aziza@example.test", "Sahifani oʻqib bering: Yangi sarlavha (uz)"),
        ("bobur@example.test", "Прочитайте, пожалуйста, страницу: Yangi sarlavha (uz)"),
    ]


def test_the_letter_leads_to_the_page_and_is_the_only_one(editor: User, second: User) -> None:
    ask(browser(editor), of("second"))
    notify.deliver_due()
    (letter,) = mail.outbox
    assert f"/desk/pages/edit/texts/edit/{of('second').pk}/" in letter.body
    assert editor.name in letter.body
    assert "{" not in letter.body
    assert "Matn" not in letter.body


def test_who_asks_again_for_what_waits_already_writes_to_nobody(editor: User, second: User) -> None:
    ask(browser(editor), of("second"))
    letters()
    post_form(browser(editor), of("second"), "action-submit")
    assert letters() == []
    assert len(queries.waiting(second)) == 1


def test_the_writer_hears_that_the_page_was_read(editor: User, second: User) -> None:
    ask(browser(editor), of("second"))
    letters()
    post_form(browser(second), of("second"), "action-workflow-action", **APPROVE)
    assert letters() == [(editor.email, "Oʻqildi va eʼlon qilindi: Sahifa second (uz)")]


def test_the_writer_hears_that_it_was_sent_back_and_finds_the_word(editor: User, second: User) -> None:
    ask(browser(editor), of("second"))
    letters()
    send_back(second, "second")
    assert letters() == [(editor.email, "Qaytarildi: Sahifa second (uz)")]
    row = of("second")
    assert (
        "Qisqaroq yozing"
        in browser(editor).get(reverse("wagtailsnippets_portal_writing:edit", args=[row.pk])).content.decode()
    )


def test_what_was_sent_back_and_given_again_is_a_new_request(editor: User, second: User) -> None:
    ask(browser(editor), of("second"))
    send_back(second, "second")
    letters()
    ask(browser(editor), of("second"), body="Qisqaroq.")
    assert [to for to, _subject in letters()] == [second.email]


def test_who_takes_their_own_request_back_is_not_told(editor: User, second: User) -> None:
    ask(browser(editor), of("second"))
    letters()
    send_back(editor, "second")
    assert letters() == []


def test_a_page_that_the_checks_stop_is_not_said_to_be_published(editor: User, second: User) -> None:
    ask(browser(editor), of("second"))
    Revision.objects.filter(pk=of("second").latest_revision_id).update(
        content=of("second").latest_revision.content | {"body": "[bu yerda](page:first)"}
    )
    letters()
    post_form(browser(second), of("second"), "action-workflow-action", **APPROVE)
    assert letters() == []
    assert len(queries.waiting(second)) == 1
