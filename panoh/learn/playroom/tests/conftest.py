"""A small playroom that is right, to be spoilt by the tests."""

from pathlib import Path

import pytest
from pytest_django import Settings

STORY = """
age = "under-9"
risks = ["contract/cross"]
start = "steppe"
[[scenes]]
code = "steppe"
place = "steppe"
who = ["lola:happy"]
things = ["phone"]
symbol = "listen"
choices = [ { code = "open", to = "lost", symbol = "letter" }, { code = "ask", to = "told", symbol = "mother" } ]
[[scenes]]
code = "lost"
place = "night"
who = ["lola:sad"]
ending = "second-chance"
back = "steppe"
[[scenes]]
code = "told"
place = "home"
who = ["lola:happy", "mother:calm"]
ending = "bright"
"""
STORY_WORDS = """
title = "Yorqin xabar"
summary = "Lola xabar oladi."
reviewed_by = ""
reviewed_on = ""
[scenes.steppe]
text = "Telefon chiroq yoqdi."
picture = "Lola choʻlda"
[scenes.steppe.choices]
open = "Ochaman"
ask = "Soʻrayman"
[scenes.lost]
text = "Lola xafa."
picture = "Tun"
tell = "Onangga ayt."
leave = "Yop."
[scenes.told]
text = "Onasi yonida."
picture = "Uy"
tell = "Onangga ayt."
leave = "Yop."
"""
QUIZ = """
age = "9-12"
kind = "safe-or-not"
[[items]]
code = "code"
right = "not"
[[items]]
code = "song"
right = "safe"
"""
QUIZ_WORDS = """
title = "Xavfsizmi?"
summary = "Ikki savol."
reviewed_by = ""
reviewed_on = ""
[items.code]
text = "Kod soʻrashdi."
why = "Kod faqat seniki."
[items.song]
text = "Qoʻshiq eshitding."
why = "Bu yaxshi."
"""
CARDS = """
age = "9-12"
""" + "".join(f'[[cards]]\ncode = "card-{n}"\nsuit = "stop"\nwho = ["jerboa:happy"]\n' for n in range(1, 12))
CARDS_WORDS = """
title = "Nima qilarding?"
summary = "Oʻn bir karta."
reviewed_by = ""
reviewed_on = ""
rules = ["Kartani oling.", "Gapiring."]
""" + "".join(f'[cards.card-{n}]\nfront = "Old {n}"\nback = "Orqa {n}"\npicture = "Qoʻshoyoq"\n' for n in range(1, 12))
WORKBOOK = """
age = "9-12"
[[tasks]]
code = "draw"
kind = "draw"
[[tasks]]
code = "write"
kind = "write"
lines = 4
"""
WORKBOOK_WORDS = """
title = "Daftarim"
summary = "Ikki topshiriq."
reviewed_by = ""
reviewed_on = ""
[guide]
opening = "Salom bering."
disclosure = "Tinglang."
closing = "Rahmat ayting."
[tasks.draw]
title = "Chizamiz"
text = "Uyingni chiz."
guide_aim = "Xotirjamlik"
guide_how = "Shoshmasdan"
guide_watch = "Jim bola"
[tasks.write]
title = "Yozamiz"
text = "Kimga aytasan?"
items = ["Onam", "Ustozim"]
guide_aim = "Ishonch"
guide_how = "Birga"
guide_watch = "Boʻsh varaq"
guide_answer = "Istalgan kishi"
"""
EPISODE = """
age = "9-12"
[[scenes]]
code = "river"
place = "river"
who = ["hoopoe:worried"]
things = ["hook"]
"""
EPISODE_WORDS = """
title = "Ilmoq & qarmoq"
summary = "Bir sahna."
reviewed_by = ""
reviewed_on = ""
tell = "Onangga ayt."
leave = "Yop."
[scenes.river]
narration = "Popishak koʻrdi: 5 < 6."
lines = ["Popishak: Toʻxta!"]
sound = "suv"
picture = "Daryo boʻyi"
"""
CHALLENGE = """
age = "13-17"
[[tasks]]
code = "one"
kind = "look"
"""
CHALLENGE_WORDS = """
title = "Bir kun"
summary = "Kuniga bitta ish."
reviewed_by = ""
reviewed_on = ""
tell = "Onangga ayt."
leave = "Yop."
[tasks.one]
title = "Birinchi kun"
text = "Parolingni tekshir."
why = "Kalit seniki."
proof_for_yourself = "Tekshirdim"
"""
PATH = """
age = "under-9"
[[lessons]]
code = "first"
minutes = 30
pieces = ["stories/message", "quizzes/safe", "workbook/mine#write"]
"""
PATH_WORDS = """
title = "Choʻlda"
summary = "Bir dars."
reviewed_by = ""
reviewed_on = ""
[lessons.first]
title = "Birinchi"
aim = "Aytishni oʻrganamiz."
opening = "Salom."
steps = ["Oʻqing."]
closing = "Xayr."
"""
PIECES = {
    "stories/message": (STORY, STORY_WORDS),
    "quizzes/safe": (QUIZ, QUIZ_WORDS),
    "cards/deck": (CARDS, CARDS_WORDS),
    "workbook/mine": (WORKBOOK, WORKBOOK_WORDS),
    "episodes/river": (EPISODE, EPISODE_WORDS),
    "challenge/day": (CHALLENGE, CHALLENGE_WORDS),
    "paths/steppe": (PATH, PATH_WORDS),
}


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    for name, (structure, words) in PIECES.items():
        write(tmp_path / "playroom" / f"{name}.toml", structure)
        for language in ("uz", "ru", "en"):
            write(tmp_path / language / "playroom" / f"{name}.toml", words)
    settings.CONTENT_DIR, settings.DATA_DIR = tmp_path, tmp_path / "data"
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
