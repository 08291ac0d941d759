"""Lists of people as offices write them: which column is what, and what a row says. Pure of Django and the database.

Source of the headings: lists as schools and district offices in this country head them, in its languages and scripts.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from panoh.ground.common.tables import Line

SEXES = {
    "female": {"f", "female", "woman", "w", "a", "ayol", "аёл", "ж", "жен", "женский", "женщина", "hayal", "ҳаял"},
    "male": {"m", "male", "man", "e", "erkak", "эркак", "э", "м", "муж", "мужской", "мужчина", "er", "ер", "oʻgʻil"},
    "not_stated": {"", "-", "–", "0", "?", "x", "not stated", "not_stated", "koʻrsatilmagan", "не указано"},
}  # fmt: skip
HEADS = {
    "name": {
        "name", "full name", "f.i.sh", "f.i.sh.", "fish", "f.i.o", "f.i.o.", "fio", "ism familiya", "familiya ism",
        "familiyasi ismi sharifi", "familiyasi, ismi, sharifi", "фио", "ф.и.о", "ф.и.о.", "ф.и.ш", "ф.и.ш.",
        "фамилия имя", "фамилия имя отчество", "исм фамилия", "fmo", "atı-jóni", "familiyası atı",
    },
    "family": {"family name", "surname", "last name", "familiya", "familiyasi", "фамилия", "фамилияси"},
    "given": {"given name", "first name", "ism", "ismi", "имя", "исм", "исми", "atı"},
    "patronymic": {
        "patronymic", "middle name", "sharif", "sharifi", "otasining ismi", "отчество", "шарифи", "ákesiniń atı",
    },
    "cyrillic": {"name in cyrillic", "kirill", "kirillcha", "кирилл", "кириллча", "имя кириллицей"},
    "sex": {"sex", "gender", "jins", "jinsi", "пол", "жинс", "жинси", "jınısı"},
    "female": {"female", "ayol", "ayollar", "женщины", "женский", "жен", "аёл", "hayal"},
    "male": {"male", "erkak", "erkaklar", "мужчины", "мужской", "муж", "эркак"},
    "not_stated": {"not stated", "koʻrsatilmagan", "ko'rsatilmagan", "не указано"},
    "workplace": {
        "school", "workplace", "organisation", "organization", "maktab", "ish joyi", "tashkilot", "muassasa", "школа",
        "место работы", "организация", "учреждение", "мактаб", "иш жойи", "mektep", "jumıs ornı",
    },
    "work": {"position", "job", "lavozim", "lavozimi", "должность", "лавозим", "лавозими", "lawazımı"},
    "region": {"region", "viloyat", "viloyati", "hudud", "область", "регион", "вилоят", "wálayat"},
    "district": {"district", "tuman", "tumani", "tuman (shahar)", "район", "район (город)", "туман", "rayon"},
    "phone": {"phone", "telephone", "mobile", "telefon", "telefon raqami", "телефон", "номер телефона", "tel", "tel."},
    "email": {"e-mail", "email", "mail", "pochta", "elektron pochta", "почта", "эл. почта", "электронная почта"},
}  # fmt: skip
COLUMNS = tuple(HEADS)
LOOKS_FOR_HEAD = 12
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
MARKED = {"1", "+", "x", "х", "v", "✓", "✔", "ha", "да", "yes", "true"}
WORKS = {
    "psychologist": ("psixolog", "психолог", "psychologist"),
    "head": ("direktor", "директор", "head", "principal", "zavuch", "завуч", "mudir", "мудир"),
    "methodist": ("metodist", "методист", "uslubchi", "услубчи"),
    "social": ("ijtimoiy", "социальн", "social"),
    "health": ("shifokor", "vrach", "врач", "hamshira", "медсестра", "doctor", "nurse"),
    "police": ("ichki ishlar", "полиц", "милиц", "police", "inspektor", "инспектор"),
    "teacher": (
        "oʻqituvchi", "o'qituvchi", "ўқитувчи", "учитель", "педагог", "pedagog", "teacher", "oqıtıwshı", "преподават",
    ),
}  # fmt: skip


class Cells(NamedTuple):
    """What a row says of somebody, as text. ``sex`` and ``work`` are codes; ``note`` is what was unclear but taken."""

    name: str
    cyrillic: str
    sex: str
    work: str
    workplace: str
    region: str
    district: str
    phone: str
    email: str
    note: str = ""


class RowFaultError(ValueError):
    """``code``: no_name, swapped, long."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def head_of(lines: Sequence[Line]) -> int:
    """The place of the row of headings among the first lines: titles often stand above it. 0 where none is known."""
    return next((at for at, line in enumerate(lines[:LOOKS_FOR_HEAD]) if is_enough(guess(line.cells))), 0)


def guess(head: Sequence[str]) -> dict[str, int]:
    """Our columns by the place of theirs, as far as a heading is known; the first of two with one heading."""
    found: dict[str, int] = {}
    for place, cell in enumerate(head):
        for column, ways in HEADS.items():
            if _plain(cell) in ways and column not in found and place not in found.values():
                found[column] = place
    return found


def is_enough(mapping: Mapping[str, int]) -> bool:
    return "name" in mapping or "family" in mapping or "cyrillic" in mapping


def read_row(cells: Sequence[str], mapping: Mapping[str, int]) -> Cells:
    """Raises ``RowFaultError``."""
    said = {column: cells[place].strip() if place < len(cells) else "" for column, place in mapping.items()}
    name = said.get("name") or " ".join(
        part for part in (said.get("family"), said.get("given"), said.get("patronymic")) if part
    )
    cyrillic = said.get("cyrillic", "")
    if not name and not cyrillic:
        raise RowFaultError("no_name")
    if not _LETTER.search(name or cyrillic) or _DIGIT.search(name or cyrillic):
        raise RowFaultError("swapped")
    if len(name) > 120 or len(cyrillic) > 120:
        raise RowFaultError("long")
    sex, note = _sex(said)
    phone = said.get("phone", "")
    if phone and len(_DIGIT.findall(phone)) < 7:
        phone, note = "", "phone"
    email = said.get("email", "")
    if email and "@" not in email:
        email, note = "", "email"
    return Cells(
        name,
        cyrillic,
        sex,
        _work(said.get("work", "")),
        said.get("workplace", "")[:160],
        said.get("region", ""),
        said.get("district", ""),
        phone[:40],
        email[:200],
        note,
    )


def _sex(said: Mapping[str, str]) -> tuple[str, str]:
    """One column with a word, or a column for each sex with a mark in it. What contradicts itself is not stated."""
    if any(column in said for column in ("female", "male")):
        marked = [sex for sex in ("female", "male", "not_stated") if _plain(said.get(sex, "")) in MARKED]
        if len(marked) == 1:
            return marked[0], ""
        return "not_stated", "sex" if marked else ""
    typed = _plain(said.get("sex", ""))
    found = next((sex for sex, ways in SEXES.items() if typed in ways), None)
    return (found, "") if found else ("not_stated", "sex")


def _work(typed: str) -> str:
    plain = _plain(typed)
    return next(
        (work for work, ways in WORKS.items() if any(way in plain for way in ways)), "teacher" if not plain else "other"
    )


def _plain(cell: str) -> str:
    said = " ".join(cell.replace("‘", "ʻ").replace("’", "ʻ").split()).strip(" :*").casefold()
    return said if said in {"ko'rsatilmagan"} else said.replace("o'", "oʻ").replace("g'", "gʻ")
