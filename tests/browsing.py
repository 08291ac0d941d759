"""A running centre, the devices people hold, and what they see on them."""

import http.cookiejar
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "shots"
PHONE: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1440, "height": 900}
ELSEWHERE = "<!doctype html><title>weather</title><h1>Tomorrow: sun</h1>"
COUNSELLOR, COLLEAGUE = "counsellor@demo.panoh", "counsellor2@demo.panoh"
SUPERVISOR, ADMINISTRATOR = "supervisor@demo.panoh", "administrator@demo.panoh"
ANALYST, CASEWORKER = "analyst@demo.panoh", "caseworker@demo.panoh"
CUSTODIAN, OFFICER = "custodian@demo.panoh", "officer@demo.panoh"


def chromium_path() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("PANOH_TEST_CHROMIUM") or next(filter(None, map(shutil.which, names)), "")
    if not path and os.environ.get("CI"):
        pytest.fail("CI runs the browser lane: Chromium is missing")
    if not path:
        pytest.skip("Chromium is not here")
    return path


def wait_until(true: Callable[[], Any], seconds: float = 15.0) -> Any:
    """The first true answer; fails after ``seconds``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds:.0f} s")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Centre:
    """One ``manage.py up`` on a free port. Its output is kept, to be read by tests."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data, self.output, self.port = data, data / "output.txt", free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PANOH_")}
        self.environment = {**inherited, "PANOH_DATA_DIR": str(data), "PORT": str(self.port), **environment}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "manage.py", "up", "--port", str(self.port)]
        with open(self.output, "ab") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=output, stderr=output, start_new_session=True
            )
        try:
            wait_until(self._answers, 180)
        except AssertionError:
            self.stop()
            pytest.fail("the centre did not start:\n" + self.output.read_text()[-3000:])
        # Hands for every test of the session.
        self.query("update helpline_counsellor set capacity = 500, presence = 'on'")

    def _answers(self) -> bool:
        if self.process and self.process.poll() is not None:
            pytest.fail("the centre stopped:\n" + self.output.read_text()[-3000:])
        try:
            with urllib.request.urlopen(self.url + "/health/", timeout=2) as answer:  # noqa: S310 (our own process)
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(5)

    @property
    def password(self) -> str:
        said = (self.data / "sign-in.txt").read_text()
        return said.split("password ")[1].split()[0]

    def query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the centre's own database, or turn a clock in it."""
        connection = sqlite3.connect(self.data / "panoh.sqlite3", timeout=20)
        try:
            with connection:
                return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def newest_talk(self, channel: str = "web") -> str:
        """The reference of the talk that began last."""
        sql = "select reference from talks_conversation where channel = ? order by created_at desc limit 1"
        return str(self.query(sql, channel)[0][0])


@dataclass
class Answered:
    status: int
    location: str
    text: str


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class OverTheWire:
    """A browser with cookies, over real HTTP."""

    def __init__(self, home: str, always: dict[str, str] | None = None) -> None:
        self.home, self.jar, self.always = home, http.cookiejar.CookieJar(), always or {}
        self.opener = urllib.request.build_opener(Stay, urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> Answered:
        return self._ask(urllib.request.Request(self.home + path))  # noqa: S310

    def post(self, path: str, data: dict[str, Any] | bytes, **headers: str) -> Answered:
        token = next((cookie.value for cookie in self.jar if cookie.name == "desk-form"), "")
        body = data if isinstance(data, bytes) else urllib.parse.urlencode(data).encode()
        request = urllib.request.Request(self.home + path, body)  # noqa: S310
        for name, value in {"sec-fetch-site": "same-origin", "X-CSRFToken": token or "", **headers}.items():
            request.add_header(name, value)
        return self._ask(request)

    def _ask(self, request: urllib.request.Request) -> Answered:
        for name, value in self.always.items():
            request.add_header(name, value)
        request.add_header("Origin", self.home)
        try:
            with self.opener.open(request, timeout=20) as answer:
                return Answered(answer.status, "", answer.read().decode(errors="replace"))
        except urllib.error.HTTPError as no:
            return Answered(no.code, no.headers.get("Location", ""), no.read().decode(errors="replace"))

    def sign_in(self, email: str, password: str) -> "OverTheWire":
        self.get("/accounts/login/")
        assert self.post("/accounts/login/", {"login": email, "password": password}).status == 302
        self.get("/desk/")
        return self


class Browsers:
    """Devices of one test, and who else their pages tried to ask."""

    def __init__(self, chromium: Browser, centre: Centre) -> None:
        self.chromium, self.centre = chromium, centre
        self.contexts: list[BrowserContext] = []
        self.strangers: list[str] = []
        self.home = urlsplit(centre.url).netloc

    def device(self, *, dark: bool = False, js: bool = True, view: str = "", **options: Any) -> Page:
        context = self.chromium.new_context(
            base_url=self.centre.url,
            color_scheme="dark" if dark else "light",
            java_script_enabled=js,
            locale=options.pop("locale", "uz"),
            timezone_id="Asia/Tashkent",
            **options,
        )
        context.set_default_timeout(15_000)
        if view:
            context.add_cookies([{"name": "view", "value": view, "url": self.centre.url}])
        context.route(lambda address: urlsplit(address).netloc != self.home, self._outside)
        self.contexts.append(context)
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def _outside(self, route: Route) -> None:
        """There is no world outside a test. Going somewhere on purpose is fine, being taken along is not."""
        if route.request.resource_type != "document":
            self.strangers.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body=ELSEWHERE)

    def phone(self, **options: Any) -> Page:
        return self.device(viewport=PHONE, has_touch=True, is_mobile=True, **options)

    def desk(self, email: str = COUNSELLOR, **options: Any) -> Page:
        """A wide screen at which somebody of the staff has signed in."""
        page = self.device(viewport=options.pop("viewport", WIDE), **options)
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(email)
        page.locator("input[name=password]").fill(self.centre.password)
        page.locator("main form button[type=submit], main form button:not([type])").first.click()
        page.wait_for_url("**/desk/**")
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def shot(page: Page, name: str, *, whole: bool = False) -> None:
    """Keep what the page looks like on its screen, for eyes; ``whole`` down to its end."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=whole, animations="disabled")


def shoot_both(page: Page, name: str, *, whole: bool = False) -> None:
    """The page in light and in dark, as the device asks or, at the desk, as its person chose."""
    root = page.locator("html")
    chosen = root.get_attribute("data-theme")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        root.evaluate("(root, theme) => root.dataset.theme = theme", scheme)
        shot(page, f"{name}-{scheme}", whole=whole)
    page.emulate_media(color_scheme="light")
    root.evaluate("(root, theme) => theme ? root.dataset.theme = theme : delete root.dataset.theme", chosen)


# --- what people do --------------------------------------------------------------------------------


def three_taps(page: Page, language: str = "uz-cyrl", who: str = "child", danger: str = "no") -> None:
    """Language, who you are, is anyone in danger: a person waits."""
    page.goto("/uz/talk/")
    if language != "uz":
        page.locator(f'nav.languages a[href="/{language}/talk/"]').click()
        page.wait_for_url(f"**/{language}/talk/")
    page.locator(f'button[name=who][value="{who}"]').click()
    page.locator(f'button[name=danger][value="{danger}"]').click()
    page.wait_for_url("**/talk/now/")


def write(page: Page, words: str) -> None:
    """The person writes and presses the button."""
    page.locator("#composer textarea").fill(words)
    page.locator("#composer button").first.click()


def accept(page: Page, reference: str) -> None:
    """Somebody at the desk takes a talk that waits."""
    page.goto("/desk/queue/")
    page.locator(f"#accept-{reference}").click()
    page.wait_for_url(f"**/desk/talks/{reference}/**")


def answer(page: Page, words: str) -> None:
    page.locator("#say textarea").fill(words)
    page.locator("#say button.button").last.click()


def bubbles(page: Page) -> list[str]:
    """What stands in the log, from top to bottom."""
    return [text.strip() for text in page.locator("#log .bubble").all_inner_texts()]


def sees(page: Page, words: str) -> None:
    page.locator("#log .bubble", has_text=words).first.wait_for()
