"""What a page shows of a question, and what it sends back."""

import json
import re
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .. import drawing, paper, scoring
from .papers import ALL, MATCH, ONE, ORDER, RIGHT, SEVERAL, SHORT

SEED = "5" * 32
KINDS = pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked["kind"])


def form_of(asked: dict[str, Any], answer: Any, seed: str = SEED) -> dict[str, list[str]]:
    """What a browser sends when a person chose this on the page."""
    sides = {
        side: {code: token for token, code in held.items()} for side, held in drawing.tokens(seed, asked, "q").items()
    }
    if asked["kind"] == "order":
        return {f"answer-{sides['option'][code]}": [str(place)] for code, place in answer.items()}
    if asked["kind"] == "match":
        return {f"answer-{sides['left'][left]}": [sides["right"][right]] for left, right in answer.items()}
    chosen = answer if isinstance(answer, list) else [answer]
    return {"answer": [str(sides.get("option", {}).get(one, one)) for one in chosen]}


@KINDS
def test_what_is_chosen_on_the_page_comes_back_as_it_was_meant(asked: dict[str, Any]) -> None:
    answer = RIGHT[asked["kind"]]
    assert paper.read(asked, "q", SEED, form_of(asked, answer)) == answer
    assert paper.read(asked, "q", SEED, {}) is None


@KINDS
@given(seed=st.text("0123456789abcdef", min_size=32, max_size=32))
def test_a_page_holds_nothing_of_what_is_right(asked: dict[str, Any], seed: str) -> None:
    told = json.dumps(asdict(paper.shown(asked, "q", seed, "uz")), ensure_ascii=False)
    assert "because" not in told
    assert 'right"' not in told
    assert not re.search(r'"token": "[a-dx]"', told)
    if asked["kind"] == "short":
        assert not any(form in told for forms in SHORT["accepted"].values() for form in forms)
    if asked["kind"] == "number":
        assert "12" not in told


def test_a_page_of_the_same_words_is_the_same_whatever_is_right() -> None:
    """The strongest form: move the key, and not one sign of the page moves."""
    other = ONE | {"options": [{k: v for k, v in option.items() if k != "right"} for option in ONE["options"]]}
    other["options"][2]["right"] = True
    assert paper.shown(ONE, "q", SEED, "uz") == paper.shown(other, "q", SEED, "uz")


def test_pairs_do_not_meet_on_the_page() -> None:
    shown = paper.shown(MATCH, "q", SEED, "en")
    assert not {one.token for one in shown.choices} & {one.token for one in shown.rights}
    assert len(shown.rights) == 4


@KINDS
def test_the_answer_kept_so_far_stands_in_the_page(asked: dict[str, Any]) -> None:
    answer = RIGHT[asked["kind"]]
    shown = paper.shown(asked, "q", SEED, "uz", answer)
    if asked["kind"] in {"one", "several"}:
        assert sum(choice.is_chosen for choice in shown.choices) == (1 if asked["kind"] == "one" else 2)
    elif asked["kind"] in {"order", "match"}:
        again = {f"answer-{choice.token}": [choice.chosen] for choice in shown.choices}
        assert paper.read(asked, "q", SEED, again) == answer
    else:
        assert shown.typed == answer


@pytest.mark.parametrize("asked", [ONE, SEVERAL, MATCH], ids=lambda asked: asked["kind"])
def test_a_token_of_another_paper_is_refused(asked: dict[str, Any]) -> None:
    forged = {name: ["0123456789"] for name in form_of(asked, RIGHT[asked["kind"]])}
    with pytest.raises(ValueError, match="has no"):
        paper.read(asked, "q", SEED, forged)


def test_the_code_of_the_file_is_no_token() -> None:
    with pytest.raises(ValueError, match="has no"):
        paper.read(ONE, "q", SEED, {"answer": ["b"]})


@KINDS
def test_right_and_given_answers_can_be_said_in_words(asked: dict[str, Any]) -> None:
    assert paper.right_answer(asked, "uz-cyrl")
    assert paper.said_answer(asked, RIGHT[asked["kind"]], "ru")
    assert paper.said_answer(asked, None, "ru") == []
    assert paper.said_answer(asked, 7, "ru") == []


def test_words_fall_back_to_the_written_form_of_the_language() -> None:
    assert paper.words({"uz": "a", "en": "b"}, "uz-cyrl") == "a"
    assert paper.words({"uz": "a", "en": "b"}, "kaa") == "b"
    assert paper.words({"ru": "c"}, "kaa") == "c"
    assert scoring.is_whole(ORDER, RIGHT["order"])
