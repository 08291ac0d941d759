"""What the public pages weigh in a browser, cold, and what axe finds on them in every language and way of display.

The same front process, the same browser and the same rules as in the tests; here as a table. Chromium is needed.
"""

from collections import Counter
from dataclasses import dataclass

from playwright.sync_api import Page, sync_playwright

from tests.browsing import PHONE, chromium_path
from tests.test_accessibility import LANGUAGES, MODES, faults
from tests.test_budgets import KILO, Weighing, weigh

from .report import table
from .running import Running

TITLE = "The weight of the public pages, and what axe finds on them"
# Page, address, the most that it may weigh in kilobytes, the most requests (design, look.md §4).
PAGES = (
    ("front page", "", 150, 10),
    ("children's door", "for/children/", 60, 10),
    ("parents' door", "for/parents/", 60, 10),
    ("guidance for parents", "guide/money-tricks/", 60, 10),
    ("quiet guidance for a child", "guide/somebody-threatens-me/", 30, 4),
    ("questions", "questions/", 60, 10),
    ("search", "search/?q=parol", 60, 10),
    ("news", "news/", 60, 10),
    ("tools", "tools/", 60, 10),
    ("a checklist", "checklists/industry/", 60, 10),
    ("numbers to call", "help/", 30, 4),
    ("begin a talk", "talk/", 30, 4),
    ("first question of a report", "report/", 30, 4),
)
KINDS = {"Document": "page", "Stylesheet": "style", "Script": "script", "Image": "pictures", "Font": "letters"}


@dataclass(frozen=True)
class Seen:
    """The heaviest of the languages, in kilobytes; requests; faults of axe over all languages and displays."""

    name: str
    heaviest: float
    most: int
    language: str
    parts: dict[str, float]
    requests: int
    most_requests: int
    looked: int
    faults: Counter[str]

    @property
    def row(self) -> list[object]:
        found = ", ".join(f"{rule} ({times})" for rule, times in self.faults.items())
        parts = " + ".join(f"{name} {weight:.1f}" for name, weight in self.parts.items())
        return [self.name, f"{self.heaviest:.1f} ({self.language})", f"≤ {self.most}", parts,
                f"{self.requests} (≤ {self.most_requests})", self.looked, found or "none"]  # fmt: skip


def measure(*, quick: bool) -> str:
    with Running("sqlite", parts=("front", "worker")) as centre, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        context = browser.new_context(base_url=centre.url, viewport=PHONE, bypass_csp=True)
        page = context.new_page()
        seen = [_see(page, centre.url, *one, quick=quick) for one in PAGES]
        browser.close()
    head = ["Page", "KB cold, heaviest language", "budget", "of it", "requests", "looks", "faults of axe"]
    missed = [one.name for one in seen if one.heaviest > one.most or one.requests > one.most_requests or one.faults]
    return "\n\n".join([
        f"Bytes over the wire with their headers, nothing in the cache, {PHONE['width']} px wide; the heaviest of "
        f"{', '.join(LANGUAGES)}. A look is one language in one way of display ({', '.join(MODES)}).",
        table(head, [one.row for one in seen]),
        f"Missed: {', '.join(missed)}." if missed else "Nothing missed.",
    ])  # fmt: skip


def _see(page: Page, home: str, name: str, path: str, most: int, most_requests: int, *, quick: bool) -> Seen:
    weighed: dict[str, Weighing] = {}
    found, looked = Counter[str](), 0
    for language in LANGUAGES[:1] if quick else LANGUAGES:
        _show(page, home, language, "plain")
        weighed[language] = weigh(page, f"/{language}/{path}")
        for mode in list(MODES)[:1] if quick else MODES:
            _show(page, home, language, mode)
            page.goto(f"/{language}/{path}")
            found.update(rule for rule, _ in faults(page))
            looked += 1
    language, heavy = max(weighed.items(), key=lambda one: sum(one[1].parts()))
    requests = max(len(one.parts()) for one in weighed.values())
    return Seen(
        name, sum(heavy.parts()) / KILO, most, language, _by_kind(heavy), requests, most_requests, looked, found
    )


def _show(page: Page, home: str, language: str, mode: str) -> None:
    page.context.add_cookies([{"name": "view", "value": f"{language}.{MODES[mode]}", "url": home}])


def _by_kind(weighing: Weighing) -> dict[str, float]:
    kinds = Counter[str]()
    for key, kind in weighing.kinds.items():
        if kind in KINDS and not weighing.addresses[key].startswith("data:"):
            kinds[KINDS[kind]] += weighing.sizes.get(key, 0)
    return {kind: weight / KILO for kind, weight in kinds.items()}
