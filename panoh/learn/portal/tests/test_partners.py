"""The partner register: written at the desk, published by a person, reminded of by the clock, honest on the street."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import Cast
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify
from panoh.ground.organisations.public import Organisation
from panoh.learn.portal.errors import RegisterRefusedError
from panoh.learn.portal.models import Partner, Pledge, PledgeState
from panoh.learn.portal.queries.partners import step_of
from panoh.learn.portal.services import partners as services

pytestmark = pytest.mark.django_db
PROMISED = {"what_uz": "100 ta maktabga poster beramiz", "measure_uz": "Maktablar roʻyxati", "due_on": "2027-03-01"}
SEEN = "https://example.test/hisobot"


@pytest.fixture
def keeper(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def partner(editor: User) -> Partner:
    return services.add_partner(name="Yorugʻ Media", kind="media", by=editor)


def promise(partner: Partner, by: User, *, days: int = 90, what: str = "Poster beramiz", **more: Any) -> Pledge:
    """Due in so many days, below zero: overdue."""
    due_on = timezone.localdate() + timedelta(days=days)
    texts = {"what": {"uz": what}, "measure": {"uz": "Roʻyxat"}}
    return services.add_pledge(partner, **{**texts, "due_on": due_on, **more}, by=by)


def address(name: str, *args: object) -> str:
    return reverse(f"portal_desk:{name}", args=args)


def said(client: Client, path: str, **asked: str) -> str:
    answer = client.get(path, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_editor_writes_down_a_partner_and_a_promise_that_nobody_outside_sees(keeper: Client) -> None:
    keeper.post(address("add_partner"), {"name": "Yorugʻ Media", "kind": "media"})
    partner = Partner.objects.get()
    keeper.post(address("add_pledge", partner.code), PROMISED)
    pledge = Pledge.objects.get()
    assert (pledge.what, pledge.due_on, pledge.first_due_on) == (
        {"uz": "100 ta maktabga poster beramiz"}, date(2027, 3, 1), date(2027, 3, 1))  # fmt: skip
    assert "100 ta maktabga" in said(keeper, address("partner", partner.code))
    assert "Media" not in said(Client(), "/uz/partners/")
    verbs = [entry.verb for thing in (partner.code, pledge.code) for entry in audit.trail(thing)]
    assert verbs == ["partner.added", "pledge.added"]


def test_a_partner_is_of_the_directory_or_has_a_name_and_stands_once(keeper: Client, partner: Partner) -> None:
    Organisation.objects.create(code="inson", names={"uz": "Inson markazi", "ru": "Центр Инсон"})
    both = {"organisation": "inson", "name": "Inson", "kind": "agency"}
    for wrong in (both, {"kind": "agency"}, {"name": "Yorugʻ Media", "kind": "media"}):
        assert "error-summary" in keeper.post(address("add_partner"), wrong).content.decode()
    keeper.post(address("add_partner"), {"organisation": "inson", "kind": "agency"})
    assert Partner.objects.count() == 2
    assert "Inson markazi" in said(keeper, address("partners"))


def test_the_street_sees_a_partner_and_each_promise_only_when_a_person_published_them(
    keeper: Client, partner: Partner, editor: User
) -> None:
    shown, kept_back = promise(partner, editor), promise(partner, editor, what="Hali kelishilmagan")
    keeper.post(address("publish_pledge", shown.code), {"on": "1"})
    assert "Poster beramiz" not in said(Client(), "/uz/partners/")
    keeper.post(address("publish_partner", partner.code), {"on": "1"})
    page = said(Client(), "/uz/partners/")
    assert "Poster beramiz" in page
    assert "Hali kelishilmagan" not in page
    keeper.post(address("publish_partner", partner.code), {"on": "0"})
    assert "Poster beramiz" not in said(Client(), "/uz/partners/")
    assert not kept_back.is_published


def published(partner: Partner, by: User, **facts: Any) -> Pledge:
    services.publish_partner(partner, on=True, by=by)
    return services.publish_pledge(promise(partner, by, **facts), on=True, by=by)


def test_a_promise_whose_day_is_over_is_overdue_for_everybody_to_see(partner: Partner, editor: User) -> None:
    published(partner, editor, days=-1)
    page = said(Client(), "/en/partners/")
    assert "badge-overdue" in page
    assert "badge-promised" not in page


def test_a_promise_due_today_is_not_late(partner: Partner, editor: User) -> None:
    published(partner, editor, days=0)
    assert "badge-overdue" not in said(Client(), "/en/partners/")


def test_a_moved_day_shows_what_was_said_at_first(keeper: Client, partner: Partner, editor: User) -> None:
    pledge = published(partner, editor, days=-5)
    first = pledge.first_due_on
    keeper.post(address("edit_pledge", pledge.code), PROMISED)
    assert f'datetime="{first.isoformat()}"' in said(Client(), "/ru/partners/")
    assert "badge-overdue" not in said(Client(), "/ru/partners/")


def test_a_kept_promise_needs_a_result_and_where_it_can_be_seen(keeper: Client, partner: Partner, editor: User) -> None:
    pledge = published(partner, editor)
    for half in ({"result_uz": "Berdik"}, {"evidence_url": SEEN}):
        answer = keeper.post(address("report_pledge", pledge.code), {"state": "kept", **half})
        assert "error-summary" in answer.content.decode()
    keeper.post(address("report_pledge", pledge.code), {"state": "kept", "result_uz": "Berdik", "evidence_url": SEEN})
    pledge.refresh_from_db()
    assert pledge.state == PledgeState.KEPT
    page = said(Client(), "/uz/partners/")
    assert "Berdik" in page
    assert f'href="{SEEN}"' in page


@pytest.mark.parametrize("state", ["not_kept", "withdrawn"])
def test_what_was_not_kept_says_why(keeper: Client, partner: Partner, editor: User, state: str) -> None:
    pledge = published(partner, editor)
    assert "error-summary" in keeper.post(address("report_pledge", pledge.code), {"state": state}).content.decode()
    keeper.post(address("report_pledge", pledge.code), {"state": state, "reason_uz": "Mablagʻ topilmadi"})
    assert "Mablagʻ topilmadi" in said(Client(), "/uz/partners/")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "ftp://example.test"])
def test_a_link_is_one_of_the_web(keeper: Client, partner: Partner, editor: User, link: str) -> None:
    pledge = promise(partner, editor)
    data = {"state": "on_the_way", "result_uz": "Boshladik", "evidence_url": link}
    assert "error-summary" in keeper.post(address("report_pledge", pledge.code), data).content.decode()
    pledge.refresh_from_db()
    assert pledge.evidence_url == ""


def test_every_change_stays_readable_with_who_made_it(keeper: Client, partner: Partner, editor: User) -> None:
    pledge = promise(partner, editor)
    keeper.post(address("report_pledge", pledge.code), {"state": "on_the_way"})
    keeper.post(address("edit_pledge", pledge.code), PROMISED)
    assert [change.verb for change in pledge.changes.all()] == ["changed", "reported", "added"]
    assert said(keeper, address("partner", partner.code)).count("Sevara") >= 3
    assert {entry.verb for entry in audit.trail(pledge.code)} == {"pledge.added", "pledge.reported", "pledge.changed"}


def test_a_text_that_there_is_in_one_language_only_names_its_language(partner: Partner, editor: User) -> None:
    published(partner, editor)
    assert '<h3 lang="uz-Latn">Poster beramiz' in said(Client(), "/ru/partners/")
    assert "<h3>Постер берамиз" in said(Client(), "/uz-cyrl/partners/")


# --- the desk's list -------------------------------------------------------------------------------------------------


def test_the_register_is_narrowed_and_taken_away(keeper: Client, partner: Partner, editor: User) -> None:
    promise(partner, editor, days=-3)
    assert "Yorugʻ Media" in said(keeper, address("partners"), state="overdue", kind="media", published="no")
    for other in ({"state": "kept"}, {"kind": "school"}, {"published": "yes"}):
        assert "Yorugʻ Media" not in said(keeper, address("partners"), **other)
    rows = list(csv.reader(io.StringIO(said(keeper, address("partners"), file="csv").removeprefix("\ufeff"))))
    assert [row[0] for row in rows[1:]] == ["Yorugʻ Media"]


def test_a_supervisor_reads_and_does_not_write(
    client: Client, supervisor: User, partner: Partner, editor: User
) -> None:
    pledge = promise(partner, editor)
    client.force_login(supervisor)
    assert "Poster beramiz" in said(client, address("partner", partner.code))
    for name, code in (("edit_partner", partner.code), ("add_pledge", partner.code), ("report_pledge", pledge.code)):
        assert client.get(address(name, code)).status_code == 403
    assert client.post(address("publish_partner", partner.code), {"on": "1"}).status_code == 403
    with pytest.raises(RegisterRefusedError):
        services.publish_partner(partner, on=True, by=supervisor)


def test_a_counsellor_and_an_officer_have_no_business_here(client: Client, counsellor: User, officer: User) -> None:
    for other in (counsellor, officer):
        client.force_login(other)
        assert client.get(address("partners")).status_code == 403


def test_what_is_not_there_is_a_404(keeper: Client) -> None:
    for name in ("partner", "edit_partner", "add_pledge", "edit_pledge", "report_pledge"):
        assert keeper.get(address(name, "nothing")).status_code == 404


# --- reminders -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "step"), [(31, 0), (30, 1), (15, 1), (14, 2), (7, 3), (2, 3), (1, 4), (0, 4), (-1, 5), (-29, 5), (-30, 6)]
)
def test_a_step_is_reached_on_its_day(days: int, step: int) -> None:
    today = date(2026, 11, 22)
    assert step_of(today + timedelta(days=days), today) == step


def test_each_step_is_one_letter_and_a_second_run_writes_none(partner: Partner, editor: User) -> None:
    pledge = promise(partner, editor, days=10)
    promise(partner, editor, days=80)
    assert services.remind_of_pledges() == 1
    assert services.remind_of_pledges() == 0
    notify.deliver_due()
    assert [letter.to for letter in mail.outbox] == [["sevara@example.test"]]
    assert "Poster beramiz" in mail.outbox[0].body
    assert "pledge.due" in {entry.verb for entry in audit.trail(pledge.code)}


def test_the_responsible_person_hears_and_nobody_else(partner: Partner, editor: User, person: Cast) -> None:
    nodira = person("editor", name="Nodira")
    services.change_partner(partner, responsible=nodira, name=partner.name, by=editor)
    promise(partner, editor, days=5)
    promise(partner, editor, days=6)
    services.remind_of_pledges()
    notify.deliver_due()
    assert [letter.to for letter in mail.outbox] == [["nodira@example.test"]]


def test_what_is_settled_is_not_reminded_of_and_a_moved_day_is_anew(partner: Partner, editor: User) -> None:
    done, moved = promise(partner, editor, days=-2), promise(partner, editor, days=-2)
    services.report_pledge(done, state="withdrawn", reason={"uz": "Yopildi"}, by=editor)
    assert services.remind_of_pledges() == 1
    texts = {"what": {"uz": "a"}, "measure": {"uz": "b"}}
    services.change_pledge(moved, **texts, due_on=timezone.localdate() + timedelta(days=3), by=editor)
    assert services.remind_of_pledges() == 1
