from datetime import datetime
from pathlib import Path

import polib
import pytest
from django import forms
from django.core.management import CommandError, call_command
from django.utils import formats, translation
from pytest_django import Settings

from .. import catalogues
from ..management.commands import catalogues as command


def entry(msgid: str, msgstr: str = "", **more: object) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **more)


def plural(forms_: dict[int, str]) -> polib.POEntry:
    return polib.POEntry(msgid="%(n)d day", msgid_plural="%(n)d days", msgstr_plural=forms_)


def test_making_keeps_translations_and_drops_what_is_in_no_source() -> None:
    made = catalogues.merged("ru", [entry("Send"), entry("New")], [entry("Send", "Отправить"), entry("Gone", "Нет")])
    assert {e.msgid: e.msgstr for e in made} == {"New": "", "Send": "Отправить"}


def test_nothing_is_guessed_from_a_fuzzy_translation() -> None:
    made = catalogues.merged("ru", [entry("Send")], [entry("Send", "Послать", flags=["fuzzy"])])
    assert made[0].msgstr == ""
    assert not made[0].fuzzy


def test_the_same_text_in_two_sources_stands_once_with_its_plural() -> None:
    (made,) = catalogues.merged("ru", [entry("%(n)d day"), plural({})], [])
    assert made.msgstr_plural == {0: "", 1: "", 2: ""}


def test_cyrillic_is_derived_and_placeholders_stay() -> None:
    (made,) = catalogues.derived([entry("Hello, %(name)s", "Salom, %(name)s, sentabrda")])
    assert made.msgstr == "Салом, %(name)s, сентябрда"


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (entry("Send"), "not translated"),
        (entry("Send", "x", flags=["fuzzy"]), "fuzzy"),
        (entry("Send", "x", obsolete=True), "obsolete"),
        (entry("By %(name)s", "От %(имя)s"), "other placeholders"),
        (entry("By {name}", "От"), "other placeholders"),
        (plural({0: "%(n)d день", 1: "", 2: "%(n)d дней"}), "not translated"),
        (plural({0: "%(m)d день", 1: "%(n)d дня", 2: "%(n)d дней"}), "other placeholders"),
    ],
)
def test_every_kind_of_fault_is_named(bad: polib.POEntry, said: str) -> None:
    (fault,) = catalogues.faults("ru", [bad])
    assert said in fault


def test_english_may_stay_as_it_is_written() -> None:
    assert catalogues.faults("en", [entry("Send")]) == []


def test_a_catalogue_compiles_to_the_same_bytes_twice() -> None:
    path = str(command.path_of("uz_Cyrl"))
    assert polib.pofile(path).to_binary() == polib.pofile(path).to_binary()


def test_a_changed_source_is_noticed_before_it_is_compiled(settings: Settings, tmp_path: object) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    for locale in command.ALL:
        command.save(locale, catalogues.new_catalogue(locale, [entry("Nowhere", "x")]))
    with pytest.raises(CommandError, match="faults in the catalogues"):
        call_command("catalogues", "check")
    said = command.faults()
    assert any("'Nowhere' is in no source" in one for one in said)
    assert any("run `catalogues compile`" in one for one in said)


def test_words_for_screens_that_are_not_ours_are_kept_derived_and_compared(settings: Settings, tmp_path: Path) -> None:
    settings.LOCALE_PATHS = [tmp_path / "ours", tmp_path / "theirs"]
    for locale in command.ALL:
        command.save(locale, catalogues.new_catalogue(locale, []))
    words, twin = (tmp_path / "theirs" / one / "LC_MESSAGES" / "django.po" for one in ("uz", "uz_Cyrl"))
    words.parent.mkdir(parents=True)
    catalogues.new_catalogue("uz", [entry("Save draft", "Saqlash")]).save(str(words))
    assert any("not what `catalogues derive` makes" in one for one in command.borrowed_faults(words))
    for verb in ("derive", "make", "compile"):
        call_command("catalogues", verb)
    assert [one.msgstr for one in polib.pofile(str(twin))] == ["Сақлаш"]
    assert [command.borrowed_faults(one) for one in (words, twin)] == [[], []]
    catalogues.new_catalogue("uz", [entry("Save %(name)s", "Saqlash")]).save(str(words))
    said = " ".join(command.borrowed_faults(words))
    assert "other placeholders" in said
    assert "run `catalogues compile`" in said


@pytest.mark.parametrize(
    ("language", "date", "required"),
    [
        ("uz", "2026-yil 5-sentabr", "Bu maydonni toʻldiring."),
        ("uz-cyrl", "2026-йил 5-сентябрь", "Бу майдонни тўлдиринг."),
        ("kaa", "2026-jıl 5-sentyabr", "Bul maydandı toltırıń."),
        ("ru", "5 сентября 2026 г.", "Обязательное поле."),
    ],
)
def test_dates_and_form_errors_follow_the_script(language: str, date: str, required: str) -> None:
    with translation.override(language):
        assert formats.date_format(datetime(2026, 9, 5), "DATE_FORMAT") == date  # noqa: DTZ001
        assert str(forms.CharField().error_messages["required"]) == required


def test_the_texts_of_the_libraries_are_translated_into_every_language() -> None:
    foreign = {catalogues.key(one) for one in polib.pofile(str(command.FOREIGN))}
    for locale in ("uz", "uz_Cyrl", "kaa", "ru"):
        done = [one for one in command.catalogue(locale) if catalogues.key(one) in foreign]
        assert len(done) == len(foreign)
        assert catalogues.faults(locale, done) == []
