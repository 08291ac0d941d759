from datetime import timedelta

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.utils import timezone, translation

from panoh.ground.ui import drawings, navigation


def render(source: str, **context: object) -> str:
    with translation.override("en"):
        return Template(source).render(Context(context))


def test_what_is_put_into_a_word_cannot_become_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "panoh.ground.languages.public.word", lambda code, language, **params: "Hello & {name}".format(**params)
    )
    assert render('{% word "any.code" name=name %}', name="<b>") == "Hello &amp; &lt;b&gt;"


@pytest.mark.parametrize(
    ("ago", "said"),
    [(-5, "0 s"), (40, "40 s"), (250, "4 min"), (7500, "2 h 05 min"), (90_000, "1 day"), (300_000, "3 days")],
)
def test_a_wait_is_told_as_a_person_would_tell_it(ago: int, said: str) -> None:
    assert render("{{ since|waited }}", since=timezone.now() - timedelta(seconds=ago)) == said


def test_nobody_waiting_says_nothing() -> None:
    assert render("{{ since|waited }}", since=None) == ""


@pytest.mark.parametrize(
    ("seconds", "kind", "width"),
    [(0, "fine", 0), (30, "fine", 50), (45, "soon", 75), (60, "late", 100), (900, "late", 100)],
)
def test_the_bar_fills_with_the_promise(seconds: int, kind: str, width: int) -> None:
    bar = render("{% wait_bar seconds 60 %}", seconds=seconds)
    assert f"bar-{kind}" in bar
    assert f'width="{width}%"' in bar
    assert "style" not in bar


def test_urgency_is_told_by_letters_and_not_by_colour_alone() -> None:
    badge = render("{% urgency_badge 'u1' %}")
    assert "U1" in badge
    assert "In danger now" in badge
    assert render("{% urgency_badge 'u9' %}") == ""


def test_a_table_can_be_scrolled_from_the_keyboard() -> None:
    table = render('{% table "Who waits" %}<tbody></tbody>{% endtable %}')
    assert 'tabindex="0" role="region" aria-label="Who waits"' in table
    assert "<caption>Who waits</caption><tbody>" in table


def test_an_unknown_drawing_is_a_dot() -> None:
    assert drawings.icon("unheard-of") == drawings.icon("dot")


class Person:
    is_authenticated = True

    def has_role(self, *roles: str) -> bool:
        return "counsellor" in roles


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_places", {})
    navigation.register("Numbers", "health", order=20)
    navigation.register("Queue", "theme", roles=("counsellor",), order=10)
    navigation.register("People", "leave", roles=("administrator",), order=5)
    navigation.register("Not built", "nowhere:yet", order=1)


@pytest.mark.usefixtures("places")
def test_the_menu_shows_a_person_their_own_places_in_order() -> None:
    shown = navigation.entries(Person(), "/theme/today/")
    assert [(entry.label, entry.is_current) for entry in shown] == [("Queue", True), ("Numbers", False)]


@pytest.mark.usefixtures("places")
def test_nobody_signed_in_sees_no_menu() -> None:
    assert navigation.entries(AnonymousUser(), "/") == []


class Story(forms.Form):
    name = forms.CharField(label="Name", help_text="Any name.")
    who = forms.ChoiceField(label="Who", choices=[("child", "A child")], widget=forms.RadioSelect)


def test_a_form_says_first_what_is_missing_and_leads_there() -> None:
    page = render('{% include "ui/form.html" with submit="Keep" %}', form=Story({}))
    assert page.index("error-summary") < page.index("<fieldset")
    assert 'href="#id_name"' in page
    assert 'href="#id_who_0"' in page
    assert 'id="id_who_0"' in page
    assert ">Keep</button>" in page


def test_a_field_ties_its_hint_and_its_error_to_itself() -> None:
    page = render("{{ form }}", form=Story({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page


def test_a_public_form_asks_for_no_cookie() -> None:
    assert "csrf" not in render('{% include "ui/public_form.html" %}', form=Story())
