import pytest
from django.conf import settings

from panoh.learn.portal import documents
from panoh.learn.portal.documents import DocumentError

FILES = sorted(settings.CONTENT_DIR.glob("*/*/*.md"))


@pytest.mark.parametrize("language", ["uz", "ru", "en", "kaa"])
def test_every_content_file_says_the_same_after_it_was_written_again(language: str) -> None:
    files = [path for path in FILES if path.parts[-3] == language]
    assert files
    for path in files:
        document = documents.read(path.read_text(encoding="utf-8"))
        assert documents.read(documents.write(document)) == document, path


def test_quotes_backslashes_and_lines_in_a_value_come_back() -> None:
    document = documents.Document({"title": 'A "b" \\ c', "now": ["1\n2", "ʻ"], "easy": True}, "Text\n")
    assert documents.read(documents.write(document)) == document


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("title = 1\n", 1, "begins"),
        ('+++\ntitle = "a"\n', 3, "second line"),
        ('+++\ntitle = "a"\nnow = [\n+++\n\nBody\n', 3, ""),
        ("", 1, "begins"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(DocumentError, match=f"line {line}: .*{reason}"):
        documents.read(text)


def test_html_of_the_writer_stays_text() -> None:
    made = documents.html('<script>alert(1)</script>\n\n<b onclick="x">a</b> [x](javascript:alert(1))', {})
    assert "<script" not in made
    assert "<b " not in made
    assert "href" not in made


def test_links_of_ours_become_addresses_and_lost_ones_become_words() -> None:
    made = documents.html("[a](page:one) [b](page:gone)", {("page", "one"): "/uz/guide/one/"})
    assert made == '<p><a href="/uz/guide/one/">a</a> b</p>'


def test_headings_begin_below_the_title_of_the_page() -> None:
    assert documents.html("# A\n\n## B\n\n#### C", {}) == "<h2>A</h2>\n<h2>B</h2>\n<h3>C</h3>"


def test_a_table_scrolls_in_a_frame_that_the_keyboard_reaches_and_that_is_named() -> None:
    made = documents.html("| Who | What & when |\n|---|---|\n| police | at once |\n", {})
    assert made.startswith(
        '<div class="table-scroll" tabindex="0" role="region" aria-label="Who, What &amp; when"><table>'
    )
    assert made.endswith("</table></div>")
