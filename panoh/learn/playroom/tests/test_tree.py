"""The files of the playroom: what is wrong with them is said with its place."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from panoh.learn.playroom import drawings, shapes
from panoh.learn.playroom.tree import Playroom

CSS = Path(__file__).parent.parent / "static" / "playroom" / "playroom.css"


def test_what_is_right_has_no_faults(folder: Path) -> None:
    assert Playroom(folder).faults == []


def test_what_the_house_tells_children_has_no_faults() -> None:
    assert Playroom(Path(settings.CONTENT_DIR)).faults == []


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("playroom/stories/message.toml", 'to = "told"', 'to = "nowhere"', "leads to nowhere"),
        ("playroom/stories/message.toml", 'to = "told"', 'to = "lost"', "told is never reached"),
        ("playroom/stories/message.toml", 'ending = "bright"', 'ending = "second-chance"\nback = "lost"', "no bright"),
        ("playroom/stories/message.toml", "lola:sad", "wolf:sad", "nobody is called wolf:sad"),
        ("playroom/stories/message.toml", 'place = "night"', 'place = "moon"', "there is no place moon"),
        ("playroom/stories/message.toml", ', symbol = "letter"', "", "a choice has a symbol"),
        ("playroom/stories/message.toml", 'symbol = "letter"', 'symbol = "wolf"', "there is no symbol wolf"),
        ("uz/playroom/stories/message.toml", 'leave = "Yop."', "", "leave is missing"),
        ("uz/playroom/stories/message.toml", 'open = "Ochaman"', "", "its choices differ"),
        ("uz/playroom/stories/message.toml", "yoqdi", "yoqdи", "mixes Latin and Cyrillic"),
        ("uz/playroom/stories/message.toml", "choʻlda", "cho'lda", "U+02BB"),
        ("uz/playroom/stories/message.toml", 'reviewed_by = ""', 'reviewed_by = "Malika"', "a name and a day"),
        ("playroom/quizzes/safe.toml", 'right = "not"', 'right = "wrong"', "right is one of"),
        ("ru/playroom/quizzes/safe.toml", "[items.song]", "[items.sang]", "in one of structure and words only"),
        ("playroom/paths/steppe.toml", "quizzes/safe", "quizzes/other", "names quizzes/other"),
    ],
)
def test_a_fault_is_named_with_its_file(folder: Path, name: str, old: str, new: str, said: str) -> None:
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    assert any(said in fault for fault in Playroom(folder).faults), Playroom(folder).faults


def test_a_language_that_must_be_there_and_a_stranger_are_faults(folder: Path) -> None:
    (folder / "en" / "playroom" / "quizzes" / "safe.toml").rename(folder / "en" / "playroom" / "quizzes" / "odd.toml")
    said = Playroom(folder).faults
    assert any("the file is missing" in fault for fault in said)
    assert any("there is no such piece" in fault for fault in said)


def test_everybody_can_be_drawn_in_every_mood_and_every_place_with_every_thing() -> None:
    for name in shapes.WHO:
        for mood in shapes.MOODS:
            assert "{" not in drawings.person(name, mood)
    for place in shapes.PLACES:
        assert drawings.scene(place, ["lola:calm"], shapes.THINGS[:3], "5 < 6").count("5 &lt; 6") == 1
    assert all(drawings.thing(name) for name in shapes.THINGS)


def test_every_shape_has_its_colour_on_the_page_and_in_print() -> None:
    drawn = "".join(drawings.scene(place, ["lola:sad"], shapes.THINGS) for place in shapes.PLACES)
    drawn += "".join(drawings.portrait(name, mood) for name in shapes.WHO for mood in shapes.MOODS)
    used = set(re.findall(r'class="(d-[a-z]+)"', drawn))
    assert used <= drawings.PALETTE.keys() | drawings.STROKES.keys()
    css = " ".join(CSS.read_text().split())
    assert all(rule in css for rule in drawings.styles().splitlines())
    tokens = dict.fromkeys(
        [*drawings.PALETTE.values(), *(token for token, _width in drawings.STROKES.values())], "#123456"
    )
    assert 'class="d-' not in drawings.coloured(drawn, tokens)
