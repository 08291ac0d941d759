"""Colours are read as a browser reads them, and every pair that may meet is measured."""

import re
from itertools import product
from pathlib import Path

import pytest

STATIC = Path(__file__).parent.parent / "static" / "ui"
TOKENS = (STATIC / "tokens.css").read_text()
SHEETS = {name: (STATIC / name).read_text() for name in ("public.css", "desk.css")}
VARIABLE = re.compile(r"--([\w-]+):\s*([^;]+);")
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(", re.IGNORECASE)


def blocks(selector: str) -> list[dict[str, str]]:
    """The variables of every rule with exactly this selector, in their order."""
    found = re.findall(r"^\s*" + re.escape(selector) + r"\s*\{([^}]*)\}", TOKENS, re.MULTILINE)
    return [dict(VARIABLE.findall(body)) for body in found]


def declared(kind: str) -> list[tuple[str, str]]:
    text = re.search(r"/\* " + kind + r":(.*?)\*/", TOKENS, re.DOTALL)
    assert text
    return [(fore, back) for fore, _, back in (pair.partition("/") for pair in text[1].split())]


def themes() -> dict[str, dict[str, str]]:
    light = blocks(":root")[0]
    dark = light | blocks(':root[data-theme="dark"]')[0]
    more = blocks(':root[data-contrast="more"]')[0]
    more_dark = more | blocks(':root[data-contrast="more"][data-theme="dark"]')[0]
    return {"light": light, "dark": dark, "light, more": light | more, "dark, more": dark | more_dark}


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance of ``#rrggbb``."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(fore: str, back: str) -> float:
    low, high = sorted((luminance(fore), luminance(back)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("theme", "pair"), list(product(themes(), declared("pairs"))))
def test_every_text_can_be_read_on_its_ground(theme: str, pair: tuple[str, str]) -> None:
    colours = themes()[theme]
    assert contrast(colours[pair[0]], colours[pair[1]]) >= (7 if "more" in theme else 4.5)


@pytest.mark.parametrize(("theme", "pair"), list(product(themes(), declared("edges"))))
def test_every_edge_and_bar_can_be_seen_on_its_ground(theme: str, pair: tuple[str, str]) -> None:
    colours = themes()[theme]
    assert contrast(colours[pair[0]], colours[pair[1]]) >= 3


def test_dark_is_the_same_whether_the_device_or_the_person_asks() -> None:
    by_device = blocks(':root:not([data-theme="light"])')
    assert by_device == blocks(':root[data-theme="dark"]')
    more = blocks(':root[data-contrast="more"]:not([data-theme="light"])')
    assert more == blocks(':root[data-contrast="more"][data-theme="dark"]')


@pytest.mark.parametrize("sheet", SHEETS)
def test_only_the_tokens_name_a_colour(sheet: str) -> None:
    assert COLOUR.findall(SHEETS[sheet]) == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_token_in_use_exists(sheet: str) -> None:
    used = set(re.findall(r"var\(--([\w-]+)", SHEETS[sheet]))
    assert used <= set(blocks(":root")[0])


@pytest.mark.parametrize("sheet", SHEETS)
def test_colours_that_meet_in_a_rule_were_measured(sheet: str) -> None:
    measured = set(declared("pairs"))
    rules = re.findall(
        r"[{;\s]background(?:-color)?: var\(--([\w-]+)\);[^{}]*?[;\s]color: var\(--([\w-]+)\)", SHEETS[sheet]
    )
    assert rules
    assert {(fore, back) for back, fore in rules} <= measured
