"""What stands on each printed sheet of a piece: words and drawings, for ``printing.py`` to set."""

from collections.abc import Callable, Mapping
from typing import Any

from panoh.ground.languages.public import word

from . import colours, drawings, leaves, shapes
from .calling import calls
from .leaves import lesson, name_of
from .queries import Told

Said = dict[str, Any]


class Drawings:
    """Files of the drawings that a sheet shows, by name."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def of(self, row: Mapping[str, Any]) -> Said | None:
        """A scene where there is a place, else one of them alone, else a thing; None where nothing is drawn."""
        said = str(row["told"].get("picture", ""))
        if not said or not (svg := _svg(row)):
            return None
        name = f"drawing-{len(self.files)}.svg"
        self.files[name] = svg.encode()
        return {"file": name, "said": said}

    def beside(self, n: int) -> str:
        """One of them at the foot of a page, for company: decoration, in turn."""
        name = f"beside-{n % len(shapes.WHO)}.svg"
        svg = drawings.portrait(shapes.WHO[n % len(shapes.WHO)], "happy")
        self.files[name] = drawings.coloured(svg, colours.light()).encode()
        return name


def _svg(row: Mapping[str, Any]) -> str:
    if "place" in row:
        return colours.scene(row)
    if row.get("who"):
        name, _, mood = str(row["who"][0]).partition(":")
        return drawings.coloured(drawings.portrait(name, mood), colours.light())
    return drawings.coloured(drawings.thing(row["things"][0]), colours.light()) if row.get("things") else ""


def stories(told: Told, drawn: Drawings) -> Said:
    """The second chance of a scene leads to the page it names."""
    rows = []
    for n, row in enumerate(told.rows, 1):
        said = row["told"]
        ways = [{"said": said["choices"][one["code"]], "to": f"scene-{one['to']}"} for one in row.get("choices", [])]
        closing = [*leaves.closing(told, row), *calls(told.language)] if row.get("ending") else []
        back = f"scene-{row['back']}" if row.get("back") else ""
        here = {"n": n, "code": f"scene-{row['code']}", "drawing": drawn.of(row), "text": said["text"]}
        rows.append({**here, "ways": ways, "closing": closing, "back": back})
    return {"scenes": rows}


def cards(told: Told, drawn: Drawings) -> Said:
    rows = [
        {"n": n, "front": row["told"]["front"], "back": row["told"]["back"], "drawing": drawn.of(row),
         "suit": row["suit"], "suit_name": word(f"play.suit_{row['suit']}", told.language)}
        for n, row in enumerate(told.rows, 1)
    ]  # fmt: skip
    return {"rules": list(told.words.get("rules", [])), "cards": rows, **_closing(told)}


def workbook(told: Told, drawn: Drawings) -> Said:
    """Room to draw where the task is to draw, lines where it names how many."""
    return {
        "tasks": [
            {**_task(n, row), "drawing": drawn.of(row), "lines": int(row.get("lines", 0)), "kind": row["kind"],
             "left": int(row.get("left", 0)),
             "draws": row.get("kind") in {"draw", "colour"}, "beside": drawn.beside(n)}
            for n, row in enumerate(told.rows, 1)
        ],
        **_closing(told),
    }  # fmt: skip


def challenge(told: Told, drawn: Drawings) -> Said:
    """A day each, with a box for the one who did it and nobody else."""
    rows = []
    for n, row in enumerate(told.rows, 1):
        said = row["told"]
        proof = said.get("proof_for_yourself", "")
        rows.append({"n": n, "title": said["title"], "text": said["text"], "why": said["why"], "proof": proof})
    return {"days": rows, **_closing(told)}


def episodes(told: Told, drawn: Drawings) -> Said:
    """To be read by one, or by many with a voice each."""
    rows = [
        {"n": n, "drawing": drawn.of(row), "narration": row["told"]["narration"],
         "lines": list(row["told"].get("lines", [])), "sound": row["told"].get("sound", "")}
        for n, row in enumerate(told.rows, 1)
    ]  # fmt: skip
    return {"scenes": rows, **_closing(told)}


def _closing(told: Told) -> Said:
    """Nothing where the piece has none of its own."""
    has = any(told.words.get(name) for name in shapes.CLOSING)
    return {"closes": [*leaves.closing(told), *calls(told.language)] if has else []}


def guide(told: Told, _drawn: Drawings) -> Said:
    rows = []
    for n, row in enumerate(told.rows, 1):
        hints = {name: row["told"].get(f"guide_{name}", "") for name in ("aim", "how", "watch", "answer")}
        rows.append({**_task(n, row), **hints})
    around = told.words.get("guide", {})
    return {"tasks": rows, **{name: around.get(name, "") for name in ("opening", "disclosure", "closing")}}


def _task(n: int, row: Mapping[str, Any]) -> Said:
    said = row["told"]
    return {"n": n, "title": said["title"], "text": said["text"], "items": list(said.get("items", []))}


def quizzes(told: Told, drawn: Drawings) -> Said:
    rows = []
    for n, row in enumerate(told.rows, 1):
        own = row["told"].get("choices", {})
        choices = {
            one: own.get(one) or word(f"play.answer_{one}", told.language)
            for one in row.get("choices") or shapes.RIGHTS
        }
        said = {"n": n, "text": row["told"]["text"], "why": row["told"]["why"], "drawing": drawn.of(row)}
        rows.append({**said, "choices": list(choices.values()), "right": choices[row["right"]]})
    return {"items": rows, **_closing(told)}


def lesson_of(code: str) -> Callable[[Told, Drawings], Said]:
    """Raises 404 where the path has no such lesson."""

    def made(told: Told, _drawn: Drawings) -> Said:
        found = lesson(told, code)
        row = found["lesson"]
        said = row["told"]
        return {
            "course": told.title, "title": said["title"], "summary": said["aim"], "opening": said["opening"],
            "minutes": word("play.minutes", told.language, n=row["minutes"]),
            "steps": list(said["steps"]), "pieces": [name_of(one, code) for one, code in found["linked"]],
            "closing": said["closing"], "watch": said.get("teacher_watch", ""), "home": said.get("home", ""),
        }  # fmt: skip

    return made
