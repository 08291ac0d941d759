"""Whom to call, for what leaves the house on paper or in a file: verified numbers, and where the newest ones stand."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from panoh.ground.languages.public import word
from panoh.ground.organisations.public import numbers_to_call


def calls(language: str) -> list[str]:
    """A line each. An example that nobody verified is never printed."""
    lines = [f"{one.name}: {one.number}" for one in numbers_to_call(language) if not one.is_example]
    with translation.override(language):
        address = settings.PUBLIC_URL + reverse("talk:numbers")
    return [*lines, word("play.danger_where", language, link=address)]
