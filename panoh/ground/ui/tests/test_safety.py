import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from panoh.ground.ui.safety import came_from_here, quiet, safe_back


def post(**headers: str) -> HttpRequest:
    return RequestFactory().post("/uz/talk/", headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://testserver"},
        {"Referer": "http://testserver/uz/talk/"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    ],
)
def test_our_own_page_may_post(headers: dict[str, str]) -> None:
    assert came_from_here(post(**headers))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "null", "Referer": "http://testserver/"},
        {"Origin": "http://testserver.evil.test"},
        {"Origin": "https://testserver"},
        {"Referer": "http://evil.test/?http://testserver/"},
        {"Referer": "http://[broken"},
    ],
)
def test_another_site_or_silence_may_not(headers: dict[str, str]) -> None:
    assert not came_from_here(post(**headers))


def test_a_form_from_elsewhere_gets_a_calm_answer_and_changes_nothing() -> None:
    browser = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "cross-site"})
    answer = browser.post("/ru/display/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "view" not in answer.cookies
    assert "/ru/talk/" in answer.content.decode()


def test_a_quiet_page_is_kept_nowhere() -> None:
    request = RequestFactory().get("/uz/talk/")
    response = quiet(lambda asked: HttpResponse("words"))(request)
    assert "no-store" in response["Cache-Control"]
    assert request.quiet is True  # type: ignore[attr-defined]


def test_only_a_path_of_this_site_is_a_way_back() -> None:
    assert safe_back("/uz/help/?region=UZ-TK", "/uz/") == "/uz/help/?region=UZ-TK"
    assert safe_back("///evil.test", "/uz/") == "/uz/"
    assert safe_back(None, "/uz/") == "/uz/"


def test_every_answer_refuses_what_no_page_of_ours_needs(client: Client) -> None:
    for path in ("/", "/nowhere/", "/exit/"):
        answer = client.get(path)
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in answer["Permissions-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
