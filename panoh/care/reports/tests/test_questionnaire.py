"""The questionnaire is data: it is proved before it is asked, and old answers stay readable under their own version."""

import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from panoh.care.reports import asking, queries, services, symbols
from panoh.care.reports.errors import AnswerRefusedError
from panoh.care.reports.questionnaire import CODED, DONE, Question, Questionnaire, QuestionnaireError, check, readable
from panoh.care.reports.tests.form_cast import new_draft
from panoh.ground.common.centre import centre_file
from panoh.ground.languages import public as languages

LISTS = {"platforms": ["telegram", "other"], "age_bands": ["13_15"], "sexes": ["female"], "regions": ["UZ-TK"]}
WRITTEN = ("en", "uz", "ru", "kaa")


def minimal(**changes: Any) -> dict[str, Any]:
    """A sound little questionnaire; ``changes`` replace keys of its second question."""
    first = {"code": "kind", "kind": "one", "options": [{"code": "a"}, {"code": "b", "urgency": 1}]}
    second = {"code": "story", "kind": "text", "show_if": [{"kind": ["b"]}], **changes}
    return {"version": "2026-1", "opening": 1, "question": [first, second]}


def faults(data: dict[str, Any]) -> str:
    with pytest.raises(QuestionnaireError) as caught:
        Questionnaire.from_data(data, LISTS)
    return str(caught.value)


# --- this centre's own file -----------------------------------------------------------------------------------------


def test_every_version_of_this_centre_is_sound() -> None:
    assert asking.versions()
    for version in asking.versions():
        asked = asking.questionnaire(version)
        assert asked.reachable() == {question.code for question in asked.questions}


@pytest.mark.parametrize("language", WRITTEN)
def test_every_word_a_question_names_is_written_in_every_language(language: str) -> None:
    """Drafts beside the words count until they are merged."""
    folder = Path(django_settings.CENTRE_DIR) / "words"
    files = [folder / f"{language}.toml", *folder.glob(f"_new/*.{language}.toml")]
    known = {code for file in files for code in tomllib.loads(file.read_text(encoding="utf-8"))}
    assert [code for code in asking.questionnaire().word_codes() if code not in known] == []


def test_the_first_three_questions_decide() -> None:
    assert [question.code for question in asking.questionnaire().questions[:3]] == ["danger", "about", "kind"]


@pytest.mark.parametrize(
    ("kind", "urgency"),
    [("self_harm", 1), ("attack", 1), ("missing", 1), ("sextortion", 2), ("grooming", 2), ("images", 2),
     ("threats", 2), ("cyberbullying", 3), ("other", 4)],
)  # fmt: skip
def test_each_kind_has_its_urgency_and_danger_is_always_first(kind: str, urgency: int) -> None:
    asked = asking.questionnaire()
    assert asked.urgency({"danger": "no", "kind": kind}) == urgency
    assert asked.urgency({"danger": "yes", "kind": kind}) == 1


def test_an_attack_has_the_way_to_the_police() -> None:
    option = asking.questionnaire().chosen("kind", {"kind": "attack"})
    assert option is not None
    assert option.route == "police"


@pytest.mark.parametrize(
    ("kind", "files", "hashes"),
    [("cyberbullying", True, False), ("fraud", True, False), ("images", False, True), ("sextortion", False, True),
     ("abuse_material", False, False), ("self_harm", False, False), (None, False, False)],
)  # fmt: skip
def test_pictures_are_asked_for_only_where_nobody_is_undressed(kind: str | None, files: bool, hashes: bool) -> None:
    codes = [one.code for one in asking.questionnaire().path({"danger": "no", "about": "self", "kind": kind})]
    assert ("files" in codes, "hash" in codes) == (files, hashes)


@pytest.mark.parametrize("kind", ["abuse_material", "harmful_content"])
def test_what_was_seen_begins_with_its_address(kind: str) -> None:
    path = asking.questionnaire().path({"danger": "no", "about": "seen", "kind": kind})
    assert path[3].code == "addresses"


def test_every_option_with_a_picture_has_one_drawn() -> None:
    named = {option.symbol for question in asking.questionnaire().questions for option in question.options}
    assert named - {""} <= symbols.LINES.keys()
    kind = asking.questionnaire().question("kind")
    assert kind is not None
    assert len({option.symbol for option in kind.options}) == len(kind.options)


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru", "en", "kaa"])
def test_every_answer_has_a_name_in_every_language(language: str) -> None:
    for question in asking.questionnaire().questions:
        assert all(name.strip() for _code, name in asking.option_names(question, language))


# --- what can be wrong with a file ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "kind"}, "stands twice"),
        ({"kind": "essay"}, "unknown kind"),
        ({"show_if": [{"mood": ["a"]}]}, "'mood' is not asked before"),
        ({"show_if": [{"kind": ["c"]}]}, "has no answer c"),
        ({"show_if": [{"kind": []}]}, "without an answer"),
        ({"show_if": [{}]}, "a way without a condition"),
        ({"kind": "one"}, "no options"),
        ({"kind": "one", "list": "planets"}, "unknown list"),
        ({"options": [{"code": "x"}]}, "text has no options"),
        ({"code": "Story!"}, "a code is small letters"),
        ({"show_fi": []}, "unknown key 'show_fi'"),
        ({"longest": 0}, "a number above 0"),
        ({"kind": "one", "options": [{"code": "x"}, {"code": "x"}]}, "x: stands twice"),
        ({"kind": "one", "options": [{"code": "x", "urgency": 5}]}, "urgency is 1 to 4"),
        ({"kind": "one", "options": [{"code": "x", "hours": "8-12"}]}, "hours like"),
        ({"code": "danger", "kind": "one", "options": [{"code": "certainly"}]}, "longer than 6 signs"),
    ],
)
def test_a_faulty_file_is_refused_and_the_fault_is_named(changes: dict[str, Any], said: str) -> None:
    assert said in faults(minimal(**changes))


def test_a_question_nobody_can_come_to_is_refused() -> None:
    data = minimal()
    data["question"].append({"code": "after", "kind": "one", "options": [{"code": "x"}], "show_if": [{"kind": ["a"]}]})
    data["question"].append({"code": "never", "kind": "text", "show_if": [{"after": ["x"], "kind": ["b"]}]})
    assert faults(data) == "never: never reached"


def test_a_file_without_version_or_questions_is_refused() -> None:
    assert "version" in faults({**minimal(), "version": "newest"})
    assert "no questions" in faults({"version": "2026-1", "opening": 1, "question": []})
    assert "opening" in faults({**minimal(), "opening": 9})


def test_a_condition_on_a_later_question_is_refused() -> None:
    data = minimal()
    data["question"].reverse()
    assert "'kind' is not asked before" in faults(data)


# --- paths ----------------------------------------------------------------------------------------------------------

chance = st.integers(min_value=0, max_value=1000)


def walk(asked: Questionnaire, dice: Callable[[int], int]) -> list[str]:
    """Answer by chance until nothing is asked any more; the codes in the order they were asked."""
    answers: dict[str, Any] = {}
    seen: list[str] = []
    while (question := asked.next_after(answers)) is not None:
        assert question.code not in seen, "asked twice"
        seen.append(question.code)
        choices: list[Any] = [None, *question.codes] if question.kind == CODED else [None, "x"]
        answers[question.code] = choices[dice(len(choices))]
    return seen


@given(st.data())
def test_every_path_through_the_centres_questions_ends(data: st.DataObject) -> None:
    asked = asking.questionnaire()
    seen = walk(asked, lambda count: data.draw(chance) % count)
    assert {"danger", "about", "kind", "story", "contact"} <= set(seen)
    assert len(seen) <= len(asked.questions)


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    """Any questionnaire whose conditions look backwards."""
    rows: list[dict[str, Any]] = []
    for number in range(draw(st.integers(2, 7))):
        row: dict[str, Any] = {"code": f"q{number}", "kind": CODED, "options": [{"code": "a"}, {"code": "b"}]}
        if number and draw(st.booleans()):
            about = draw(st.sampled_from(range(number)))
            wanted = draw(st.lists(st.sampled_from(["a", "b", ""]), min_size=1, unique=True))
            row["show_if"] = [{f"q{about}": wanted}]
        rows.append(row)
    for row in rows[1:]:
        if draw(st.booleans()) and set().union(*row.get("show_if", [{}])) <= {"q0"}:
            row["early_if"] = [{"q0": ["a"]}]
    return {"version": "2026-1", "opening": 1, "question": rows}


@given(definitions(), st.data())
@hypothesis_settings(deadline=None)
def test_whatever_is_accepted_ends_on_every_path_and_leaves_no_question_unreached(
    definition: dict[str, Any], data: st.DataObject
) -> None:
    try:
        asked = Questionnaire.from_data(definition, LISTS)
    except QuestionnaireError as error:
        assert "never reached" in str(error)  # noqa: PT017 (other faults cannot be drawn)
        return
    walk(asked, lambda count: data.draw(chance) % count)
    assert asked.reachable() == {question.code for question in asked.questions}


def test_an_answer_that_left_the_path_decides_nothing() -> None:
    asked = asking.questionnaire()
    answers = {"danger": "no", "about": "self", "kind": "sextortion", "contact": "receipt", "phone": "+998901234567"}
    assert "phone" not in asked.on_path(answers)
    assert "safe_hours" not in [question.code for question in asked.path(answers)]


def test_the_way_back_is_the_path_the_other_way() -> None:
    asked = asking.questionnaire()
    answers = {"danger": "no", "about": "seen", "kind": "abuse_material"}
    before = asked.before("story", answers)
    assert before is not None
    assert before.code == "addresses"
    assert asked.before("danger", answers) is None


# --- what a person types --------------------------------------------------------------------------------------------

TEXT = Question("story", "text", longest=20)
LINES = Question("addresses", "lines", longest=20, most=2)
PHONE = Question("phone", "phone")
TAPS = asking.questionnaire().question("danger") or TEXT


@pytest.mark.parametrize(
    ("question", "typed", "clean", "refusal"),
    [
        (TAPS, "yes", "yes", ""),
        (TAPS, "maybe", None, "choose"),
        (TAPS, "", None, "choose"),
        (TAPS, ["yes"], None, "choose"),
        (TAPS, None, None, "choose"),
        (TEXT, "  Salom\r\n dunyo ", "Salom\n dunyo", ""),
        (TEXT, "\u202eabc\u0000", "abc", ""),
        (TEXT, "\u200f\u200b \n", None, "empty"),
        (TEXT, b"bytes", None, "empty"),
        (TEXT, "x" * 21, None, "too_long"),
        (LINES, "a\n\n a \nb", ["a", "b"], ""),
        (LINES, "a\nb\nc", None, "too_many"),
        (LINES, "y" * 21, None, "too_long"),
        (PHONE, "+998 (90) 123-45-67", "+998901234567", ""),
        (PHONE, "٩٩٨٩٠١٢٣٤", "998901234", ""),
        (PHONE, "call me", None, "phone"),
        (PHONE, "1" * 16, None, "phone"),
        (Question("files", "files"), DONE, DONE, ""),
        (Question("files", "files"), "a.jpg", None, "choose"),
    ],
)
def test_an_answer_is_cleaned_or_refused(question: Question, typed: object, clean: object, refusal: str) -> None:
    assert check(question, typed) == (clean, refusal)


@given(st.sampled_from([TEXT, LINES, PHONE, TAPS]), st.text())
def test_no_text_at_all_breaks_a_check_and_a_clean_answer_stays_clean(question: Question, typed: str) -> None:
    clean, refusal = check(question, typed)
    assert bool(refusal) == (clean is None)
    if clean is not None:
        assert check(question, clean) == (clean, "")


def test_a_half_sign_does_not_break_the_words_around_it() -> None:
    assert readable("a\ud800b").encode()


# --- versions -------------------------------------------------------------------------------------------------------


@pytest.fixture
def next_year(tmp_path: Path, settings: Settings) -> Iterator[Callable[[], None]]:
    """A second version lies in the folder once this is called: other words for danger, no place, no platform."""
    copy = tmp_path / "centre"
    shutil.copytree(settings.CENTRE_DIR, copy)

    def publish() -> None:
        text = (copy / "questionnaire" / "report-2026-1.toml").read_text(encoding="utf-8")
        text = text.replace('version = "2026-1"', 'version = "2026-10"')
        text = text.replace('code = "other", symbol', 'code = "something", words = "report.kind.other", symbol')
        text = text.replace('"fraud", "harmful_content", "other"]', '"fraud", "harmful_content", "something"]')
        (copy / "questionnaire" / "report-2026-10.toml").write_text(text, encoding="utf-8")
        settings.CENTRE_DIR = copy
        _forget()

    yield publish
    _forget()


def _forget() -> None:
    centre_file.cache_clear()
    asking.forget_cached()


@pytest.mark.django_db
def test_the_newest_version_is_asked_and_an_old_answer_is_read_under_its_own(next_year: Callable[[], None]) -> None:
    old = new_draft()
    services.answer_question(old, "kind", "other")
    next_year()
    new = new_draft()
    assert (old.questionnaire, new.questionnaire) == ("2026-1", "2026-10")
    assert {said.question.code: said.text for said in queries.said_in(old, "en")}["kind"] == "Something else"
    services.answer_question(old, "kind", "other")
    services.answer_question(new, "kind", "something")
    with pytest.raises(AnswerRefusedError):
        services.answer_question(new, "kind", "other")


def test_a_file_that_says_another_version_than_its_name_is_refused(next_year: Callable[[], None]) -> None:
    next_year()
    folder = Path(django_settings.CENTRE_DIR) / "questionnaire"
    shutil.copy(folder / "report-2026-1.toml", folder / "report-2027-1.toml")
    with pytest.raises(ValueError, match=r"says that it is 2026-1"):
        asking.questionnaire("2027-1")


def test_words_of_the_languages_room_are_the_ones_used() -> None:
    assert asking.option_names(TAPS, "en")[0] == ("yes", languages.word("danger.yes", "en"))
