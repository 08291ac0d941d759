"""How well and how fast the scripts are turned: the open gold set of panoh/ground/languages/gold, beside alifbo alone.

``held_out`` was written before the rules were last mended and no rule was written for a word in it; ``words`` was.
"""

import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import alifbo

from panoh.ground.languages import karakalpak, loanwords, uzbek
from panoh.ground.languages.goldset import pairs, protected
from panoh.ground.languages.scripts import to_script
from panoh.ground.languages.turning import to_variant

from .report import table

Turn = Callable[[str], str]
ROOT = Path(__file__).resolve().parent.parent
SETS = {
    "research": ("uz", "uz-cyrl", "of the research report"),
    "found": ("uz", "uz-cyrl", "faults found since"),
    "words": ("uz", "uz-cyrl", "of the domain; rules were mended by it"),
    "held_out": ("uz", "uz-cyrl", "no rule was made for these"),
    "uz-2026": ("uz", "uz-2026", "the letters of 2026"),
    "karakalpak": ("kaa", "kaa-cyrl", "Karakalpak"),
}
BARE: dict[str, tuple[Turn, Turn]] = {
    "uz-cyrl": (
        lambda text: str(alifbo.to_cyrillic(text).text),
        lambda text: str(alifbo.to_old_latin(alifbo.from_cyrillic(text).text).text),
    ),
    "uz-2026": (
        lambda text: str(alifbo.to_new_latin(text).text),
        lambda text: str(alifbo.to_old_latin(text).text),
    ),
}
NEXT_TO = "Mana {} shu"


def main() -> None:
    print(
        table(["set", "what", "words", "there", "back", "alifbo alone: there", "back"], [_row(name) for name in SETS])
    )
    print()
    print(table(["spans that nothing may touch", "touched", "by alifbo alone"], [_touched()]))
    print()
    print(table(["speed, Uzbek Latin to Cyrillic", "characters a second"], _speeds()))
    print("\nWrong: " + ("; ".join(f"{said} → {got}, not {right}" for said, got, right in wrong()) or "none"))


def right(rows: list[tuple[str, str]], turn: Turn) -> int:
    return sum(turn(given) == wanted for given, wanted in rows)


def wrong() -> list[tuple[str, str, str]]:
    """``(word, what became of it, what it should be)`` of every set, both ways."""
    found = []
    for name, (source, variant, _what) in SETS.items():
        for written, derived in pairs(name):
            ways = (written, to_script(written, variant), derived), (derived, to_script(derived, source), written)
            found += [way for way in ways if way[1] != way[2]]
    return found


def _row(name: str) -> list[str]:
    source, variant, what = SETS[name]
    there, back = pairs(name), [(derived, written) for written, derived in pairs(name)]
    ours = right(there, lambda text: to_script(text, variant)), right(back, lambda text: to_script(text, source))
    bare = [_share(right(rows, turn), rows) for rows, turn in zip((there, back), BARE.get(variant, ()), strict=False)]
    return [name, what, str(len(there)), _share(ours[0], there), _share(ours[1], back), *(bare or ["–", "–"])]


def _share(count: int, rows: list[tuple[str, str]]) -> str:
    return f"{count} ({count / len(rows):.1%})"


def _touched() -> list[str]:
    """How many spans changed, each standing in a sentence."""
    spans = protected()
    sentences = [(NEXT_TO.format(span), span) for span in spans]
    ours = sum(span not in to_variant(said, "uz", "uz-cyrl").text for said, span in sentences)
    bare = sum(span not in BARE["uz-cyrl"][0](said) for said, span in sentences)
    return [str(len(spans)), str(ours), str(bare)]


def _speeds() -> list[list[str]]:
    """The words a child reads, as one text: once with empty caches, then the best of five."""
    text = "\n".join(map(str, tomllib.loads((ROOT / "centre/words/uz.toml").read_text(encoding="utf-8")).values()))
    page = f"<html lang=uz>{''.join(f'<p>{line}</p>' for line in text.splitlines())}"
    ours: dict[str, Callable[[], object]] = {
        "text": lambda: to_variant(text, "uz", "uz-cyrl"),
        "HTML": lambda: to_variant(page, "uz", "uz-cyrl", form="html"),
    }
    rows = []
    for name, act in ours.items():
        _empty()
        rows.append([f"{name}, first time", _pace(act, text, rounds=1)])
        rows.append([f"{name}, words seen before", _pace(act, text, rounds=5)])
    return [*rows, ["alifbo alone, text", _pace(lambda: BARE["uz-cyrl"][0](text), text, rounds=5)]]


def _pace(act: Callable[[], object], text: str, *, rounds: int) -> str:
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        took.append(time.perf_counter() - start)
    return f"{len(text) / min(took):,.0f}"


def _empty() -> None:
    for kept in (uzbek.cyrillic_word, uzbek.latin_word, loanwords.loan_in, loanwords.loan_in_cyrillic):
        kept.cache_clear()
    karakalpak.cyrillic_word.cache_clear()


if __name__ == "__main__":
    main()
