"""What a page weighs over the wire, cold, as the real front process sends it, and whom it asks."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from tests.browsing import PHONE, SUPERVISOR, Browsers, Centre, accept, sees, three_taps, write

pytestmark = pytest.mark.browser
KILO = 1024
# What the page is made of. The open line, and what it says once it is open, come after the page is there.
PARTS = {"Document", "Stylesheet", "Script", "Image", "Font", "Media", "Manifest", "Other", "Preflight", "Ping"}


@dataclass
class Weighing:
    """Encoded bytes with their headers, as DevTools counts them, by kind and address, from the page at ``path`` on."""

    path: str
    asked: set[str] = field(default_factory=set)
    kinds: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def listen(self, session: CDPSession) -> None:
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.responseReceived", self._began)
        session.on("Network.loadingFinished", self._ended)

    def _asked(self, event: dict[str, Any]) -> None:
        """What the page before still had on the way does not count."""
        if event.get("type") == "Document" and event["request"]["url"].endswith(self.path):
            self.kinds.clear()
            self.asked.clear()
        self.asked.add(event["requestId"])

    def _began(self, event: dict[str, Any]) -> None:
        if event["requestId"] not in self.asked:
            return
        self.kinds[event["requestId"]] = event["type"]
        self.addresses[event["requestId"]] = event["response"]["url"]

    def _ended(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = int(event["encodedDataLength"])

    def parts(self, end: str = "") -> list[int]:
        """Bytes of each part of the page whose address ends so."""
        return [
            self.sizes.get(key, 0)
            for key, kind in self.kinds.items()
            if kind in PARTS and not self.addresses[key].startswith("data:") and self.addresses[key].endswith(end)
        ]


def weigh(page: Page, path: str) -> Weighing:
    """Load a page with nothing in the cache."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    weighing = Weighing(path)
    weighing.listen(session)
    page.goto(path)
    page.wait_for_timeout(600)
    session.detach()
    assert weighing.parts()
    return weighing


QUIET = ["talk/", "help/", "talk/notice/", "talk/back/", "display/", "packet/"]
QUIET += ["report/", "report/back/", "report/all/", "guide/somebody-threatens-me/", "search/"]


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru"])
@pytest.mark.parametrize("path", QUIET)
def test_a_page_for_somebody_in_trouble_is_thirty_kilobytes_in_four_requests(
    browsers: Browsers, path: str, language: str
) -> None:
    found = weigh(browsers.phone(), f"/{language}/{path}").parts()
    assert len(found) <= 4
    assert sum(found) <= 30 * KILO


def test_the_open_talk_and_its_return_code_are_within_it_too(browsers: Browsers) -> None:
    child = browsers.phone()
    three_taps(child, "uz-cyrl")
    write(child, "Салом")
    sees(child, "Салом")
    for path in ("now", "code", "tell", "end", "delete"):
        weighing = weigh(child, f"/uz-cyrl/talk/{path}/")
        found = weighing.parts()
        assert len(found) <= 4, [(weighing.kinds[key], weighing.addresses[key]) for key in weighing.kinds]
        assert sum(found) <= 30 * KILO, path


def test_every_page_of_a_report_is_within_it_too(browsers: Browsers) -> None:
    """From the first answer to the return code: each step that is asked, the pictures, what is sent and what comes."""
    teller = browsers.phone()
    teller.goto("/uz-cyrl/report/")
    teller.locator("button[name=answer][value=no]").click()
    for asked, answer in (("about", "self"), ("kind", "cyberbullying")):
        weigh_report(teller, f"step/?q={asked}")
        teller.locator(f"button[name=answer][value={answer}]").click()
    for path in ("board/", "step/?q=story", "step/?q=platform", "step/?q=addresses", "step/?q=region", "files/"):
        weigh_report(teller, path)
    weigh_report(teller, "review/")
    teller.locator("form[action$='/send/'] button").click()
    for path in ("sent/", "now/", "code/", "delete/"):
        weigh_report(teller, path)


def test_the_page_that_makes_fingerprints_is_within_it_too(browsers: Browsers) -> None:
    teller = browsers.phone()
    teller.goto("/uz/report/")
    teller.locator("button[name=answer][value=no]").click()
    teller.locator("button[name=answer][value=self]").click()
    teller.locator("button[name=answer][value=sextortion]").click()
    weigh_report(teller, "hash/")


def weigh_report(page: Page, path: str) -> None:
    found = weigh(page, f"{page.url.split('/report/')[0]}/report/{path}").parts()
    assert len(found) <= 4, path
    assert sum(found) <= 30 * KILO, (path, sum(found))


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru"])
def test_home_style_and_script(browsers: Browsers, language: str) -> None:
    weighing = weigh(browsers.phone(), f"/{language}/")
    assert sum(weighing.parts()) <= 150 * KILO
    assert sum(weighing.parts(".css")) <= 14 * KILO
    assert sum(weighing.parts(".js")) <= 10 * KILO


def test_the_talks_own_script_is_within_the_budget_of_public_scripts(browsers: Browsers) -> None:
    child = browsers.phone()
    three_taps(child, "uz")
    assert sum(weigh(child, "/uz/talk/now/").parts(".js")) <= 10 * KILO


def test_the_desk_is_at_most_two_hundred_and_fifty_kilobytes(browsers: Browsers, centre: Centre) -> None:
    child, supervisor = browsers.phone(), browsers.desk(SUPERVISOR)
    three_taps(child, "uz")
    write(child, "Salom")
    reference = centre.newest_talk()
    accept(supervisor, reference)
    paths = ["", "queue/", "board/", f"talks/{reference}/", "calls/", "rota/", "contacts/", "team/", "numbers/"]
    for path in [*paths, "reports/", "cases/", "cases/referrals/", "organisations/", "drills/", "search/"]:
        assert sum(weigh(supervisor, f"/desk/{path}").parts()) <= 250 * KILO, path


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru"])
def test_an_article_is_sixty_kilobytes_and_the_front_page_a_hundred_and_fifty(
    browsers: Browsers, language: str
) -> None:
    phone = browsers.phone()
    for path in ("guide/money-tricks/", "guide/case-flow-between-agencies/", "for/parents/", "questions/", "tools/"):
        assert sum(weigh(phone, f"/{language}/{path}").parts()) <= 60 * KILO, path
    front = weigh(phone, f"/{language}/").parts()
    assert sum(front) <= 150 * KILO
    assert len(front) <= 10


def test_a_page_is_readable_at_the_speed_of_an_old_phone(browsers: Browsers) -> None:
    """64 kbit/s with 400 ms to and fro: the talk can be begun within eight seconds."""
    page = browsers.phone()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    speed = {"offline": False, "latency": 400, "downloadThroughput": 8_000, "uploadThroughput": 8_000}
    session.send("Network.emulateNetworkConditions", speed)
    page.goto("/uz/talk/", wait_until="domcontentloaded")
    page.locator("button[name=who]").first.wait_for(timeout=8_000)


@pytest.mark.parametrize("path", ["/uz/", "/uz/talk/", "/uz/help/", "/uz/display/"])
def test_nothing_moves_once_it_is_shown(browsers: Browsers, path: str) -> None:
    page = browsers.device(viewport=PHONE)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => {"
        " if (!one.hadRecentInput) window.moved += one.value; })).observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(path)
    page.wait_for_timeout(500)
    assert page.evaluate("window.moved") <= 0.02
