"""The script of the pages in a real browser: it resumes, it says what it knows, and it sends a thing once."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .test_streams import Centre, eventually

pytestmark = pytest.mark.browser

OPEN = """async ({path, last}) => {
  window.seen = {lines: [], states: [], bells: []};
  const {openLine} = await import('/static/ui/line.js');
  window.line = openLine({url: path, last,
    onLine: (line) => seen.lines.push(line.text),
    onState: (state) => seen.states.push(state),
    onBell: (bell) => seen.bells.push(bell)});
}"""
SEND = """async ({path, key}) => {
  window.fates = [];
  const {sendWords} = await import('/static/ui/line.js');
  const form = new FormData();
  form.set('text', 'salom');
  return sendWords({url: path, form, key, onFate: (fate) => fates.push(fate)});
}"""


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    folder = tmp_path_factory.mktemp("centre")
    made = Centre(folder, f"sqlite:///{folder}/panoh.sqlite3")
    yield made
    made.stop()


@pytest.fixture
def talk(centre: Centre) -> dict[str, str]:
    begun: dict[str, str] = centre.write("begin")
    return begun


@pytest.fixture
def page(chromium: Browser, centre: Centre, talk: dict[str, str]) -> Iterator[Page]:
    """A page of the centre whose browser holds the person's and the counsellor's cookies."""
    address = f"http://127.0.0.1:{centre.port}"
    context = chromium.new_context()
    context.add_cookies(
        [
            {"name": "talk", "value": talk["visit"], "url": address},
            {"name": "desk", "value": talk["session"], "url": address},
        ]
    )
    page = context.new_page()
    page.goto(f"{address}/health/")
    yield page
    context.close()


def seen(page: Page, what: str) -> list[Any]:
    found: list[Any] = page.evaluate(f"seen.{what}")
    return found


def test_the_line_resumes_by_itself_after_the_server_was_killed(
    centre: Centre, talk: dict[str, str], page: Page
) -> None:
    page.evaluate(OPEN, {"path": "/live/talk/", "last": 0})
    centre.write("say", talk=talk["talk"], texts=["1", "2"])
    assert eventually(lambda: seen(page, "lines") == ["1", "2"])
    os.kill(centre.front().pid, signal.SIGKILL)
    assert eventually(lambda: "lost" in seen(page, "states"))
    centre.write("say", talk=talk["talk"], texts=["3"])
    assert eventually(lambda: seen(page, "lines") == ["1", "2", "3"])
    assert seen(page, "states") == ["open", "lost", "open"]


def test_the_line_begins_after_what_the_page_already_shows(centre: Centre, talk: dict[str, str], page: Page) -> None:
    cursor = centre.write("say", talk=talk["talk"], texts=["shown"])
    page.evaluate(OPEN, {"path": "/live/talk/", "last": cursor})
    centre.write("say", talk=talk["talk"], texts=["new"])
    assert eventually(lambda: seen(page, "lines") == ["new"])


def test_a_line_that_may_not_be_read_ends_and_is_not_tried_again(
    centre: Centre, talk: dict[str, str], page: Page
) -> None:
    page.evaluate(OPEN, {"path": f"/live/desk/?talk={talk['reference']}&board=1", "last": 0})
    assert eventually(lambda: seen(page, "states") == ["open"])
    centre.write("take_away", talk=talk["talk"])
    centre.write("say", talk=talk["talk"], texts=["for another"])
    assert eventually(lambda: seen(page, "states") == ["open", "ended"])
    assert seen(page, "lines") == []


def test_words_that_met_no_network_go_out_once_more_with_the_same_key(page: Page) -> None:
    keys: list[str] = []

    def answer(route: Any) -> None:
        keys.append(str(route.request.post_data).split('name="key"')[1].split()[0])
        if len(keys) == 1:
            route.abort()
        else:
            route.fulfill(json={"seq": 1})

    page.route("**/say/", answer)
    result = page.evaluate(SEND, {"path": "/say/", "key": "a-key"})
    assert keys == ["a-key", "a-key"]
    assert result["fate"] == "kept"
    assert page.evaluate("fates") == ["sending", "waiting", "kept"]


@pytest.mark.parametrize(
    ("answer", "fate"),
    [
        ({"status": 413, "body": "too much"}, "refused"),
        ({"status": 200, "content_type": "text/html", "body": "please sign in"}, "refused"),
        ({"status": 500, "body": ""}, "unsent"),
    ],
)
def test_only_what_the_ledger_confirmed_counts_as_kept(page: Page, answer: dict[str, Any], fate: str) -> None:
    page.route("**/say/", lambda route: route.fulfill(**answer))
    assert page.evaluate(SEND, {"path": "/say/", "key": "a-key"})["fate"] == fate


def test_nothing_that_was_typed_stays_on_the_device(page: Page) -> None:
    page.route("**/say/", lambda route: route.abort())
    page.evaluate(SEND, {"path": "/say/", "key": "a-key"})
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0


def test_the_script_is_small() -> None:
    script = Path(__file__).resolve().parents[3] / "ground" / "ui" / "static" / "ui" / "line.js"
    assert script.stat().st_size <= 6144
