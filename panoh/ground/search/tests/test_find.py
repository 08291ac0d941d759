import pytest

from ..public import Row, find, index, rebuild, register, remove

pytestmark = pytest.mark.django_db


def row(thing: str, title: str, text: str = "", *, language: str = "uz", kind: str = "page") -> Row:
    return Row("library", thing, kind, language, title, text)


@pytest.fixture
def shelf() -> None:
    index(row("calls", "Qoʻngʻiroq qilish", "Oʻzbekistonda telefon"))
    index(row("school", "Maktab", "Maktabda qoʻngʻiroq chalindi"))
    index(row("law", "Закон", "Телефон доверия", language="ru", kind="law"))


@pytest.mark.parametrize("query", ["qoʻngʻiroq", "QO'NG'IROQ", "қўнғироқ", "qoʻn", "qo‘ng‘"])
def test_any_spelling_finds_the_same_and_a_title_comes_first(shelf: None, query: str) -> None:
    assert [found.thing for found in find(query)] == ["calls", "school"]


def test_every_word_must_be_there(shelf: None) -> None:
    assert [found.thing for found in find("telefon oʻzbek")] == ["calls"]
    assert [found.thing for found in find("maktab telefon", "uz")] == ["school", "calls"]  # no entry has both
    assert [found.thing for found in find("maktab chalindi telefon", "uz")] == ["school"]  # half of them is the least


def test_the_middle_of_a_word_finds_nothing(shelf: None) -> None:
    assert find("ngʻiroq") == []


def test_language_and_kind_narrow_the_search(shelf: None) -> None:
    assert [found.thing for found in find("telefon", "ru")] == ["law"]
    assert [found.thing for found in find("telefon", kinds=["page"])] == ["calls"]


def test_signs_of_the_database_are_only_signs(shelf: None) -> None:
    assert find("%") == find("_") == find("") == []


def test_indexing_again_replaces_and_removing_removes(shelf: None) -> None:
    index(row("calls", "Xat yozish"))
    assert [found.thing for found in find("qoʻngʻiroq")] == ["school"]
    assert remove("library", "calls") == 1
    assert find("xat") == []


def test_a_room_can_be_indexed_anew(shelf: None) -> None:
    register("library", lambda: [row("new", "Yangi kitob")])
    assert rebuild("library") == 1
    assert [found.thing for found in find("kitob")] == ["new"]
    assert find("maktab") == []
