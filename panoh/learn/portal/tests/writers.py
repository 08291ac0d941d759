"""How the tests write: the form as a browser sends it, with whatever it was given when it was opened."""

import re
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from panoh.learn.portal import recordings
from panoh.learn.portal.models import Writing
from panoh.learn.portal.models.facts import FACT_OF, FACTS_OF

LOADED = re.compile(r'name="(loaded_revision_\w+)" value="([^"]*)"')
FIELDS = (
    "title",
    "summary",
    "now",
    "body",
    "easy_title",
    "easy",
    "sources",
    "confirm",
    "owner",
    "page",
    *recordings.FIELDS,
)


def address(row: Writing) -> str:
    return reverse("wagtailsnippets_portal_writing:edit", args=[row.pk])


def open_form(client: Client, row: Writing) -> dict[str, Any]:
    """What the form holds when it is opened."""
    response = client.get(address(row))
    assert response.status_code == 200, response
    told = Writing.objects.get(pk=row.pk).get_latest_revision_as_object()
    held: dict[str, Any] = {name: getattr(told, name) for name in FIELDS}
    held |= {"audience": told.audience, "position": told.position, "ages": told.ages, "risks": told.risks}
    held |= {"audiences": told.audiences, "review_due": told.review_due or ""}
    for name in FACTS_OF.get(told.kind, ()):
        held[name] = _typed(told.facts.get(FACT_OF.get(name, name), ""), name)
    if told.quiet:
        held["quiet"] = "on"
    return held | {name: unescape(value) for name, value in LOADED.findall(response.content.decode())}


def _typed(fact: Any, name: str) -> Any:
    """As a browser holds it: lines in a box, words with commas, ticks one by one."""
    if name == "resources":
        return fact or []
    if not isinstance(fact, list):
        return fact
    return (", " if name == "tags" else "\n").join(fact)


def post_form(
    client: Client, row: Writing, action: str = "", *, loaded: dict[str, Any] | None = None, **fields: Any
) -> str:
    """Open, change, send, and read what comes of it."""
    form = {**(loaded if loaded is not None else open_form(client, row)), **fields}
    if action:
        form[action] = "1"
    return client.post(address(row), form, follow=True).content.decode()


def ask(client: Client, row: Writing, **fields: Any) -> None:
    """Ask somebody to read it."""
    post_form(client, row, "action-submit", **fields)
    assert Writing.objects.get(pk=row.pk).workflow_in_progress
