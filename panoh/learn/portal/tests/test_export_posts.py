"""Posts go from files into the browser and back; whoever changed them last is never overwritten silently."""

from datetime import timedelta
from pathlib import Path

import pytest

from panoh.ground.accounts.public import User
from panoh.learn.portal import post_rows
from panoh.learn.portal.models import Sheet, Writing
from panoh.learn.portal.services import export_content, import_content, publish_writing, start_translation
from panoh.learn.portal.tree import Tree

from .test_export import texts
from .test_posts import TODAY, alert, write_post
from .test_writing import browser, of
from .test_writing_posts import GAME, KIT, NEWS, add, day
from .writers import post_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(folder: Path) -> Path:
    alert(folder, "trick", first=0, last=1)
    with open(folder / "portal" / "posts.toml", "a", encoding="utf-8") as rows:
        rows.write("# What the news are about.\n")
    write_post(folder, "news", "first-news", index=f'date = "{TODAY}"  # a day\nexpires = "{day(90)}"\ntags = ["a"]')
    import_content(folder)
    export_content(folder, folder)  # as the house writes its files
    import_content(folder)
    return folder


def row(folder: Path, slug: str) -> str:
    rows = (folder / "portal" / "posts.toml").read_text().split("[[")
    return next(one for one in rows if f'slug = "{slug}"' in one)


def test_files_and_browser_say_the_same_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    to = tmp_path / "out"
    assert (export_content(folder, to).written, export_content(to, to).written) == (0, 0)
    assert texts(to) == {name: held for name, held in texts(folder).items() if not name.startswith("out/")}
    again = import_content(to)
    assert (again.written, again.removed, again.kept) == (0, 0, ())


def test_facts_changed_in_the_browser_reach_their_row_and_nothing_else(folder: Path, editor: User) -> None:
    post_form(browser(editor), of("first-news"), "action-publish", expires="", tags="a, b", date=day(-1))
    post_form(browser(editor), of("trick"), "action-publish", valid_to=day(9), now="Ochmang.")
    kept = row(folder, "trick")
    assert export_content(folder, folder).written == 2
    assert f'date = "{day(-1)}"  # a day\ntags = ["a", "b"]\n' in row(folder, "first-news")
    assert "expires" not in row(folder, "first-news")
    assert row(folder, "trick") == kept.replace(day(1), day(9))
    assert kept.endswith("# What the news are about.\n\n")
    assert "Ochmang." in (folder / "uz" / "alerts" / "trick.md").read_text()
    assert export_content(folder, folder).written == 0
    done = import_content(folder)
    assert done.kept == ()
    assert Sheet.objects.get(kind="alert", language="ru").shown_until == TODAY + timedelta(days=9)
    assert of("trick").imported == of("trick").fingerprint
    assert import_content(folder).written == 0


def test_an_import_keeps_the_browsers_post_unless_files_shall_win(folder: Path, editor: User) -> None:
    post_form(browser(editor), of("first-news"), "action-publish", body="Brauzerdagi matn.", tags="b")
    path = folder / "uz" / "news" / "first-news.md"
    path.write_text(path.read_text().replace("Matn", "Fayldagi matn"))
    # The tag is one for all languages: none of them is the file's any more.
    assert set(import_content(folder).kept) == {f"{language}/news/first-news" for language in ("uz", "ru", "en")}
    assert "Brauzerdagi" in Sheet.objects.get(code="first-news", language="uz").body
    assert of("first-news").facts["tags"] == ["b"]
    assert import_content(folder, take_files=True).kept == ()
    assert "Fayldagi" in Sheet.objects.get(code="first-news", language="uz").body
    assert of("first-news").facts["tags"] == ["a"]
    assert of("first-news").get_latest_revision_as_object().facts["tags"] == ["a"]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("news", NEWS), ("campaign", KIT), ("resource", GAME | {"expires": day(3)})],
)
def test_a_post_born_in_the_browser_gets_its_row_when_it_is_whole(
    folder: Path, editor: User, kind: str, fields: dict[str, str]
) -> None:
    code = fields["code"]
    add(editor, kind, fields)
    assert export_content(folder, folder).left_out == (code,)
    assert code not in (folder / "portal" / "posts.toml").read_text()
    assert import_content(folder).kept == ()
    for language in ("ru", "en"):
        made = start_translation(of(code), language, by=editor)
        post_form(browser(editor), made, "action-publish")
    assert export_content(folder, folder).left_out == ()
    assert Tree(folder).faults == []
    leaves = {leaf.language: leaf for leaf in Tree(folder).leaves if leaf.code == code}
    assert leaves["uz"] == of(code).leaf
    done = import_content(folder)
    assert (done.written, done.kept) == (0, ())
    assert export_content(folder, folder).written == 0


def test_a_new_row_stands_behind_the_last_of_its_kind_before_the_comment_of_the_next() -> None:
    text = '[[news]]\nslug = "a"\ndate = "2027-01-01"\n# of alerts\n\n[[alerts]]\nslug = "b"\n'
    made = post_rows.with_row(text, "news", "c", {"date": "2027-02-01", "tags": []})
    assert made == (
        '[[news]]\nslug = "a"\ndate = "2027-01-01"\n\n[[news]]\nslug = "c"\ndate = "2027-02-01"\n'
        '# of alerts\n\n[[alerts]]\nslug = "b"\n'
    )
    assert post_rows.with_row("", "news", "c", {"minutes": 3}) == '[[news]]\nslug = "c"\nminutes = 3\n'
    assert post_rows.with_row(text, "campaign", "d", {}) == f'{text}\n[[campaigns]]\nslug = "d"\n'


def test_a_value_with_brackets_quotes_and_lines_is_replaced_whole() -> None:
    text = '[[resources]]\nslug = "a"\ngroup = "2 \\"to\\" 6"\nages = [\n  "9-12",\n]\nminutes = 5 # about\n'
    made = post_rows.with_row(text, "resource", "a", {"group": "2", "ages": ["13-17"], "minutes": None})
    assert made == '[[resources]]\nslug = "a"\ngroup = "2"\nages = ["13-17"]\n'


def test_a_withdrawn_post_is_published_again_with_its_facts(folder: Path, editor: User) -> None:
    Writing.objects.filter(code="first-news").update(live=False)
    publish_writing(of("first-news"), by=editor)
    assert Sheet.objects.get(code="first-news", language="uz").data["tags"] == ["a"]
