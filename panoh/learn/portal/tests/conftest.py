"""A small content folder that is right, to be spoilt by the tests."""

from pathlib import Path

import pytest

PAGE = """+++
title = "{title}"
summary = "Qisqa mazmun"
now = ["Toʻxtang.", "Kattalarga ayting."]
sources = []
confirm = []
reviewed_by = "{by}"
reviewed_on = "{on}"
+++

## Bir

Matn **muhim** soʻz bilan va [ikkinchi sahifa](page:second).
"""
INDEX = """
[audiences.children]
pages = [
  { slug = "first", ages = ["9-12"], risks = ["contract/cross"], quiet = true, easy = true },
  { slug = "second", ages = ["13-17"], risks = ["contract/cross"] },
]
"""


def write_page(folder: Path, language: str, slug: str, *, by: str = "", on: str = "") -> None:
    path = folder / language / "guidance" / f"{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAGE.format(title=f"Sahifa {slug}", by=by, on=on), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "portal").mkdir()
    (tmp_path / "portal" / "pages.toml").write_text(INDEX)
    for language in ("uz", "ru", "en"):
        for slug in ("first", "second"):
            write_page(tmp_path, language, slug)
        easy = tmp_path / language / "guidance" / "first.easy.md"
        easy.write_text('+++\ntitle = "Oson"\n+++\n\nQisqa gap.\n', encoding="utf-8")
    return tmp_path
