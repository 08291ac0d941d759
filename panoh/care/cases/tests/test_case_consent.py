"""A yes, a no, a yes taken back, and the decision to act without one."""

import pytest

from panoh.care.cases import public as cases
from panoh.care.cases import services
from panoh.care.cases.errors import CaseRefusedError
from panoh.care.cases.models import Case, Consent
from panoh.ground.accounts.public import User

from .case_cast import at, browser, planned

pytestmark = pytest.mark.django_db


def said_yes(case: Case, by: User, *recipients: str, **more: object) -> Consent:
    told = {"given_by": "child", "scopes": ["referral"], "recipients": list(recipients) or ["any"], **more}
    return services.record_consent(case, by=by, **told)  # type: ignore[arg-type]  # told by name, of many kinds


def test_a_yes_is_written_down_through_the_page(case: Case, worker: User) -> None:
    told = {
        "answer": "given",
        "given_by": "child",
        "scopes": ["referral"],
        "recipients": ["any"],
        "withheld": ["address"],
    }
    assert browser(worker).post(at("record_consent", case), {**told, "legal_basis": "consent"}).status_code == 302
    consent = Consent.objects.get()
    assert cases.consent_for(case, "inson") == consent
    assert (consent.withheld, consent.notice_version) == (["address"], "2026-1")


def test_a_yes_to_one_agency_is_none_to_another(case: Case, worker: User) -> None:
    said_yes(case, worker, "inson")
    assert cases.consent_for(case, "inson") is not None
    assert cases.consent_for(case, "police") is None


def test_a_yes_to_be_counted_is_no_yes_to_be_passed_on(case: Case, worker: User) -> None:
    said_yes(case, worker, scopes=["statistics"])
    assert cases.consent_for(case, "inson") is None


def test_the_newest_word_decides(case: Case, worker: User) -> None:
    said_yes(case, worker)
    said_yes(case, worker, "police", answer="refused")
    assert cases.consent_for(case, "police") is None
    assert cases.consent_for(case, "inson") is not None


def test_a_yes_taken_back_covers_nothing_and_an_older_yes_does_not_come_back(case: Case, worker: User) -> None:
    said_yes(case, worker)
    newest = said_yes(case, worker)
    browser(worker).post(at("withdraw_consent", case, newest.pk))
    assert cases.consent_for(case, "inson") is None
    with pytest.raises(CaseRefusedError):
        services.withdraw_consent(newest, by=worker)


def test_acting_without_a_yes_is_a_supervisors_with_a_reason_and_not_for_their_own_case(
    case: Case, worker: User, supervisor: User
) -> None:
    told = {"scopes": ["referral"], "recipients": ["any"], "legal_basis": "vital_interest", "reason": "Hayoti xavfda"}
    assert browser(worker).post(at("override_consent", case), told).status_code == 403
    theirs = browser(supervisor)
    theirs.post(at("give_purpose", case), {"purpose": "supervision", "reason": "Asked to decide"})
    assert theirs.post(at("override_consent", case), {**told, "reason": " "}).status_code == 422
    assert theirs.post(at("override_consent", case), {**told, "legal_basis": "consent"}).status_code == 422
    assert theirs.post(at("override_consent", case), told).status_code == 302
    consent = cases.consent_for(case, "police")
    assert consent is not None
    assert (consent.answer, consent.approver, consent.asked_by) == ("overridden", supervisor, worker)
    assert b"Hayoti" not in bytes(consent.reason or b"")
    services.assign_case(case, to=supervisor, by=supervisor)
    with pytest.raises(CaseRefusedError, match="another supervisor"):
        services.override_consent(case, by=supervisor, **told)  # type: ignore[arg-type]  # told by name, of many kinds


def test_codes_only_no_free_words_in_a_consent(case: Case, worker: User) -> None:
    wrongs: list[dict[str, object]] = [{"scopes": ["everything"]}, {"scopes": []}, {"withheld": ["passport"]}]
    wrongs.append({"legal_basis": "because"})
    for wrong in wrongs:
        with pytest.raises(CaseRefusedError):
            said_yes(case, worker, **wrong)


def test_sections_for_a_packet_leave_out_what_is_kept_back(case: Case, worker: User, supervisor: User) -> None:
    planned(case, worker=worker, supervisor=supervisor)
    services.add_person(case, role="caregiver", details={"full_name": "Nargiza", "address": "Yunusobod"}, by=worker)
    services.add_person(case, role="caregiver", details={"full_name": "Botir"}, by=worker)
    phone = case.people.get(role="child").details.get(field="phone")
    services.withhold_detail(phone, withhold=True, by=worker)
    said_yes(case, worker, withheld=["child.address"])
    sections = cases.case_sections(case)
    assert sections["child"] == {"full_name": "Oʻgʻiloy Karimova", "birth_date": "2011-05-03", "school": "12-maktab"}
    assert sections["caregiver"] == {"full_name": "Nargiza", "address": "Yunusobod"}
    assert sections["caregiver_2"] == {"full_name": "Botir"}
    assert sections["plan"]["action_1"].startswith("Uyga tashrif")
    assert sections["case"]["reference"] == case.reference
    everywhere = said_yes(case, worker, withheld=["full_name"])
    assert "full_name" not in cases.case_sections(case, everywhere)["caregiver"]
    assert cases.case_sections(case, everywhere)["child"]["address"].startswith("Chilonzor")
