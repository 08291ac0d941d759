"""Risk is counted on the server, from a tool that is data and is proved before it is used."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.care.cases import rules
from panoh.care.cases.scoring import LEVELS, Tool, ToolError, newest
from panoh.ground.common.centre import centre_file

from .case_cast import answers


def data() -> dict[str, Any]:
    return copy.deepcopy(centre_file("assessment/child_risk-2026-1.toml"))


def said(file: dict[str, Any]) -> str:
    with pytest.raises(ToolError) as told:
        Tool.from_data(file)
    return str(told.value)


def test_the_tool_of_this_centre_has_ten_questions_in_every_language() -> None:
    tool = rules.tool()
    assert len(tool.items) == 10
    for language in ("uz", "ru", "en", "kaa", "uz-cyrl"):
        assert all(rules.said(item.names, language) for item in tool.items.values())
    assert rules.said(tool.items["again"].names, "uz-cyrl").startswith("Бу бир мартадан")


def test_nothing_is_low_and_much_is_high() -> None:
    assert rules.tool().score(answers("no")).risk == "low"
    assert rules.tool().score(answers("yes")).risk == "high"
    assert rules.tool().score(answers("no", at_home="yes", hurt="yes")).risk == "medium"


def test_one_answer_alone_can_ask_for_the_highest_level() -> None:
    score = rules.tool().score(answers("no", self_harm="yes"))
    assert (score.points, score.risk, score.raised_by) == (8, "high", ("self_harm",))


def test_an_answer_that_the_tool_does_not_know_is_refused() -> None:
    with pytest.raises(ToolError, match="danger_now"):
        rules.tool().score({"danger_now": "perhaps"})
    with pytest.raises(ToolError, match="points"):
        rules.tool().score({"points": "0"})


def test_what_is_not_answered_is_named() -> None:
    score = rules.tool().score(answers("no", again=""))
    assert score.missing == ("again",)


@given(st.dictionaries(st.sampled_from(sorted(rules.tool().items)), st.sampled_from(["yes", "no", "unknown"])))
def test_a_yes_never_lowers_the_risk(given_answers: dict[str, str]) -> None:
    before = rules.tool().score(given_answers)
    for code in rules.tool().items:
        after = rules.tool().score({**given_answers, code: "yes"})
        if given_answers.get(code, "no") != "yes":
            assert LEVELS.index(after.risk) >= LEVELS.index(before.risk)


def test_faults_of_a_tool_are_named() -> None:
    file = data()
    file["item"][0]["points"] = {"yes": 1}
    del file["item"][1]["kaa"]
    file["item"][3]["code"] = file["item"][2]["code"]
    file["thresholds"]["high"] = 3
    told = said(file)
    assert "danger_now: its points are not those of its scale" in told
    assert "self_harm: no words in kaa" in told
    assert "life_threatened stands twice" in told
    assert "thresholds" in told


def test_the_newest_version_is_asked_and_the_older_one_still_read() -> None:
    old, new = data(), data()
    new["version"] = "2026-10"
    old["version"] = "2026-9"
    tools = [Tool.from_data(new), Tool.from_data(old)]
    assert newest(tools)["child_risk"].version == "2026-10"
    assert tools[1].score({"again": "yes"}).points == 2
