"""Pages written in the browser: drafts, the second pair of eyes, publishing, taking away, translating."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panoh.ground.accounts.public import User
from panoh.ground.audit.public import Entry
from panoh.ground.search import public as search
from panoh.learn.portal import services
from panoh.learn.portal.errors import WritingRefusedError
from panoh.learn.portal.models import Sheet, Writing
from panoh.learn.portal.services import import_content, start_translation, withdraw_writing

from .conftest import INDEX, write_page
from .writers import ask, open_form, post_form

pytestmark = pytest.mark.django_db
APPROVE: dict[str, Any] = {"workflow-action-name": "approve"}


@pytest.fixture
def folder(folder: Any) -> Any:
    """The small folder, with a page that is not for children."""
    (folder / "portal" / "pages.toml").write_text(
        INDEX + '\n[audiences.parents]\npages = [\n  { slug = "third" },\n]\n'
    )
    for language in ("uz", "ru", "en"):
        write_page(folder, language, "third")
    import_content(folder)
    return folder


@pytest.fixture
def second(person: Any) -> User:
    user: User = person("editor", name="Bobur")
    return user


def of(code: str, language: str = "uz") -> Writing:
    return Writing.objects.get(code=code, locale__language_code=language)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def street(code: str, language: str = "uz") -> str:
    return Client().get(f"/{language}/guide/{code}/").content.decode()


def test_an_import_gives_the_editors_every_page_in_every_written_language(folder: Any) -> None:
    assert Writing.objects.count() == 9
    assert {row.language for row in Writing.objects.all()} == {"uz", "ru", "en"}
    assert len({row.translation_key for row in Writing.objects.filter(code="third")}) == 1


def test_a_draft_changes_nothing_on_the_street(folder: Any, editor: User) -> None:
    post_form(browser(editor), of("third"), body="Boshqa matn.")
    assert "Boshqa matn." not in street("third")
    assert of("third").has_unpublished_changes


def test_publishing_puts_the_words_before_the_street_in_every_script_and_into_the_index(
    folder: Any, editor: User
) -> None:
    post_form(browser(editor), of("third"), "action-publish", body="Kutilmagan zilzila.")
    assert "Kutilmagan zilzila." in street("third")
    assert "Кутилмаган зилзила." in street("third", "uz-cyrl")
    assert "guidance:third" in [one.thing for one in search.find("zilzila", "uz")]
    entry = Entry.objects.filter(verb="portal.published", actor=editor.code).get()
    assert (entry.thing, entry.codes["reviewed"]) == ("uz:guidance:third", False)


def test_who_wrote_the_words_cannot_publish_them_to_children(folder: Any, editor: User) -> None:
    page = post_form(browser(editor), of("second"), "action-publish", body="Yolgʻiz matn.")
    assert "Somebody else must read" in page or "boshqa kishi" in page or "Boshqa" in page
    assert "Yolgʻiz matn." not in street("second")
    revision = of("second").save_revision(user=editor)
    with pytest.raises(WritingRefusedError):
        services.publish_writing(_live(of("second"), revision), by=editor)


def test_a_service_refuses_whoever_has_no_role(folder: Any, counsellor: User) -> None:
    for act in (services.publish_writing, withdraw_writing):
        with pytest.raises(WritingRefusedError):
            act(of("third"), by=counsellor)
    with pytest.raises(WritingRefusedError):
        start_translation(of("third"), "kaa", by=counsellor)
    assert Sheet.objects.filter(code="third").count() == 4


def _live(row: Writing, revision: Any) -> Writing:
    Writing.objects.filter(pk=row.pk).update(live_revision=revision, latest_revision=revision)
    return row


def test_a_second_person_publishes_to_children_and_is_named_as_its_reviewer(
    folder: Any, editor: User, second: User
) -> None:
    ask(browser(editor), of("second"), body="Ikki kishilik matn.")
    assert "Ikki kishilik matn." not in street("second")
    post_form(browser(second), of("second"), "action-workflow-action", **APPROVE)
    row = of("second")
    assert (row.reviewed_by, row.reviewed_on) == (second.name, timezone.localdate())
    assert "Ikki kishilik matn." in street("second")
    assert second.name in street("second")
    assert second.name not in street("second", "uz-cyrl")
    assert Entry.objects.filter(verb="writing.workflow.approve", actor=second.code).exists()


def test_who_asked_for_a_second_person_cannot_be_it(folder: Any, editor: User) -> None:
    client = browser(editor)
    ask(client, of("second"), body="Ikki kishilik matn.")
    post_form(client, of("second"), "action-workflow-action", **APPROVE)
    assert "Ikki kishilik matn." not in street("second")
    assert of("second").reviewed_by == ""


def test_who_changes_the_words_while_approving_has_become_their_writer(folder: Any, editor: User, second: User) -> None:
    ask(browser(editor), of("second"), body="Ikki kishilik matn.")
    form = APPROVE | {"body": "Boshqacha matn."}
    post_form(browser(second), of("second"), "action-workflow-action", **form)
    assert "ikkinchi sahifa" in street("second")
    assert "Boshqacha" not in street("second")
    assert "kishilik" not in street("second")


def test_an_error_of_the_checks_keeps_the_words_in_the_form_and_off_the_street(folder: Any, editor: User) -> None:
    page = post_form(browser(editor), of("third"), "action-publish", body="Batafsil [bu yerda](page:first).")
    assert "Batafsil [bu yerda](page:first)." in page
    assert "[bu yerda]" not in of("third").body
    row = of("third")
    row.body = "[bu yerda](page:first)"
    row.save()
    with pytest.raises(WritingRefusedError):
        services.publish_writing(row, by=editor)


def test_pasted_html_becomes_plain_words(folder: Any, editor: User) -> None:
    post_form(browser(editor), of("third"), "action-publish", body='<p class="MsoNormal">Oddiy <b>soʻz</b></p>')
    assert "<strong>soʻz</strong>" in street("third")
    assert "MsoNormal" not in of("third").body


def test_pasted_scripts_are_refused(folder: Any, editor: User) -> None:
    page = post_form(browser(editor), of("third"), "action-publish", body="<script>x()</script>")
    assert "script" in page
    assert "x()" not in street("third")


def test_two_who_write_at_once_both_keep_their_words(folder: Any, editor: User, second: User) -> None:
    slow, fast = browser(second), browser(editor)
    form = open_form(slow, of("third"))
    post_form(fast, of("third"), body="Tezkor matn.")
    page = post_form(slow, of("third"), loaded=form, body="Sekin matn.")
    assert "Sekin matn." in page
    assert of("third").latest_revision.as_object().body == "Tezkor matn."
    post_form(slow, of("third"), body="Sekin matn.")
    assert [one.content["body"] for one in of("third").revisions.order_by("pk")] == ["Tezkor matn.", "Sekin matn."]


def test_a_page_that_is_taken_away_leaves_the_street_in_every_script(folder: Any, editor: User) -> None:
    client = browser(editor)
    assert client.post(reverse("wagtailsnippets_portal_writing:unpublish", args=[of("third").pk])).status_code == 302
    assert set(Sheet.objects.filter(code="third").values_list("language", flat=True)) == {"ru", "en"}
    assert not [one for one in search.find("third", "uz") if one.thing == "guidance:third"]
    assert Entry.objects.filter(verb="portal.withdrawn", actor=editor.code, thing="uz:guidance:third").exists()
    import_content(folder)
    assert not Sheet.objects.filter(code="third", language="uz").exists()


def test_a_translation_begins_as_a_draft_that_nobody_sees(folder: Any, editor: User) -> None:
    response = browser(editor).post(
        reverse("portal_desk:translate"), {"kind": "guidance", "code": "third", "language": "kaa"}
    )
    row = of("third", "kaa")
    assert response["Location"] == reverse("wagtailsnippets_portal_writing:edit", args=[row.pk])
    assert (row.live, row.is_machine, row.translation_key) == (False, True, of("third").translation_key)
    assert not Sheet.objects.filter(code="third", language="kaa").exists()
    assert start_translation(of("third"), "kaa", by=editor).pk == row.pk


def test_a_page_born_in_the_browser_is_published_and_survives_an_import(folder: Any, editor: User) -> None:
    client = browser(editor)
    fields = {"kind": "guidance", "code": "fourth", "audience": "parents", "title": "Yangi", "summary": "Qisqa.",
              "now": "Bir.", "body": "Yangi matn.", "position": "0", "quiet": "", "action-publish": "1"}  # fmt: skip
    address = reverse("wagtailsnippets_portal_writing:add") + "?locale=uz"
    assert client.post(address, {**fields, "locale": "uz"}).status_code == 302
    assert "Yangi matn." in street("fourth")
    assert of("fourth").position == 1
    import_content(folder)
    assert "Yangi matn." in street("fourth")


def test_a_name_is_given_once_in_a_language(folder: Any, editor: User) -> None:
    fields = {"kind": "guidance", "code": "third", "title": "Yangi", "position": "0"}
    response = browser(editor).post(reverse("wagtailsnippets_portal_writing:add") + "?locale=uz", fields)
    assert response.status_code == 200
    assert Writing.objects.filter(code="third").count() == 3


@pytest.mark.parametrize(("mode", "words"), [("uz", "Sahifa third"), ("uz-cyrl", "Саҳифа")])
def test_a_draft_is_previewed_on_the_public_page_in_every_script(
    folder: Any, editor: User, mode: str, words: str
) -> None:
    client = browser(editor)
    address = reverse("wagtailsnippets_portal_writing:preview_on_edit", args=[of("third").pk])
    client.post(address, open_form(client, of("third")))
    response = client.get(address, {"mode": mode, "in_preview_panel": "true"})
    page = response.content.decode()
    assert words in page
    assert 'class="now"' in page
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
