"""From a draft to an outcome, on both sides; consent and its override; several agencies asked at once."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from panoh.care.cases.errors import ReferralRefusedError, ReferralTakenError
from panoh.care.cases.models import Consent, Referral
from panoh.care.cases.queries.referrals import exchange_of, history_of, referral_counters, words_of
from panoh.care.cases.queries.sections import case_sections
from panoh.care.cases.services import partner, withdraw_consent
from panoh.care.cases.services.describing import withhold_detail
from panoh.care.cases.services.recording import record_answer
from panoh.care.cases.services.referral import (
    answer_question,
    approve_referral,
    draft_referral,
    offer_referral,
    renew_packet,
    revoke_referral,
    send_referral,
)
from panoh.care.cases.services.referral_withdrawing import revoke_without_consent
from panoh.care.cases.tests.referral_cast import (
    REASON,
    a_case,
    a_draft,
    a_yes,
    agency,
    fresh,
    go,
    their,
)
from panoh.ground.accounts.public import User
from panoh.ground.audit.public import Entry
from panoh.ground.notify.public import deliver_due

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Refusals are read here as they were written."""
    with translation.override("en"):
        yield


@pytest.fixture
def caseworker(person: Any) -> Any:
    return person("caseworker", name="Nodira", language="en")


@pytest.fixture
def draft(caseworker: User, supervisor: User) -> Referral:
    case, to = a_case(caseworker), agency(route="api")
    a_yes(case, to.code, by=caseworker)
    return a_draft(case, to, caseworker)


@pytest.fixture
def sent(draft: Referral, caseworker: User, supervisor: User) -> Referral:
    return go(draft, by=caseworker, approver=supervisor).referral


# --- the way ---------------------------------------------------------------------------------------------------------


def test_the_whole_way_from_draft_to_outcome(sent: Referral, caseworker: User) -> None:
    party = their(sent)
    partner.acknowledge_referral(sent, by=party)
    partner.ask_about_referral(sent, text="Which school?", key=uuid.uuid4(), by=party)
    answer_question(fresh(sent), text="Number 7", key=uuid.uuid4(), by=caseworker)
    partner.accept_referral(sent, by=party)
    partner.start_service(sent, by=party)
    done = partner.complete_referral(sent, code="service_given", words="She is safe.", by=party)
    verbs = [change.verb for change in history_of(done)]
    assert verbs == ["draft", "approve", "send", "acknowledge", "ask", "answer", "accept", "start", "complete"]
    assert (done.status, words_of(done, "outcome")) == ("completed", "She is safe.")
    assert [line.text for line in exchange_of(done)] == ["Which school?", "Number 7"]
    assert done.case is not None
    done.case.refresh_from_db()
    assert done.case.next_due_at is None


def test_every_step_stands_in_the_ledger_by_codes_only(sent: Referral) -> None:
    partner.decline_referral(sent, code="no_capacity", words="Two colleagues are ill", by=their(sent))
    verbs = list(Entry.objects.filter(thing=sent.reference).order_by("id").values_list("verb", flat=True))
    assert verbs == [
        "referral.drafted",
        "packet.frozen",
        "referral.approved",
        "referral.sent",
        "referral.declined",
    ]
    assert "colleagues" not in str(list(Entry.objects.values("codes")))


def test_nothing_can_be_done_out_of_turn(draft: Referral, caseworker: User) -> None:
    with pytest.raises(ReferralRefusedError):
        send_referral(draft, by=caseworker)
    with pytest.raises(ReferralRefusedError):
        partner.accept_referral(draft, by=their(draft))
    with pytest.raises(ReferralRefusedError):
        partner.read_packet(draft, by=their(draft))


def test_a_press_that_came_twice_changes_nothing_twice(sent: Referral) -> None:
    key = uuid.uuid4()
    for _press in range(2):
        partner.acknowledge_referral(sent, by=their(sent))
        partner.ask_about_referral(sent, text="Where?", key=key, by=their(sent))
    for _press in range(2):
        partner.accept_referral(sent, by=their(sent))
        partner.start_service(sent, by=their(sent))
    for _press in range(2):
        partner.complete_referral(sent, code="service_given", by=their(sent))
    assert len(exchange_of(fresh(sent))) == 1
    verbs = [change.verb for change in history_of(sent)]
    assert len(verbs) == len(set(verbs))


def test_another_agency_can_do_nothing_with_it(sent: Referral) -> None:
    stranger = their(sent).__class__(agency("hospital"), via="api")
    for act in (partner.acknowledge_referral, partner.accept_referral, partner.start_service, partner.read_packet):
        with pytest.raises(ReferralRefusedError):
            act(sent, by=stranger)
    with pytest.raises(ReferralRefusedError):
        partner.complete_referral(sent, code="service_given", by=stranger)
    assert fresh(sent).status == "sent"


@pytest.mark.parametrize("code", ["", "because", "service_given"])
def test_declining_needs_a_reason_from_the_list(sent: Referral, code: str) -> None:
    with pytest.raises(ReferralRefusedError):
        partner.decline_referral(sent, code=code, by=their(sent))
    assert fresh(sent).status == "sent"


def test_what_they_declined_they_no_longer_read(sent: Referral) -> None:
    partner.decline_referral(sent, code="wrong_region", by=their(sent))
    with pytest.raises(ReferralRefusedError, match="declined"):
        partner.read_packet(fresh(sent), by=their(sent))


def test_what_we_took_back_they_no_longer_read(sent: Referral, caseworker: User) -> None:
    revoke_referral(sent, code="mistake", by=caseworker)
    with pytest.raises(ReferralRefusedError):
        partner.read_packet(fresh(sent), by=their(sent))
    with pytest.raises(ReferralRefusedError):
        partner.accept_referral(fresh(sent), by=their(sent))


def test_an_answer_by_telephone_is_written_down_by_one_of_us(sent: Referral, caseworker: User, person: Any) -> None:
    with pytest.raises(ReferralRefusedError):
        record_answer(sent, verb="accept", by=person("caseworker", name="Elsewhere"))
    record_answer(sent, verb="accept", by=caseworker)
    last = history_of(sent).last()
    assert last is not None
    assert (last.verb, last.side, last.via, last.by) == ("accept", "them", "phone", caseworker)


def test_every_word_of_a_referral_is_sealed(sent: Referral) -> None:
    partner.ask_about_referral(sent, text="Which school is it", key=uuid.uuid4(), by=their(sent))
    row = Referral.objects.filter(pk=sent.pk).values().get()
    stored = b"".join(bytes(value) if isinstance(value, bytes | memoryview) else b"" for value in row.values())
    stored += b"".join(bytes(one.body) for one in sent.exchange.all())
    assert REASON.encode() not in stored
    assert b"school" not in stored


def test_nothing_but_references_is_in_the_letters(sent: Referral, mailoutbox: Any) -> None:
    partner.decline_referral(sent, code="no_capacity", words="Olim", by=their(sent))
    deliver_due()
    assert mailoutbox
    said = " ".join(letter.subject + letter.body for letter in mailoutbox)
    assert sent.reference in said
    for word in ("Olim", "Nukus", "Каримова", "threatened", "cyber"):
        assert word not in said


# --- a second person -------------------------------------------------------------------------------------------------


def test_a_caseworkers_referral_waits_for_a_supervisor(draft: Referral, caseworker: User, supervisor: User) -> None:
    with pytest.raises(ReferralRefusedError):
        approve_referral(draft, by=caseworker)
    assert approve_referral(draft, by=supervisor).approved_by == supervisor


def test_in_immediate_danger_it_goes_at_once_and_the_supervisors_hear(
    caseworker: User, supervisor: User, mailoutbox: Any
) -> None:
    case, to = a_case(caseworker), agency(route="api")
    a_yes(case, by=caseworker)
    go(a_draft(case, to, caseworker, urgency=1), by=caseworker)
    deliver_due()
    assert any(supervisor.email in letter.to for letter in mailoutbox)


def test_without_a_yes_nothing_is_even_written(caseworker: User, supervisor: User) -> None:
    case, to = a_case(caseworker), agency()
    a_yes(case, "hospital", by=caseworker)
    with pytest.raises(ReferralRefusedError):
        a_draft(case, to, caseworker)
    with pytest.raises(ReferralRefusedError):
        a_draft(case, to, caseworker, override_basis="vital_interest", override_reason="  ")
    with pytest.raises(ReferralRefusedError):
        a_draft(case, to, caseworker, override_basis="i_feel_like_it", override_reason="now")
    assert not Referral.objects.exists()


def test_an_override_needs_a_reason_and_another_supervisor_and_is_logged(supervisor: User, person: Any) -> None:
    case, to = a_case(supervisor), agency(route="api")
    said = {"override_basis": "vital_interest", "override_reason": "He has a knife."}
    draft = a_draft(case, to, supervisor, urgency=1, **said)
    with pytest.raises(ReferralRefusedError):
        approve_referral(draft, by=supervisor)
    other = person("supervisor", name="Lola")
    sent = go(draft, by=supervisor, approver=other).referral
    consent = Consent.objects.get(answer="overridden")
    assert (consent.asked_by, consent.approver, consent.recipients) == (supervisor, other, [to.code])
    entry = Entry.objects.get(verb="referral.consent_overridden")
    assert entry.actor == other.code
    assert entry.codes["asked_by"] == supervisor.code
    assert entry.purpose
    assert b"knife" not in bytes(entry.purpose)
    told = partner.read_packet(sent, by=their(sent))
    assert told["consent"] == {"state": "overridden", "basis": "vital_interest", "withheld": 0}


def test_a_report_is_referred_without_a_case(supervisor: User) -> None:
    sections = {"report": {"what": {"label": "What happened", "value": "words"}}}
    draft = draft_referral(
        source="R-ABCD2345", sections=sections, to=agency(route="api"), urgency=2, reason="x", by=supervisor
    )
    sent = go(draft, by=supervisor).referral
    told = partner.read_packet(sent, by=their(sent))
    assert told["source"] == {"kind": "report", "reference": "R-ABCD2345"}
    assert told["consent"] == {"state": "not_asked"}


def test_who_may_not_read_an_address_cannot_pass_it_on(counsellor: User, supervisor: User) -> None:
    case, to = a_case(supervisor), agency(route="api")
    a_yes(case, by=supervisor)
    case.owner, case.opened_by = None, counsellor
    case.save()
    made = draft_referral(
        case=case, source=case.reference, sections=case_sections(case), to=to, urgency=2, reason="x", by=counsellor
    )
    fields = made.packets.get().fields
    assert "child.full_name" in fields
    assert "child.address" not in fields


# --- a yes that is taken back ----------------------------------------------------------------------------------------


def test_a_yes_taken_back_stops_what_is_on_its_way(sent: Referral, caseworker: User) -> None:
    assert sent.consent is not None
    withdraw_consent(sent.consent, by=caseworker)
    now = fresh(sent)
    assert (now.status, now.answer_code) == ("revoked", "consent_withdrawn")
    with pytest.raises(ReferralRefusedError):
        partner.read_packet(now, by=their(sent))


def test_a_yes_taken_back_closes_the_packet_even_where_somebody_accepted(sent: Referral, caseworker: User) -> None:
    partner.accept_referral(sent, by=their(sent))
    assert sent.consent is not None
    withdraw_consent(sent.consent, by=caseworker)
    assert fresh(sent).status == "accepted"
    with pytest.raises(ReferralRefusedError, match="consent"):
        partner.read_packet(fresh(sent), by=their(sent))


def test_a_newer_yes_that_keeps_more_back_closes_the_packet_until_it_is_made_anew(
    sent: Referral, caseworker: User, supervisor: User
) -> None:
    assert sent.case is not None
    partner.accept_referral(sent, by=their(sent))
    a_yes(sent.case, sent.to.code, withheld=("address",), by=caseworker)
    with pytest.raises(ReferralRefusedError):
        partner.read_packet(fresh(sent), by=their(sent))
    renew_packet(fresh(sent), sections=case_sections(sent.case), by=supervisor)
    told = partner.read_packet(fresh(sent), by=their(sent))
    assert "address" not in {one["code"] for section in told["sections"] for one in section["fields"]}


def test_a_detail_kept_back_after_the_draft_does_not_go_out(
    draft: Referral, caseworker: User, supervisor: User
) -> None:
    assert draft.case is not None
    approve_referral(draft, by=supervisor)
    person = draft.case.people.get()
    withhold_detail(person.details.get(field="address"), withhold=True, by=caseworker)
    with pytest.raises(ReferralRefusedError):
        send_referral(fresh(draft), by=caseworker)


def test_withdrawing_touches_no_referral_that_stands_on_another_yes(sent: Referral, caseworker: User) -> None:
    assert sent.case is not None
    assert revoke_without_consent(sent.case, by=caseworker) == 0
    assert fresh(sent).status == "sent"


# --- several agencies ------------------------------------------------------------------------------------------------


def test_of_several_agencies_the_first_that_accepts_has_it(caseworker: User, supervisor: User) -> None:
    case = a_case(caseworker)
    a_yes(case, by=caseworker)
    several = [agency(code, route="api") for code in ("one", "two", "three")]
    offers = offer_referral(
        case=case, source=case.reference, sections=case_sections(case), to=several, urgency=2, reason="x", by=caseworker
    )
    for offer in offers:
        go(offer, by=caseworker, approver=supervisor)
    first, second, third = (fresh(offer) for offer in offers)
    partner.decline_referral(third, code="no_capacity", by=their(third))
    partner.accept_referral(second, by=their(second))
    with pytest.raises(ReferralTakenError, match="Another agency"):
        partner.accept_referral(first, by=their(first))
    assert [fresh(offer).status for offer in offers] == ["revoked", "accepted", "declined"]


def test_the_counters_say_what_is_mine_to_do(draft: Referral, caseworker: User, supervisor: User) -> None:
    assert referral_counters(supervisor) == {"late": 0, "untold": 0, "questions": 0, "to_approve": 1}
    assert referral_counters(caseworker)["to_approve"] == 0
    sent = go(draft, by=caseworker, approver=supervisor).referral
    partner.ask_about_referral(sent, text="Where?", key=uuid.uuid4(), by=their(sent))
    assert referral_counters(caseworker)["questions"] == 1


def test_the_desk_of_a_stranger_to_the_case_shows_nothing(sent: Referral, client: Client, person: Any) -> None:
    client.force_login(person("caseworker", name="Elsewhere"))
    missing = client.get("/desk/cases/referrals/F-NOSUCH22/")
    hidden = client.get(f"/desk/cases/referrals/{sent.reference}/")
    assert hidden.status_code == missing.status_code == 404
