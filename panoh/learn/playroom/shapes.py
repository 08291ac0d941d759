"""What a piece of the playroom must hold, kind by kind. Pure of Django; one sentence for each fault."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

PLACES = ("steppe", "home", "yurt", "school", "yard", "river", "bazaar", "night")
WHO = ("lola", "tortoise", "hoopoe", "jerboa", "mother", "owl")
MOODS = ("calm", "happy", "worried", "sad", "surprised", "brave")
THINGS = ("phone", "tablet", "hook", "mask", "star", "gift", "camera", "lock", "letter", "heart", "bag", "book", "game")
SYMBOLS = ("listen", "look", "stop", "think", "tell", "leave", "help", "secret", "good", "bad", "play")
AGES = ("under-9", "9-12", "13-17")
# The name of a kind's rows, which is the same in its structure and in its words.
ROWS = {
    "stories": "scenes", "cards": "cards", "workbook": "tasks", "challenge": "tasks", "quizzes": "items",
    "episodes": "scenes", "paths": "lessons",
}  # fmt: skip
KINDS = tuple(ROWS)
CLOSING = ("tell", "leave")  # whom to write to and whom to call is said in one place, ``leaves.closing``
SUITS = ("stop", "think", "tell", "kind")
WORKS = ("draw", "write", "choose", "match", "order", "colour", "talk")
DEEDS = ("do", "look", "talk", "make")
RIGHTS = ("safe", "not", "ask")
QUIZZES = ("safe-or-not", "spot-the-trick")
CODE = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")

Row = Mapping[str, Any]
Asks = Mapping[str, str]


def of_structure(kind: str, piece: Row) -> Iterator[str]:
    """Faults of what is the same in every language."""
    rows: list[Row] = list(piece.get(ROWS[kind], []))
    codes = [str(row.get("code", "")) for row in rows]
    if not rows:
        yield f"there are no {ROWS[kind]}"
    for code in codes:
        if not CODE.match(code):
            yield f"{code!r} must be lower-case letters, digits and hyphens"
    if len(set(codes)) != len(codes):
        yield "a code stands twice"
    if kind != "quizzes" and piece.get("age") not in AGES:
        yield f"age is one of {', '.join(AGES)}"
    for row in rows:
        for fault in (*_of_drawing(row), *_of_row(kind, row, piece)):
            yield f"{row.get('code')}: {fault}"
    if kind == "stories":
        yield from _of_ways(piece)


def _of_drawing(row: Row) -> Iterator[str]:
    if "place" in row and row["place"] not in PLACES:
        yield f"there is no place {row['place']}"
    for one in row.get("who", []):
        name, _, mood = str(one).partition(":")
        if name not in WHO or mood not in MOODS:
            yield f"nobody is called {one}"
    if len(row.get("who", [])) > 3 or len(row.get("things", [])) > 3:
        yield "a drawing holds at most three of them and three things"
    for thing in row.get("things", []):
        if thing not in THINGS:
            yield f"there is no thing {thing}"
    if "symbol" in row and row["symbol"] not in SYMBOLS:
        yield f"there is no symbol {row['symbol']}"
    for choice in row.get("choices", []):
        if isinstance(choice, Mapping) and choice.get("symbol", "look") not in (*SYMBOLS, *WHO, *THINGS):
            yield f"there is no symbol {choice['symbol']}"


def _of_row(kind: str, row: Row, piece: Row) -> Iterator[str]:
    chosen = {"cards": ("suit", SUITS), "workbook": ("kind", WORKS), "challenge": ("kind", DEEDS)}
    if kind in chosen:
        name, known = chosen[kind]
        if row.get(name) not in known:
            yield f"{name} is one of {', '.join(known)}"
    if row.get("kind") == "match" and not row.get("left"):
        yield "left says how many of the items stand on the left; lines are drawn to the rest"
    if kind == "quizzes":
        right = tuple(row.get("choices", ())) if piece.get("kind") == "spot-the-trick" else RIGHTS
        if piece.get("kind") not in QUIZZES:
            yield f"the kind of a quiz is one of {', '.join(QUIZZES)}"
        if row.get("right") not in right:
            yield f"right is one of {', '.join(right)}"
    if kind == "paths" and not row.get("pieces"):
        yield "a lesson names its pieces"


def _of_ways(story: Row) -> Iterator[str]:
    """Every scene is reached; each leads on or ends; from everywhere a bright ending can be reached."""
    scenes: dict[str, Row] = {str(row.get("code")): row for row in story.get("scenes", [])}
    leads = {code: [str(choice.get("to")) for choice in row.get("choices", [])] for code, row in scenes.items()}
    for code, row in scenes.items():
        if bool(row.get("choices")) == bool(row.get("ending")):
            yield f"{code}: a scene has choices or is an ending"
        if any("symbol" not in choice for choice in row.get("choices", [])):
            yield f"{code}: a choice has a symbol, for who does not read"
        for target in leads[code]:
            if target not in scenes:
                yield f"{code} leads to {target}, which there is not"
        if row.get("ending") == "second-chance" and row.get("back") not in scenes:
            yield f"{code}: a second chance names the scene to go back to"
        if row.get("ending", "bright") not in ("bright", "second-chance"):
            yield f"{code}: an ending is bright or second-chance"
    start = str(story.get("start"))
    if start not in scenes:
        yield f"the story begins at {start}, which there is not"
        return
    for code in sorted(scenes.keys() - reached(start, leads)):
        yield f"{code} is never reached"
    bright = {code for code, row in scenes.items() if row.get("ending") == "bright"}
    onward = {
        code: [*to, *([str(scenes[code]["back"])] if "back" in scenes[code] else [])] for code, to in leads.items()
    }
    for code in scenes:
        if not reached(code, onward) & bright:
            yield f"no bright ending can be reached from {code}"


def reached(start: str, leads: Mapping[str, list[str]]) -> set[str]:
    """Every scene on some way that begins at ``start``, itself among them."""
    seen, waiting = set[str](), [start]
    while waiting:
        code = waiting.pop()
        if code in leads and code not in seen:
            seen.add(code)
            waiting += leads[code]
    return seen


def of_words(kind: str, piece: Row, words: Row) -> Iterator[str]:
    """Faults of one language's words beside their structure."""
    for name in ("title", "summary"):
        if not str(words.get(name, "")).strip():
            yield f"{name} is missing"
    if bool(words.get("reviewed_by")) != bool(words.get("reviewed_on")):
        yield "a review has a name and a day, or neither"
    told: Mapping[str, Row] = words.get(ROWS[kind], {})
    rows = {str(row.get("code")): row for row in piece.get(ROWS[kind], [])}
    for code in sorted(rows.keys() ^ told.keys()):
        yield f"{code} stands in one of structure and words only"
    for code in rows.keys() & told.keys():
        for name in NEEDED[kind](rows[code]):
            if not told[code].get(name):
                yield f"{code}: {name} is missing"
        choices = _choices_of(kind, rows[code])
        if choices != set(told[code].get("choices", {})):
            yield f"{code}: its choices differ"
    if kind == "episodes":
        yield from (f"{name} is missing" for name in CLOSING if not words.get(name))


def _choices_of(kind: str, row: Row) -> set[str]:
    if kind == "stories":
        return {str(choice.get("code")) for choice in row.get("choices", [])}
    return {str(choice) for choice in row.get("choices", [])} if kind == "quizzes" else set()


NEEDED: Mapping[str, Callable[[Row], tuple[str, ...]]] = {
    "stories": lambda row: ("text", "picture", *(CLOSING if row.get("ending") else ())),
    "cards": lambda _: ("front", "back", "picture"),
    "workbook": lambda _: ("title", "text", "guide_aim", "guide_how", "guide_watch"),
    "challenge": lambda _: ("title", "text", "why"),
    "quizzes": lambda _: ("text", "why"),
    "episodes": lambda _: ("narration", "picture"),
    "paths": lambda _: ("title", "aim", "opening", "steps", "closing"),
}
