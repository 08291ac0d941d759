"""Every public page of the portal as a parser of the standard reads it: no error, no name given twice, no loose end."""

import re
from collections import Counter
from collections.abc import Iterator

import html5lib
import pytest
from django.conf import settings
from django.test import Client

from panoh.ground.organisations.public import load_numbers
from panoh.learn.portal.models import Sheet
from panoh.learn.portal.queries import address_of
from panoh.learn.portal.services import publish_sheets, with_variants
from panoh.learn.portal.tree import Tree

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ID = re.compile(r'\sid="([^"]*)"')
POINTS = re.compile(r'\s(?:for|aria-labelledby|aria-describedby|aria-controls)="([^"]*)"')
LISTS = ["", "questions/", "tools/", "glossary/", "laws/", "checklists/", "search/", "search/?q=telegram", "offline/",
         "offline/family/", "offline/family.html", "for/children/?age=9-12", "guide/money-tricks/thanks/?more=1",
         "poster/money-tricks/", "guide/something-bad-online/?reading=easy", "nothing/here/"]  # fmt: skip
LISTS += [f"for/{audience}/" for audience in ("children", "parents", "educators", "industry", "policy")]


def test_every_page_is_valid_in_two_languages(client: Client) -> None:
    load_numbers()
    leaves = Tree(settings.CONTENT_DIR).leaves
    publish_sheets(with_variants([one for one in leaves if one.language in {"uz", "ru"}]))
    faults = [
        fault for language in ("ru", "uz-cyrl") for path in addresses(language) for fault in faults_of(client, path)
    ]
    assert not faults, "\n".join(faults[:40])


def addresses(language: str) -> Iterator[str]:
    yield from (f"/{language}/{path}" for path in LISTS)
    yield from sorted({address_of(sheet).partition("#")[0] for sheet in Sheet.objects.filter(language=language)})


def faults_of(client: Client, path: str) -> list[str]:
    page = client.get(path).content.decode()
    said = [f"{path}: {fault}" for fault in errors_of(page)]
    held = Counter(ID.findall(page))
    said += [f"{path}: the id {name} stands {n} times" for name, n in held.items() if n > 1]
    pointed = {name for names in POINTS.findall(page) for name in names.split()}
    said += [f"{path}: something points to {name}, which there is not" for name in pointed - held.keys()]
    return said


def errors_of(page: str) -> list[str]:
    """What the parser of the standard had to guess, with the place."""
    parser = html5lib.HTMLParser()
    parser.parse(page)
    return [f"line {line}, column {column}: {code}" for (line, column), code, _more in parser.errors]


@pytest.mark.parametrize(
    "spoilt", ["<p><div></div></p>", "<p><b>one</p>", '<a href="x" href="y">x</a>', "<table><p>x</p></table>", "</i>"]
)
def test_the_parser_of_this_test_sees_what_is_wrong(spoilt: str) -> None:
    page = f"<!doctype html><html lang=en><head><title>x</title></head><body>{spoilt}</body></html>"
    assert errors_of(page)
