from .. import queries
from ..public import region_name, regions


def test_every_region_has_a_name_in_every_language() -> None:
    assert len(queries.region_names()) == 14
    for code, names in queries.region_names().items():
        assert code.startswith("UZ-")
        assert set(names) == {"uz", "uz-cyrl", "ru", "en", "kaa"}


def test_a_list_to_choose_from_is_sorted_by_name() -> None:
    names = [name for _code, name in regions("en")]
    assert names == sorted(names)
    assert ("UZ-TK", "Tashkent City") in regions("en")


def test_a_place_that_is_not_known_keeps_its_code() -> None:
    assert region_name("UZ-TK", "ru") == "город Ташкент"
    assert region_name("KG-GB", "ru") == "KG-GB"
    assert region_name("", "ru") == ""
