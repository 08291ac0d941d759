import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.ground.common.centre import centre_file

from ..scripts import detect_script, other_script, to_script
from .gold import PAIRS, UNTOUCHED


@pytest.mark.parametrize(("latin", "cyrillic"), PAIRS)
def test_the_gold_set_passes_in_both_directions(latin: str, cyrillic: str) -> None:
    assert to_script(latin, "uz-cyrl") == cyrillic
    assert to_script(cyrillic, "uz") == latin


@pytest.mark.parametrize("mark", "'‘’ʻ`´ʼ")
def test_every_apostrophe_people_type_is_the_same_letter(mark: str) -> None:
    assert to_script(f"O{mark}zbekiston", "uz-cyrl") == "Ўзбекистон"
    assert to_script(f"qo{mark}ng{mark}iroq, san{mark}at", "uz-cyrl") == "қўнғироқ, санъат"
    assert to_script(f"O{mark}zbek san{mark}ati", "uz") == "Oʻzbek sanʼati"


@pytest.mark.parametrize("kept", UNTOUCHED)
def test_what_is_not_uzbek_text_is_never_touched(kept: str) -> None:
    assert to_script(kept, "uz-cyrl") == kept
    assert to_script(f"Mana {kept} shu", "uz-cyrl") == f"Мана {kept} шу"


def test_quotation_marks_do_not_become_letters() -> None:
    assert to_script("U 'salom' va 'togʻ' dedi, bog' ham", "uz-cyrl") == "У 'салом' ва 'тоғ' деди, боғ ҳам"


def test_an_initial_is_not_a_roman_numeral() -> None:
    assert to_script("V. Karimov, V sinf, XXI asr", "uz-cyrl") == "В. Каримов, V синф, XXI аср"


def test_a_sentence_with_markup_and_placeholders_turns_around_them() -> None:
    latin = "<b>%(name)s</b>, siz Telegramda 5-sinf oʻquvchisiga yozdingiz: https://example.uz"
    assert to_script(latin, "uz-cyrl") == (
        "<b>%(name)s</b>, сиз Telegramda 5-синф ўқувчисига ёздингиз: https://example.uz"
    )


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Qaraqalpaqstan", "Қарақалпақстан"),
        ("ózim jazıp atırman", "өзим жазып атырман"),
        ("tushlıq", "тушлық"),
        ("mashal", "машал"),
        ("Járdem kerek", "Жәрдем керек"),
        ("fevral", "февраль"),
        ("waqıt", "ўақыт"),
        ("JAŃA", "ЖАҢА"),
    ],
)
def test_karakalpak_turns_both_ways(latin: str, cyrillic: str) -> None:
    assert to_script(latin, "kaa-cyrl") == cyrillic
    assert to_script(cyrillic, "kaa") == latin


def test_a_capital_hard_sign_does_not_lose_its_y_in_karakalpak() -> None:
    assert to_script("ОБЪЕКТ объект", "kaa") == "OBYEKT obyekt"


def test_the_display_toggle_knows_where_a_text_stands() -> None:
    assert other_script("Men qoʻrqaman") == "Мен қўрқаман"
    assert other_script("Мен қўрқаман") == "Men qoʻrqaman"
    assert other_script("Men ózim jazdım") == "Мен өзим жаздым"
    assert other_script("Мен өзим жаздым") == "Men ózim jazdım"


def test_a_name_in_latin_does_not_make_cyrillic_text_mixed() -> None:
    assert detect_script("Менга Telegram да ёзди") == "cyrillic"
    assert detect_script("Menga yozdi") == "latin"
    assert detect_script("Menga ёзди") == "mixed"
    assert detect_script("+998 90 😀") == "none"


def test_an_unknown_script_is_refused() -> None:
    with pytest.raises(ValueError, match="klingon"):
        to_script("salom", "klingon")


def test_the_names_of_the_regions_agree_in_both_scripts() -> None:
    for names in centre_file("places/regions.toml")["region"]:
        assert to_script(names["uz"], "uz-cyrl") == names["uz-cyrl"]
        assert to_script(names["uz-cyrl"], "uz") == names["uz"]


@given(st.text(max_size=60))
def test_turning_twice_is_turning_once(text: str) -> None:
    once = to_script(text, "uz-cyrl")
    assert to_script(once, "uz-cyrl") == once


@pytest.mark.parametrize("unit", ["a-", "<a", "{{", "{%", "<!--", "a@", "x.y.", "a+.", "%(a", "`a", "'o", "www."])
def test_hostile_text_takes_no_longer_than_honest_text(unit: str) -> None:
    began = time.perf_counter()
    to_script(unit * 5000, "uz-cyrl")
    assert time.perf_counter() - began < 1.5
