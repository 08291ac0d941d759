"""Every answer, good or bad, carries what keeps its reader safe, and no page asks anything of another house."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from panoh.ground.ui.middleware import POWERS
from tests.routes import ABSENT, FIXED, Route, every_route
from tests.world import Things, World, build, in_talk, open_talk

pytestmark = pytest.mark.django_db
# Where else a page stands is named in its head, whole; no browser loads that.
NAMED = r"""(?! rel="(?:canonical|alternate)")"""
LOADS = re.compile(
    r"""(?:src|srcset|action|poster|data|formaction)\s*=\s*["']([^"']+)|<link""" + NAMED + r"""[^>]+href=["']([^"']+)"""
)
DATA = r"application/(?:ld\+)?json"
INLINE = re.compile(rf"<script(?![^>]*(?:\bsrc=|{DATA}))|<style|\sstyle=|\son[a-z]+=|javascript:", re.I)
# Documents of the issuer of certificates: wallets and verifiers anywhere read them.
PUBLISHED = ("application/did+json", "application/vc+")
NOT_PAGES = {"health", "telegram:webhook"}


def open_addresses() -> list[str]:
    """Addresses of what the street may ask for, without those that only take a POST."""
    with translation.override("uz"):
        return [
            reverse(route.name, kwargs={name: _any(route, name) for name in route.arguments})
            for route in every_route()
            if route.is_open and not route.name.startswith("openid")
        ]


def _any(route: Route, name: str) -> Any:
    """Something of the right kind for an argument."""
    kind = type(route.pattern.pattern.converters.get(name)).__name__
    return ABSENT["uuid"] if kind == "UUIDConverter" else FIXED.get(name, ABSENT["str"])


def directives(response: Any) -> dict[str, list[str]]:
    parts = [part.split() for part in response["Content-Security-Policy"].split(";") if part.strip()]
    return {name: values for name, *values in parts}


def assert_safe(response: Any) -> None:
    policy = directives(response)
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["font-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    is_published = response["Content-Type"].startswith(PUBLISHED)
    assert response["Cross-Origin-Resource-Policy"] == ("cross-origin" if is_published else "same-origin")
    assert all(f"{power}=()" in response["Permissions-Policy"] for power in POWERS)


def is_file(response: Any) -> bool:
    return bool(response["Content-Type"] == "application/octet-stream")


def assert_a_file_runs_nothing(response: Any) -> None:
    """What somebody sent is saved, never shown: whatever is in it runs nowhere and asks for nothing."""
    assert directives(response)["default-src"] == ["'none'"]
    assert "sandbox" in directives(response)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("address", open_addresses())
def test_every_open_door_answers_safely(client: Client, address: str) -> None:
    assert_safe(client.get(address))


@pytest.mark.parametrize("path", ["/uz/nowhere/", "/desk/nowhere/", "/nowhere/", "/static/nowhere.css"])
def test_a_missing_page_is_safe(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code in {302, 404}
    assert_safe(response)


def test_a_refused_page_is_safe(client: Client, stranger: Any) -> None:
    client.force_login(stranger)
    response = client.get("/desk/queue/")
    assert response.status_code == 403
    assert_safe(response)


def test_a_form_from_elsewhere_is_refused_safely() -> None:
    client = Client(enforce_csrf_checks=True)
    for path in ("/uz/talk/say/", "/accounts/login/"):
        response = client.post(path, headers={"sec-fetch-site": "cross-site"})
        assert response.status_code == 403
        assert_safe(response)


@pytest.mark.parametrize(("fault", "status"), [(RuntimeError("secret"), 500), (PermissionDenied("secret"), 403)])
def test_a_broken_page_is_safe_and_says_nothing(monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int) -> None:
    def breaks(*_: object) -> None:
        raise fault

    monkeypatch.setattr("panoh.care.helpline.views.street.numbers_to_call", breaks)
    response = Client(raise_request_exception=False).get("/uz/help/")
    assert response.status_code == status
    assert b"secret" not in response.content
    assert b"Traceback" not in response.content
    assert_safe(response)
    assert "no-store" in response["Cache-Control"]


def test_a_body_that_is_too_big_is_answered_safely() -> None:
    client = Client(headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
    response = client.post("/uz/talk/say/", {"text": "a" * 10_000_000})
    assert response.status_code in {400, 413}
    assert_safe(response)


@pytest.mark.parametrize("path", ["help/", "talk/", "talk/notice/", "talk/back/"])
@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru", "en", "kaa"])
def test_a_page_about_trouble_is_stored_nowhere_and_says_nothing_in_its_tab(
    client: Client, language: str, path: str
) -> None:
    response = client.get(f"/{language}/{path}")
    assert "no-store" in response["Cache-Control"]
    title = re.search(r"<title>([^<]*)</title>", response.content.decode())
    assert title
    assert "Panoh" not in title[1]
    assert b'name="robots" content="noindex' in response.content


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with translation.override("uz"):
        yield build()


def pages_of_staff() -> list[Route]:
    """Routes that show a page behind the sign-in; those that only act answer GET with 405."""
    return [route for route in every_route() if not route.is_open]


def test_every_page_of_the_desk_is_safe_and_stored_nowhere(world: World) -> None:
    for column in ("counsellor", "supervisor", "administrator"):
        client = Client()
        client.force_login(world.people[column])
        for route in pages_of_staff():
            response = client.get(address(route, world.things(column, "own")))
            (assert_a_file_runs_nothing if is_file(response) else assert_safe)(response)
            assert "no-store" in response["Cache-Control"], route.name


def address(route: Route, things: Things) -> str:
    with translation.override("uz"):
        return reverse(route.name, kwargs=route.address(things))


def test_no_page_loads_from_another_house_or_carries_inline_code(world: World) -> None:
    client = Client()
    client.force_login(world.people["supervisor"])
    for route in every_route():
        if route.name in {"leave"} | NOT_PAGES:
            continue
        response = client.get(address(route, world.things("supervisor", "own")))
        is_file = "attachment" in response.get("Content-Disposition", "")  # it is opened far from us
        if is_file or not response.get("Content-Type", "").startswith("text/html"):
            continue
        page = response.content.decode()
        assert not INLINE.search(page), (route.name, INLINE.search(page))
        loaded = ["".join(found) for found in LOADS.findall(page)]
        assert all(not urlsplit(one).netloc for one in loaded), (route.name, loaded)


def test_over_https_the_browser_is_told_to_stay_with_it(rf: RequestFactory, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    response: Any = SecurityMiddleware(lambda _request: HttpResponse())(rf.get("/", secure=True))
    assert response["Strict-Transport-Security"] == "max-age=31536000"


def test_a_waiting_talk_page_is_safe(client: Client) -> None:
    for path in ("now", "code", "end", "delete", "tell", "state"):
        response = in_talk(client, open_talk()).get(f"/uz/talk/{path}/")
        assert response.status_code == 200
        assert_safe(response)
        assert "no-store" in response["Cache-Control"]
