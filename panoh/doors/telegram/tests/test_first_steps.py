"""The first steps on the phone: a language, two sentences, two questions, a person. Words count at every step."""

import pytest

from panoh.care.helpline.public import CallerRole, Status, Urgency

from .conftest import Phone


def test_the_first_tap_is_the_language_each_under_its_own_name(phone: Phone) -> None:
    phone.says("/start")
    (asked,) = phone.lines
    names = [row[0]["text"] for row in asked.meta["buttons"]]
    assert names[:5] == ["Oʻzbekcha", "Ўзбекча", "Русский", "Qaraqalpaqsha", "English"]


def test_three_taps_lead_to_a_waiting_person(phone: Phone) -> None:
    phone.says("/start")
    phone.taps("lang:ru")
    phone.taps("who:child")
    phone.taps("danger:no")
    talk = phone.talk
    assert (talk.status, talk.language, talk.caller_role, talk.danger) == (Status.WAITING, "ru", "child", "no")
    assert phone.codes[:5] == ["language.choose", "notice.short", "media.warning", "step.who", "step.danger"]
    assert phone.codes[5] in {"wait.soon", "telegram.wait_day"}


@pytest.mark.parametrize("taps", [[], ["lang:uz"], ["lang:uz", "who:parent"]])
def test_words_typed_at_any_step_are_kept_and_a_person_is_waited_for(phone: Phone, taps: list[str]) -> None:
    phone.says("/start")
    for data in taps:
        phone.taps(data)
    phone.says("Menga yordam kerak")
    assert phone.own == ["Menga yordam kerak"]
    assert phone.talk.status == Status.WAITING


def test_words_before_any_start_are_kept_and_answered_with_what_is_told_first(phone: Phone) -> None:
    phone.says("Помогите пожалуйста", language_code="ru")
    assert phone.own == ["Помогите пожалуйста"]
    assert phone.codes[:2] == ["notice.short", "media.warning"]
    assert phone.codes[-1] == "language.choose"


def test_danger_now_is_u1_and_shows_numbers_when_there_are_some(phone: Phone) -> None:
    phone.says("/start")
    phone.taps("lang:en")
    phone.taps("danger:yes")
    assert phone.talk.urgency == Urgency.U1
    assert "wait.urgent" in phone.codes


@pytest.mark.parametrize("before", [[], ["lang:uz"], ["lang:uz", "who:child"]])
def test_one_tap_leads_to_a_person_from_every_step(phone: Phone, before: list[str]) -> None:
    phone.says("/start")
    for data in before:
        phone.taps(data)
    last = [line for line in phone.lines if line.direction == "bot"][-1]
    assert [button["data"] for button in last.meta["buttons"][-1]] == ["person"]
    phone.taps("person")
    assert phone.talk.status == Status.WAITING


def test_a_second_tap_on_the_same_answer_changes_nothing(phone: Phone) -> None:
    phone.says("/start")
    phone.taps("lang:uz")
    phone.taps("danger:no")
    said = len(phone.codes)
    phone.taps("danger:no")
    assert len(phone.codes) == said


def test_whoever_comes_back_is_not_asked_for_the_language_again(phone: Phone) -> None:
    phone.says("/start")
    phone.taps("lang:kaa")
    phone.taps("delete:no")
    phone.says("/start")
    assert phone.talk.language == "kaa"
    assert phone.codes.count("language.choose") == 1


def test_the_person_sees_texts_in_the_language_they_chose(phone: Phone) -> None:
    phone.says("/start")
    phone.taps("lang:uz-cyrl")
    assert "Сиз кимсиз?" in [line.text for line in phone.lines]


def test_a_role_is_asked_once_and_stands_in_the_talk(phone: Phone) -> None:
    phone.says("/start")
    phone.taps("lang:en")
    phone.taps("who:professional")
    assert phone.talk.caller_role == CallerRole.PROFESSIONAL
    assert [line.text for line in phone.lines if line.kind == "button"] == ["English", "I work with children"]
