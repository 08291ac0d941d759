"""Questions as rows of a table and back: a column for every place of a question. Pure of Django.

``options.2.uz`` is the Uzbek text of the second option, ``pairs.1.left.ru`` the Russian left side of the first pair;
forms of a short answer stand in one cell with `` | `` between them. What a question does not have is empty.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

FIRST = ("module", "code", "kind", "use", "topic", "version")
BETWEEN = " | "
NUMBERS = {"version", "answer", "tolerance"}
LISTS = re.compile(r"^accepted\.[a-z-]+$")
COLUMN = re.compile(r"^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+){0,3}$")
MOST_PLACES = 20  # options or pairs of one question
MOST_COLUMNS = 400
YES = {"yes", "true", "1", "ha", "да", "x", "+"}


class RowError(ValueError):
    """What is wrong with a row."""


def flat(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Each place of a question and what stands there."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield from flat(one, f"{place}.{name}" if place else str(name))
    elif isinstance(value, list) and LISTS.match(place):
        yield place, BETWEEN.join(value)
    elif isinstance(value, list):
        for at, one in enumerate(value, 1):
            yield from flat(one, f"{place}.{at}")
    else:
        yield place, "yes" if value is True else "" if value is False or value is None else value


def table(questions: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[list[str], list[list[Any]]]:
    """Head and rows of questions with their modules."""
    rows = [{"module": module, **dict(flat(row))} for module, row in questions]
    found = dict.fromkeys(name for row in rows for name in row if name not in FIRST)
    head = [*FIRST, *sorted(found, key=_order)]
    return head, [[row.get(name, "") for name in head] for row in rows]


def _order(name: str) -> tuple[int, list[tuple[int, str]]]:
    parts = [(int(part), "") if part.isdigit() else (0, part) for part in name.split(".")]
    first = ("text", "options", "pairs", "others", "answer", "tolerance", "unit", "accepted", "why")
    return first.index(parts[0][1]) if parts[0][1] in first else len(first), parts


def question(head: Sequence[str], cells: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """The module and the question that a row says; raises ``RowError``."""
    said = {name.strip(): plain(cell) for name, cell in zip(head, cells, strict=False) if plain(cell)}
    module = said.pop("module", "")
    made: dict[str, Any] = {}
    for name, cell in said.items():
        if not COLUMN.match(name):
            raise RowError(f"there is no column {name[:60]}")
        _put(made, name.split("."), _value(name, cell))
    try:
        return module, _listed(made)
    except ValueError as error:
        raise RowError(str(error)) from None


def plain(cell: str) -> str:
    """Without the mark by which a file of ours keeps a text from being run as a formula."""
    said = cell.strip()
    return said[1:] if said[:1] == "'" and said[1:2] in {"=", "+", "-", "@"} else said


def _value(name: str, cell: str) -> Any:
    if name in NUMBERS:
        return _number(name, cell)
    if LISTS.match(name):
        return [form.strip() for form in cell.split("|") if form.strip()]
    return cell.casefold() in YES if re.fullmatch(r"options\.\d+\.right", name) else cell


def _number(name: str, cell: str) -> int | float:
    try:
        found = float(cell.replace(",", ".").replace(" ", ""))
    except ValueError:
        raise RowError(f"{name} is a number") from None
    if not abs(found) < 1e15:
        raise RowError(f"{name} is a number")
    return int(found) if found == int(found) else found


def _put(made: dict[str, Any], path: list[str], value: Any) -> None:
    for part in path[:-1]:
        made = made.setdefault(part, {})
        if not isinstance(made, dict):
            raise RowError(f"{'.'.join(path)} stands beside {part}")
    if path[-1] in made:
        raise RowError(f"{'.'.join(path)} stands twice")
    made[path[-1]] = value


def _listed(made: dict[str, Any]) -> dict[str, Any]:
    """Options and pairs by their numbers become lists; a wrong option says nothing of being right."""
    for name in ("options", "pairs", "others"):
        if name in made:
            made[name] = _list(name, made[name])
    for option in made.get("options", []):
        if option.get("right") is False:
            del option["right"]
    return made


def _list(name: str, held: Any) -> list[dict[str, Any]]:
    if not isinstance(held, dict) or not all(at.isdigit() and isinstance(one, dict) for at, one in held.items()):
        raise RowError(f"{name} are numbered: {name}.1.code")
    if len(held) > MOST_PLACES:
        raise RowError(f"there are at most {MOST_PLACES} {name}")
    return [held[at] for at in sorted(held, key=int)]


# --- as the file of a module writes it ------------------------------------------------------------------------------


def toml(question: Mapping[str, Any]) -> str:
    """One ``[[questions]]`` of a module's file."""
    lines = [f"{name} = {_toml(value)}" for name, value in question.items()]
    return "\n".join(["[[questions]]", *lines])


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + " }"
    if any(isinstance(one, Mapping) for one in value):
        return "[\n" + "".join(f"  {_toml(one)},\n" for one in value) + "]"
    return "[" + ", ".join(_toml(one) for one in value) + "]"


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + re.sub(r"[\x00-\x1f\x7f]", "", escaped.replace("\r", "")) + '"'
