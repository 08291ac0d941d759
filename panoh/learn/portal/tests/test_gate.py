"""Wagtail's own addresses: open to editors alone, and only those that the desk needs."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, reverse

from panoh.ground.accounts.public import User
from panoh.learn.portal import editing_urls
from tests.test_headers import LOADS

pytestmark = pytest.mark.django_db
GIVEN = {"pk": "1", "revision_id": 1, "app_label": "portal", "model_name": "writing", "action": "delete", "slug": "x",
         "app_name": "portal", "revision_id_a": "1", "revision_id_b": "2", "action_name": "approve"}  # fmt: skip
SHARED = {"wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "wagtailadmin_dismissibles"}
INLINE_SCRIPT = re.compile(r"<script(?![^>]*(?:\bsrc=|application/json))|\son[a-z]+=\"|javascript:", re.I)
OPEN_TO_EDITORS = {"list", "list_results", "add", "preview_on_add"}


def every(patterns: list[URLPattern | URLResolver] | None = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every address of Wagtail's that can be built, by name."""
    for item in patterns if patterns is not None else editing_urls.urlpatterns:
        if isinstance(item, URLResolver):
            yield from every(item.url_patterns, f"{prefix}{item.namespace}:" if item.namespace else prefix)
        elif item.name:
            name = f"{prefix}{item.name}"
            try:
                yield name, reverse(name, kwargs={one: GIVEN.get(one, 1) for one in item.pattern.regex.groupindex})
            except NoReverseMatch:
                continue


def test_there_are_many_of_them_and_all_lie_below_the_desk() -> None:
    addresses = dict(every())
    assert len(addresses) > 100
    assert all(address.startswith("/desk/pages/edit/") for address in addresses.values())


def test_a_stranger_is_sent_to_our_own_sign_in_from_every_one(client: Client) -> None:
    for name, address in every():
        response = client.get(address)
        assert response.status_code == 302, name
        assert response["Location"].startswith("/accounts/login/?next="), name


def test_who_is_no_editor_gets_403_everywhere(client: Client, counsellor: User) -> None:
    client.force_login(counsellor)
    assert {client.get(address).status_code for _name, address in every()} == {403}


def test_an_editor_finds_no_pages_accounts_api_or_mail_behind_it(client: Client, editor: User) -> None:
    client.force_login(editor)
    for name, address in every():
        answer = client.get(address)
        if name.startswith("wagtailsnippets_portal_writing:"):
            verb = name.partition(":")[2]
            good = {200} if verb in OPEN_TO_EDITORS else {302, 404, 405}
            assert answer.status_code in good, (name, answer.status_code)
        elif name in {"wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_logout"}:
            assert answer["Location"] in {"/desk/pages/", "/desk/people/me/", "/accounts/logout/"}, name
        elif name not in SHARED:
            assert answer.status_code in {404, 405}, name


def test_the_policy_is_looser_for_styles_only_and_only_there(client: Client, editor: User) -> None:
    client.force_login(editor)
    response = client.get(reverse("wagtailsnippets_portal_writing:list"))
    parts = dict(one.strip().split(" ", 1) for one in response["Content-Security-Policy"].split(";") if one.strip())
    assert parts["script-src"] == parts["connect-src"] == parts["frame-src"] == "'self'"
    assert parts["default-src"] == parts["base-uri"] == parts["frame-ancestors"] == "'none'"
    assert "unsafe" not in parts["script-src"]
    assert "unsafe" not in client.get(reverse("portal_desk:pages"))["Content-Security-Policy"]


def test_the_editing_page_loads_nothing_from_another_house_and_runs_nothing_inline(
    client: Client, editor: User
) -> None:
    client.force_login(editor)
    page = client.get(reverse("wagtailsnippets_portal_writing:add") + "?locale=uz&kind=alert").content.decode()
    loaded = ["".join(found) for found in LOADS.findall(page)]
    assert loaded
    assert all(not urlsplit(one).netloc for one in loaded)
    assert not INLINE_SCRIPT.search(page)


def test_it_is_kept_in_no_cache(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert "no-store" in client.get(reverse("wagtailsnippets_portal_writing:list"))["Cache-Control"]
