"""Services that look for a picture by its code and may have it removed: which of them fits a person. No promise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

EVERYWHERE = "*"
OLDEST = 150


@dataclass(frozen=True, slots=True)
class Service:
    """``ages``: how old the person in the picture was, both ends included; ``verified_on`` is "" before a check."""

    code: str
    name: str
    site: str
    countries: tuple[str, ...]
    ages: tuple[int, int]
    accepts: tuple[str, ...]
    verified_on: str


def read_services(data: Mapping[str, Any]) -> list[Service]:
    """The rows of ``centre/hotline/takedown.toml``; raises ``KeyError`` for a row that lacks something."""
    return [
        Service(
            code=row["code"],
            name=row["name"],
            site=row["site"],
            countries=tuple(row["accepts_country"]),
            ages=(int(row["age_from"]), int(row["age_until"])),
            accepts=tuple(row["accepts"]),
            verified_on=row["verified_on"],
        )
        for row in data["service"]
    ]


def fitting(services: Sequence[Service], *, country: str, age_band: str) -> list[Service]:
    """Those that take people of this country and age. Of an unknown age all of the country are possible."""
    young, old = ages_of(age_band)
    return [
        one
        for one in services
        if {country, EVERYWHERE} & set(one.countries) and one.ages[0] <= old and one.ages[1] >= young
    ]


def ages_of(band: str) -> tuple[int, int]:
    """``13_15`` is 13 to 15, ``over_25`` from 26; anything else is any age."""
    first, _, last = band.partition("_")
    if first.isdecimal() and last.isdecimal():
        return int(first), int(last)
    if first == "over" and last.isdecimal():
        return int(last) + 1, OLDEST
    return 0, OLDEST
