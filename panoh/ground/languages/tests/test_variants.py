import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .. import variants
from ..errors import UnknownPairError
from ..scripts import to_script
from ..segments import Form
from ..tags import alternates, lang_tag, source_of
from ..turning import to_variant
from .gold import KARAKALPAK, NEW_LETTERS, UNTOUCHED


def html(text: str, variant: str = "uz-cyrl") -> str:
    return to_variant(text, "uz", variant, form="html").text


def markdown(text: str) -> str:
    return to_variant(text, "uz", "uz-cyrl", form="markdown").text


def test_every_variant_of_the_table_has_rules_and_a_version() -> None:
    for code, one in variants.VARIANTS.items():
        assert to_variant("bala", one.source, code).text
        assert variants.rules_version(code).startswith(f"{one.version}-")
        assert source_of(code) == one.source


def test_a_changed_list_of_words_changes_the_version_of_the_rules(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    before = variants.rules_version.__wrapped__("uz-cyrl")
    monkeypatch.setattr(variants, "_RULES", variants._RULES[1:])
    assert variants.rules_version.__wrapped__("uz-cyrl") != before


@pytest.mark.parametrize(("source", "target"), [("ru", "uz-cyrl"), ("uz", "kaa-cyrl"), ("uz", "uz"), ("uz", "")])
def test_an_unknown_pair_is_refused_with_the_pairs_there_are(source: str, target: str) -> None:
    with pytest.raises(UnknownPairError, match="uz ⇄ uz-cyrl"):
        to_variant("salom", source, target)


@pytest.mark.parametrize(("latin", "new"), NEW_LETTERS)
def test_the_letters_of_2026_go_both_ways(latin: str, new: str) -> None:
    assert to_script(latin, "uz-2026") == new
    assert to_script(new, "uz") == latin


@pytest.mark.parametrize(("latin", "cyrillic"), KARAKALPAK)
def test_the_karakalpak_gold_set_passes_in_both_directions(latin: str, cyrillic: str) -> None:
    assert to_variant(latin, "kaa", "kaa-cyrl").text == cyrillic
    assert to_variant(cyrillic, "kaa-cyrl", "kaa").text == latin


@pytest.mark.parametrize("target", ["uz-2026", "kaa-cyrl"])
@pytest.mark.parametrize("kept", UNTOUCHED)
def test_what_is_protected_is_protected_in_every_variant(kept: str, target: str) -> None:
    assert to_script(kept, target) == kept


# --- HTML ----------------------------------------------------------------------------------------------------------


def test_text_and_the_four_attributes_are_turned_and_nothing_else() -> None:
    said = html(
        '<p class="bola" id=salom title="Salom"><img src="bola.jpg" alt=bola><input placeholder=\'Ism\' value="x">'
    )
    assert said == (
        '<p class="bola" id=salom title="Салом"><img src="bola.jpg" alt=бола><input placeholder=\'Исм\' value="x">'
    )
    assert html('<a href="/yordam" aria-label="Yordam">yordam</a>') == '<a href="/yordam" aria-label="Ёрдам">ёрдам</a>'


def test_an_attribute_inside_another_is_not_taken_for_one() -> None:
    tag = "<p data-x=\"title='salom' alt=salom\">"
    assert html(tag) == tag


@pytest.mark.parametrize(
    "kept",
    [
        "<code>salom</code>",
        "<pre>salom <b>salom</b></pre>",
        "<kbd>yozing</kbd>",
        "<script>var salom = 'salom'; if (a<b) {}</script>",
        "<style>.salom { color: red }</style>",
        '<span translate="no" title="salom">salom <b>salom</b></span>',
        '<span lang="ru">salom</span>',
        '<span lang="en" title="hello">hello</span>',
        '<p lang="uz-Cyrl">салом salom</p>',
        "<!-- salom -->",
        "<!DOCTYPE html>",
        "<?php salom ?>",
        "<![CDATA[salom]]>",
        "<![if !salom]>",
        "<![x[>",
    ],
)
def test_what_the_page_says_is_no_uzbek_stays(kept: str) -> None:
    assert html(f"<p>Salom</p>{kept}") == f"<p>Салом</p>{kept}"


def test_inside_what_is_foreign_a_piece_may_be_ours_again() -> None:
    assert html('<p lang="ru">salom <i lang="uz">salom</i></p> salom') == (
        '<p lang="ru">salom <i lang="uz-Cyrl">салом</i></p> салом'
    )
    assert html('<p translate="no">salom <i translate="yes">salom</i></p>') == (
        '<p translate="no">salom <i translate="yes">салом</i></p>'
    )


def test_the_language_of_the_page_is_named_anew() -> None:
    assert html('<html lang="uz-Latn"><p lang=uz>') == '<html lang="uz-Cyrl"><p lang=uz-Cyrl>'
    assert html('<html lang="uz">', "uz-2026") == '<html lang="uz-Latn-x-2026">'


def test_a_word_that_a_tag_cuts_in_two_is_still_one_word() -> None:
    assert html("<b>Telegram</b>da") == "<b>Telegram</b>da"
    assert html("<a href=x>sentabr</a>da, <b>sentabr</b> oyi") == "<a href=x>сентябр</a>да, <b>сентябрь</b> ойи"
    assert html("<b>qo</b>ʻshiq to<i>ʻgʻ</i>ri")[:3] == "<b>"
    assert html("<i>Y</i>evropa").endswith("вропа")
    assert html("<td>sen</td><td>tabr</td>") == "<td>сен</td><td>табр</td>"


def test_the_ending_of_a_name_marked_as_untouchable_stays_with_it() -> None:
    assert html("<span translate=no>Safar</span>da yozing") == "<span translate=no>Safar</span>da ёзинг"
    assert html("<span translate=no>Safar</span> da") == "<span translate=no>Safar</span> да"


@pytest.mark.parametrize("mark", ["&#x27;", "&#39;", "&#039;", "&apos;", "&rsquo;", "&lsquo;", "&#699;", "&#x2BB;"])
def test_an_apostrophe_written_as_a_reference_is_a_letter(mark: str) -> None:
    assert html(f"<p>O{mark}zbekiston bog{mark} &amp; ma{mark}no</p>") == "<p>Ўзбекистон боғ &amp; маъно</p>"


def test_a_quotation_mark_out_of_a_reference_cannot_end_its_attribute() -> None:
    assert html("<p title='U &#39;salom&#39; dedi'>") == "<p title='У &#39;салом&#39; деди'>"


def test_broken_markup_is_handed_back_as_it_came() -> None:
    for broken in ["<p salom", "</", "<b", "5 < 6 &", "<p title='salom", "&#;", "</p></p>", "<a <b>", "<li><li>"]:
        assert re.sub("[а-яё]+", "", html(f"Salom {broken}").lower()).startswith(" <" if broken[0] == "<" else " ")


PARTS = ["<b>", "</b>", "<p>", "<p lang=ru>", "<", "&", "&amp;", "<![", "-->", "`", "*", "[", "](", ")", "<code>"]
PARTS += ["</code>", "salom", "koʻz", "\n", "```", "\ufffc", "~~", "<i title=salom>", "{#", "}"]


@given(st.lists(st.sampled_from(PARTS), max_size=14), st.sampled_from(["html", "markdown", "text"]))
def test_nothing_but_letters_changes_whatever_stands_between_them(parts: list[str], form: Form) -> None:
    raw = "".join(parts)
    said = to_variant(raw, "uz", "uz-cyrl", form=form).text
    assert re.sub("[а-яўқғҳёa-z]|ʻ", "", said) == re.sub("[a-z]|ʻ", "", raw)
    for back, there in {"салом": "salom", "кўз": "koʻz"}.items():
        said = said.replace(back, there)
    if not re.search("[а-яўқғҳё]", said):
        assert said == raw


@pytest.mark.parametrize("form", ["html", "markdown"])
@pytest.mark.parametrize(
    "unit", ["<a ", "<p title='", "&", "<!--", "[a](", "`a", "**", "<b>", "a]", "{#", "~~~\n", "<![", "[a]: "]
)
def test_hostile_markup_takes_no_longer_than_honest_markup(unit: str, form: Form) -> None:
    began = time.process_time()  # of this process alone: a busy machine is not the markup's fault
    to_variant(unit * 4001, "uz", "uz-cyrl", form=form)
    to_variant(unit * 4001 + ">", "uz", "uz-cyrl", form=form)
    assert time.process_time() - began < 2


# --- Markdown --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "turned"),
    [
        ("[Oilaviy kelishuv](page:family-agreement)", "[Оилавий келишув](page:family-agreement)"),
        ('[salom](https://salom.uz/a_(b) "Salom")', '[салом](https://salom.uz/a_(b) "Салом")'),
        ("![rasm](bola.png)", "![расм](bola.png)"),
        ("**Telegram**da va **sentabr**da", "**Telegram**da ва **сентябр**да"),
        ("`salom` va ``sa`lom``", "`salom` ва ``sa`lom``"),
        ("```sh\nsalom\n```\nsalom", "```sh\nsalom\n```\nсалом"),
        ("~~~\nsalom", "~~~\nsalom"),
        ("---\ntitle: salom\n---\nsalom", "---\ntitle: salom\n---\nсалом"),
        ('+++\ntitle = "salom"\n+++\nsalom', '+++\ntitle = "salom"\n+++\nсалом'),
        ("<https://salom.uz> <kimdir@salom.uz>", "<https://salom.uz> <kimdir@salom.uz>"),
        ("[salom][bir]\n\n[bir]: page:salom", "[салом][бир]\n\n[бир]: page:salom"),
        ("# Salom {#salom}\n\n* bola\n1. ona", "# Салом {#salom}\n\n* бола\n1. она"),
        ('<div class="salom">salom</div> `<pre>` salom', '<div class="salom">салом</div> `<pre>` салом'),
        ("| bola | `ona` |\n|---|---|", "| бола | `ona` |\n|---|---|"),
    ],
)
def test_markdown_keeps_its_links_and_its_code(written: str, turned: str) -> None:
    assert markdown(written) == turned


# --- warnings ---------------------------------------------------------------------------------------------------------


def test_a_doubt_names_the_word_and_where_it_stands() -> None:
    said = to_variant("<p>Salom,\n <b>Cisco</b> kultivator", "uz", "uz-cyrl", form="html").warnings
    assert [(one.line, one.column, one.word, one.why) for one in said] == [
        (2, 5, "Cisco", "foreign"),
        (2, 15, "kultivator", "guess"),
    ]


@pytest.mark.parametrize(
    ("word", "why"), [("sаlom", "mixed"), ("Webexda", "foreign"), ("TRNK", "abbreviation"), ("alpinist", "guess")]
)
def test_each_kind_of_doubt_is_told(word: str, why: str) -> None:
    (one,) = to_variant(f"Bu {word} va", "uz", "uz-cyrl").warnings
    assert (one.word, one.why) == (word, why)


@pytest.mark.parametrize(
    "sure", ["Bolalar internetda xavfsiz boʻlsin", "AQSH, BMT, USB", "DIQQAT: HAMMA BILSIN", "V. Karimov"]
)
def test_ordinary_text_raises_no_doubt(sure: str) -> None:
    assert to_variant(sure, "uz", "uz-cyrl").warnings == ()


def test_what_cannot_be_read_back_is_told_on_the_way_to_latin() -> None:
    assert [one.word for one in to_variant("Бу фельетон, сентябрь, санъат", "uz-cyrl", "uz").warnings] == ["фельетон"]


# --- names ------------------------------------------------------------------------------------------------------------


def test_every_language_and_variant_has_its_exact_tag() -> None:
    tags = [lang_tag(code) for code in ("uz", "uz-cyrl", "uz-2026", "kaa", "kaa-cyrl", "ru", "en")]
    assert tags == ["uz-Latn", "uz-Cyrl", "uz-Latn-x-2026", "kaa-Latn", "kaa-Cyrl", "ru", "en"]


def test_the_versions_of_a_page_name_each_other_and_one_for_everybody_else() -> None:
    assert alternates({"uz": "/uz/a/", "uz-cyrl": "/uz-cyrl/a/", "ru": "/ru/a/"}, "uz") == [
        ("uz-Latn", "/uz/a/"),
        ("uz-Cyrl", "/uz-cyrl/a/"),
        ("ru", "/ru/a/"),
        ("x-default", "/uz/a/"),
    ]
    assert alternates({"ru": "/ru/a/"}, "uz") == [("ru", "/ru/a/")]
