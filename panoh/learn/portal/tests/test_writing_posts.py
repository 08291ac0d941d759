"""News, warnings, campaigns, ideas and materials written in the browser: the same street as from files."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from panoh.ground.accounts.public import User
from panoh.ground.search import public as search
from panoh.learn.portal import queries
from panoh.learn.portal.models import EditableKind, Sheet, Writing
from panoh.learn.portal.models.facts import FACT_NAMES, FACTS_OF, About, Material, Severity
from panoh.learn.portal.posts import CODES, POSTS
from panoh.learn.portal.services import import_content, override_words, publish_writing, start_translation
from panoh.learn.portal.services.writing import drafted_sheet

from .test_posts import TODAY, alert, on_day, said, write_post
from .test_writing import APPROVE, browser, of
from .writers import address, ask, open_form, post_form

pytestmark = pytest.mark.django_db
ADD = "wagtailsnippets_portal_writing:add"
NEWS = {"code": "fresh-news", "title": "Yangi xona ochildi", "summary": "Endi suhbat kechqurun ham bor.",
        "body": "Zilziladan keyin ham [yozing](door:talk).", "position": "0", "date": str(TODAY)}  # fmt: skip
KIT = {"code": "safe-week", "title": "Xavfsiz hafta", "summary": "Besh kunlik toʻplam.", "body": "Matn.",
       "position": "0", "audiences": ["educators"], "starts": str(TODAY), "ends": str(TODAY + timedelta(days=4)),
       "steps": "Bir.\nIkki.", "materials": "Qogʻoz", "session": "Oʻyin", "checklist": "Boʻldi"}  # fmt: skip
IDEA = {"code": "paint", "title": "Rasm chiz", "summary": "Bugun chizib koʻr.", "body": "Boshla.", "now": "Qalam ol.",
        "position": "0", "about": "making", "ages": ["9-12"]}  # fmt: skip
GAME = {"code": "new-game", "title": "Oʻyin", "summary": "Oilaviy oʻyin.", "body": "Boshlang.", "position": "0",
        "sort": "card-game", "audience": "parents", "ages": ["9-12"], "minutes": "20", "group": "2–6",
        "licence": "CC BY 4.0", "materials": "Qalam", "steps": "Oching."}  # fmt: skip


@pytest.fixture
def folder(folder: Path) -> Path:
    import_content(folder)
    return folder


@pytest.fixture
def second(person: Any) -> User:
    user: User = person("editor", name="Bobur")
    return user


def add(user: User, kind: str, fields: dict[str, Any], action: str = "action-publish") -> str:
    """Choose the kind, fill its form, send it."""
    form = {**fields, "kind": kind, "locale": "uz"} | ({action: "1"} if action else {})
    response = browser(user).post(f"{reverse(ADD)}?locale=uz&kind={kind}", form, follow=True)
    return response.content.decode()


def day(days: int) -> str:
    return str(TODAY + timedelta(days=days))


def test_news_written_in_the_browser_stand_at_once_wherever_news_stand(
    folder: Path, editor: User, client: Client
) -> None:
    before = said(client, "/uz/") + said(client, "/uz/news/")
    assert "fresh-news" not in before
    add(editor, "news", NEWS)
    for path in ("/uz/", "/uz/news/", f"/uz/news/{TODAY.year}/", "/uz/news/feed.xml"):
        assert "/uz/news/fresh-news/" in said(client, path), path
    assert "Zilziladan keyin ham" in said(client, "/uz/news/fresh-news/")
    assert "Зилзиладан кейин ҳам" in said(client, "/uz-cyrl/news/fresh-news/")
    assert "/uz-cyrl/news/fresh-news/" in said(client, "/uz-cyrl/news/")
    assert [str(place.path) for place in _map() if "fresh-news" in place.path] == ["/uz/news/fresh-news/"]
    assert "news:fresh-news" in [one.thing for one in search.find("zilzila", "uz")]


def _map() -> tuple[queries.Place, ...]:
    return queries.places(queries.edition(), TODAY, "uz", False)


def test_news_wait_for_their_day_and_go_after_their_last(folder: Path, editor: User, client: Client) -> None:
    add(editor, "news", NEWS | {"date": day(1), "expires": day(2)})
    said(client, "/uz/news/fresh-news/", 404)
    with on_day(1):
        assert "/uz/news/fresh-news/" in said(client, "/uz/news/")
    with on_day(3):
        said(client, "/uz/news/fresh-news/", 404)


def test_a_correction_stands_on_top_with_its_day_and_not_without(folder: Path, editor: User, client: Client) -> None:
    add(editor, "news", NEWS)
    page = post_form(browser(editor), of("fresh-news"), "action-publish", correction="Soat toʻgʻrilandi.")
    assert "Soat toʻgʻrilandi." in page
    assert "Soat toʻgʻrilandi." not in said(client, "/uz/news/fresh-news/")
    told: dict[str, Any] = {
        "correction": "Soat toʻgʻrilandi.", "corrected_on": str(TODAY), "region": "UZ-SA", "tags": "centre, words",
    }  # fmt: skip
    post_form(browser(editor), of("fresh-news"), "action-publish", **told)
    page = said(client, "/uz/news/fresh-news/")
    assert page.index("Soat toʻgʻrilandi.") < page.index("Zilziladan")
    assert "Samarqand" in page
    assert of("fresh-news").facts["tags"] == ["centre", "words"]


def test_a_warning_from_the_browser_disappears_after_its_day(folder: Path, editor: User, client: Client) -> None:
    told = {
        **NEWS,
        "code": "trick",
        "valid_to": day(2),
        "severity": "high",
        "audiences": ["parents"],
        "now": "Ochmang.",
    }
    add(editor, "alert", told)
    assert "/uz/alerts/trick/" in said(client, "/uz/")
    assert "Ochmang." in said(client, "/uz/alerts/trick/")
    with on_day(3):
        assert "/uz/alerts/trick/" not in said(client, "/uz/")
        said(client, "/uz/alerts/trick/", 404)


def test_a_campaign_a_material_and_their_kit(folder: Path, editor: User, client: Client) -> None:
    add(editor, "resource", GAME)
    assert "2–6" in said(client, "/uz/resources/new-game/")
    add(editor, "campaign", KIT | {"resources": ["new-game"]})
    page = said(client, "/uz/campaigns/safe-week/")
    assert "/uz/resources/new-game/" in page
    assert "<li>Ikki.</li>" in page


def test_an_idea_speaks_to_children_so_that_two_people_publish_it(
    folder: Path, editor: User, second: User, client: Client
) -> None:
    assert "/uz/opportunities/paint/" not in add(editor, "opportunity", IDEA)
    assert not Writing.objects.filter(code="paint").exists()
    add(editor, "opportunity", IDEA, action="")
    assert of("paint").audience == "children"
    assert "action-publish" not in browser(editor).get(address(of("paint"))).content.decode()
    ask(browser(editor), of("paint"))
    post_form(browser(editor), of("paint"), "action-workflow-action", **APPROVE)
    said(client, "/uz/opportunities/paint/", 404)
    post_form(browser(second), of("paint"), "action-workflow-action", **APPROVE)
    assert second.name in said(client, "/uz/opportunities/paint/")


@pytest.mark.parametrize(
    ("kind", "fields", "place"),
    [
        ("news", NEWS | {"date": ""}, "date"),
        ("news", NEWS | {"date": "soon"}, "date"),
        ("news", NEWS | {"expires": day(-1)}, "expires"),
        ("news", NEWS | {"summary": ""}, "summary"),
        ("news", NEWS | {"tags": "no way!"}, "tags"),
        ("alert", NEWS | {"severity": "high", "audiences": ["parents"], "now": "Bir."}, "valid_to"),
        ("alert", NEWS | {"valid_to": day(2), "audiences": ["parents"], "now": "Bir."}, "severity"),
        ("alert", NEWS | {"valid_to": day(2), "audiences": ["parents"], "severity": "high"}, "now"),
        ("alert", NEWS | {"valid_to": day(-1), "severity": "low", "audiences": ["parents"], "now": "Bir."}, "valid_to"),
        ("campaign", KIT | {"starts": ""}, "starts"),
        ("campaign", KIT | {"ends": day(-1)}, "ends"),
        ("campaign", KIT | {"session": ""}, "session"),
        ("campaign", KIT | {"resources": ["nothing"]}, "resources"),
        ("opportunity", IDEA | {"about": ""}, "about"),
        ("resource", GAME | {"sort": ""}, "sort"),
        ("resource", GAME | {"minutes": "0"}, "minutes"),
        ("resource", GAME | {"steps": "Осhing."}, "steps"),
    ],
)
def test_an_error_names_its_field_and_keeps_the_words_in_the_form(
    folder: Path, editor: User, kind: str, fields: dict[str, Any], place: str
) -> None:
    action = "action-submit" if kind == "opportunity" else "action-publish"
    form = {**fields, "kind": kind, action: "1"}
    response = browser(editor).post(f"{reverse(ADD)}?locale=uz&kind={kind}", form)
    assert list(response.context["form"].errors) == [place]
    assert fields["title"] in response.content.decode()
    assert not Sheet.objects.filter(code=fields["code"]).exists()


def test_a_draft_may_lack_everything_but_its_name(folder: Path, editor: User) -> None:
    add(editor, "alert", {"code": "later", "title": "Keyin", "position": "0"}, action="")
    assert (of("later").live, of("later").facts) == (False, {})
    assert drafted_sheet(of("later"), "uz-cyrl").data["severity"] == ""


@pytest.mark.parametrize("kind", EditableKind.values)
def test_the_form_of_a_kind_has_its_fields_and_no_others(folder: Path, editor: User, kind: str) -> None:
    page = browser(editor).get(reverse(ADD), {"locale": "ru", "kind": kind}).content.decode()
    shown = {name for name in FACT_NAMES if f'name="{name}"' in page} - {"resources"}  # no material is there yet
    assert shown == set(FACTS_OF.get(kind, ())) - {"resources"}
    assert ('name="easy"' in page) == (kind == "guidance")
    assert f'<option value="{kind}" selected' in page
    assert [one for one in EditableKind.values if f'<option value="{one}"' in page] == [kind]


def test_whoever_writes_chooses_the_kind_first(folder: Path, editor: User) -> None:
    page = browser(editor).get(reverse(ADD), {"locale": "uz"}).content.decode()
    for kind in EditableKind.values:
        assert f"?locale=uz&amp;kind={kind}" in page
    assert 'name="title"' not in page


def test_others_may_neither_choose_nor_write(folder: Path, counsellor: User, client: Client) -> None:
    for path in (reverse(ADD), f"{reverse(ADD)}?kind=news"):
        assert client.get(path)["Location"].startswith("/accounts/login/")
        assert browser(counsellor).get(path).status_code == 403
    assert browser(counsellor).post(f"{reverse(ADD)}?kind=news", NEWS | {"kind": "news"}).status_code == 403
    assert not Writing.objects.filter(code="fresh-news").exists()


def test_a_post_that_is_taken_away_leaves_the_street(folder: Path, editor: User, client: Client) -> None:
    add(editor, "news", NEWS)
    browser(editor).post(reverse("wagtailsnippets_portal_writing:unpublish", args=[of("fresh-news").pk]))
    for path in ("/uz/news/fresh-news/", "/uz-cyrl/news/fresh-news/"):
        said(client, path, 404)
    assert "/uz/news/fresh-news/" not in said(client, "/uz/") + said(client, "/uz/news/")


def test_an_old_draft_brings_back_its_facts_and_nobody_elses_review(folder: Path, editor: User, second: User) -> None:
    add(editor, "news", NEWS)
    old = of("fresh-news").latest_revision
    post_form(browser(editor), of("fresh-news"), "action-publish", date=day(-1))
    Writing.objects.filter(code="fresh-news").update(imported="x")
    made = of("fresh-news").with_content_json(old.content)
    assert (made.facts["date"], made.imported) == (str(TODAY), "x")
    assert made.fingerprint == of("fresh-news").fingerprint


@pytest.mark.parametrize(("mode", "words"), [("uz", "Qalam ol."), ("uz-cyrl", "Қалам ол.")])
def test_a_post_is_previewed_before_it_is_kept(folder: Path, editor: User, mode: str, words: str) -> None:
    client = browser(editor)
    path = reverse("wagtailsnippets_portal_writing:preview_on_add") + "?locale=uz"
    assert client.post(path, IDEA | {"kind": "opportunity"}).json() == {"is_valid": True, "is_available": True}
    page = client.get(f"{path}&mode={mode}&in_preview_panel=true").content.decode()
    assert words in page


@pytest.mark.parametrize(("kind", "fields"), [("news", NEWS), ("alert", NEWS), ("campaign", KIT), ("resource", GAME)])
def test_what_lacks_its_facts_is_previewed_too(folder: Path, editor: User, kind: str, fields: dict[str, str]) -> None:
    client = browser(editor)
    path = reverse("wagtailsnippets_portal_writing:preview_on_add") + "?locale=uz"
    told = {name: fields[name] for name in ("code", "title", "position")}
    client.post(path, told | {"kind": kind})
    assert fields["title"] in client.get(path).content.decode()


def test_the_board_shows_the_posts_of_a_kind(folder: Path, editor: User) -> None:
    add(editor, "news", NEWS)
    assert [line.code for line in queries.board(kind="news").lines] == ["fresh-news"]
    page = browser(editor).get(reverse("portal_desk:pages"), {"kind": "news"}).content.decode()
    assert address(of("fresh-news")) in page
    made = start_translation(of("fresh-news"), "ru", by=editor)
    assert (made.live, made.facts) == (False, of("fresh-news").facts)


def test_words_in_place_of_the_rules_reach_the_lists_of_a_post(folder: Path, editor: User, client: Client) -> None:
    add(editor, "resource", GAME)
    override_words("Qalam", "uz-cyrl", "Бўёқ қалам", by=editor)
    assert "Бўёқ қалам" in said(client, "/uz-cyrl/resources/new-game/")


def test_a_warning_from_a_file_is_changed_in_the_browser(folder: Path, editor: User, client: Client) -> None:
    alert(folder, "trick", first=0, last=1)
    import_content(folder)
    form = open_form(browser(editor), of("trick"))
    assert (form["severity"], form["valid_to"], form["audiences"]) == ("high", day(1), ["parents"])
    post_form(browser(editor), of("trick"), "action-publish", valid_to=day(9))
    with on_day(8):
        for language in ("uz", "uz-cyrl", "ru"):
            said(client, f"/{language}/alerts/trick/")


def test_a_day_changed_in_one_language_reaches_the_draft_of_another_with_its_words(
    folder: Path, editor: User, client: Client
) -> None:
    alert(folder, "trick", first=0, last=1)
    import_content(folder)
    post_form(browser(editor), of("trick", "ru"), "", title="Черновик", valid_to=day(0))
    post_form(browser(editor), of("trick"), "action-publish", valid_to=day(9), audiences=["parents", "educators"])
    draft = of("trick", "ru").get_latest_revision_as_object()
    assert (draft.title, draft.facts["valid_to"], draft.audiences) == ("Черновик", day(9), ["parents", "educators"])
    assert "Черновик" not in said(client, "/ru/alerts/trick/")
    post_form(browser(editor), of("trick", "ru"), "action-publish")
    with on_day(8):
        assert "Черновик" in said(client, "/ru/alerts/trick/")
        said(client, "/uz/alerts/trick/")


def test_a_correction_and_its_day_stay_in_their_language(folder: Path, editor: User) -> None:
    add(editor, "news", NEWS)
    made = start_translation(of("fresh-news"), "ru", by=editor)
    post_form(browser(editor), of("fresh-news"), "action-publish", correction="Soat.", corrected_on=str(TODAY))
    assert "corrected_on" not in Writing.objects.get(pk=made.pk).facts


def test_a_language_that_was_taken_away_does_not_come_back_with_a_day(
    folder: Path, editor: User, client: Client
) -> None:
    alert(folder, "trick", first=0, last=1)
    import_content(folder)
    browser(editor).post(reverse("wagtailsnippets_portal_writing:unpublish", args=[of("trick", "ru").pk]))
    post_form(browser(editor), of("trick"), "action-publish", valid_to=day(9))
    said(client, "/ru/alerts/trick/", 404)
    assert of("trick", "ru").facts["valid_to"] == day(9)


def test_what_may_be_chosen_is_what_files_may_say() -> None:
    assert set(POSTS) < set(EditableKind.values)
    assert [{*one.values} for one in (Severity, About, Material)] == [CODES[n] for n in ("severity", "about", "kind")]


def test_no_post_of_the_house_has_an_error(editor: User) -> None:
    import_content(settings.CONTENT_DIR)
    rows = list(Writing.objects.filter(kind__in=POSTS).select_related("locale"))
    assert len(rows) >= 81
    found = [(row.code, row.language, str(one)) for row in rows for one in queries.findings_of(row)
             if one.level == "error"]  # fmt: skip
    assert found == []


def test_a_post_of_a_file_is_published_again_without_a_change(folder: Path, editor: User) -> None:
    facts = f'date = "{TODAY}"\nregion = "UZ-SA"\ntags = ["centre"]\ncorrected_on = "{TODAY}"'
    write_post(folder, "news", "first-news", index=facts, front='correction = "Kun."\n')
    import_content(folder)
    before = of("first-news").fingerprint
    publish_writing(of("first-news"), by=editor)
    assert of("first-news").fingerprint == before
