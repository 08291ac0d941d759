"""The emulator: the subset of the Bot API we use, refusals in Telegram's own words, and a page people can use."""

import json
import os
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from .conftest import Emulator, Phone

HERE = Path(__file__).parents[1] / "emulator"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def refused(emulator: Emulator, method: str, **params: Any) -> tuple[int, str]:
    try:
        emulator.post(f"bot1:emulator/{method}", params)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)["description"]
    raise AssertionError("it was not refused")


def test_it_does_not_start_in_production() -> None:
    command = [sys.executable, "-m", "panoh.doors.telegram.emulator", "--port", "1"]
    env = {**os.environ, "PANOH_ENV": "production"}
    done = subprocess.run(command, cwd=settings.ROOT, env=env, capture_output=True, timeout=20, check=False)  # noqa: S603
    assert done.returncode != 0
    assert b"does not start in production" in done.stderr


@pytest.mark.parametrize(
    ("method", "params", "status"),
    [
        ("sendMessage", {"chat_id": 700001, "text": ""}, 400),
        ("sendMessage", {"chat_id": 700001, "text": "ў" * 4097}, 400),
        ("sendMessage", {"chat_id": 700001, "text": "🙂" * 2049}, 400),
        ("sendMessage", {"chat_id": 5, "text": "x"}, 400),
        ("sendMessage", {"chat_id": "x", "text": "x"}, 400),
        ("deleteMessage", {"chat_id": 700001, "message_id": 1}, 400),
        ("answerCallbackQuery", {"callback_query_id": "old"}, 400),
        ("getChat", {"chat_id": 700001}, 404),
        ("getUserProfilePhotos", {"user_id": 700001}, 404),
    ],
)
def test_what_telegram_refuses_is_refused(emulator: Emulator, method: str, params: Any, status: int) -> None:
    assert refused(emulator, method, **params)[0] == status


def test_a_poll_gives_the_same_update_until_it_is_confirmed(emulator: Emulator) -> None:
    (number,) = emulator.post("_inject", {"message": Phone(chat=901).message(text="x")})["update_ids"]
    for _ in range(2):
        assert [one["update_id"] for one in emulator.get("bot1:e/getUpdates")["result"]] == [number]
    assert emulator.get(f"bot1:e/getUpdates?offset={number + 1}")["result"] == []


def test_forms_multipart_and_json_say_the_same(emulator: Emulator) -> None:
    boundary = "b"
    part = '--b\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    multipart = part.format("chat_id", "700003") + part.format("text", "ўзбекча") + "--b--\r\n"
    bodies = {
        "application/x-www-form-urlencoded": "chat_id=700003&text=%D1%9E%D0%B7%D0%B1%D0%B5%D0%BA%D1%87%D0%B0",
        f"multipart/form-data; boundary={boundary}": multipart,
        "application/json": '{"chat_id": 700003, "text": "ўзбекча"}',
    }
    for kind, body in bodies.items():
        url = f"{emulator.base}/bot1:e/sendMessage"
        request = urllib.request.Request(url, body.encode(), {"Content-Type": kind})  # noqa: S310
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            assert json.load(answer)["result"]["text"] == "ўзбекча"


def test_no_foreign_page_can_post_a_form_to_it(emulator: Emulator) -> None:
    request = urllib.request.Request(f"{emulator.base}/_act", b"act=block&chat=700001")  # noqa: S310
    with pytest.raises(urllib.error.HTTPError, match="415"):
        urllib.request.urlopen(request, timeout=5)  # noqa: S310


@pytest.mark.parametrize(
    "body", [b"\xff", b"[", b'{"updates": 5}', b'{"act": "nothing"}', b'{"act": "edit", "chat": 700001}']
)
def test_a_broken_wish_is_answered_and_breaks_nothing(emulator: Emulator, body: bytes) -> None:
    request = urllib.request.Request(  # noqa: S310
        f"{emulator.base}/_act", body, {"Content-Type": "application/json"}
    )
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(request, timeout=5)  # noqa: S310


def test_every_label_stands_in_all_five_languages() -> None:
    told = tomllib.loads((HERE / "labels.toml").read_text())
    assert set(told) == {code for code, _ in settings.LANGUAGES}
    assert len({frozenset(labels) for labels in told.values()}) == 1
    assert all(text.strip() for labels in told.values() for text in labels.values())


def test_the_page_has_nothing_inline_and_nothing_from_elsewhere(emulator: Emulator) -> None:
    with urllib.request.urlopen(f"{emulator.base}/?language=ru", timeout=5) as answer:  # noqa: S310
        shown, policy = answer.read().decode(), answer.headers["Content-Security-Policy"]
    assert "это не Telegram" in shown
    assert "style=" not in shown
    assert "http" not in shown
    assert "unsafe" not in policy


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_person_can_use_the_phone_at_any_width_and_axe_finds_nothing(
    chromium: Browser, emulator: Emulator, width: int, scheme: Any
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    emulator.post("_act", {"act": "clear", "chat": 700004})
    page = chromium.new_page(viewport={"width": width, "height": 780}, color_scheme=scheme)
    page.goto(f"{emulator.base}/?language=kaa&person=700004")
    page.get_by_label("Xabar jazıń").fill("Sálem")
    page.keyboard.press("Enter")
    page.get_by_text("Sálem").wait_for()
    emulator.post(
        "bot1:e/sendMessage",
        {
            "chat_id": 700004,
            "text": "<b>Jaqsı</b>",
            "reply_markup": {"inline_keyboard": [[{"text": "Awa", "callback_data": "x"}]]},
        },
    )
    page.get_by_text("<b>Jaqsı</b>").wait_for()
    page.get_by_role("button", name="Awa").click()
    looked = Axe().run(page, options={"runOnly": AXE_TAGS}).response
    fits = page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in looked["violations"]] == []
    assert len(looked["passes"]) > 15
    assert fits
    taps = [
        one["callback_query"]["data"] for one in emulator.get("bot1:e/getUpdates")["result"] if "callback_query" in one
    ]
    assert taps == ["x"]
