"""The regions of ``centre/places/regions.toml``, by ISO 3166-2 code and in the reader's language."""

from functools import cache

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
