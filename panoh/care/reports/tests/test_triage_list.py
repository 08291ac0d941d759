"""The list at the desk: what waits comes first, each role sees its own, and it stays flat at any size."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panoh.care.reports import public
from panoh.care.reports.models import Judgement, Report, SavedView
from panoh.care.reports.queries.desk import PER_PAGE, report_list
from panoh.care.reports.services import triage
from panoh.ground.accounts.public import User

from .form_cast import filed, new_draft
from .triage_cast import browser_of, bullying, found_online, fresh, taken

pytestmark = pytest.mark.django_db
Cast = Callable[..., User]
LIST = "/desk/reports/"


@pytest.fixture
def analyst(person: Cast) -> User:
    return person("hotline_analyst", name="Anvar")


def seen(client: Client, query: str = "") -> list[str]:
    """The numbers on the page, in order."""
    page = client.get(LIST + query).content.decode()
    return re.findall(r"data-row>(R-\w+)<", page)


def test_the_most_urgent_comes_first_then_the_next_deadline(counsellor: User) -> None:
    calm, urgent, second = bullying(), filed(kind="self_harm"), bullying()
    Report.objects.filter(pk=second.pk).update(due_at=timezone.now())
    assert seen(browser_of(counsellor)) == [urgent.reference, second.reference, calm.reference]


def test_drafts_are_nobodys_to_read(supervisor: User) -> None:
    draft = new_draft()
    client = browser_of(supervisor)
    for tab in ("triage", "mine", "all"):
        assert draft.reference not in client.get(f"{LIST}?tab={tab}").content.decode()
    assert client.get(f"{LIST}{draft.reference}/").status_code == 404


def test_a_counsellor_does_not_see_what_is_the_hotlines(counsellor: User, analyst: User) -> None:
    report = found_online()
    assert seen(browser_of(counsellor), "?tab=all") == []
    assert seen(browser_of(analyst), "?tab=all") == [report.reference]


def test_a_hidden_report_and_a_missing_one_look_the_same(counsellor: User) -> None:
    report = found_online()
    client = browser_of(counsellor)
    hidden, missing = client.get(f"{LIST}{report.reference}/"), client.get(f"{LIST}R-NOTHING/")
    assert hidden.status_code == missing.status_code == 404
    token = re.compile(rb'(csrf-token" content|csrfmiddlewaretoken" value)="[^"]*"|nonce="[^"]*"')
    clean = [
        token.sub(b"", page.content.replace(report.reference.encode(), b"R-NOTHING")) for page in (hidden, missing)
    ]
    assert clean[0] == clean[1]


@pytest.mark.parametrize("role", ["caseworker", "editor", "partner_officer", "administrator", "custodian", ""])
def test_other_roles_stay_outside(person: Cast, role: str) -> None:
    report = bullying()
    client = browser_of(person(*([role] if role else []), name="Somebody"))
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{report.reference}/").status_code == (404 if role == "caseworker" else 403)


def test_filters_find_by_codes(counsellor: User) -> None:
    bully, urgent = bullying(), filed(kind="self_harm")
    client = browser_of(counsellor)
    assert seen(client, "?kind=cyberbullying") == [bully.reference]
    assert seen(client, "?urgency=1") == [urgent.reference]
    assert seen(client, "?region=UZ-TK&status=received") == [urgent.reference, bully.reference]
    assert seen(client, "?status=closed") == []


@pytest.mark.parametrize(
    "query", ["?urgency=abc", "?after=x.y.z", "?after=9.99999999999999999999.R", "?tab=none", "?after=%00"]
)
def test_odd_addresses_break_nothing(counsellor: User, query: str) -> None:
    bullying()
    assert browser_of(counsellor).get(LIST + query).status_code == 200


@pytest.mark.parametrize("tab", ["triage", "all"])
def test_pages_follow_each_other_without_a_gap_and_without_a_repeat(counsellor: User, tab: str) -> None:
    same = timezone.now()
    for _each in range(PER_PAGE + 7):
        bullying()
    Report.objects.update(sent_at=same, due_at=same)
    first = report_list(counsellor, tab=tab)
    after = parse_qs(urlsplit(f"?{first.more}").query)["after"][0]
    second = report_list(counsellor, tab=tab, after=after)
    references = [one.reference for one in (*first.rows, *second.rows)]
    assert len(references) == len(set(references)) == PER_PAGE + 7
    assert second.more == ""


def test_the_list_asks_few_questions_at_any_size(counsellor: User, django_assert_max_num_queries: Any) -> None:
    client = browser_of(counsellor)
    for _each in range(PER_PAGE + 2):
        taken(bullying(), counsellor)
    for tab in ("triage", "mine", "all"):
        client.get(LIST)
        with django_assert_max_num_queries(8):
            assert client.get(f"{LIST}?tab={tab}&kind=cyberbullying").status_code == 200


# --- several at once --------------------------------------------------------------------------------------------------


def ticked(*reports: Report, to: User) -> dict[str, Any]:
    return {"report": [one.reference for one in reports], "to": to.code}


def test_a_supervisor_gives_several_at_once(supervisor: User, counsellor: User) -> None:
    reports = [bullying() for _each in range(3)]
    page = browser_of(supervisor).post(reverse("reports:assign_reports"), ticked(*reports, to=counsellor), follow=True)
    assert "3 reports given" in page.content.decode()
    assert {fresh(one).assignee for one in reports} == {counsellor}
    assert Judgement.objects.filter(what="assignee", by=supervisor).count() == 3


def test_what_somebody_may_not_read_stays_where_it_is(supervisor: User, counsellor: User) -> None:
    mine, hidden = bullying(), found_online()
    page = browser_of(supervisor).post(
        reverse("reports:assign_reports"), ticked(mine, hidden, to=counsellor), follow=True
    )
    assert "1 report stayed" in page.content.decode()
    assert fresh(hidden).assignee is None


def test_a_counsellor_takes_and_gives_to_nobody_else(counsellor: User, person: Cast) -> None:
    other = person("counsellor", name="Timur")
    one, held = bullying(), taken(bullying(), other)
    client = browser_of(counsellor)
    client.post(reverse("reports:assign_reports"), ticked(one, to=other))
    assert fresh(one).assignee is None
    client.post(reverse("reports:assign_reports"), ticked(one, held, to=counsellor))
    assert (fresh(one).assignee, fresh(held).assignee) == (counsellor, other)


def test_a_hidden_report_cannot_be_taken_by_its_number(counsellor: User) -> None:
    hidden = found_online()
    browser_of(counsellor).post(reverse("reports:assign_reports"), ticked(hidden, to=counsellor))
    assert fresh(hidden).assignee is None


# --- views kept ------------------------------------------------------------------------------------------------------


def keep(client: Client, name: str, query: str) -> None:
    client.post(reverse("reports:keep_view"), {"name": name, "query": query})


def test_a_view_is_kept_for_its_owner_and_holds_codes_only(counsellor: User, supervisor: User) -> None:
    client = browser_of(counsellor)
    keep(client, "Shoshilinch", "tab=all&urgency=1&kind=fraud&name=Malika&after=1.2.R&region=<script>")
    view = SavedView.objects.get()
    assert view.query == "tab=all&urgency=1&kind=fraud"
    assert "Shoshilinch" in client.get(LIST).content.decode()
    other = browser_of(supervisor)
    assert "Shoshilinch" not in other.get(LIST).content.decode()
    assert other.post(reverse("reports:drop_view", args=[view.pk])).status_code == 404
    client.post(reverse("reports:drop_view", args=[view.pk]))
    assert not SavedView.objects.exists()


def test_the_same_name_is_the_newer_view_and_there_is_an_end(counsellor: User) -> None:
    client = browser_of(counsellor)
    for number in range(25):
        keep(client, f"v{number}", "tab=mine")
    keep(client, "v0", "tab=all")
    assert SavedView.objects.count() == 20
    assert SavedView.objects.get(name="v0").query == "tab=all"


# --- counters --------------------------------------------------------------------------------------------------------


def test_counters_count_what_each_may_see(counsellor: User, analyst: User, editor: User) -> None:
    held = taken(bullying(), counsellor)
    found_online()
    Report.objects.filter(pk=held.pk).update(due_at=timezone.now() - timedelta(hours=1))
    assert public.report_counters(counsellor) == {"reports": 1, "my_reports": 1, "late_reports": 1}
    assert public.report_counters(analyst)["reports"] == 2
    assert public.report_counters(editor) == {}
    assert public.my_reports(counsellor) == [held]


def test_of_two_who_take_at_once_one_gets_it(counsellor: User, person: Cast) -> None:
    other, report = person("counsellor", name="Timur"), bullying()
    triage.take_report(report, by=counsellor)
    page = browser_of(other).post(reverse("reports:take_report", args=[report.reference]), follow=True)
    assert "Somebody else has this report already" in page.content.decode()
    assert fresh(report).assignee == counsellor
