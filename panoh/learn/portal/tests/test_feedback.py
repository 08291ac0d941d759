from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from panoh.ground.accounts.public import User
from panoh.learn.portal import helping, queries, services
from panoh.learn.portal.models import AnswerCell, ReasonCell, Sheet
from panoh.learn.portal.services import feedback, import_content

pytestmark = pytest.mark.django_db
PAGE = "/uz/guide/second/"


@pytest.fixture(autouse=True)
def published(folder: Path) -> None:
    cache.clear()
    import_content(folder)


def sheet(language: str = "uz") -> Sheet:
    return queries.sheet_for("second", language)


def test_a_page_asks_whether_it_helped_without_a_script_and_without_a_token(client: Client) -> None:
    page = client.get(PAGE)
    assert f'action="{PAGE}helped/"' in page.content.decode()
    assert "csrf" not in page.content.decode()
    assert page["X-Panoh-Cache"] == "300"


def test_one_press_is_one_count_and_loading_again_counts_nothing(client: Client) -> None:
    answer = client.post(f"{PAGE}helped/", {"answer": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}thanks/")
    for _ in range(3):
        assert client.get(answer["Location"]).status_code == 200
    today = timezone.localdate()
    assert list(AnswerCell.objects.values_list("page", "language", "month", "day", "answer", "n")) == [
        ("second", "uz", today.replace(day=1), today.day, "yes", 1)
    ]


def test_who_was_not_helped_may_say_why_by_one_more_press(client: Client) -> None:
    answer = client.post(f"{PAGE}helped/", {"answer": "no"})
    page = client.get(answer["Location"]).content.decode()
    assert page.count('name="reason"') == 4
    last = client.post(f"{PAGE}helped/", {"reason": "age"})
    assert 'name="reason"' not in client.get(last["Location"]).content.decode()
    assert list(ReasonCell.objects.values_list("reason", "n")) == [("age", 1)]
    assert list(AnswerCell.objects.values_list("answer", "n")) == [("no", 1)]


def test_nothing_is_left_in_the_browser_and_nothing_is_stored(client: Client) -> None:
    answer = client.post(f"{PAGE}helped/", {"answer": "partly"})
    assert not answer.cookies
    page = client.get(answer["Location"])
    assert not page.cookies
    assert "no-store" in page["Cache-Control"]
    assert "second" not in page.content.decode().partition("<title>")[2].partition("</title>")[0]


@pytest.mark.parametrize("sent", [{}, {"answer": "maybe"}, {"reason": "x" * 5000}, {"answer": "yes'--"}])
def test_what_is_no_answer_of_ours_is_not_counted(client: Client, sent: dict[str, str]) -> None:
    assert client.post(f"{PAGE}helped/", sent)["Location"] == PAGE
    assert not AnswerCell.objects.exists()


def test_another_site_cannot_press_for_a_reader() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(f"{PAGE}helped/", {"answer": "no"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    ours = strict.post(f"{PAGE}helped/", {"answer": "no"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert ours.status_code == 302
    assert AnswerCell.objects.get().n == 1


def test_a_page_that_is_not_there_counts_nothing(client: Client) -> None:
    assert client.post("/uz/guide/none/helped/", {"answer": "yes"}).status_code == 404
    assert client.get("/uz/guide/none/thanks/").status_code == 404


def test_a_flood_is_thanked_and_not_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "MOST_A_MINUTE", 5)
    for _ in range(9):
        assert client.post(f"{PAGE}helped/", {"answer": "no"}).status_code == 302
    assert sum(AnswerCell.objects.values_list("n", flat=True)) == 5


def test_a_slow_flood_fills_one_page_s_day_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "MOST_A_DAY", 3)
    assert [services.count_answer(sheet(), "no") for _ in range(5)] == [True, True, True, False, False]
    assert services.count_answer(sheet("ru"), "no")


def answers(yes: int, no: int, page: str = "second") -> helping.Helped:
    return helping.Helped(page, "uz", {"yes": yes, "no": no})


def test_the_page_that_helps_least_stands_first_and_few_answers_say_nothing() -> None:
    few, poor, good = answers(0, 9, "few"), answers(25, 75, "poor"), answers(95, 5, "good")
    hasty = answers(2, 8, "hasty")  # a worse share, but of ten only
    assert [one.page for one in helping.least_first([few, good, hasty, poor])] == ["poor", "hasty", "good", "few"]
    assert few.share is None
    assert poor.share == 25


def test_a_partly_counts_as_half() -> None:
    assert helping.Helped("second", "uz", {"partly": 20}).share == 50


def test_a_reason_that_few_chose_is_not_told() -> None:
    assert helping.Helped("second", "uz", {}, {"age": 4, "wrong": 5}).told_reasons == {"wrong": 5}


def test_an_editor_reads_which_page_helps_least_and_others_do_not(client: Client, editor: User, stranger: User) -> None:
    for _ in range(12):
        services.count_answer(sheet(), "no")
    services.count_answer(sheet("ru"), "no")
    client.force_login(editor)
    page = client.get("/desk/pages/helped/").content.decode()
    assert "0 %" in page
    assert page.index("Oʻzbekcha</td>") < page.index("Русский</td>")
    assert 'href="/uz/guide/second/"' in page
    assert "Русский</td>" not in client.get("/desk/pages/helped/?language=uz").content.decode()
    client.force_login(stranger)
    assert client.get("/desk/pages/helped/").status_code == 403


def test_old_answers_leave_the_page_of_the_last_month() -> None:
    services.count_answer(sheet(), "no")
    AnswerCell.objects.update(month="2020-01-01")
    assert queries.helped_least(30) == []
