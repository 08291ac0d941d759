"""Many send at once: kept whole and sealed, acknowledged, filed a moment later, and no one is lost or doubled."""

import threading
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from panoh.care.reports import queries, services
from panoh.care.reports.models import Arrival, Report, ReportStatus
from panoh.care.reports.services import arriving
from panoh.care.talks import public as talks
from panoh.ground.audit.public import Entry

from .form_cast import ALL, browser

pytestmark = pytest.mark.django_db
PAGE = "/uz/report/all/"


@pytest.fixture
def busy() -> Iterator[None]:
    """Somebody else is sending to this process."""
    with arriving._sending:
        yield


def sent(child: Client | None = None, **changes: str) -> Client:
    child = child or browser()
    page = child.post(PAGE, {**ALL, "key": str(uuid.uuid4()), **changes})
    assert page.headers["Location"] == "/uz/report/sent/"
    return child


def test_what_is_sent_while_another_is_filed_is_kept_sealed_and_audited(busy: None) -> None:
    sent()
    arrival = Arrival.objects.get()
    assert Report.objects.count() == 0
    assert ALL["story"].encode() not in bytes(arrival.sealed)
    assert apps.get_model("vault", "DataKey")._default_manager.filter(pk=arrival.data_key).exists()
    assert Entry.objects.filter(verb="report.arrived", thing=arrival.reference).count() == 1


def test_what_was_kept_becomes_the_very_report_that_was_sent(busy: None) -> None:
    sent()
    arrival = Arrival.objects.get()
    assert services.file_arrivals() == 1
    report = Report.objects.get()
    assert (report.reference, report.sent_at) == (arrival.reference, arrival.arrived_at)
    assert report.conversation.data_key == arrival.data_key
    assert queries.answers_of(report)["kind"] == "sextortion"
    assert [line.text for line in talks.all_lines(report.conversation)] == [ALL["story"]]
    assert Arrival.objects.count() == 0
    assert services.file_arrivals() == 0


def test_who_follows_the_answer_to_their_page_does_not_wait_for_the_worker(busy: None) -> None:
    child = sent()
    assert child.get("/uz/report/sent/").status_code == 200
    assert Report.objects.get().status == ReportStatus.RECEIVED
    assert Arrival.objects.count() == 0


def test_the_worker_files_it_and_the_cookie_opens_it(busy: None) -> None:
    child = sent()
    services.file_arrivals()
    assert child.get("/uz/report/now/").status_code == 200


def test_a_cookie_of_nobody_files_nothing(busy: None) -> None:
    sent()
    stranger = browser()
    stranger.cookies["report"] = "somebody-else"
    assert stranger.get("/uz/report/sent/").headers["Location"] == "/uz/report/"
    assert Arrival.objects.count() == 1


def test_the_same_form_twice_is_one_report_and_both_browsers_reach_it(busy: None) -> None:
    key = str(uuid.uuid4())
    first, second = sent(key=key), sent(key=key)
    services.file_arrivals()
    assert Report.objects.count() == 1
    assert [one.get("/uz/report/now/").status_code for one in (first, second)] == [200, 200]


def test_a_form_that_was_filed_before_and_arrives_again_is_still_one() -> None:
    key = str(uuid.uuid4())
    sent(key=key)
    assert Report.objects.count() == 1
    with arriving._sending:
        again = sent(key=key)
    assert services.file_arrivals() == 1
    assert Report.objects.count() == 1
    assert again.get("/uz/report/now/").status_code == 200


def test_the_urgent_is_filed_first(busy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(kind="fraud")
    sent(kind="self_harm", danger="yes")
    order: list[int] = []
    real = arriving.file_arrival

    def noted(pk: uuid.UUID) -> bool:
        order.append(Arrival.objects.get(pk=pk).urgency)
        return real(pk)

    monkeypatch.setattr(arriving, "file_arrival", noted)
    services.file_arrivals()
    assert order == sorted(order)
    assert order[0] == 1


def test_one_that_cannot_be_filed_stands_before_nobody_and_is_kept(busy: None) -> None:
    sent()
    broken = Arrival.objects.get()
    Arrival.objects.update(sealed=b"torn", urgency=1)
    sent()
    assert services.file_arrivals() == 1
    kept = Arrival.objects.get()
    assert (kept.pk, kept.attempts) == (broken.pk, 1)
    assert kept.next_attempt_at > timezone.now()
    assert services.file_arrivals() == 0
    Arrival.objects.update(sealed=broken.sealed, next_attempt_at=timezone.now() - timedelta(seconds=1))
    assert services.file_arrivals() == 1


def test_an_answer_that_cannot_be_kept_is_refused_at_once_also_then(busy: None) -> None:
    page = browser().post(PAGE, {**ALL, "contact": "phone", "phone": "abc"})
    assert page.status_code == 400
    assert Arrival.objects.count() == 0


def test_what_waits_counts_for_the_flood_gate(busy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries.street, "_limits", lambda: [(timedelta(minutes=1), 1)])
    sent()
    sent()
    cache.delete(queries.street.FLOODED)
    assert queries.is_flooded()


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_of_many_who_send_at_once_while_the_worker_files_none_is_lost_and_none_is_doubled() -> None:
    keys = [uuid.uuid4() for _ in range(24)]
    start = threading.Barrier(9)

    def send(mine: list[uuid.UUID]) -> None:
        start.wait(20)
        for key in mine:
            services.take_report(language="uz", key=key, answers=ALL)
        connections.close_all()

    def file() -> None:
        start.wait(20)
        for _ in range(30):
            services.file_arrivals()
        connections.close_all()

    hands = [threading.Thread(target=send, args=(keys[place::6] + keys[place::6][:1],)) for place in range(6)]
    hands += [threading.Thread(target=file) for _ in range(3)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)
    services.file_arrivals()
    assert Report.objects.count() == len(keys)
    assert Arrival.objects.count() == 0
    assert Entry.objects.filter(verb="report.sent").count() == len(keys)
