import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from .. import public, queries
from ..apps import words_are_whole
from ..usage import codes_in

TEXTS = {
    "uz": {"talk.hello": "Salom, {name}", "talk.school": "Maktabdagi yoʻl"},
    "ru": {"talk.hello": "Привет, {name}", "talk.school": "Дорога"},
    "en": {"talk.hello": "Hello, {name}", "talk.school": "The way"},
    "kaa": {"talk.hello": "Sálem, {name}", "talk.school": "Jol"},
}
Centre = Callable[[dict[str, dict[str, str]]], None]


@pytest.fixture
def fresh_cache() -> Iterator[None]:
    """No other test reads the texts of this one."""
    yield
    queries.forget_cached()


@pytest.fixture
def centre(tmp_path: Path, settings: Settings, fresh_cache: None) -> Centre:
    """Gives the box other words: ``centre({"uz": {"a.b": "…"}, …})``."""
    settings.CENTRE_DIR = tmp_path
    (tmp_path / "words").mkdir()

    def write(texts: dict[str, dict[str, str]]) -> None:
        for language, table in texts.items():
            lines = [f"{json.dumps(code)} = {json.dumps(text)}" for code, text in table.items()]
            (tmp_path / "words" / f"{language}.toml").write_text("\n".join(lines))
        queries.forget_cached()

    write(TEXTS)
    return write


def without(language: str, code: str) -> dict[str, dict[str, str]]:
    return {k: {c: t for c, t in table.items() if (k, c) != (language, code)} for k, table in TEXTS.items()}


def test_a_word_is_filled_in_and_its_cyrillic_is_derived(centre: Centre) -> None:
    assert public.word("talk.hello", "uz", name="Ali") == "Salom, Ali"
    assert public.word("talk.hello", "uz-cyrl", name="Ali") == "Салом, Ali"
    assert public.word("talk.school", "uz-cyrl") == "Мактабдаги йўл"


def test_an_unknown_code_is_an_error_and_no_silence(centre: Centre) -> None:
    with pytest.raises(public.UnknownWordError, match=r"talk\.nothing"):
        public.word("talk.nothing", "en")


def test_a_missing_text_keeps_the_centre_from_starting(centre: Centre) -> None:
    assert words_are_whole() == []
    centre(without("kaa", "talk.school"))
    assert [error.msg for error in words_are_whole()] == ["talk.school: no text in kaa"]


def test_placeholders_must_be_the_same_in_every_language(centre: Centre) -> None:
    centre({**TEXTS, "ru": {**TEXTS["ru"], "talk.hello": "Привет, {имя}"}})
    assert "ru has имя" in words_are_whole()[0].msg


def test_production_shows_nothing_that_nobody_reviewed(centre: Centre, settings: Settings) -> None:
    assert public.may_show("talk.hello", "ru")
    settings.PRODUCTION = True
    assert not public.may_show("talk.hello", "ru")
    with pytest.raises(public.UnreviewedError):
        public.word("talk.hello", "ru", name="Аня")


def test_a_review_opens_the_text_and_a_change_closes_it_again(centre: Centre, settings: Settings) -> None:
    settings.PRODUCTION = True
    call_command("words", "review", "--language", "ru", "--by", "Reader One", verbosity=0)
    assert public.word("talk.hello", "ru", name="Аня") == "Привет, Аня"
    assert public.words_reviewed("ru")
    centre({**TEXTS, "ru": {**TEXTS["ru"], "talk.hello": "Здравствуй, {name}"}})
    assert public.unreviewed("ru") == ["talk.hello"]


def test_the_derived_script_is_read_in_its_own_right(centre: Centre) -> None:
    call_command("words", "review", "--language", "uz", "--by", "Reader One", verbosity=0)
    assert public.words_reviewed("uz")
    assert not public.words_reviewed("uz-cyrl")


def test_one_group_of_texts_can_be_stamped_and_the_rest_stays(centre: Centre) -> None:
    call_command("words", "review", "--language", "en", "--by", "A", "--code", "talk.hello", verbosity=0)
    call_command("words", "review", "--language", "en", "--by", "B", "--code", "talk.", verbosity=0)
    assert {(r.code, r.by) for r in queries.reviews()} == {("talk.hello", "B"), ("talk.school", "B")}


def test_a_review_without_a_name_is_refused(centre: Centre) -> None:
    with pytest.raises(CommandError, match="name of the person"):
        call_command("words", "review", "--language", "en", "--by", " ")


def test_the_command_reads_the_same_faults_as_the_start(centre: Centre) -> None:
    centre(without("ru", "talk.hello"))
    with pytest.raises(CommandError, match=r"talk\.hello: no text in ru"):
        call_command("words", "check")


def test_the_words_of_this_centre_are_whole() -> None:
    assert words_are_whole() == []


def test_a_draft_stands_in_outside_production_and_the_check_names_it(centre: Centre, settings: Settings) -> None:
    folder = settings.CENTRE_DIR / "words" / "_new"
    folder.mkdir()
    (folder / "talk.en.toml").write_text('"talk.new" = "Brand new"')
    queries.forget_cached()
    assert public.word("talk.new", "ru") == "Brand new"
    with pytest.raises(CommandError, match=r"talk\.new: waits in words/_new"):
        call_command("words", "check")
    settings.PRODUCTION = True
    queries.forget_cached()
    with pytest.raises(public.UnknownWordError):
        public.word("talk.new", "ru")


def test_codes_that_source_and_templates_name_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('said = word("talk.a", language) + languages.word(\n    "talk.b", "uz")\nword(code)')
    (tmp_path / "b.html").write_text('{% word "talk.c" name=x %} {{ word }}')
    found = {code for code, _path in codes_in(sorted(tmp_path.iterdir()))}
    assert found == {"talk.a", "talk.b", "talk.c"}
