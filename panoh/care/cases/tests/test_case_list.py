"""The list: tabs, filters, pages by key, views one keeps, several given at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from panoh.care.cases import public as cases
from panoh.care.cases import queries, services
from panoh.care.cases.models import Case, SavedView
from panoh.ground.accounts.public import User

from .case_cast import a_case, answers, browser

pytestmark = pytest.mark.django_db
LIST = "cases:cases"


@pytest.fixture
def many(worker: User, counsellor: User) -> list[Case]:
    """Sixty of Gulnora's, the newest first, three by three at one moment."""
    made = [services.open_case(language="uz", by=counsellor, owner=worker, region="UZ-TK") for _ in range(60)]
    start = timezone.now() - timedelta(days=1)
    for number, one in enumerate(made):
        Case.objects.filter(pk=one.pk).update(changed_at=start + timedelta(minutes=number // 3))
    return list(Case.objects.order_by("-changed_at", "-id"))


def listed(client: Client, **asked: str) -> list[Case]:
    found: list[Case] = client.get(reverse(LIST), asked).context["listing"].cases
    return found


def test_pages_by_key_show_every_case_once_and_in_order(many: list[Case], worker: User) -> None:
    client, seen, address = browser(worker), [], "?tab=mine"
    while address:
        listing = client.get(reverse(LIST) + address).context["listing"]
        seen += listing.cases
        address = f"?{listing.more}" if listing.more else ""
    assert seen == many


def test_a_key_that_cannot_be_read_is_the_first_page(many: list[Case], worker: User) -> None:
    for after in ("x", "2026-01-01~x", "2026-01-01T00:00:00~00000000-0000-0000-0000-000000000000", "~" * 500):
        assert listed(browser(worker), after=after) == many[:25]


def test_the_overdue_come_with_the_longest_overdue_first(many: list[Case], worker: User) -> None:
    now = timezone.now()
    for number, one in enumerate(many[:30]):
        Case.objects.filter(pk=one.pk).update(next_due_at=now - timedelta(hours=number))
    Case.objects.filter(pk=many[40].pk).update(next_due_at=now + timedelta(hours=1))
    client = browser(worker)
    page = client.get(reverse(LIST), {"tab": "overdue"}).context["listing"]
    rest = client.get(f"{reverse(LIST)}?{page.more}").context["listing"]
    assert [*page.cases, *rest.cases] == list(reversed(many[:30]))


def test_tabs_and_filters(worker: User, second_worker: User, supervisor: User) -> None:
    mine = a_case(worker, owner=worker, region="UZ-TK", risk="high")
    other = a_case(second_worker, owner=second_worker, region="UZ-SA")
    free = a_case(supervisor)
    ended = a_case(worker, owner=worker)
    services.decide_approval(
        services.ask_closing(ended, reason="opened_in_error", words="", by=worker), approve=True, by=supervisor
    )
    services.submit_assessment(other, answers=answers("no"), by=second_worker)
    hers, all_of = browser(worker), browser(supervisor)
    assert listed(hers) == [mine]
    assert listed(hers, tab="closed") == [ended]
    assert set(listed(hers, tab="all")) == {mine, ended}
    assert set(listed(all_of, tab="open")) == {mine, other, free}
    assert listed(all_of, tab="approvals") == [other]
    assert listed(hers, tab="approvals") == []
    assert listed(all_of, tab="all", risk="high") == [mine]
    assert listed(all_of, tab="all", region="UZ-SA") == [other]
    assert listed(all_of, tab="all", status="closed") == [ended]
    assert listed(all_of, tab="open", owner="nobody") == [free]
    assert listed(all_of, tab="open", owner=second_worker.code) == [other]
    assert set(listed(all_of, tab="open", status="burnt", risk="'")) == {mine, other, free}


@pytest.mark.parametrize("tab", ["mine", "open", "approvals", "overdue", "all", "closed"])
def test_the_list_takes_eight_queries_however_many_cases(
    many: list[Case], worker: User, supervisor: User, tab: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for user in (worker, supervisor):
        client = browser(user)
        client.get(reverse(LIST))
        with django_assert_max_num_queries(8):
            assert client.get(reverse(LIST), {"tab": tab, "region": "UZ-TK"}).status_code == 200


def test_several_cases_are_given_at_once_by_a_supervisor_alone(
    many: list[Case], worker: User, second_worker: User, supervisor: User
) -> None:
    told = {"case": [one.reference for one in many[:3]], "to": second_worker.code, "tab": "open"}
    assert browser(worker).post(reverse("cases:assign_cases"), told).status_code == 403
    browser(supervisor).post(reverse("cases:assign_cases"), told)
    assert set(Case.objects.filter(owner=second_worker)) == set(many[:3])


def test_all_or_none_are_given(many: list[Case], supervisor: User, second_worker: User) -> None:
    services.mark_duplicate(many[1], of=many[2], by=supervisor)
    told = {"case": [one.reference for one in many[:3]], "to": second_worker.code}
    browser(supervisor).post(reverse("cases:assign_cases"), told)
    assert not Case.objects.filter(owner=second_worker).exists()


def test_a_view_is_kept_once_shown_by_its_filters_and_is_ones_own(worker: User, second_worker: User) -> None:
    told = {"tab": "open", "risk": "high", "region": "UZ-TK", "name": "Karimova"}
    for _again in range(2):
        browser(worker).post(reverse("cases:save_view"), told)
    view = SavedView.objects.get()
    assert view.filters == "tab=open&risk=high&region=UZ-TK"
    assert view.filters.replace("&", "&amp;") in browser(worker).get(reverse(LIST)).content.decode()
    gone = reverse("cases:remove_view", args=[view.pk])
    assert browser(second_worker).post(gone).status_code == 404
    browser(worker).post(gone)
    assert not SavedView.objects.exists()


def test_a_search_leaves_no_name_in_an_address_or_the_ledger(case: Case, worker: User) -> None:
    from panoh.ground.audit import public as audit

    answer = browser(worker).post(reverse("cases:find_cases"), {"text": "Ўғилой"})
    assert case.reference in answer.content.decode()
    entry = audit.trail("cases")[-1]
    assert (entry.verb, entry.codes) == ("cases.searched", {"found": 1})
    assert browser(worker).get(reverse("cases:find_cases"), {"text": "Ўғилой"}).context["found"] == []


def test_numbers_for_the_frame_concern_only_oneself(
    case: Case, worker: User, second_worker: User, supervisor: User, custodian: User, stranger: User
) -> None:
    services.submit_assessment(case, answers=answers("no"), by=worker)
    Case.objects.update(next_due_at=timezone.now() - timedelta(hours=1))
    a_case(supervisor)
    assert cases.case_counters(worker) == {"mine": 1, "overdue": 1, "due": 1}
    assert cases.case_counters(second_worker) == {"mine": 0, "overdue": 0, "due": 0}
    assert cases.case_counters(supervisor) == {
        "mine": 0, "overdue": 0, "due": 0, "approvals": 1, "unassigned": 1, "reviews": 0,
    }  # fmt: skip
    assert cases.case_counters(custodian) == {"reveals": 0, "reviews": 0}
    assert cases.case_counters(stranger) == {}
    assert cases.my_cases(worker) == [case]
    assert queries.case_list(stranger, queries.Filters(tab="all")).cases == []
