"""The front process with small pages behind it: what it answers itself, what it keeps, what it refuses."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest

from panoh.doors.live import front as front_module
from panoh.doors.live.bridge import Bridge
from panoh.doors.live.files import Files
from panoh.doors.live.front import MOST_BODY, SAFE_HEADERS, Front

Start = Callable[[str, list[tuple[str, str]]], Any]
PAGE = b"<p>" + b"the same for everyone " * 40


class Pages:
    """A WSGI application that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.headers: list[tuple[str, str]] = [("Content-Type", "text/html"), ("X-Panoh-Cache", "30")]
        self.gate: threading.Event | None = None

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if self.gate:
            self.gate.wait(5)
        self.asked.append(environ | {"body": environ["wsgi.input"].read()})
        start("200 OK", self.headers)
        return [PAGE]


class SilentLine:
    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def start(self) -> None: ...
    def drain(self) -> None: ...
    async def stop(self) -> None: ...


class Answer:
    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.status: int = messages[0]["status"]
        self.headers: dict[bytes, bytes] = dict(messages[0]["headers"])
        self.body = b"".join(message["body"] for message in messages[1:])


@pytest.fixture
def pages() -> Pages:
    return Pages()


@pytest.fixture
def front(pages: Pages, tmp_path: Path) -> Iterator[Front]:
    (tmp_path / "a.0123456789ab.css").write_bytes(b"p{}")
    (tmp_path / "a.0123456789ab.css.br").write_bytes(brotli.compress(b"p{}"))
    made = Front(
        live=SilentLine(),
        pages=Bridge(pages, threads=1, most_waiting=2),
        files=Files(tmp_path),
        explain=lambda status, path: f"{status} {path}".encode(),
    )
    yield made
    made.pages.stop()


async def fetch(
    front: Front,
    path: str,
    *,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    parts: list[bytes] | None = None,
    peer: str = "127.0.0.1",
) -> Answer:
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "http_version": "1.1",
        "client": (peer, 1),
        "headers": [(n.encode(), v.encode()) for n, v in ({"host": "centre"} | (headers or {})).items()],
    }
    coming = list(parts or [b""])
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if not coming:
            await asyncio.sleep(60)
        return {"type": "http.request", "body": coming.pop(0), "more_body": bool(coming)}

    async def send(message: Any) -> None:
        sent.append(message)

    await front(scope, receive, send)
    return Answer(sent)


def ask(front: Front, path: str, **how: Any) -> Answer:
    return asyncio.run(fetch(front, path, **how))


def test_styles_that_are_collected_after_the_front_is_made_are_served(front: Front, tmp_path: Path) -> None:
    (tmp_path / "b.0123456789ab.css").write_bytes(b"q{}")  # the first start of a centre
    assert ask(front, "/static/b.0123456789ab.css").body == b"q{}"


def test_a_page_for_everyone_is_made_once_and_then_kept(front: Front, pages: Pages) -> None:
    first, second = ask(front, "/uz/"), ask(front, "/uz/")
    assert first.body == second.body == PAGE
    assert len(pages.asked) == 1
    assert b"x-panoh-cache" not in first.headers.keys() | second.headers.keys()


@pytest.mark.parametrize("header", ["cookie", "authorization", "hx-request"])
def test_who_brings_something_personal_gets_a_page_of_their_own(front: Front, pages: Pages, header: str) -> None:
    ask(front, "/uz/")
    ask(front, "/uz/", headers={header: "x=1"})
    assert len(pages.asked) == 2


def test_those_who_like_their_pages_alike_read_the_same_kept_page(front: Front, pages: Pages) -> None:
    for likes in ("view=uz.dark", "view=uz.dark", "view=uz.large.more", ""):
        ask(front, "/uz/", headers={"cookie": likes} if likes else {})
    assert len(pages.asked) == 3
    packed = ask(front, "/uz/", headers={"cookie": "view=uz.dark", "accept-encoding": "br"})
    assert packed.headers[b"content-encoding"] == b"br"


@pytest.mark.parametrize(
    "cookie", ["view=uz.dark; talk=1", "talk=1; view=uz", "view=UZ", "view=a%20b", "review=uz", ""]
)
def test_any_other_cookie_makes_a_page_personal(front: Front, pages: Pages, cookie: str) -> None:
    for _ in range(2):
        ask(front, "/uz/", headers={"cookie": cookie})
    assert len(pages.asked) == 2


def test_a_page_that_sets_a_cookie_is_never_kept(front: Front, pages: Pages) -> None:
    pages.headers.append(("Set-Cookie", "talk=1"))
    ask(front, "/uz/")
    ask(front, "/uz/")
    assert len(pages.asked) == 2


def test_a_page_that_did_not_ask_to_be_kept_is_not(front: Front, pages: Pages) -> None:
    pages.headers.pop()
    ask(front, "/uz/")
    ask(front, "/uz/")
    assert len(pages.asked) == 2


def test_a_kept_page_goes_stale(front: Front, pages: Pages) -> None:
    now = 0.0
    front.cache.clock = lambda: now
    ask(front, "/uz/")
    now = 30.0
    ask(front, "/uz/")
    assert len(pages.asked) == 2


def test_hosts_do_not_share_a_kept_page(front: Front, pages: Pages) -> None:
    ask(front, "/uz/")
    ask(front, "/uz/", headers={"host": "elsewhere"})
    assert len(pages.asked) == 2


def test_a_kept_page_travels_compressed_to_who_can_read_that(front: Front) -> None:
    ask(front, "/uz/")
    answer = ask(front, "/uz/", headers={"accept-encoding": "gzip, br"})
    assert answer.headers[b"content-encoding"] == b"br"
    assert brotli.decompress(answer.body) == PAGE


def test_the_cache_stays_within_its_bounds(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panoh.doors.live.pagecache.MOST_PAGES", 3)
    for number in range(9):
        ask(front, f"/uz/{number}")
    assert len(front.cache.pages) == 3
    assert front.cache.bytes == sum(page.size for page in front.cache.pages.values())


def test_every_answer_carries_the_safe_headers(front: Front) -> None:
    for path in ("/uz/", "/static/a.0123456789ab.css", "/live/talk/"):
        assert SAFE_HEADERS.keys() <= ask(front, path).headers.keys()


def test_the_policy_a_page_sets_itself_is_left_alone(front: Front, pages: Pages) -> None:
    pages.headers.append(("Content-Security-Policy", "default-src 'self'"))
    assert ask(front, "/uz/").headers[b"content-security-policy"] == b"default-src 'self'"


def test_a_static_file_comes_compressed_for_ever_and_without_django(front: Front, pages: Pages) -> None:
    answer = ask(front, "/static/a.0123456789ab.css", headers={"accept-encoding": "br"})
    assert brotli.decompress(answer.body) == b"p{}"
    assert b"immutable" in answer.headers[b"cache-control"]
    again = ask(front, "/static/a.0123456789ab.css", headers={"if-none-match": answer.headers[b"etag"].decode()})
    assert again.status == 304
    assert not pages.asked


@pytest.mark.parametrize("path", ["/static/../secret", "/static/..%2fsecret", "/static//etc/passwd"])
def test_a_path_outside_is_not_a_static_file(front: Front, pages: Pages, path: str) -> None:
    ask(front, path)
    assert len(pages.asked) == 1


def test_a_body_reaches_the_page_whole(front: Front, pages: Pages) -> None:
    ask(front, "/uz/talk/", method="POST", parts=[b"salom ", b"dunyo"])
    assert pages.asked[0]["body"] == b"salom dunyo"
    assert pages.asked[0]["CONTENT_LENGTH"] == "11"


def test_ten_megabytes_are_refused_calmly_and_no_page_is_asked(front: Front, pages: Pages) -> None:
    announced = ask(front, "/uz/talk/", method="POST", headers={"content-length": "10485760"}, parts=[b"a"] * 10)
    unannounced = ask(front, "/uz/talk/", method="POST", parts=[b"a" * MOST_BODY, b"a"] * 5)
    assert announced.status == unannounced.status == 413
    assert announced.body == b"413 /uz/talk/"
    assert not pages.asked


def test_only_the_page_for_pictures_takes_more_than_a_mebibyte(
    front: Front, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front_module, "SWALLOW_SECONDS", 0.1)
    two, nine = [b"a" * MOST_BODY] * 2, [b"a" * MOST_BODY] * 9
    assert ask(front, "/uz-cyrl/report/files/", method="POST", parts=two).status == 200
    assert len(pages.asked[0]["body"]) == 2 * MOST_BODY
    announced = {"content-length": str(2 * MOST_BODY)}
    assert ask(front, "/uz/report/files/", method="POST", headers=announced, parts=two).status == 200
    asked = len(pages.asked)
    assert ask(front, "/uz/report/files/", method="POST", parts=nine).status == 413
    for path in ("/uz/report/say/", "/uz/report/files/1/", "/desk/x/report/files/", "/report/files/"):
        assert ask(front, path, method="POST", parts=two).status == 413
    assert len(pages.asked) == asked


def test_a_photo_for_an_album_may_have_thirteen_mebibytes_and_two_hundred_are_refused_unread(
    front: Front, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front_module, "SWALLOW_SECONDS", 0.1)
    there = "/desk/albums/open-day/photos/add/"
    assert ask(front, there, method="POST", parts=[b"a" * MOST_BODY] * 12).status == 200
    announced = {"content-length": str(200 * MOST_BODY)}
    assert ask(front, there, method="POST", headers=announced, parts=[b"a"]).status == 413
    assert ask(front, "/desk/albums/open-day/edit/", method="POST", parts=[b"a" * MOST_BODY] * 2).status == 413
    assert len(pages.asked) == 1


def test_a_sender_that_dawdles_holds_no_thread(front: Front, pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_module, "BODY_SECONDS", 0.05)

    async def dawdle() -> int:
        scope = {"type": "http", "method": "POST", "path": "/", "raw_path": b"/", "query_string": b"", "headers": []}
        said: list[Any] = []

        async def never() -> Any:
            await asyncio.sleep(60)

        async def send(message: Any) -> None:
            said.append(message)

        await front(scope, never, send)
        return int(said[0]["status"])

    assert asyncio.run(dawdle()) == 408
    assert not pages.asked


def test_more_pages_than_can_wait_are_asked_to_come_back(front: Front, pages: Pages) -> None:
    pages.gate = threading.Event()

    async def crowd() -> list[int]:
        waiting = [asyncio.create_task(fetch(front, f"/uz/{number}")) for number in range(5)]
        await asyncio.sleep(0.1)
        assert pages.gate
        pages.gate.set()
        return sorted(answer.status for answer in await asyncio.gather(*waiting))

    assert asyncio.run(crowd()) == [200, 200, 503, 503, 503]


def test_large_bodies_that_wait_are_bounded_by_their_bytes(front: Front, pages: Pages) -> None:
    front.pages.most_waiting, front.pages.most_bytes = 9, 100

    async def crowd() -> list[int]:
        pages.gate = threading.Event()
        waiting = [
            asyncio.create_task(fetch(front, "/uz/", method="POST", parts=[b"x" * size])) for size in (300, 60, 0)
        ]
        await asyncio.sleep(0.2)
        small = asyncio.create_task(fetch(front, "/uz/", method="POST", parts=[b"x" * 20]))
        await asyncio.sleep(0.1)
        assert pages.gate
        pages.gate.set()
        return [(await task).status for task in [*waiting, small]]

    assert asyncio.run(crowd()) == [200, 503, 200, 503]
    assert front.pages.bytes == front.pages.waiting == 0
    assert ask(front, "/uz/", method="POST", parts=[b"x" * 80]).status == 200


def test_a_stranger_cannot_say_that_somebody_else_is_asking(front: Front, pages: Pages) -> None:
    forged = {"x-forwarded-proto": "https", "x-forwarded-for": "10.0.0.1"}
    ask(front, "/uz/1", headers=forged, peer="203.0.113.9")
    ask(front, "/uz/2", headers=forged)
    assert "HTTP_X_FORWARDED_PROTO" not in pages.asked[0]
    assert pages.asked[1]["HTTP_X_FORWARDED_PROTO"] == "https"


def test_a_header_with_an_underscore_cannot_pass_for_another(front: Front, pages: Pages) -> None:
    ask(front, "/uz/", headers={"x_forwarded_proto": "https"})
    assert "HTTP_X_FORWARDED_PROTO" not in pages.asked[0]


def test_a_long_answer_leaves_in_parts_and_in_order(front: Front, pages: Pages) -> None:
    whole = b"".join(bytes([65 + number]) * 200_000 for number in range(5))

    def long_page(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        start("200 OK", [("X-Panoh-Cache", "30")])
        return (whole[at : at + 200_000] for at in range(0, len(whole), 200_000))

    front.pages.pages = long_page
    assert ask(front, "/uz/").body == whole
    assert not front.cache.pages


def test_the_emulator_does_not_hold_up_the_end(front: Front) -> None:
    async def wait_for_news(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(60)

    async def ask_and_end() -> Answer:
        front.emulator = wait_for_news
        asking = asyncio.create_task(fetch(front, "/emulator/bot1/getUpdates"))
        await asyncio.sleep(0.05)
        front.drain()
        return await asyncio.wait_for(asking, 1)

    assert asyncio.run(ask_and_end()).status == 503


async def _read_before_and_after_a_publishing(front: Front) -> None:
    begun, over = asyncio.Event(), asyncio.Event()

    async def receive() -> dict[str, str]:
        if begun.is_set():
            await over.wait()
        begun.set()
        return {"type": "lifespan"}

    async def send(_: Any) -> None:
        pass

    living = asyncio.create_task(front({"type": "lifespan"}, receive, send))
    await asyncio.sleep(0.2)
    await fetch(front, "/uz/guide/")
    await fetch(front, "/uz/guide/")
    front.edition = lambda: "second"
    await asyncio.sleep(1.3)
    await fetch(front, "/uz/guide/")
    over.set()
    await living


def test_a_publishing_empties_the_cache_within_two_seconds(front: Front, pages: Pages) -> None:
    front.edition = lambda: "first"
    asyncio.run(_read_before_and_after_a_publishing(front))
    assert len(pages.asked) == 2


def test_a_page_that_was_made_before_a_publishing_is_not_kept_after_it(front: Front, pages: Pages) -> None:
    pages.gate = threading.Event()

    async def late() -> None:
        asking = asyncio.create_task(fetch(front, "/uz/guide/"))
        await asyncio.sleep(0.1)
        front.cache.clear()
        assert pages.gate
        pages.gate.set()
        await asking

    asyncio.run(late())
    assert not front.cache.pages


def test_the_first_reader_of_a_page_that_may_be_kept_has_it_packed_too(front: Front) -> None:
    first = ask(front, "/uz/guide/", headers={"accept-encoding": "br"})
    second = ask(front, "/uz/guide/", headers={"accept-encoding": "br"})
    assert first.headers[b"content-encoding"] == b"br"
    assert first.body == second.body
    assert brotli.decompress(first.body) == PAGE
    assert b"content-encoding" not in ask(front, "/uz/guide/", headers={"cookie": "a=b"}).headers
