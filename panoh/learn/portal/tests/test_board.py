"""The editors' home: the state of every page in every language, what is due, what was looked for in vain."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from panoh.ground.accounts.public import User
from panoh.ground.languages import public as languages
from panoh.ground.search import public as search
from panoh.learn.portal import queries
from panoh.learn.portal.forms.board import KINDS
from panoh.learn.portal.models import EditableKind, Sheet, Writing
from panoh.learn.portal.services import import_content, override_words, start_translation

from .test_posts import alert
from .test_writing import browser, of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(folder: Any) -> None:
    alert(folder, "trick", first=0, last=1)
    import_content(folder)


def states(code: str = "second", **chosen: str) -> dict[str, str]:
    lines = {line.code: line for line in queries.board(**chosen).lines}
    return {cell.language: cell.state for cell in lines[code].cells}


def test_every_written_language_and_every_script_has_its_column() -> None:
    assert queries.board().columns == ["uz", "uz-cyrl", "ru", "en", "kaa"]


def test_a_page_is_published_made_by_rules_or_missing() -> None:
    assert states() == {"uz": "published", "uz-cyrl": "machine", "ru": "published", "en": "published", "kaa": "missing"}


def test_a_translation_that_was_begun_is_flagged_until_it_is_published(editor: User) -> None:
    start_translation(of("second"), "kaa", by=editor)
    assert states()["kaa"] == "machine"
    Writing.objects.filter(code="second", locale__language_code="kaa").update(is_machine=False)
    assert states()["kaa"] == "draft"


def test_a_translation_is_stale_when_the_source_changed_after_it() -> None:
    Writing.objects.filter(code="second", locale__language_code="uz").update(changed_at=timezone.now())
    assert states() | {"uz-cyrl": ""} == {
        "uz": "published",
        "uz-cyrl": "",
        "ru": "stale",
        "en": "stale",
        "kaa": "missing",
    }
    Writing.objects.filter(code="second", locale__language_code="ru").update(
        changed_at=timezone.now(), reviewed_by="Malika", reviewed_on=timezone.localdate()
    )
    assert states()["ru"] == "reviewed"


def test_a_post_that_is_over_or_waits_for_its_day_is_not_called_published() -> None:
    yesterday, tomorrow = (str(timezone.localdate() + timedelta(days=n)) for n in (-1, 1))
    rows = Writing.objects.filter(kind="alert", code="trick")
    rows.update(facts={"date": "2026-01-01", "valid_to": yesterday})
    assert set(states("trick", kind="alert").values()) - {"missing"} == {"over"}
    rows.update(facts={"date": tomorrow, "valid_to": tomorrow})
    assert set(states("trick", kind="alert").values()) - {"missing"} == {"later"}


def test_who_chooses_what_to_write_reads_what_each_kind_is_for(editor: User) -> None:
    page = browser(editor).get(reverse("wagtailsnippets_portal_writing:add"), {"locale": "uz"}).content.decode()
    assert all(str(said) in page for said in KINDS.values())
    assert set(KINDS) == set(EditableKind)


def test_the_board_can_be_narrowed(editor: User) -> None:
    client = browser(editor)
    page = client.get(reverse("portal_desk:pages"), {"audience": "parents"}).content.decode()
    assert "Sahifa second" not in page
    page = client.get(reverse("portal_desk:pages"), {"audience": "children", "state": "missing"}).content.decode()
    assert "Sahifa second" in page
    assert "Sahifa second" not in client.get(reverse("portal_desk:pages"), {"state": "stale"}).content.decode()


def test_one_click_leads_to_the_words_or_begins_them(editor: User) -> None:
    page = browser(editor).get(reverse("portal_desk:pages")).content.decode()
    assert reverse("wagtailsnippets_portal_writing:edit", args=[of("second", "ru").pk]) in page
    assert '<input type="hidden" name="language" value="kaa">' in page


def test_what_is_due_within_a_month_is_listed(editor: User) -> None:
    today = timezone.localdate()
    Writing.objects.filter(code="first").update(review_due=today + timedelta(days=90))
    Writing.objects.filter(code="second", locale__language_code="ru").update(review_due=today)
    assert [(one.code, one.language) for one in queries.board().due] == [("second", "ru")]


def test_what_was_looked_for_in_vain_three_times_is_listed(editor: User) -> None:
    for _ in range(3):
        search.count_question("zilzila", "uz", is_found=False)
    search.count_question("kitob", "uz", is_found=False)
    page = browser(editor).get(reverse("portal_desk:pages")).content.decode()
    assert "zilzila" in page
    assert "kitob" not in page


def test_words_in_place_of_the_rules_reach_every_page_that_has_the_string(editor: User) -> None:
    browser(editor).post(
        reverse("portal_desk:override"), {"variant": "uz-cyrl", "source": "Sahifa second", "words": "Иккинчи"}
    )
    assert Sheet.objects.get(code="second", language="uz-cyrl").title == "Иккинчи"
    assert Sheet.objects.get(code="second", language="uz").title == "Sahifa second"
    assert "Иккинчи" in browser(editor).get(reverse("portal_desk:pages")).content.decode()
    override_words("Sahifa second", "uz-cyrl", "", by=editor)
    assert Sheet.objects.get(code="second", language="uz-cyrl").title != "Иккинчи"
    assert languages.overrides_of("uz-cyrl") == []


def test_the_board_takes_few_queries(editor: User, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(6):
        queries.board()


@pytest.mark.parametrize("told", [{}, {"kind": "tool", "code": "x", "language": "kaa"},
                                  {"kind": "guidance", "code": "second", "language": "uz-cyrl"},
                                  {"kind": "guidance", "code": "none", "language": "kaa"}])  # fmt: skip
def test_a_translation_of_what_there_is_not_is_a_404(editor: User, told: dict[str, str]) -> None:
    assert browser(editor).post(reverse("portal_desk:translate"), told).status_code == 404


@pytest.mark.parametrize("name", ["pages", "translate", "override"])
def test_the_street_and_other_roles_stay_outside(client: Client, counsellor: User, name: str) -> None:
    act = client.get if name == "pages" else client.post
    assert act(reverse(f"portal_desk:{name}"))["Location"].startswith("/accounts/login/")
    client.force_login(counsellor)
    assert act(reverse(f"portal_desk:{name}")).status_code == 403
