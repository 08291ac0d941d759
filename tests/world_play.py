"""The playroom as the house has it: the first piece of each kind."""

from typing import Any

from panoh.learn.playroom import queries


def play_of_the_house() -> dict[str, Any]:
    first = {one.kind: one for one in reversed(queries.told("uz"))}
    return {
        "play_kind": "stories",
        "play_form": "pdf",
        "play_table": "csv",
        "play_story": first["stories"].slug,
        "play_scene": first["stories"].piece.structure["start"],
        "play_quiz": first["quizzes"].slug,
        "play_workbook": first["workbook"].slug,
        "play_path": first["paths"].slug,
        "play_lesson": first["paths"].piece.codes[0],
    }
