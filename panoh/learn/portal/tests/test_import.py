from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from panoh.ground.search import public as search
from panoh.learn.portal.errors import ContentError
from panoh.learn.portal.models import Sheet
from panoh.learn.portal.services import Imported, import_content
from panoh.learn.portal.tree import Tree

from .conftest import write_page

pytestmark = pytest.mark.django_db


def test_a_folder_is_published_in_every_language_and_script(folder: Path) -> None:
    assert import_content(folder) == Imported(8, 0, 0)
    assert set(Sheet.objects.values_list("language", flat=True)) == {"uz", "uz-cyrl", "ru", "en"}


def test_publishing_again_changes_nothing(folder: Path) -> None:
    import_content(folder)
    before = list(Sheet.objects.order_by("pk").values())
    assert import_content(folder) == Imported(0, 8, 0)
    assert list(Sheet.objects.order_by("pk").values()) == before


def test_one_changed_file_publishes_that_page_and_its_other_script(folder: Path) -> None:
    import_content(folder)
    path = folder / "uz" / "guidance" / "second.md"
    path.write_text(path.read_text().replace("Matn", "Yangi matn"))
    assert import_content(folder) == Imported(2, 6, 0)
    assert "Янги матн" in Sheet.objects.get(code="second", language="uz-cyrl").body


def test_a_page_that_left_the_tree_leaves_the_street_and_the_index(folder: Path) -> None:
    import_content(folder)
    index = folder / "portal" / "pages.toml"
    index.write_text("\n".join(line for line in index.read_text().splitlines() if "second" not in line))
    for path in folder.rglob("*.md"):
        path.unlink() if "second" in path.name else path.write_text(
            path.read_text().replace("(page:second)", "(door:talk)")
        )
    assert import_content(folder).removed == 4
    assert not Sheet.objects.filter(code="second").exists()
    assert not [one for one in search.find("second", "uz") if one.thing == "guidance:second"]


@pytest.mark.parametrize(
    ("name", "find", "put", "said"),
    [
        ("uz/guidance/first.md", "page:second", "page:third", "uz/guidance/first.md: line 13: no page is called third"),
        ("ru/guidance/first.md", 'title = "Sahifa first"', 'title = ""', "ru/guidance/first.md: title is missing"),
        ("en/guidance/second.md", "(page:second)", "(http://x.test)", "en/guidance/second.md: a link leads to"),
        ("en/guidance/second.md", "+++\n\n##", "\n\n##", "en/guidance/second.md: line"),
        ("uz/guidance/second.md", 'reviewed_by = ""', 'reviewed_by = "Ona"', "a review has a name and a day"),
        ("portal/pages.toml", '"9-12"', '"40"', "ages that there are not: 40"),
        ("portal/pages.toml", "children", "aliens", "there is no audience 'aliens'"),
    ],
)
def test_one_fault_says_where_it_is_and_nothing_is_published(
    folder: Path, name: str, find: str, put: str, said: str
) -> None:
    path = folder / name
    assert find in path.read_text()
    path.write_text(path.read_text().replace(find, put))
    with pytest.raises(ContentError, match=said.replace("(", r"\(")):
        import_content(folder)
    assert not Sheet.objects.exists()


def test_a_missing_language_and_a_stray_file_are_faults(folder: Path) -> None:
    (folder / "ru" / "guidance" / "second.md").unlink()
    write_page(folder, "uz", "stray")
    faults = Tree(folder).faults
    assert "ru/guidance/second.md: the file is missing" in faults
    assert any("uz/guidance/stray.md" in fault for fault in faults)


def test_the_command_says_every_fault_and_that_nothing_was_published(folder: Path) -> None:
    (folder / "ru" / "guidance" / "second.md").unlink()
    with pytest.raises(CommandError, match=r"Nothing was published.\nru/guidance/second.md"):
        call_command("content", "import", folder)


def test_what_a_person_reviewed_in_one_script_is_not_reviewed_in_the_other(folder: Path) -> None:
    write_page(folder, "uz", "second", by="Malika Yusupova", on="2026-11-01")
    import_content(folder)
    assert Sheet.objects.get(code="second", language="uz").reviewed_by == "Malika Yusupova"
    assert Sheet.objects.get(code="second", language="uz-cyrl").reviewed_by == ""


def test_the_content_of_the_house_has_no_fault() -> None:
    assert Tree(settings.CONTENT_DIR).faults == []


def test_the_content_of_the_house_is_whole_in_three_languages() -> None:
    tree: Any = Tree(settings.CONTENT_DIR)
    guidance = [leaf for leaf in tree.leaves if leaf.kind == "guidance"]
    for language in ("uz", "ru", "en"):
        assert len([leaf for leaf in guidance if leaf.language == language]) >= 60
    quiet = {leaf.code for leaf in guidance if leaf.audience == "children" and leaf.quiet}
    assert quiet == {leaf.code for leaf in guidance if leaf.language == "kaa"}
