import os
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from panoh.ground.common.centre import centre_file

from .. import public
from ..models import Derived, Override
from ..services import deriving

pytestmark = pytest.mark.django_db
PAGE = "<h1>Parol</h1><p>Parolni <b>hech</b> kimga aytmang. Cisco</p>"
EDITOR = "user.sevara"


@pytest.fixture
def new_letters_on(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """A centre that has turned the letters of 2026 on."""
    settings.CENTRE_DIR = tmp_path
    (tmp_path / "centre.toml").write_text('[variants]\nuz-2026 = true\nkaa-cyrl = "yes"')
    centre_file.cache_clear()
    yield
    centre_file.cache_clear()


def cyrillic(html: str = PAGE) -> str:
    return public.variant_of(html, "uz", "uz-cyrl")


def test_a_page_is_turned_once_and_read_ever_after(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cyrillic() == "<h1>Пароль</h1><p>Паролни <b>ҳеч</b> кимга айтманг. Cisco</p>"
    monkeypatch.setattr(deriving, "to_variant", lambda *_, **__: pytest.fail("turned again"))
    with CaptureQueriesContext(connection) as seen:
        assert cyrillic().startswith("<h1>Пароль</h1>")
    assert len(seen) == 2


def test_many_texts_cost_no_more_statements_than_one() -> None:
    titles = [f"{number}-sahifa" for number in range(30)]
    with CaptureQueriesContext(connection) as first:
        made = public.derive_many([*titles, *titles], "uz", "uz-cyrl")
    with CaptureQueriesContext(connection) as again:
        assert public.derive_many(titles, "uz", "uz-cyrl") == made
    assert made["7-sahifa"].text == "7-саҳифа"
    assert len([one for one in first if "SAVEPOINT" not in one["sql"]]) <= 6
    assert len(again) == 2


def test_the_same_letters_as_text_and_as_html_are_two_texts() -> None:
    raw = "<code>salom</code> salom"
    assert public.derive(raw, "uz", "uz-cyrl", form="html").text == "<code>salom</code> салом"
    assert public.derive(raw, "uz", "uz-cyrl").text == "<code>салом</code> салом"


def test_new_rules_make_everything_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    cyrillic()
    Derived.objects.update(text="old")
    assert cyrillic() == "old"
    for module in ("services.deriving", "queries"):
        monkeypatch.setattr(f"panoh.ground.languages.{module}.rules_version", lambda _code: "9-new")
    assert cyrillic().startswith("<h1>Пароль</h1>")
    assert Derived.objects.get().rules == "9-new"


def test_the_source_asked_for_in_itself_is_returned_as_it_is() -> None:
    assert public.variant_of(PAGE, "uz", "uz") == PAGE
    assert not Derived.objects.exists()


def test_a_withdrawn_page_leaves_nothing_behind() -> None:
    cyrillic()
    public.derive("Parol", "uz", "uz-cyrl")
    assert public.drop_derived([PAGE, "no such text"]) == 1
    assert [row.text for row in Derived.objects.all()] == ["Пароль"]


def test_a_variant_that_is_off_is_not_made() -> None:
    assert public.variants_on() == ("uz-cyrl",)
    for source, variant in (("uz", "uz-2026"), ("kaa", "kaa-cyrl")):
        with pytest.raises(public.VariantOffError, match=variant):
            public.variant_of("salom", source, variant)


def test_a_centre_turns_a_variant_on_by_the_word_true(new_letters_on: None) -> None:
    assert public.variants_on("uz") == ("uz-cyrl", "uz-2026")
    assert not public.is_on("kaa-cyrl")
    assert public.variant_of("<p>Shoshma, oʻgʻlim</p>", "uz", "uz-2026") == "<p>Şoşma, öğlim</p>"


@pytest.mark.parametrize(("source", "variant"), [("ru", "uz-cyrl"), ("uz", "kaa-cyrl"), ("uz-cyrl", "uz")])
def test_what_is_written_by_people_is_never_derived(source: str, variant: str) -> None:
    with pytest.raises(public.UnknownPairError):
        public.derive("salom", source, variant)


# --- overrides --------------------------------------------------------------------------------------------------------


def test_an_override_wins_at_once_wherever_the_string_stands() -> None:
    cyrillic()
    public.override_string(" Parol ", "uz-cyrl", "Махфий сўз", by=EDITOR)
    assert cyrillic() == "<h1>Махфий сўз</h1><p>Паролни <b>ҳеч</b> кимга айтманг. Cisco</p>"
    assert cyrillic('<img alt="Parol">  Parol\n') == '<img alt="Махфий сўз">  Махфий сўз\n'
    assert public.derive("Parol", "uz", "uz-cyrl").text == "Махфий сўз"


def test_an_override_of_a_whole_page_wins_over_those_inside() -> None:
    public.override_string("Parol", "uz-cyrl", "А", by=EDITOR)
    whole = PAGE.replace("Parol", "Б")
    public.override_string(PAGE, "uz-cyrl", whole, by=EDITOR)
    assert cyrillic(f"{PAGE}\n") == f"{whole}\n"


def test_an_override_can_be_changed_and_taken_back() -> None:
    public.override_string("Parol", "uz-cyrl", "А", by=EDITOR)
    public.override_string("Parol", "uz-cyrl", "Б", by="user.rustam")
    assert cyrillic("<h1>Parol</h1>") == "<h1>Б</h1>"
    (one,) = public.overrides_of("uz-cyrl")
    assert (one.source, one.replacement, one.by) == ("Parol", "Б", "user.rustam")
    assert public.remove_override("Parol", "uz-cyrl")
    assert not public.remove_override("Parol", "uz-cyrl")
    assert cyrillic("<h1>Parol</h1>") == "<h1>Пароль</h1>"


@pytest.mark.parametrize("given", ["", "  ", "<script>alert(1)</script>", "Пароль <b>x</b>", "а < б", "&lt;b&gt;"])
def test_an_override_brings_in_no_markup_and_is_not_empty(given: str) -> None:
    with pytest.raises(public.OverrideRefusedError):
        public.override_string("Parol", "uz-cyrl", given, by=EDITOR)
    assert not Override.objects.exists()


def test_a_quotation_mark_in_an_override_cannot_leave_its_attribute() -> None:
    public.override_string("Parol", "uz-cyrl", "А\" onload='x", by=EDITOR)
    assert cyrillic('<img alt="Parol">') == '<img alt="А&#34; onload=\'x">'
    assert cyrillic("<img alt='Parol'>") == "<img alt='А\" onload=&#39;x'>"
    assert cyrillic("<img alt=Parol>") == "<img alt=А&#34;&#32;onload&#61;&#39;x>"


def test_an_override_belongs_to_its_variant(new_letters_on: None) -> None:
    public.override_string("Shosh", "uz-2026", "x", by=EDITOR)
    assert public.derive("Shosh", "uz", "uz-cyrl").text == "Шош"
    assert public.derive("Shosh", "uz", "uz-2026").text == "x"


def test_the_doubtful_words_of_today_are_counted_by_text() -> None:
    cyrillic()
    cyrillic("<p>Cisco, Cisco kultivator</p>")
    words = public.doubtful_words("uz-cyrl")
    assert [(one.word, one.why, one.texts) for one in words] == [("Cisco", "foreign", 2), ("kultivator", "guess", 1)]
    public.override_string("x", "uz-cyrl", "y", by=EDITOR)
    assert public.doubtful_words("uz-cyrl") == []


# --- races ------------------------------------------------------------------------------------------------------------


def at_once(*acts: object) -> list[Exception]:
    """Runs every act in a thread of its own, all beginning together; what went wrong."""
    ready, wrong = Barrier(len(acts)), []

    def run(act: object) -> None:
        try:
            ready.wait(10)
            act()  # type: ignore[operator]
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return wrong


postgres = pytest.mark.skipif("postgres" not in os.environ.get("PANOH_DATABASE_URL", ""), reason="one writer at a time")


@postgres
@pytest.mark.django_db(transaction=True)
def test_many_processes_that_make_one_page_leave_one_row() -> None:
    pages = [f"<p>{number}-sahifa</p>" for number in range(20)]
    turns = [pages, pages[::-1], pages, pages[::-1]]
    assert at_once(*(lambda own=own: public.derive_many(own, "uz", "uz-cyrl", form="html") for own in turns)) == []
    assert Derived.objects.count() == 20


@postgres
@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_leave_one_override_and_count_both() -> None:
    acts = [lambda words=words: public.override_string("Parol", "uz-cyrl", words, by=EDITOR) for words in "АБВГ"]
    assert at_once(*acts) == []
    assert Override.objects.get().replacement in "АБВГ"
    assert cyrillic("<h1>Parol</h1>") == f"<h1>{Override.objects.get().replacement}</h1>"


def test_a_text_made_while_an_override_arrives_is_not_taken_for_new(monkeypatch: pytest.MonkeyPatch) -> None:
    turn = public.to_variant

    def slow(*args: object, **more: object) -> object:
        turned = turn(*args, **more)  # type: ignore[arg-type]
        monkeypatch.setattr(deriving, "to_variant", turn)
        public.override_string("Parol", "uz-cyrl", "Б", by=EDITOR)
        return turned

    monkeypatch.setattr(deriving, "to_variant", slow)
    assert cyrillic("<h1>Parol</h1>") == "<h1>Пароль</h1>"
    assert cyrillic("<h1>Parol</h1>") == "<h1>Б</h1>"
