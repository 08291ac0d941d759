"""The code of a picture is made in a real browser, agrees with the reference, and the picture stays on the device."""

import base64
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pdqhash
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Request

from panoh.care.reports import near
from panoh.care.reports.models import FileHash
from panoh.care.reports.queries.files import hash_value
from panoh.care.talks import public as talks

from .file_cast import draft_of
from .file_corpus import drawing, file_of, jpeg_with_place

pytestmark = pytest.mark.browser
SCRIPT = (Path(__file__).parent.parent / "static/reports/hash.js").read_text()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty page at an address of its own: what is computed in it needs nobody else."""
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/*", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.route("**/hash.js", lambda route: route.fulfill(body=SCRIPT, content_type="text/javascript"))
    page.goto("https://device.test/")
    yield page
    context.close()


def reference(picture: Image.Image) -> tuple[str, int]:
    bits, quality = pdqhash.compute(np.array(picture.convert("RGB")))
    return np.packbits(bits).tobytes().hex(), int(quality)


def of_pixels(page: Page, picture: Image.Image) -> dict[str, Any]:
    with_alpha = np.array(picture.convert("RGBA")).flatten().tolist()
    asked: dict[str, Any] = page.evaluate(
        """async ([pixels, width, height]) => {
            const { pdqOfPixels } = await import("/hash.js");
            return pdqOfPixels(Uint8ClampedArray.from(pixels), width, height);
        }""",
        [with_alpha, picture.width, picture.height],
    )
    return asked


SIZES = [(64, 64), (128, 128), (320, 240), (241, 133), (70, 300), (5, 9)]


@pytest.mark.parametrize("seed", range(len(SIZES)))
def test_the_same_pixels_have_the_reference_code(page: Page, seed: int) -> None:
    picture = drawing(seed, SIZES[seed])
    expected, quality = reference(picture)
    made = of_pixels(page, picture)
    assert near.distance(made["hash"], expected) <= 2
    assert abs(made["quality"] - quality) <= 1


def test_noise_has_the_reference_code(page: Page) -> None:
    picture = Image.effect_noise((200, 150), 90).convert("RGB")
    assert near.distance(of_pixels(page, picture)["hash"], reference(picture)[0]) <= 2


def test_a_picture_too_small_to_know_has_no_code(page: Page) -> None:
    assert of_pixels(page, drawing(size=(4, 40))) == {"hash": "", "quality": 0}


@pytest.mark.parametrize(("seed", "size"), [(1, (320, 240)), (2, (1080, 2280)), (3, (1600, 900))])
@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP"])
def test_a_file_as_the_browser_draws_it_has_nearly_the_reference_code(
    page: Page, seed: int, size: tuple[int, int], file_format: str
) -> None:
    content = file_of(drawing(seed, size), file_format)
    made = page.evaluate(
        """async ([bytes, kind]) => {
            const { hashFile } = await import("/hash.js");
            return hashFile(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], "x", { type: kind }));
        }""",
        [_base64(content), f"image/{file_format.lower()}"],
    )
    expected, _ = reference(Image.open(io.BytesIO(content)))
    assert near.distance(made["pdq"], expected) <= 10
    assert made["sha256"] == _sha256(content)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# --- the page itself, and who it speaks to ---------------------------------------------------------------------------


class Ear:
    """Everything a browser asked anybody, with what it sent along."""

    def __init__(self, context: BrowserContext) -> None:
        self.requests: list[Request] = []
        self.sockets: list[str] = []
        context.on("request", lambda request: self.requests.append(request))

    def watch(self, page: Page) -> None:
        page.on("websocket", lambda socket: self.sockets.append(socket.url))

    def sent(self) -> bytes:
        parts = [(r.method, r.url, str(sorted(r.headers.items()))) for r in self.requests]
        return repr(parts).encode() + b"".join(request.post_data_buffer or b"" for request in self.requests)


def holding(context: BrowserContext, site: str, kind: str = "sextortion") -> None:
    """This browser holds a report of a kind that takes no picture."""
    report = draft_of(kind)
    visit = {"name": "report", "value": talks.start_visit(report.conversation), "url": site}
    context.add_cookies([visit])  # type: ignore[list-item]


@pytest.mark.django_db(transaction=True)
def test_the_picture_never_leaves_the_device(chromium: Browser, live_server: Any) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    holding(context, live_server.url)
    ear, page = Ear(context), context.new_page()
    ear.watch(page)
    content = jpeg_with_place()
    page.goto(f"{live_server.url}/en/report/hash/")
    loaded = len(ear.requests)
    assert not any("reports/hash.js" in request.url for request in ear.requests)
    page.get_by_role("button", name="Make a fingerprint").click()
    page.locator("#picture").wait_for()
    assert not page.get_by_text("needs JavaScript").is_visible()
    assert [request.url.rpartition("/")[2] for request in ear.requests[loaded:]] == ["hash.js"]

    before = len(ear.requests)
    page.locator("#picture").set_input_files(
        {"name": "my-secret-name.jpg", "mimeType": "image/jpeg", "buffer": content}
    )
    send = page.get_by_role("button", name="Send only the fingerprint")
    send.wait_for()
    page.wait_for_timeout(1000)
    assert ear.requests[before:] == [], "nobody is asked anything while the picture is in the page"
    send.click()
    page.get_by_role("heading", name="Fingerprints you sent").wait_for()

    posts = [request for request in ear.requests if request.method == "POST"]
    form = posts[0].post_data or ""
    assert [(len(posts), posts[0].url)] == [(1, f"{live_server.url}/en/report/hash/")]
    assert sorted(part.partition("=")[0] for part in form.split("&")) == ["pdq", "quality", "sha256"]
    everything = ear.sent()
    assert b"my-secret-name" not in everything
    for start in range(0, len(content) - 24, 997):
        piece = content[start : start + 24]
        assert piece not in everything
        assert base64.b64encode(piece)[:28] not in everything
    assert {request.url.split("/")[2] for request in ear.requests} == {live_server.url.split("/")[2]}
    assert ear.sockets == []
    expected, _ = reference(Image.open(io.BytesIO(content)).transpose(Image.Transpose.ROTATE_270))
    kept = {row.algorithm: hash_value(row) for row in FileHash.objects.select_related("report__conversation")}
    assert kept["sha256"] == _sha256(content)
    assert near.distance(kept["pdq"], expected) <= 10
    context.close()


@pytest.mark.django_db(transaction=True)
def test_a_video_and_a_file_that_is_none_have_the_code_of_their_bytes(chromium: Browser, live_server: Any) -> None:
    context = chromium.new_context()
    holding(context, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}/en/report/hash/")
    page.get_by_role("button", name="Make a fingerprint").click()
    page.locator("#picture").wait_for()  # it is shown once somebody listens to it
    page.locator("#picture").set_input_files(
        {"name": "x.mp4", "mimeType": "video/mp4", "buffer": b"not really a video"}
    )
    page.get_by_role("button", name="Send only the fingerprint").click()
    page.get_by_role("heading", name="Fingerprints you sent").wait_for()
    assert [row.algorithm for row in FileHash.objects.all()] == ["sha256"]
    context.close()


@pytest.mark.django_db(transaction=True)
def test_without_javascript_the_page_says_so_and_goes_on(chromium: Browser, live_server: Any) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    holding(context, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}/en/report/hash/")
    assert page.get_by_text("needs JavaScript").is_visible()
    assert not page.locator("#start").is_visible()
    assert page.get_by_role("link", name="Talk to someone now").first.is_visible()
    page.get_by_role("button", name="Go on without it").click()
    page.wait_for_url("**/en/report/step/")
    context.close()
