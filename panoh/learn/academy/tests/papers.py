"""Questions of every kind, as a file holds them; shared by the tests of this room."""

from typing import Any

WORDS = {"uz": "savol", "ru": "вопрос", "en": "question"}


def said(text: str) -> dict[str, str]:
    return {language: f"{text} {language}" for language in WORDS}


def option(code: str, right: bool = False) -> dict[str, Any]:
    return {"code": code, **said(f"option {code}"), **({"right": True} if right else {})}


def question(kind: str, **fields: Any) -> dict[str, Any]:
    row = {"code": f"q-{kind}", "kind": kind, "use": "test", "topic": "t1", "version": 1, "text": said(kind)}
    return {**row, "why": said("because"), **fields}


ONE = question("one", options=[option("a"), option("b", True), option("c")])
SEVERAL = question("several", options=[option("a", True), option("b", True), option("c"), option("d"), option("e")])
ORDER = question("order", options=[option(code) for code in "abcd"])
MATCH = question(
    "match",
    pairs=[{"code": code, "left": said(f"left {code}"), "right": said(f"right {code}")} for code in "abc"],
    others=[{"code": "x", "right": said("right x")}],
)
NUMBER = question("number", answer=12, tolerance=0.5, unit={"uz": "soat", "ru": "часов", "en": "hours"})
SHORT = question("short", accepted={"uz": ["oʻzbek", "ikki bosqichli"], "ru": ["узбек"], "en": ["Wi-Fi"]})
ALL = [ONE, SEVERAL, ORDER, MATCH, NUMBER, SHORT]
RIGHT: dict[str, Any] = {
    "one": "b",
    "several": ["a", "b"],
    "order": {"a": 1, "b": 2, "c": 3, "d": 4},
    "match": {"a": "a", "b": "b", "c": "c"},
    "number": "12",
    "short": "o'zbek",
}
