"""The regions and districts of ``centre/places/``, by code and in the reader's language."""

from functools import cache
from typing import Any

from panoh.ground.common.centre import centre_file


@cache
def region_names() -> dict[str, dict[str, str]]:
    """Names by language, by code, in the order of the file."""
    rows = centre_file("places/regions.toml")["region"]
    return {row["code"]: {language: name for language, name in row.items() if language != "code"} for row in rows}


def regions(language: str) -> list[tuple[str, str]]:
    """``(code, name)`` of every region, as a list to choose from: sorted by name."""
    return sorted(((code, region_name(code, language)) for code in region_names()), key=lambda row: row[1])


def region_name(code: str, language: str) -> str:
    """The name of a region; the code itself where the place is not known, empty for an empty code."""
    names = region_names().get(code, {})
    return names.get(language) or names.get("en") or code


# --- districts -----------------------------------------------------------------------------------------------------


@cache
def district_rows() -> dict[str, dict[str, Any]]:
    """The rows of ``centre/places/districts.toml`` by code; none where a country has not written the file."""
    return {row["code"]: row for row in _districts_file().get("district", [])}


def districts(region: str = "") -> list[str]:
    """Codes of the districts and cities of a region, of all without one, in the order of the file."""
    return [code for code, row in district_rows().items() if region in ("", row["region"])]


def district_name(code: str, language: str) -> str:
    """The full name, "Chilonzor tumani"; the code itself where the place is not known, empty for an empty code.

    Who reads Karakalpak is given the Uzbek name where the file has none of their own.
    """
    row = district_rows().get(code)
    if row is None:
        return code
    spoken = next(one for one in (language, "uz", "en") if row.get(one))
    around = _districts_file().get("kinds", {}).get(row["kind"], {}).get(spoken, "{}")
    return str(around).format(row[spoken])


def district_choices(region: str, language: str) -> list[tuple[str, str]]:
    """``(code, name)`` of a region's districts, sorted by name."""
    return sorted(((code, district_name(code, language)) for code in districts(region)), key=lambda row: row[1])


def district_region(code: str) -> str:
    """The region a district lies in, "" for a district that is not known."""
    return str(district_rows().get(code, {}).get("region", ""))


def district_spellings(code: str) -> set[str]:
    """Every name a person may have written for it: bare and in full, in each language."""
    row = district_rows()[code]
    languages = [one for one in ("uz", "uz-cyrl", "ru", "en", "kaa") if row.get(one)]
    return {code, *(row[one] for one in languages), *(district_name(code, one) for one in languages)}


def districts_checked_on() -> str:
    """The day (ISO date) a person compared the list with the official one; "" while nobody did."""
    return str(_districts_file().get("verified_on", ""))


def _districts_file() -> dict[str, Any]:
    try:
        return centre_file("places/districts.toml")
    except FileNotFoundError:
        return {}
