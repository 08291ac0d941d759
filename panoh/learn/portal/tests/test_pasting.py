"""What comes out of a word processor becomes plain Markdown, or is refused by name."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from panoh.learn.portal.pasting import PastedError, as_markdown, has_markup

WORD = """<html xmlns:o="urn:x"><head><style>p.MsoNormal {margin:0}</style></head><body>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings></o:OfficeDocumentSettings></xml><![endif]-->
<h1 style='mso-pagination:none'>Birinchi telefon<o:p></o:p></h1>
<p class=MsoNormal><span lang=UZ style='font-size:12.0pt'>Bola <b>tayyor</b>
yoki yoʻq.</span></p>
<ul><li>Bir</li><li>Ikki <a href="https://x.test/a">manzil haqida</a></li></ul>
<p><a href="javascript:alert(1)">yomon</a> &amp; yaxshi</p></body></html>"""


def test_a_page_of_a_word_processor_becomes_headings_lists_and_links() -> None:
    assert as_markdown(WORD) == (
        "## Birinchi telefon\n\nBola **tayyor** yoki yoʻq.\n\n- Bir\n- Ikki [manzil haqida](https://x.test/a)\n\n"
        "yomon & yaxshi\n"
    )


def test_a_numbered_list_keeps_its_numbers() -> None:
    assert as_markdown("<ol><li>Bir</li><li>Ikki</li></ol>") == "1. Bir\n2. Ikki\n"


def test_markdown_with_one_pasted_tag_keeps_its_lines() -> None:
    assert (
        as_markdown("## Bir\n\n- a\n- b\n\nMatn <b>muhim</b> soʻz.") == "## Bir\n\n- a\n- b\n\nMatn **muhim** soʻz.\n"
    )


@pytest.mark.parametrize("tag", ["script", "iframe", "table", "img", "form", "svg"])
def test_what_has_no_plain_form_is_refused_by_name(tag: str) -> None:
    with pytest.raises(PastedError, match=tag):
        as_markdown(f"<p>a</p><{tag} src=x>b</{tag}>")


@pytest.mark.parametrize("text", ["2 < 3 va 5 > 4", "a <3 b", "[soʻz](page:first)"])
def test_plain_words_are_not_taken_for_markup(text: str) -> None:
    assert not has_markup(text)


@example("<![;")
@example("<![")
@given(st.text(alphabet="<>/ab =\"'!-[]()&;\n", max_size=60))
def test_nothing_that_is_pasted_breaks_it(text: str) -> None:
    try:
        as_markdown(text)
    except PastedError:
        pass
