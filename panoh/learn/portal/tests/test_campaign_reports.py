"""“We did this”: sent without a name, looked at by an editor, then counted."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from panoh.ground.accounts.public import User
from panoh.ground.audit.public import Entry
from panoh.learn.portal import campaign_codes, services
from panoh.learn.portal.errors import PortalRefusedError
from panoh.learn.portal.models import CampaignReport, Sheet
from panoh.learn.portal.queries.campaigns import campaign_totals
from panoh.learn.portal.services import campaigning, import_content

from .test_posts import said, write_post

pytestmark = pytest.mark.django_db
FORM = "/uz/campaigns/day/we-did-this/"


@pytest.fixture(autouse=True)
def campaign(folder: Path) -> Sheet:
    today = timezone.localdate()
    days = f'starts = "{today}"\nends = "{today + timedelta(days=1)}"'
    index = f'{days}\naudiences = ["educators"]\nresources = ["sheet"]'
    write_post(folder, "campaigns", "day", index=index)
    facts = 'kind = "worksheet"\nages = []\nminutes = 20\ngroup = "2–6"\nlicence = "CC BY 4.0"'
    write_post(folder, "resources", "sheet", index=facts)
    import_content(folder)
    return Sheet.objects.get(kind="campaign", code="day", language="uz")


def typed(**more: object) -> dict[str, object]:
    day = timezone.localdate().isoformat()
    return {"key": str(uuid.uuid4()), "held_on": day, "place": "UZ-SA", "children_female": 12, **more}


def told(campaign: Sheet, **facts: object) -> CampaignReport:
    facts = {"children_male": 7, "region": "UZ-SA", "held_on": timezone.localdate(), **facts}
    return services.send_campaign_report(campaign, key=uuid.uuid4(), **facts)


def test_a_campaign_shows_its_whole_kit_and_what_there_is_to_print(client: Client) -> None:
    page = said(client, "/uz/campaigns/day/")
    for part in ("Bir.", "Varaq.", "Oʻyin.", "Boʻldi.", "/uz/resources/sheet/", FORM):
        assert part in page
    assert "/uz/campaigns/day/" in said(client, "/uz/")


def test_a_report_is_kept_without_account_and_cookie_and_waits(client: Client) -> None:
    response = client.post(FORM, typed(went_well=["kit_clear"], parents_male=3))
    assert response.status_code == 302
    assert not client.cookies
    kept = CampaignReport.objects.get()
    assert (kept.children, kept.parents, kept.region, kept.went_well) == (12, 3, "UZ-SA", ["kit_clear"])
    assert campaign_totals("day").groups == 0
    assert "<dl" not in said(client, "/uz/campaigns/day/")


def test_a_second_tap_is_not_a_second_report(client: Client) -> None:
    once = typed()
    client.post(FORM, once)
    client.post(FORM, once)
    assert CampaignReport.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"children_female": -1},
        {"children_female": campaign_codes.MOST_EACH + 1},
        {"held_on": "2999-01-01"},
        {"held_on": "soon"},
        {"place": "Mars"},
        {"went_well": ["everything"]},
        {"key": "x"},
    ],
)
def test_what_cannot_be_is_asked_again_and_the_rest_comes_back(client: Client, wrong: dict[str, object]) -> None:
    response = client.post(FORM, typed(parents_female=31, **wrong))
    assert response.status_code == 422
    assert 'value="31"' in response.content.decode()
    assert not CampaignReport.objects.exists()


def test_a_report_of_nobody_is_asked_again(client: Client) -> None:
    assert client.post(FORM, typed(children_female="", parents_male=0)).status_code == 422
    assert not CampaignReport.objects.exists()


def test_a_form_of_another_site_is_not_let_in(campaign: Sheet) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(FORM, typed(), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert strict.post(FORM, typed(), headers={"Sec-Fetch-Site": "same-origin"}).status_code == 302


def test_a_flood_is_stopped_and_what_was_typed_comes_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaigning, "MOST_WAITING", 1)
    client.post(FORM, typed())
    response = client.post(FORM, typed(children_female=77))
    assert response.status_code == 422
    assert 'value="77"' in response.content.decode()
    assert CampaignReport.objects.count() == 1


def test_only_what_an_editor_accepted_is_counted_and_shown(client: Client, campaign: Sheet, editor: User) -> None:
    good, bad = told(campaign, parents_female=2), told(campaign, region="UZ-TK")
    services.decide_campaign_report(good, accept=True, by=editor)
    services.decide_campaign_report(bad, accept=False, why="twice", by=editor)
    totals = campaign_totals("day")
    assert (totals.groups, totals.regions, totals.children, totals.parents) == (1, 1, 7, 2)
    assert "<dl" in said(client, "/uz/campaigns/day/")
    assert Entry.objects.filter(verb="portal.campaign_decided", actor=editor.code).count() == 2


def test_a_report_is_decided_once_and_put_aside_only_with_a_reason(campaign: Sheet, editor: User) -> None:
    report = told(campaign)
    with pytest.raises(PortalRefusedError):
        services.decide_campaign_report(report, accept=False, by=editor)
    services.decide_campaign_report(report, accept=True, by=editor)
    with pytest.raises(PortalRefusedError):
        services.decide_campaign_report(report, accept=False, why="test", by=editor)


def test_nobody_but_an_editor_decides(campaign: Sheet, counsellor: User) -> None:
    with pytest.raises(PortalRefusedError):
        services.decide_campaign_report(told(campaign), accept=True, by=counsellor)


def test_the_database_keeps_no_report_of_nobody_and_none_decided_by_nobody(campaign: Sheet) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        told(campaign, children_male=0)
    report = told(campaign)
    with pytest.raises(IntegrityError), transaction.atomic():
        CampaignReport.objects.filter(pk=report.pk).update(state="accepted")


def test_the_desk_lists_what_waits_and_decides_it(client: Client, campaign: Sheet, editor: User) -> None:
    report = told(campaign)
    client.force_login(editor)
    assert "Samarqand" in said(client, "/desk/campaigns/")
    client.post(f"/desk/campaigns/{report.pk}/decide/", {"accept": "1"})
    assert campaign_totals("day").groups == 1
