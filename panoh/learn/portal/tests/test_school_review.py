"""The school's self-review: nothing is kept unless the school sends its totals, and nothing sent names a school."""

import json
import re
import uuid
from datetime import date
from typing import Any

import pytest
from django.conf import settings as config
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panoh.ground.accounts.public import User
from panoh.learn.portal import school_review as pure
from panoh.learn.portal.models import SchoolReview
from panoh.learn.portal.queries import reviews as queries
from panoh.learn.portal.services import reviews as services

pytestmark = pytest.mark.django_db
REVIEW = pure.read(config.CONTENT_DIR, "en")
CODES = [item.code for item in REVIEW.items]
SENT = {"send": "1", "place": "UZ-TK.chilonzor", "kind": "general"}


def answers(level: int = 2, **more: int) -> dict[str, Any]:
    return dict.fromkeys(CODES, level) | more


def asked(client: Client, data: dict[str, Any], language: str = "en") -> Any:
    return client.post(f"/{language}/school-review/", data)


# --- the statements --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["uz", "ru", "en"])
def test_every_statement_is_written_whole_in_every_language(language: str) -> None:
    review = pure.read(config.CONTENT_DIR, language)
    assert [(area.code, [item.code for item in area.items]) for area in review.areas] == [
        (area.code, [item.code for item in area.items]) for area in REVIEW.areas
    ]
    assert len(review.items) == 24
    assert set(review.words) == set(REVIEW.words)
    for item in review.items:
        assert len(set(item.levels)) == pure.LEVELS
        assert all(text.strip() and len(text) <= 200 for text in (item.text, *item.levels))
        assert item.month in review.months
        assert item.who in review.people


@pytest.mark.parametrize(
    ("language", "word"), [("uz", "maktab"), ("uz-cyrl", "мактаб"), ("ru", "школ"), ("en", "school")]
)
def test_the_page_is_read_in_the_language_and_script_of_the_reader(client: Client, language: str, word: str) -> None:
    page = client.get(f"/{language}/school-review/").content.decode()
    assert word in page.casefold()
    assert page.count('type="radio"') == 24 * 4


def test_where_nobody_has_written_it_the_other_languages_are_offered(client: Client) -> None:
    answer = client.get("/kaa/school-review/")
    assert answer.status_code == 404
    assert 'href="/uz/school-review/"' in answer.content.decode()


# --- the result ------------------------------------------------------------------------------------------------------


def test_a_statement_without_an_answer_is_asked_for_and_the_others_stay(client: Client) -> None:
    answer = asked(client, dict.fromkeys(CODES[1:], "2"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{CODES[0]}_0"' in page
    assert len(re.findall(r"<input[^>]*\schecked", page)) == 23


def test_the_result_has_points_the_strongest_the_weakest_and_a_plan(client: Client) -> None:
    weak = {item.code: 0 for item in REVIEW.areas[1].items}
    page = asked(client, answers(3, **weak, filter=1)).content.decode()
    assert "0 of 12" in page
    assert "10 of 12" in page
    assert "Some know; nothing is written." in page
    assert page.count("<article") == 5


def test_where_all_is_alike_nothing_is_called_weakest() -> None:
    assert pure.extremes(pure.scores(REVIEW, answers(2))) == ([], [])


def test_the_plan_holds_the_weakest_with_their_next_level_in_the_order_of_the_school_year() -> None:
    steps = pure.plan(REVIEW, answers(2, partners=0, newcomers=0, rules=1))
    assert len(steps) == pure.IN_PLAN
    assert {"partners", "newcomers", "rules"} <= {step.item.code for step in steps}
    assert steps[0].item.code == "newcomers"
    assert all(step.next == step.item.levels[step.level + 1] for step in steps)
    months = [(step.item.month - 8) % 12 for step in steps]
    assert months == sorted(months)


def test_a_school_at_its_best_has_no_plan_and_is_told_so(client: Client) -> None:
    page = asked(client, answers(3)).content.decode()
    assert REVIEW.words["plan_done"] in page
    assert "<article" not in page


def test_nothing_is_kept_anywhere(client: Client) -> None:
    response = asked(client, answers(1))
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert not SchoolReview.objects.exists()


@pytest.mark.parametrize("level", ["4", "-1", "x", "1.5"])
def test_a_level_that_is_none_is_asked_again(client: Client, level: str) -> None:
    assert asked(client, answers(2) | {"rules": level}).status_code == 422


# --- files -----------------------------------------------------------------------------------------------------------


def test_the_file_of_a_year_shows_the_next_year_what_changed(client: Client) -> None:
    kept = asked(client, answers(1) | {"file": "json"})
    assert kept["Content-Disposition"].startswith("attachment")
    data = json.loads(kept.content)
    assert data["answers"]["rules"] == 1
    assert data["points"]["policy"] == 4
    data["on"] = "2025-11-01"
    last = SimpleUploadedFile("last.json", json.dumps(data).encode())
    page = asked(client, answers(1, rules=3, steps=0) | {"last": last}).content.decode()
    assert "What changed since 2025" in page
    assert page.count("<td>better</td>") == 1
    assert page.count("<td>weaker</td>") == 1
    assert page.count("<td>the same</td>") == 4


def test_a_statement_that_last_year_did_not_have_is_not_compared() -> None:
    before = {code: 3 for code in CODES if code != "rules"}
    first = pure.changes(REVIEW, before, answers(3))[0]
    assert (first.before, first.now, first.most, first.by) == (9, 9, 9, "same")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 5000, b'{"file": "other", "on": "2025-01-01", "answers": {}}',
        b'{"file": "panoh-school-review", "on": "2025-01-01", "answers": {"rules": 9}}',
        b'{"file": "panoh-school-review", "on": "2025-01-01", "answers": {"rules": true}}',
        b'{"file": "panoh-school-review", "on": "yesterday", "answers": {}}', b" " * 100_001,
    ],
    ids=str.split("empty object list null bytes deep other level boolean day big"),
)  # fmt: skip
def test_a_strange_file_says_so_and_changes_nothing(client: Client, data: bytes) -> None:
    answer = asked(client, answers(2) | {"last": SimpleUploadedFile("last.json", data)})
    assert answer.status_code == 200
    assert REVIEW.words["bad_file"] in answer.content.decode()


def test_the_plan_can_be_taken_away_as_a_table(client: Client) -> None:
    answer = asked(client, answers(2, rules=0) | {"file": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    assert "There are rules on paper" in answer.content.decode("utf-8-sig")


# --- sending the totals ----------------------------------------------------------------------------------------------


def test_a_school_that_presses_send_is_counted_once_without_its_name(client: Client) -> None:
    key = str(uuid.uuid4())
    for _time in range(2):
        assert REVIEW.words["sent"] in asked(client, answers(2) | SENT | {"key": key}).content.decode()
    one = SchoolReview.objects.get()
    assert (one.region, one.district, one.kind, one.year) == (
        "UZ-TK",
        "UZ-TK.chilonzor",
        "general",
        timezone.localdate().year,
    )
    assert one.scores == {area.code: 8 for area in REVIEW.areas}
    assert {field.name for field in SchoolReview._meta.get_fields()} == {
        "id", "key", "year", "edition", "region", "district", "kind", "scores", "sent_on"}  # fmt: skip


@pytest.mark.parametrize("wrong", [{"place": ""}, {"place": "UZ-TK.nowhere"}, {"kind": "castle"}, {"key": "x"}])
def test_a_school_that_does_not_say_where_is_asked_and_not_counted(client: Client, wrong: dict[str, str]) -> None:
    answer = asked(client, answers(2) | SENT | {"key": str(uuid.uuid4())} | wrong)
    assert answer.status_code == 422
    assert not SchoolReview.objects.exists()


def test_a_flood_is_turned_away_until_tomorrow(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_A_DAY", 1)
    for _time in range(2):
        page = asked(client, answers(2) | SENT | {"key": str(uuid.uuid4())}).content.decode()
    assert REVIEW.words["full"] in page
    assert SchoolReview.objects.count() == 1


# --- the desk --------------------------------------------------------------------------------------------------------


def sent(region: str, schools: int, points: int = 6) -> None:
    SchoolReview.objects.bulk_create(
        SchoolReview(
            key=uuid.uuid4(), year=2026, edition=1, region=region, kind="general", sent_on=date(2026, 11, 1),
            scores={area.code: points for area in REVIEW.areas},
        )
        for _one in range(schools)
    )  # fmt: skip


def test_a_region_with_few_schools_is_not_shown_by_itself(editor: User) -> None:
    sent("UZ-TK", 5, points=12)
    sent("UZ-AN", 4, points=0)
    lines = queries.overview(editor, 2026, "en")
    assert [(line.schools, line.shares[0]) for line in lines] == [(5, 100), (5, 100)]
    sent("UZ-SI", 2, points=3)
    assert [line.schools for line in queries.overview(editor, 2026, "en")] == [5, 6, 11]


def test_too_few_schools_altogether_show_nothing(client: Client, editor: User) -> None:
    sent("UZ-TK", 4)
    client.force_login(editor)
    page = client.get(reverse("portal_desk:school_reviews")).content.decode()
    assert "<table" not in page


def test_the_overview_is_of_one_year_and_can_be_taken_away(client: Client, supervisor: User) -> None:
    sent("UZ-TK", 7)
    client.force_login(supervisor)
    answer = client.get(reverse("portal_desk:school_reviews"), {"year": "2026", "file": "csv"})
    assert ",7,50,50,50,50,50,50" in answer.content.decode("utf-8-sig")
    assert client.get(reverse("portal_desk:school_reviews"), {"year": "1999; drop"}).status_code == 200


def test_a_counsellor_has_no_business_with_it(desk: Client) -> None:
    assert desk.get(reverse("portal_desk:school_reviews")).status_code == 403
