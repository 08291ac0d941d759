"""Files and browser hold the same words; whoever changed them last is never overwritten silently."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from panoh.ground.accounts.public import User
from panoh.learn.portal.models import Sheet, Writing
from panoh.learn.portal.services import export_content, import_content
from panoh.learn.portal.tree import Tree

from .conftest import INDEX, write_page
from .test_writing import browser, of
from .writers import post_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(folder: Any) -> Any:
    (folder / "portal" / "pages.toml").write_text(
        INDEX + '\n[audiences.parents]\npages = [\n  { slug = "third" },\n]\n'
    )
    for language in ("uz", "ru", "en"):
        write_page(folder, language, "third")
    call_command("content", "tidy", folder)
    import_content(folder)
    return folder


def texts(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def change(editor: User, body: str, code: str = "third") -> None:
    post_form(browser(editor), of(code), "action-publish", body=body)


def test_the_content_of_the_house_comes_back_byte_for_byte(tmp_path: Path) -> None:
    import_content(settings.CONTENT_DIR)
    done = export_content(settings.CONTENT_DIR, tmp_path)
    assert (done.written, done.left_out) == (0, ())
    assert texts(tmp_path) == texts(settings.CONTENT_DIR)
    again = import_content(tmp_path)
    assert (again.written, again.removed, again.kept) == (0, 0, ())


def test_a_writing_says_the_same_as_its_files() -> None:
    import_content(settings.CONTENT_DIR)
    leaves = {(leaf.kind, leaf.code, leaf.language): leaf for leaf in Tree(settings.CONTENT_DIR).leaves}
    rows = list(Writing.objects.select_related("locale"))
    assert len(rows) > 500
    assert [row.code for row in rows if row.leaf != leaves[row.kind, row.code, row.language]] == []


def test_what_was_changed_in_the_browser_is_exported_and_then_level_with_its_file(
    folder: Path, tmp_path: Path, editor: User
) -> None:
    to = tmp_path / "out"
    export_content(folder, to)
    change(editor, "Yangi matn.")
    assert export_content(folder, to).written == 1
    assert "Yangi matn." in (to / "uz" / "guidance" / "third.md").read_text()
    assert import_content(to).kept == ()
    assert of("third").imported == of("third").fingerprint
    assert export_content(to, to).written == 0


def test_an_import_keeps_what_was_changed_in_the_browser_and_names_it(folder: Path, editor: User) -> None:
    change(editor, "Yangi matn.")
    path = folder / "uz" / "guidance" / "third.md"
    path.write_text(path.read_text().replace("Matn", "Fayldagi matn"))
    done = import_content(folder)
    assert done.kept == ("uz/guidance/third",)
    assert "Yangi matn." in Sheet.objects.get(code="third", language="uz").body
    assert "Fayldagi" not in of("third").body


def test_take_files_gives_the_file_the_last_word_and_keeps_the_other_in_the_history(folder: Path, editor: User) -> None:
    change(editor, "Yangi matn.")
    path = folder / "uz" / "guidance" / "third.md"
    path.write_text(path.read_text().replace("Matn", "Fayldagi matn"))
    assert import_content(folder, take_files=True).kept == ()
    assert "Fayldagi" in Sheet.objects.get(code="third", language="uz").body
    row = of("third")
    assert "Fayldagi" in row.get_latest_revision_as_object().body
    assert any("Yangi matn." in one.content["body"] for one in row.revisions)


def test_a_draft_is_not_overwritten_by_a_file_that_changed_meanwhile(folder: Path, editor: User) -> None:
    post_form(browser(editor), of("third"), body="Qoralama.")
    assert import_content(folder).kept == ()
    path = folder / "uz" / "guidance" / "third.md"
    path.write_text(path.read_text().replace("Matn", "Fayldagi matn"))
    assert import_content(folder).kept == ("uz/guidance/third",)
    assert of("third").get_latest_revision_as_object().body.strip() == "Qoralama."


def test_a_changed_file_of_an_untouched_page_reaches_the_editors(folder: Path) -> None:
    path = folder / "uz" / "guidance" / "third.md"
    path.write_text(path.read_text().replace("Matn", "Fayldagi matn"))
    assert import_content(folder).kept == ()
    assert "Fayldagi" in of("third").body


def test_a_page_whose_file_is_gone_goes_and_one_changed_in_the_browser_stays(folder: Path, editor: User) -> None:
    change(editor, "Yangi matn.")
    (folder / "portal" / "pages.toml").write_text(INDEX)
    for path in folder.rglob("third.md"):
        path.unlink()
    assert import_content(folder).kept == ("uz/guidance/third",)
    assert {row.language for row in Writing.objects.filter(code="third")} == {"uz"}
    assert set(Sheet.objects.filter(code="third").values_list("language", flat=True)) == {"uz", "uz-cyrl"}


def test_a_page_born_in_the_browser_gets_its_place_when_it_is_whole(folder: Path, tmp_path: Path) -> None:
    for language in ("uz", "ru"):
        born(language)
    to = tmp_path / "out"
    assert export_content(folder, to).left_out == ("fourth",)
    assert "fourth" not in (to / "portal" / "pages.toml").read_text()
    born("en")
    assert export_content(folder, to).left_out == ()
    assert '{ slug = "fourth", risks = ["contract/cross"], quiet = true },' in (to / "portal/pages.toml").read_text()
    assert Tree(to).faults == []
    assert import_content(to).kept == ()


def born(language: str) -> None:
    source = of("third", language)
    source.pk, source.code, source.position, source.imported = None, "fourth", 1, ""
    source.risks, source.quiet = ["contract/cross"], True
    source.fingerprint = source.leaf.fingerprint
    source.save()


def test_a_question_changed_in_the_browser_changes_its_row_and_nothing_else(tmp_path: Path, editor: User) -> None:
    import_content(settings.CONTENT_DIR)
    row = Writing.objects.filter(kind="question", locale__language_code="en").first()
    assert row
    Writing.objects.filter(pk=row.pk).update(body='He said "no" \\ twice.')
    export_content(settings.CONTENT_DIR, tmp_path)
    before = (settings.CONTENT_DIR / "en" / "faq.toml").read_text().splitlines()
    after = (tmp_path / "en" / "faq.toml").read_text().splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed == ['answer = "He said \\"no\\" \\\\ twice."']


def test_the_command_wants_to_know_where_to(folder: Path) -> None:
    with pytest.raises(CommandError, match="--to"):
        call_command("content", "export", folder)
