"""Invented names as they fall in the country, few of them often and many seldom, and how people spell them. Pure.

Names of children are put together from the parts that Uzbek names are made of; nobody is meant.
"""

import random
from itertools import product

OFTEN = [
    "Muhammad",
    "Abdulloh",
    "Oʻgʻiloy",
    "Madina",
    "Sardor",
    "Dilnoza",
    "Jasur",
    "Zuhra",
    "Bobur",
    "Nilufar",
    "Otabek",
    "Gulnora",
    "Sherzod",
    "Malika",
    "Ulugʻbek",
    "Feruza",
    "Temur",
    "Shahnoza",
    "Azizbek",
    "Kamola",
    "Doston",
    "Sevara",
    "Anvar",
    "Munisa",
    "Rustam",
    "Lola",
    "Farrux",
    "Nigora",
    "Javohir",
    "Gʻulom",
]
FIRST = [
    "Gul",
    "Oy",
    "Nur",
    "Shoh",
    "Mir",
    "Ali",
    "Dil",
    "Zeb",
    "Mah",
    "Xush",
    "Baxt",
    "Oltin",
    "Asl",
    "Yor",
    "Qut",
    "Ergash",
    "Tur",
    "Rah",
    "Sar",
    "Ziyo",
    "Hur",
    "Jon",
    "Kam",
    "Laʼl",
    "Moʻtabar",
    "Navroʻz",
    "Oʻrin",
    "Poʻlat",
    "Qizil",
    "Suyun",
    "Tosh",
    "Umid",
    "Vali",
    "Xol",
    "Yaxshi",
    "Zafar",
    "Choʻl",
    "Shukur",
    "Gʻani",
    "Hamro",
]
LAST = [
    "jahon",
    "zoda",
    "bek",
    "noz",
    "iston",
    "chehra",
    "bonu",
    "nora",
    "oy",
    "murod",
    "qul",
    "boy",
    "shod",
    "mat",
    "yor",
    "xon",
    "niyoz",
    "sulton",
    "gul",
    "dosh",
]
FAMILIES = [
    "Karim",
    "Rahim",
    "Yoʻldosh",
    "Toʻxta",
    "Oʻrin",
    "Nazar",
    "Qodir",
    "Gʻafur",
    "Sodiq",
    "Ergash",
    "Hakim",
    "Rasul",
    "Islom",
    "Usmon",
    "Ibrohim",
    "Xolmat",
    "Tosh",
    "Jumaniyoz",
    "Saidmurod",
    "Qurbon",
]
TO_OFTEN, TO_SELDOM = "ўқғҳЎҚҒҲ", "укгхУКГХ"  # how a keyboard without the four letters writes them


def given_names() -> list[str]:
    """The commonest first."""
    return [*OFTEN, *(first + last for last, first in product(LAST, FIRST))]


def family_names() -> list[str]:
    bases = [*FAMILIES, *(first + last for last, first in product(LAST[:10], FIRST))]
    return [base + ("va" if base[-1] in "aoi" else "ova") for base in bases]


def full_names(number: int, rng: random.Random) -> list[str]:
    """``number`` names; the commonest given name belongs to one child in thirty, the rarest to one in some thousand."""
    given, family = given_names(), family_names()
    firsts = rng.choices(given, [1 / (place + 5) for place in range(len(given))], k=number)
    lasts = rng.choices(family, [1 / (place + 5) for place in range(len(family))], k=number)
    return [f"{first} {last}" for first, last in zip(firsts, lasts, strict=True)]


def spellings(name: str, cyrillic: str) -> dict[str, str]:
    """Five ways in which the same name is typed; ``cyrillic`` is the name in that script."""
    return {
        "Latin, its own apostrophes": name,
        "Latin, the keyboard's apostrophe": name.replace("ʻ", "'").replace("ʼ", "'"),
        "Latin, no apostrophes, no capitals": name.replace("ʻ", "").replace("ʼ", "").lower(),
        "Cyrillic": cyrillic,
        "Cyrillic of a Russian keyboard": cyrillic.translate(str.maketrans(TO_OFTEN, TO_SELDOM)),
    }
