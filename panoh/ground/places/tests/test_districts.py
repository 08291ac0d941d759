"""The districts of the country: a file of the centre, and what other rooms may ask of it."""

from collections import Counter

import pytest

from .. import queries
from ..public import district_choices, district_name, district_region, district_spellings, districts, region_names


def test_every_district_lies_in_a_region_and_carries_its_code() -> None:
    assert len(districts()) > 200
    for code, row in queries.district_rows().items():
        assert row["region"] in region_names()
        assert code.startswith(f"{row['region']}.")
        assert len(code) <= 40
        assert row["kind"] in {"district", "city"}
        assert all(row[language].strip() for language in ("uz", "uz-cyrl", "ru", "en"))


def test_every_region_has_districts_and_no_name_stands_twice_in_one() -> None:
    for region in region_names():
        assert len(districts(region)) >= 9
        for language in ("uz", "ru", "en", "kaa"):
            names = Counter(district_name(code, language) for code in districts(region))
            assert names.most_common(1)[0][1] == 1, (region, language, names.most_common(1))


def test_a_district_and_the_city_of_one_name_are_told_apart() -> None:
    assert district_name("UZ-AN.andijon", "uz") == "Andijon tumani"
    assert district_name("UZ-AN.andijon-city", "uz") == "Andijon shahri"
    assert district_name("UZ-AN.andijon-city", "ru") == "город Андижан"


def test_karakalpak_is_read_where_it_is_spoken_and_uzbek_elsewhere() -> None:
    assert district_name("UZ-QR.chimboy", "kaa") == "Shımbay rayonı"
    assert district_name("UZ-XO.xonqa", "kaa") == "Xonqa tumani"
    assert all(queries.district_rows()[code].get("kaa") for code in districts("UZ-QR"))


def test_a_list_to_choose_from_is_sorted_and_holds_its_region_only() -> None:
    names = [name for _code, name in district_choices("UZ-TK", "uz")]
    assert names == sorted(names)
    assert "Chilonzor tumani" in names
    assert {district_region(code) for code, _name in district_choices("UZ-TK", "uz")} == {"UZ-TK"}


def test_what_is_not_known_keeps_its_code_and_has_no_region() -> None:
    assert district_name("KG-GB.osh", "uz") == "KG-GB.osh"
    assert district_name("", "uz") == ""
    assert district_region("KG-GB.osh") == ""


def test_a_place_is_known_by_every_name_people_write() -> None:
    assert {"Qoʻqon", "Коканд", "город Коканд", "Kokand City"} <= district_spellings("UZ-FA.qoqon-city")


def test_a_country_that_has_not_written_the_file_has_no_districts(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> dict[str, object]:
        raise FileNotFoundError(name)

    monkeypatch.setattr(queries, "centre_file", missing)
    queries.district_rows.cache_clear()
    try:
        assert districts("UZ-TK") == []
        assert queries.districts_checked_on() == ""
    finally:
        queries.district_rows.cache_clear()
