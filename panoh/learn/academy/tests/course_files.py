"""A small course as files: two modules, three lessons, questions of every kind; in Uzbek, Russian and English."""

from pathlib import Path

COURSE = """edition = 1
audience = "educators"
languages = ["uz", "ru", "en"]
modules = ["passwords", "friends"]

[tests]
before = 2
after = 2
final = 4
pass_mark = 70
attempts = 3
cooling_off_hours = 24

[words.uz]
title = "Qisqa kurs"
summary = "Sinov uchun kurs."
for_whom = "Oʻqituvchilar uchun."
outcomes = ["Kuchli parol tuzasiz."]
[words.ru]
title = "Короткий курс"
summary = "Курс для проверки."
for_whom = "Для учителей."
outcomes = ["Вы составите сильный пароль."]
[words.en]
title = "A short course"
summary = "A course for tests."
for_whom = "For teachers."
outcomes = ["You make a strong password."]
"""
TEXT = '{ uz = "Qaysi biri?", ru = "Какой?", en = "Which one?" }'
WHY = 'why = { uz = "Uzunligi uchun.", ru = "Потому что длинный.", en = "Because it is long." }'
HEAD = '[[questions]]\ncode = "{code}"\nversion = 1\nkind = "{kind}"\nuse = "{use}"\ntopic = "main"\n'
OPTIONS = """options = [
  {{ code = "a"{first}, uz = "Birinchi", ru = "Первый", en = "First" }},
  {{ code = "b"{second}, uz = "Ikkinchi", ru = "Второй", en = "Second" }},
  {{ code = "c", uz = "Uchinchi", ru = "Третий", en = "Third" }},
]
"""
RIGHT = ", right = true"
PAIRS = (
    "pairs = [\n"
    + "".join(
        f'  {{ code = "{code}", left = {{ uz = "Chap {code}", ru = "Слева {code.upper()}", en = "Left {code}" }}, '
        f'right = {{ uz = "Oʻng {code}", ru = "Справа {code.upper()}", en = "Right {code}" }} }},\n'
        for code in ("k", "l", "m")
    )
    + "]\n"
)
ANSWERS = {
    "one": OPTIONS.format(first=RIGHT, second=""),
    "several": OPTIONS.format(first=RIGHT, second=RIGHT),
    "order": OPTIONS.format(first="", second=""),
    "match": PAIRS,
    "number": "answer = 12\ntolerance = 1\n",
    "short": 'accepted = { uz = ["parol"], ru = ["пароль"], en = ["password"] }\n',
}


def question(code: str, kind: str, use: str = "test") -> str:
    return f"{HEAD.format(code=code, kind=kind, use=use)}text = {TEXT}\n{ANSWERS[kind]}{WHY}\n"


def module(code: str, lessons: list[str]) -> str:
    names = ", ".join(f'"{lesson}"' for lesson in lessons)
    words = "".join(
        f'[words.{language}]\ntitle = "{title}"\nsummary = "{title}."\n'
        for language, title in (("uz", f"Modul {code}"), ("ru", "Модуль"), ("en", f"Module {code}"))
    )
    topic = '[[topics]]\ncode = "main"\nuz = "Parollar"\nru = "Пароли"\nen = "Passwords"\n'
    asked = "".join(question(f"q{number}", kind) for number, kind in enumerate(ANSWERS, 1))
    return f"lessons = [{names}]\n{words}{topic}{asked}{question('p1', 'one', 'practice')}"


TITLES = {"uz": "Dars", "ru": "Урок", "en": "Lesson"}
BODIES = {
    "uz": "Uzun parol **kuchli**. Yana [ishonch telefoniga yozing](door:talk).",
    "ru": "Длинный пароль **сильнее**. Ещё [напишите нам](door:talk).",
    "en": "A long password is **strong**. Also [write to us](door:talk).",
}


def lesson(language: str, number: int, body: str = "") -> str:
    return f"""+++
title = "{TITLES[language]} {number}"
summary = "{TITLES[language]} {number}."
minutes = 15
sources = ["NIST SP 800-63B, 2017"]
confirm = []
reviewed_by = ""
reviewed_on = ""
+++

## {TITLES[language]} A

{body or BODIES[language]}

## {TITLES[language]} B {{practice p1}}

{TITLES[language]}.

## {TITLES[language]} C {{activity}}

- {TITLES[language]}

## {TITLES[language]} D {{discussion}}

{TITLES[language]}?
"""


MODULES = {"passwords": ["long-words", "two-locks"], "friends": ["who-writes"]}


def write_course(folder: Path, code: str = "short-course") -> Path:
    """The files of the course below ``folder``; the folder."""
    own = folder / "courses" / code
    (own / "modules").mkdir(parents=True)
    (own / "course.toml").write_text(COURSE, encoding="utf-8")
    for name, lessons in MODULES.items():
        (own / "modules" / f"{name}.toml").write_text(module(name, lessons), encoding="utf-8")
        for language in TITLES:
            place = folder / language / "courses" / code / name
            place.mkdir(parents=True)
            for number, one in enumerate(lessons, 1):
                (place / f"{one}.md").write_text(lesson(language, number), encoding="utf-8")
    return folder
