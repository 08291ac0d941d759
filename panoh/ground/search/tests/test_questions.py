"""Questions are counted, never who asked; what could be somebody's is not kept at all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from .. import services
from ..models import Asked
from ..public import asked_in_vain, asked_often, count_question, forget

pytestmark = pytest.mark.django_db


def ask(text: str, times: int = 1, *, language: str = "uz", is_found: bool = True) -> None:
    for _ in range(times):
        count_question(text, language, is_found=is_found)


def test_every_spelling_is_the_same_question_of_the_day() -> None:
    for spelling in ("Qoʻrqinch", "qo'rqinch", "ҚЎРҚИНЧ"):
        ask(spelling)
    ask("qoʻrqinch", is_found=False)
    assert list(Asked.objects.values_list("day", "words", "n", "n_unfound")) == [
        (timezone.localdate(), "qörqinç", 4, 1)
    ]


@pytest.mark.parametrize(
    "text",
    ["12345", "90 123 45 67", "+998901234567", "men 90-123-45-67 ga yozdim", "ali@mail.uz", "mail.ru", "https://a.uz/b",
     "1 2", "8600 1234 5678 9012", "kod 2468", "x" * 30, "bir ikki uch toʻrt besh olti yetti", "soʻz " * 20, "", "???"],
)  # fmt: skip
def test_what_could_be_a_number_an_address_or_a_letter_is_not_kept(text: str) -> None:
    assert count_question(text, "uz", is_found=True) is False
    assert not Asked.objects.exists()


def test_editors_see_only_what_was_asked_three_times_and_what_was_asked_in_vain() -> None:
    ask("parol", 3)
    ask("dipfeyk", 2)
    ask("qamoq", 4, is_found=False)
    ask("sirli", 2, is_found=False)
    ask("sirli", 2)
    today = timezone.localdate()
    assert [(one.words, one.n) for one in asked_often(today, "uz")] == [("qamoq", 4), ("sirli", 4), ("parol", 3)]
    assert [(one.words, one.n_unfound) for one in asked_in_vain(today, "uz")] == [("qamoq", 4)]
    assert asked_often(today, "ru") == asked_often(today + timedelta(days=1)) == []


def test_days_are_summed_before_they_are_shown() -> None:
    ask("parol", 2)
    Asked.objects.update(day=timezone.localdate() - timedelta(days=1))
    ask("parol")
    assert [one.n for one in asked_often(timezone.localdate() - timedelta(days=1))] == [3]


def test_a_flood_of_made_up_questions_fills_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_A_DAY", 2)
    for text in ("bir", "ikki", "uch", "bir"):
        ask(text)
    assert dict(Asked.objects.values_list("words", "n")) == {"bir": 2, "ikki": 1}


def test_old_questions_are_forgotten() -> None:
    ask("parol")
    assert forget(timezone.now()) == 0
    assert forget(timezone.now() + timedelta(days=1)) == 1
    assert not Asked.objects.exists()
