"""Our side at the desk: choose, look at exactly what goes out, a second pair of eyes, send, answer, take back."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from panoh.care.cases.models import Case, Referral
from panoh.care.cases.services import partner
from panoh.care.cases.tests.referral_cast import ADDRESS, NAME, PHONE, a_case, a_draft, a_yes, agency, fresh, go, their
from panoh.ground.accounts.public import User
from panoh.ground.audit.public import Entry
from panoh.ground.organisations.public import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def nodira(person: Any) -> User:
    worker: User = person("caseworker", name="Nodira", language="en")
    return worker


@pytest.fixture
def lead(supervisor: User) -> User:
    User.objects.filter(pk=supervisor.pk).update(language="en")
    return User.objects.get(pk=supervisor.pk)


@pytest.fixture
def case(nodira: User) -> Case:
    return a_case(nodira)


@pytest.fixture
def to(case: Case, nodira: User) -> Organisation:
    unit = agency("cyber-unit")
    a_yes(case, unit.code, withheld=("phone",), by=nodira)
    return unit


@pytest.fixture
def desk(client: Client, nodira: User) -> Client:
    client.force_login(nodira)
    return client


def other_desk(user: User) -> Client:
    there = Client()
    there.force_login(user)
    return there


def test_the_directory_says_for_each_agency_whether_there_is_a_yes(case: Case, to: Organisation, desk: Client) -> None:
    agency("hospital")
    page = desk.get(f"/desk/cases/{case.reference}/refer/?service=&region=&language=").content.decode()
    rows = {
        code: row for row in re.findall(r"<tr>.*?</tr>", page, re.S) for code in re.findall(r'value="([^"]+)"', row)
    }
    assert "no yes" in rows["hospital"]
    assert "no yes" not in rows["cyber-unit"]


def test_the_preview_is_exactly_what_they_will_read(case: Case, to: Organisation, desk: Client) -> None:
    said = {
        "to": to.code,
        "urgency": "2",
        "reason": "Please look",
        "fields_chosen": ["child.full_name"],
        "preview": "1",
    }
    page = desk.post(f"/desk/cases/{case.reference}/refer/", said).content.decode()
    assert NAME in page
    assert ADDRESS not in page
    assert not Referral.objects.exists()


def test_what_was_kept_back_cannot_be_chosen(case: Case, to: Organisation, desk: Client) -> None:
    page = desk.get(f"/desk/cases/{case.reference}/refer/?to={to.code}").content.decode()
    assert "child.address" in page
    assert "child.phone" not in page
    said = {"to": to.code, "urgency": "2", "reason": "x", "fields_chosen": ["child.phone"]}
    assert desk.post(f"/desk/cases/{case.reference}/refer/", said).status_code == 422
    assert PHONE not in page


def test_from_the_form_to_the_link_with_a_second_pair_of_eyes(
    case: Case, to: Organisation, desk: Client, lead: User
) -> None:
    said = {"to": to.code, "urgency": "2", "reason": "Please look", "fields_chosen": ["child.full_name"]}
    assert desk.post(f"/desk/cases/{case.reference}/refer/", said).status_code == 302
    one = Referral.objects.get()
    base = f"/desk/cases/referrals/{one.reference}/"
    assert "Waits for a supervisor" in desk.get(base).content.decode()
    desk.post(f"{base}approve/")
    assert fresh(one).status == "draft"
    other_desk(lead).post(f"{base}approve/")
    sent = desk.post(f"{base}send/")
    code = re.search(r"<dd>(\d{8})</dd>", sent.content.decode())
    assert code
    assert "no-store" in sent["Cache-Control"]
    assert code[1] not in desk.get(base).content.decode()
    assert desk.post(f"{base}send/").status_code == 302
    assert fresh(one).links.count() == 1


def test_several_agencies_are_offered_the_same_at_once(case: Case, nodira: User, desk: Client) -> None:
    a_yes(case, by=nodira)
    codes = [agency(code).code for code in ("one", "two")]
    said = {"to": codes, "urgency": "2", "reason": "Please look", "fields_chosen": []}
    desk.post(f"/desk/cases/{case.reference}/refer/", said)
    groups = set(Referral.objects.values_list("offer_group", flat=True))
    assert len(groups) == 1
    assert None not in groups


def test_without_a_yes_the_form_asks_why_and_keeps_what_was_typed(case: Case, desk: Client, nodira: User) -> None:
    to = agency("hospital")
    said = {"to": to.code, "urgency": "2", "reason": "Written with care", "fields_chosen": ["child.full_name"]}
    refused = desk.post(f"/desk/cases/{case.reference}/refer/", said)
    assert refused.status_code == 422
    assert "Written with care" in refused.content.decode()
    said |= {"override_basis": "vital_interest", "override_reason": "She is in danger"}
    assert desk.post(f"/desk/cases/{case.reference}/refer/", said).status_code == 302
    assert Referral.objects.get().consent_state == "asked"


def test_an_answer_sent_twice_is_one(case: Case, to: Organisation, desk: Client, nodira: User, lead: User) -> None:
    one = go(a_draft(case, to, nodira), by=nodira, approver=lead).referral
    partner.ask_about_referral(one, text="Where?", key=uuid.uuid4(), by=their(one))
    typed = {"text": "At school", "key": str(uuid.uuid4())}
    for _press in range(2):
        desk.post(f"/desk/cases/referrals/{one.reference}/reply/", typed)
    assert one.exchange.filter(direction="out").count() == 1


def test_taking_back_and_telephone_answers_stand_in_the_history(
    case: Case, to: Organisation, desk: Client, nodira: User, lead: User
) -> None:
    one = go(a_draft(case, to, nodira), by=nodira, approver=lead).referral
    base = f"/desk/cases/referrals/{one.reference}/"
    assert desk.post(f"{base}record/", {"verb": "decline", "code": ""}).status_code == 422
    desk.post(f"{base}record/", {"verb": "acknowledge"})
    desk.post(f"{base}revoke/", {"code": "mistake", "words": "Wrong agency"})
    page = desk.get(base).content.decode()
    for said in ("They confirmed", "telephone", "Taken back", "Sent by mistake"):
        assert said in page


def test_a_new_version_is_made_from_what_is_known_now(
    case: Case, to: Organisation, nodira: User, lead: User, desk: Client
) -> None:
    one = go(a_draft(case, to, nodira, fields=["child.full_name"]), by=nodira, approver=lead).referral
    path = f"/desk/cases/referrals/{one.reference}/facts/"
    assert desk.get(path).status_code == 404
    leads = other_desk(lead)
    assert leads.post(path, {"fields_chosen": ["child.full_name", "child.address"]}).status_code == 302
    assert fresh(one).packets.count() == 2


def test_whoever_reads_or_takes_a_packet_here_is_in_the_ledger(
    case: Case, to: Organisation, desk: Client, nodira: User
) -> None:
    one = a_draft(case, to, nodira)
    desk.get(f"/desk/cases/referrals/{one.reference}/")
    assert desk.get(f"/desk/cases/referrals/{one.reference}/packet.pdf").content.startswith(b"%PDF-")
    assert desk.get(f"/desk/cases/referrals/{one.reference}/packet.json").json()["reference"] == one.reference
    verbs = Entry.objects.filter(thing=one.reference, verb__startswith="packet.").values_list("verb", flat=True)
    assert sorted(verbs) == ["packet.frozen", "packet.shown", "packet.taken", "packet.taken"]


def test_a_case_that_is_not_mine_cannot_be_referred_by_me(case: Case, to: Organisation, person: Any) -> None:
    there = other_desk(person("caseworker", name="Elsewhere"))
    assert there.get(f"/desk/cases/{case.reference}/refer/?to={to.code}").status_code == 404
    assert there.post(f"/desk/cases/{case.reference}/refer/", {"to": to.code, "reason": "x"}).status_code == 404


VERBS = ("approve", "send", "link", "reply", "revoke", "record", "facts")


def test_none_of_the_verbs_tells_a_stranger_that_it_exists(
    case: Case, to: Organisation, nodira: User, person: Any
) -> None:
    one = a_draft(case, to, nodira)
    there = other_desk(person("hotline_analyst", name="Analyst"))
    for verb in VERBS:
        assert there.post(f"/desk/cases/referrals/{one.reference}/{verb}/").status_code == 404
    assert fresh(one).status == "draft"


@pytest.mark.parametrize("tab", ["", "open", "late", "questions", "to_approve", "over", "nonsense"])
def test_the_list_in_each_of_its_tabs(case: Case, to: Organisation, nodira: User, desk: Client, tab: str) -> None:
    one = a_draft(case, to, nodira)
    page = desk.get(f"/desk/cases/referrals/?tab={tab}")
    assert page.status_code == 200
    assert (one.reference in page.content.decode()) == (tab in {"", "open", "to_approve", "nonsense"})


def test_the_list_costs_the_same_for_one_and_for_many(
    case: Case, to: Organisation, nodira: User, desk: Client, django_assert_max_num_queries: Any
) -> None:
    for _more in range(8):
        a_draft(case, to, nodira)
    with django_assert_max_num_queries(10):
        desk.get("/desk/cases/referrals/")


def test_the_case_shows_what_was_passed_on(case: Case, to: Organisation, nodira: User, desk: Client) -> None:
    one = a_draft(case, to, nodira)
    assert one.reference in desk.get(f"/desk/cases/{case.reference}/?part=referrals").content.decode()


def test_what_the_agency_did_stands_in_the_timeline_of_the_case(
    case: Case, to: Organisation, nodira: User, lead: User, desk: Client
) -> None:
    one = go(a_draft(case, to, nodira), by=nodira, approver=lead).referral
    partner.accept_referral(one, by=their(one))
    partner.complete_referral(one, code="service_given", words="Only for staff", by=their(one))
    page = desk.get(f"/desk/cases/{case.reference}/?part=timeline").content.decode()
    for said in ("An agency accepted", "An agency reported the outcome", one.reference):
        assert said in page
    assert "Only for staff" not in page
