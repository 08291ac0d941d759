"""A flood of reports, or many from one browser, waits at a gate; danger never does, and no address is ever asked."""

import base64
import hashlib
import json
import re
import time
import uuid
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from panoh.care.reports import queries
from panoh.care.reports.models import Report

from .form_cast import begin, browser, filed, new_draft

pytestmark = pytest.mark.django_db
START, ALL = "/uz/report/", "/uz/report/all/"
CALM = {"answer": "no"}


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    cache.clear()


@pytest.fixture
def flood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panoh.care.reports.queries.is_flooded", lambda: True)


def form(client: Client, **said: str) -> Any:
    return client.post(START, {**CALM, "key": str(uuid.uuid4()), **said})


def waiting(page: Any) -> dict[str, str]:
    """The hidden fields of the first form on the waiting page."""
    text = page.content.decode().split("</form>")[0]
    return {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', text)}


def solved(page: Any) -> str:
    """What the script of the page would find."""
    data = re.search(r'data-sum="([^"]+)"', page.content.decode())
    assert data
    task = json.loads(unescape(data[1]))
    number = next(
        n
        for n in range(task["max"] + 1)
        if hashlib.sha256(f"{task['salt']}{n}".encode()).hexdigest() == task["challenge"]
    )
    found = {name: task[name] for name in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps({**found, "number": number}).encode()).decode()


@pytest.mark.usefixtures("flood")
def test_under_a_flood_danger_walks_in_through_both_doors() -> None:
    assert form(browser()).status_code == 429
    assert form(browser(), answer="yes").status_code == 302
    told = {"danger": "yes", "kind": "threats", "key": str(uuid.uuid4())}
    assert browser().post(ALL, told).status_code == 302
    assert set(Report.objects.values_list("danger", flat=True)) == {"yes"}


@pytest.mark.usefixtures("flood")
def test_a_solved_sum_lets_one_report_in_and_not_a_second() -> None:
    child = browser()
    page = form(child)
    said = {**waiting(page), "sum": solved(page)}
    assert child.post(START, said).status_code == 302
    assert browser().post(START, {**said, "key": str(uuid.uuid4())}).status_code == 429
    assert Report.objects.count() == 1


@pytest.mark.usefixtures("flood")
def test_without_scripts_a_wait_lets_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panoh.care.talks.flood.WAIT_SECONDS", 1)
    child = browser()
    said = waiting(form(child))
    assert child.post(START, said).status_code == 429
    time.sleep(2.1)
    assert child.post(START, said).status_code == 302
    assert browser().post(START, {**said, "key": str(uuid.uuid4())}).status_code == 429


@pytest.mark.usefixtures("flood")
def test_nothing_that_was_typed_is_lost_at_the_gate() -> None:
    told = {"danger": "no", "kind": "cyberbullying", "story": 'Ular "kulishdi" <meni>', "key": str(uuid.uuid4())}
    page = browser().post(ALL, told)
    assert page.status_code == 429
    assert {name: waiting(page)[name] for name in told} == told
    assert not Report.objects.exists()


def test_the_whole_of_a_city_behind_one_address_is_served() -> None:
    answers = [
        Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"}, REMOTE_ADDR="10.0.0.1").post(
            START, {**CALM, "key": str(uuid.uuid4())}
        )
        for _each in range(500)
    ]
    assert {answer.status_code for answer in answers} == {302}
    assert Report.objects.count() == 500


def test_one_browser_that_begins_again_and_again_waits_and_another_does_not() -> None:
    child = browser()
    for _each in range(queries.most_of_one_browser()):
        assert form(child).status_code == 302
    page = form(child)
    assert page.status_code == 429
    assert form(child, answer="yes").status_code == 302
    assert child.post(START, {**waiting(page), "sum": solved(page)}).status_code == 302
    assert form(browser()).status_code == 302


def test_a_form_sent_twice_by_a_nervous_thumb_stays_one_report() -> None:
    child, key = browser(), str(uuid.uuid4())
    for _each in range(3):
        assert form(child, key=key).status_code == 302
    assert Report.objects.count() == 1


@pytest.mark.parametrize("limit", ["flood_reports_per_minute", "flood_reports_per_hour"])
def test_a_flood_is_more_from_the_web_than_the_centre_says(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    limits = {"flood_reports_per_minute": 100, "flood_reports_per_hour": 100, limit: 2}
    monkeypatch.setattr(
        "panoh.care.reports.queries.street.centre", lambda _table, name, default=None: limits.get(name, default)
    )
    filed()
    begin(browser())
    new_draft(channel="telegram")
    cache.clear()
    assert queries.is_flooded() is False
    filed()
    cache.clear()
    assert queries.is_flooded() is True
