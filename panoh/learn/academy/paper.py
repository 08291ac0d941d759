"""A question as a page shows it, and an answer as a page sends it back. Pure of Django.

What leaves the server is built up from nothing: the words of one language and tokens, in an order that follows from the
attempt's seed. What is right is never copied into it, so no page can let it slip.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import drawing, scoring

Body = Mapping[str, Any]
EVERYBODYS = "en"  # the words that stand in where a language has none


@dataclass(frozen=True)
class Choice:
    """An option, a thing to be placed, or a side of a pair. ``chosen`` is what its own field holds now."""

    token: str
    text: str
    is_chosen: bool = False
    chosen: str = ""


@dataclass(frozen=True)
class Shown:
    """All that a page knows of a question."""

    kind: str
    text: str
    choices: tuple[Choice, ...] = ()  # options, things, left sides
    rights: tuple[Choice, ...] = ()
    typed: str = ""
    unit: str = ""

    @property
    def places(self) -> list[str]:
        return [str(number) for number in range(1, len(self.choices) + 1)]


def words(said: Mapping[str, str], language: str) -> str:
    """The text in this language; in its plain form, or in everybody's, where it is not written."""
    return (
        said.get(language) or said.get(language.split("-")[0]) or said.get(EVERYBODYS) or next(iter(said.values()), "")
    )


def shown(body: Body, name: str, seed: str, language: str, answer: object = None) -> Shown:
    """``name`` is the question's own in this paper; ``answer`` what was kept of it so far."""
    kind, text = str(body["kind"]), words(body["text"], language)
    if kind in {"number", "short"}:
        unit = words(body["unit"], language) if "unit" in body else ""
        return Shown(kind, text, typed=answer if isinstance(answer, str) else "", unit=unit)
    if kind == "match":
        return _shown_match(body, name, seed, language, answer, text)
    said = {str(option["code"]): words(option, language) for option in body["options"]}
    order = drawing.option_order(seed, name, list(said), as_written_is_right=kind == "order")
    held = answer if isinstance(answer, Mapping) else {}
    chosen = {answer} if isinstance(answer, str) else set(answer) if isinstance(answer, list) else set()
    return Shown(
        kind,
        text,
        tuple(
            Choice(drawing.token(seed, name, "option", code), said[code], code in chosen, str(held.get(code, "")))
            for code in order
        ),
    )


def _shown_match(body: Body, name: str, seed: str, language: str, answer: object, text: str) -> Shown:
    held = answer if isinstance(answer, Mapping) else {}
    lefts = {str(pair["code"]): words(pair["left"], language) for pair in body["pairs"]}
    rights = {str(one["code"]): words(one["right"], language) for one in [*body["pairs"], *body.get("others", [])]}

    def right_token(code: object) -> str:
        return drawing.token(seed, name, "right", str(code)) if code in rights else ""

    return Shown(
        "match",
        text,
        tuple(
            Choice(drawing.token(seed, name, "left", code), lefts[code], chosen=right_token(held.get(code)))
            for code in drawing.option_order(seed, f"{name}:left", list(lefts))
        ),
        tuple(
            Choice(right_token(code), rights[code])
            for code in drawing.option_order(seed, f"{name}:right", list(rights))
        ),
    )


def read(body: Body, name: str, seed: str, fields: Mapping[str, Sequence[str]]) -> Any:
    """The answer in a form's fields, codes for tokens; None if there is none.

    Raises ``ValueError`` for a token that this paper did not give out.
    """
    sides = drawing.tokens(seed, body, name)
    kind = body["kind"]
    if kind in {"one", "several"}:
        said = [sides["option"].get(one, f"?{one}") for one in fields.get("answer", ()) if one]
        return scoring.read(body, {"answer": said})
    if kind == "order":
        return scoring.read(body, _by_code(sides["option"], fields))
    if kind == "match":
        held = _by_code(sides["left"], fields)
        rights = {name: [sides["right"].get(one, f"?{one}") for one in said if one] for name, said in held.items()}
        return scoring.read(body, rights)
    return scoring.read(body, fields)


def _by_code(tokens: Mapping[str, str], fields: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    return {f"answer-{code}": fields.get(f"answer-{token}", ()) for token, code in tokens.items()}


# --- after the end ------------------------------------------------------------------------------------------------


def right_answer(body: Body, language: str) -> list[str]:
    """The right answer in words, a line each; for pages after the end and for the desk alone."""
    kind = body["kind"]
    if kind in {"one", "several"}:
        return [words(option, language) for option in body["options"] if option.get("right")]
    if kind == "order":
        return [words(option, language) for option in body["options"]]
    if kind == "match":
        return [f"{words(pair['left'], language)} — {words(pair['right'], language)}" for pair in body["pairs"]]
    if kind == "number":
        unit = words(body["unit"], language) if "unit" in body else ""
        return [f"{body['answer']} {unit}".strip()]
    forms = body["accepted"]
    return list(forms.get(language) or forms.get(language.split("-")[0]) or next(iter(forms.values())))


def said_answer(body: Body, answer: object, language: str) -> list[str]:
    """What a person answered, in words."""
    if answer is None or not scoring.shaped(body, answer):
        return []
    kind = body["kind"]
    if kind in {"one", "several"}:
        chosen = [answer] if isinstance(answer, str) else answer
        return [words(option, language) for option in body["options"] if option["code"] in chosen]  # type: ignore[operator]
    if kind == "order" and isinstance(answer, Mapping):
        things = {str(option["code"]): words(option, language) for option in body["options"]}
        placed = sorted((place, code) for code, place in answer.items() if code in things)
        return [f"{place}. {things[code]}" for place, code in placed]
    if kind == "match" and isinstance(answer, Mapping):
        rights = {one["code"]: words(one["right"], language) for one in [*body["pairs"], *body.get("others", [])]}
        return [
            f"{words(pair['left'], language)} — {rights[answer[pair['code']]]}"
            for pair in body["pairs"]
            if answer.get(pair["code"]) in rights
        ]
    return [str(answer)]
