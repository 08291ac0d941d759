"""The screens of Wagtail that an editor meets, read in Uzbek."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import polib
import pytest
import wagtail
from django.conf import settings
from django.contrib import humanize
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from panoh.ground.accounts.public import User
from panoh.learn.portal.models import Writing
from panoh.learn.portal.services import import_content

from .conftest import INDEX, write_page
from .test_writing import APPROVE, browser, of
from .writers import post_form

pytestmark = pytest.mark.django_db
OURS = "wagtailsnippets_portal_writing:"
WORDS = Path(settings.LOCALE_PATHS[1])
LIBRARIES = [Path(one.__path__[0]) for one in (wagtail, humanize)]
NAMED = re.compile(r'(?:aria-label|title|placeholder|data-w-tooltip-content-value)="([^"]+)"')
NEVER_TRANSLATED = '<nav aria-label="Actions"'  # of Wagtail's header, in every language
ENGLISH = re.compile(
    r"\b(the|and|of|this|is|with|not|ago|now|save|draft|publish|published|unpublish|history|status|locale|lock|locked|"
    r"unlock|preview|search|filter|select|submit|submitted|cancel|workflow|edit|editing|view|compare|changes|toggle|"
    r"actions|comment|show|sort|live|used|log out|moderation|version|previous|next|current|delete|add|no|yes|"
    r"requested|started|task|tasks|fields|user|date|details|loading|errors|reviewers|pair|eyes)\b",
    re.IGNORECASE,
)


def there(name: str, *args: Any) -> str:
    return reverse(f"{OURS}{name}", args=args)


def walked(mine: Client, other: Client) -> Iterator[tuple[str, str]]:
    """Every screen on the way of a page from its first draft to the street and back: its name and what it shows."""

    def see(name: str, *args: Any, by: Client = mine, **asked: Any) -> tuple[str, str]:
        answer = by.get(there(name, *args), asked)
        assert answer.status_code == 200, (name, answer.status_code)
        return name, answer.content.decode()

    row: Writing = of("second")
    yield see("list")
    yield see("list", q="second", kind="guidance")
    yield see("list", q="nothing-like-it")
    yield see("list_results", q="second")
    yield see("add", locale="uz")
    yield "add refused", mine.post(there("add") + "?locale=uz", {"kind": "guidance"}).content.decode()
    yield "edit", mine.get(there("edit", row.pk)).content.decode()
    yield "saved", post_form(mine, row, body="Boshqa matn.")
    yield "refused", post_form(mine, row, body="<script>x()</script>")
    yield "edit a draft", mine.get(there("edit", row.pk)).content.decode()
    yield see("unpublish", row.pk)
    yield "asked", post_form(mine, row, "action-submit", body="Yana boshqa matn.")
    task = of("second").current_workflow_task_state.pk
    yield "edit what waits", other.get(there("edit", row.pk)).content.decode()
    yield see("workflow_action", row.pk, "reject", task, by=other)
    yield see("workflow_action", row.pk, "approve", task, by=other)
    yield see("confirm_workflow_cancellation", row.pk)
    answer = other.post(there("workflow_action", row.pk, "reject", task), {"comment": "Qisqaroq"}, follow=True)
    yield "sent back", answer.content.decode()
    yield "edit what was sent back", mine.get(there("edit", row.pk)).content.decode()
    yield "asked again", post_form(mine, row, "action-submit", body="Qisqaroq matn.")
    yield "read", post_form(other, row, "action-workflow-action", **APPROVE)
    yield "taken away", mine.post(there("unpublish", of("third").pk), follow=True).content.decode()
    yield see("history", row.pk)
    yield see("workflow_history", row.pk)
    yield see("workflow_history_detail", row.pk, row.workflow_states.first().pk)
    older, newer = row.revisions.order_by("pk").values_list("pk", flat=True)[:2]
    yield see("revisions_compare", row.pk, older, newer)
    yield see("revisions_revert", row.pk, older)
    mine.post(there("lock", row.pk))
    yield "locked", mine.get(there("edit", row.pk)).content.decode()
    yield "locked for others", other.get(there("edit", row.pk)).content.decode()


def shown(page: str) -> str:
    """What a person reads or hears of a page: its texts, and the names of its buttons and fields."""
    bare = re.sub(r"(?s)<(script|style)\b.*?</\1>|<!--.*?-->", "", page).replace(NEVER_TRANSLATED, "")
    texts = re.findall(r">([^<>]+)<", bare)
    return " | ".join(" ".join(unescape(one).split()) for one in (*texts, *NAMED.findall(bare)))


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "portal" / "pages.toml").write_text(
        INDEX + '\n[audiences.parents]\npages = [\n  { slug = "third" },\n]\n'
    )
    for language in ("uz", "ru", "en"):
        write_page(folder, language, "third")
    import_content(folder)
    return folder


def test_no_screen_of_the_editors_says_an_english_word(folder: Path, editor: User, person: Any) -> None:
    screens = list(walked(browser(editor), browser(person("editor", name="Bobur"))))
    told = {name: sorted({one.lower() for one in ENGLISH.findall(shown(page))}) for name, page in screens}
    assert {name: words for name, words in told.items() if words} == {}
    assert "Qoralamani saqlash" in shown(dict(screens)["edit"])


@pytest.mark.parametrize(
    ("language", "said"), [("uz", "Saqlanmoqda…"), ("uz-cyrl", "Сақланмоқда…"), ("ru", "Сохранение...")]
)
def test_what_scripts_say_is_in_the_editor_s_language(editor: User, language: str, said: str) -> None:
    editor.language = language
    editor.save()
    page = browser(editor).get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    assert json.dumps(said) in page


@pytest.mark.parametrize("path", sorted(WORDS.glob("*/LC_MESSAGES/*.po")), ids=lambda path: "-".join(path.parts[-3::2]))
def test_every_word_of_ours_belongs_to_a_screen_of_theirs(path: Path) -> None:
    sources = [one for library in LIBRARIES for one in library.glob(f"**/locale/en/LC_MESSAGES/{path.name}")]
    theirs = {entry.msgid for source in sources for entry in polib.pofile(str(source))}
    assert [entry.msgid for entry in polib.pofile(str(path)) if entry.msgid not in theirs] == []


@pytest.mark.parametrize(
    ("language", "said"), [("uz", "3 soat oldin"), ("uz-cyrl", "3 соат олдин"), ("ru", "3 часа назад")]
)
def test_a_moment_ago_is_said_in_the_reader_s_language(language: str, said: str) -> None:
    with override(language):
        assert naturaltime(timezone.now() - timedelta(hours=3, minutes=5)) == said
