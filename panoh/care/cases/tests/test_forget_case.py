"""A case ends: counted as it opens and closes, holding what is on it meanwhile, emptied when its days are over."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import BinaryField, Model
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from panoh.care.cases import facts, services
from panoh.care.cases.errors import CaseRefusedError
from panoh.care.cases.models import Case, NameIndex, PartnerLink, Referral
from panoh.care.cases.models.facts import CaseCell, ClosingCell, ReferralCell
from panoh.care.cases.services import counting, forgetting
from panoh.care.cases.services.forgetting import OF_CASE, OF_REFERRAL, sealed_columns
from panoh.care.cases.services.partner import accept_referral, ask_about_referral, complete_referral
from panoh.care.cases.services.referral import draft_referral, revoke_referral
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.common.cells import Cell
from panoh.ground.vault import public as vault

from .case_cast import WHY, a_talk, answers, fresh
from .case_cast import a_case as bare_case
from .referral_cast import a_case, a_draft, a_yes, agency, go, their

pytestmark = pytest.mark.django_db
EVER = (date(2020, 1, 1), date(2040, 1, 1))
LATER = timedelta(days=4000)


def totals() -> dict[str, list[Any]]:
    return {
        "cases": facts.facts(EVER, ("month", "event", "kind", "risk", "region", "age_band", "sex")),
        "closings": facts.closings(EVER, ("month", "kind", "risk", "status", "reason", "lasted")),
        "referrals": facts.referrals(EVER, ("month", "service", "urgency", "status", "answered")),
    }


def closed(case: Case, *, by: User, supervisor: User, reason: str = "child_safe") -> Case:
    asked = services.ask_closing(case, reason=reason, words="Hammasi joyida", by=by)
    services.decide_approval(asked, approve=True, by=supervisor)
    return fresh(case)


# --- counted ----------------------------------------------------------------------------------------------------------


def test_a_case_is_counted_when_it_opens_and_when_it_ends(worker: User, supervisor: User) -> None:
    case = bare_case(worker, owner=worker, kind="sextortion", region="UZ-TK", risk="high")
    assert facts.facts(EVER, ("event", "kind", "risk", "region")) == [("opened", "sextortion", "high", "UZ-TK", 1)]
    closed(case, by=worker, supervisor=supervisor)
    assert facts.facts(EVER) == [("closed", 1), ("opened", 1)]
    assert facts.closings(EVER, ("kind", "status", "reason", "lasted")) == [
        ("sextortion", "closed", "child_safe", "1m", 1)
    ]
    before = totals()
    assert counting.count_case(case) is False
    assert totals() == before


def test_a_case_that_goes_on_and_ends_again_is_two_ends_and_one_case(worker: User, supervisor: User) -> None:
    case = closed(bare_case(worker, owner=worker), by=worker, supervisor=supervisor)
    services.reopen_case(case, reason="yana xabar keldi", by=supervisor)
    closed(fresh(case), by=worker, supervisor=supervisor, reason="moved_away")
    assert facts.facts(EVER) == [("closed", 2), ("opened", 1), ("reopened", 1)]
    assert facts.closings(EVER) == [("child_safe", 1), ("moved_away", 1)]


def test_a_referral_is_counted_when_it_is_over(worker: User, supervisor: User) -> None:
    case, to = a_case(worker), agency()
    a_yes(case, by=worker)
    done, withdrawn = (a_draft(case, to, worker, service="legal") for _ in range(2))
    go(done, by=worker, approver=supervisor)
    assert facts.referrals(EVER) == []
    accept_referral(done, by=their(done))
    complete_referral(done, code="service_given", by=their(done))
    revoke_referral(withdrawn, code="withdrawn", by=worker)
    assert facts.referrals(EVER, ("service", "status", "urgency", "answered")) == [("legal", "completed", 2, "1d", 1)]


@pytest.mark.parametrize("model", [CaseCell, ClosingCell, ReferralCell])
def test_a_fact_holds_no_id_no_moment_and_no_way_back(model: type[Cell]) -> None:
    assert [field.name for field in model._meta.get_fields() if field.is_relation] == []
    assert {field.name for field in model._meta.concrete_fields} == {"month", "slot", "n", *model.dimensions()}
    assert len(model.dimensions()) <= 6


# --- held -------------------------------------------------------------------------------------------------------------


def test_a_talk_on_an_open_case_is_not_forgotten_and_is_when_the_case_has_ended(worker: User, supervisor: User) -> None:
    case = bare_case(worker, owner=worker)
    conversation = a_talk(case, by=worker)
    talks.append_message(conversation, direction="in", body="yordam")
    talks.close_conversation(conversation, at=timezone.now())
    assert talks.forget(timezone.now() + LATER) == 0
    assert [line.text for line in talks.all_lines(conversation)] == ["yordam"]
    closed(case, by=worker, supervisor=supervisor)
    assert talks.forget(timezone.now() + LATER) == 1


def test_a_talk_on_two_cases_waits_for_both(worker: User, supervisor: User) -> None:
    one, two = bare_case(worker, owner=worker), bare_case(worker, owner=worker)
    conversation = a_talk(one, by=worker)
    services.link_to_case(two, kind="talk", reference=conversation.reference, conversation=conversation, by=worker)
    closed(one, by=worker, supervisor=supervisor)
    assert vault.is_held(conversation.reference)
    closed(two, by=worker, supervisor=supervisor)
    assert not vault.is_held(conversation.reference)


def test_a_merged_case_hands_its_holds_on_and_a_reopened_one_takes_them_up_again(
    worker: User, supervisor: User
) -> None:
    gone, stays = bare_case(worker, owner=worker), bare_case(worker, owner=worker)
    conversation = a_talk(gone, by=worker)
    services.mark_duplicate(gone, of=stays, by=supervisor)
    assert [hold.holder for hold in vault.holds_on(conversation.reference) if not hold.lifted_at] == [stays.reference]
    closed(stays, by=worker, supervisor=supervisor)
    assert not vault.is_held(conversation.reference)
    services.reopen_case(fresh(stays), reason="yana", by=supervisor)
    assert vault.is_held(conversation.reference)


def test_a_person_who_deletes_a_talk_that_is_on_a_case_is_obeyed(
    worker: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    conversation = a_talk(bare_case(worker, owner=worker), by=worker)
    with django_capture_on_commit_callbacks(execute=True):
        assert talks.forget_conversation(conversation, reason="asked") is True


# --- forgotten --------------------------------------------------------------------------------------------------------


@pytest.fixture
def full(worker: User, supervisor: User, second_supervisor: User, custodian: User) -> Case:
    """A case with a row in every table that seals anything, closed."""
    case = a_case(worker)
    conversation = a_talk(case, by=worker)
    note = services.add_note(case, body="Onasi Dilbar", by=worker)
    services.change_note(note, body="Onasi Dilbar opa", by=worker)
    services.add_document(case, title="Maktabdan xat", content="Hurmatli…".encode(), by=worker)
    services.record_consent(case, given_by="child", scopes=["referral"], by=worker)
    services.override_consent(
        case, scopes=["referral"], recipients=["cyber-unit"], legal_basis="vital_interest", reason="xavf", by=supervisor
    )
    asked = services.submit_assessment(case, answers=answers(), words="koʻring", by=worker)
    services.decide_approval(asked, approve=True, note="rozi", by=supervisor)
    services.set_goal(case, goal="Maktabga qaytsin", by=worker)
    action = services.plan_action(case, title="Uyga tashrif", owner=worker, due_on=timezone.localdate(), by=worker)
    services.decide_approval(services.submit_plan(case, by=worker), approve=True, by=supervisor)
    services.start_service(case, by=worker)
    services.finish_action(action, by=worker)
    follow_up = services.plan_follow_up(case, what="Qoʻngʻiroq", due_at=timezone.now() + timedelta(days=1), by=worker)
    services.finish_follow_up(follow_up, by=worker)
    services.grant_access(
        case, to=second_supervisor, reason="almashtiradi", until=timezone.now() + timedelta(days=1), by=supervisor
    )
    services.give_purpose(case, purpose=next(iter(services.PURPOSES)), reason="nazorat", by=second_supervisor)
    reveal = services.ask_reveal(case, conversation=conversation, reason=WHY, by=worker)
    services.decide_reveal(reveal, grant=True, note="mayli", by=custodian)
    Case.objects.filter(pk=case.pk).update(urgency=1)
    services.break_glass(fresh(case), conversation=conversation, reason=WHY, by=worker)
    referral = a_draft(case, agency(), worker)
    go(referral, by=worker, approver=supervisor)
    ask_about_referral(referral, text="Manzil qayerda?", key=conversation.pk, by=their(referral))
    revoke_referral(referral, code="withdrawn", words="kerak emas", by=worker)
    return closed(case, by=worker, supervisor=supervisor)


def filled(model: type[Model]) -> list[str]:
    """The sealed columns of a table in which a byte stands."""
    rows = model._default_manager
    return [
        column for column in sealed_columns(model) if rows.exclude(**{column: None}).exclude(**{column: b""}).exists()
    ]


def sealing_tables() -> dict[str, type[Model]]:
    tables = apps.get_app_config("cases").get_models()
    return {model._meta.model_name or "": model for model in tables if sealed_columns(model)}


def test_every_table_that_seals_anything_has_its_way_to_a_case() -> None:
    assert set(sealing_tables()) == OF_CASE.keys() | OF_REFERRAL.keys()
    assert any(isinstance(field, BinaryField) for field in Referral._meta.concrete_fields)


def test_after_its_days_a_case_is_codes_only_and_every_total_is_the_same(
    full: Case, worker: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    empty_before = [name for name, table in sealing_tables().items() if not filled(table)]
    assert empty_before == []  # else this test proves nothing of that table
    kept = bare_case(worker, owner=worker)
    before, keys = totals(), [full.data_key, *Referral.objects.values_list("data_key", flat=True)]
    assert NameIndex.objects.filter(case=full).exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert forgetting.forget(timezone.now() + LATER) == 1
    assert totals() == before
    assert {name for name, table in sealing_tables().items() if filled(table)} == {
        "person",
        "detail",
    }  # the open case's
    assert not NameIndex.objects.filter(case=full).exists()
    assert NameIndex.objects.filter(case=kept).exists()
    assert not PartnerLink.objects.exists()
    for gone in keys:
        with pytest.raises(vault.ErasedError):
            vault.seal(gone, "x", where="x")
    assert vault.seal(kept.data_key, "x", where="x")
    after = fresh(full)
    assert (after.region, after.age_band, after.sex) == ("", "", "")
    assert not after.links.exists()
    assert forgetting.forget(timezone.now() + LATER) == 0


def test_an_open_case_is_never_forgotten_however_old(worker: User) -> None:
    bare_case(worker, owner=worker)
    assert forgetting.forget(timezone.now() + LATER) == 0


def test_a_legal_hold_keeps_a_case_and_what_was_asked_is_done_after_it(full: Case, supervisor: User) -> None:
    vault.hold(full.reference, reason="sud", by=supervisor.code)
    assert forgetting.forget(timezone.now() + LATER) == 0
    assert services.erase_case(full, reason="asked", by=supervisor) is False
    assert fresh(full).forgotten_at is None
    vault.lift_hold(full.reference, by=supervisor.code)
    assert forgetting.forget(timezone.now() - timedelta(days=1825)) == 1
    assert fresh(full).forgotten_at is not None


def test_only_a_supervisor_erases_and_only_what_has_ended(worker: User, supervisor: User) -> None:
    case = bare_case(worker, owner=worker)
    with pytest.raises(CaseRefusedError):
        services.erase_case(case, reason="asked", by=supervisor)
    closed(case, by=worker, supervisor=supervisor)
    with pytest.raises(CaseRefusedError):
        services.erase_case(case, reason="asked", by=worker)
    assert services.erase_case(case, reason="asked", by=supervisor) is True


def test_a_referral_that_hangs_on_a_report_ends_with_the_report_once_it_is_over(worker: User, supervisor: User) -> None:
    said = {"report": {"kind": "attack"}}
    stray = draft_referral(source="R-7QH2", sections=said, to=agency(), urgency=1, reason="xavf", by=supervisor)
    assert forgetting.forget_referrals_from(["R-7QH2"], reason="asked") == 0
    revoke_referral(stray, code="withdrawn", by=supervisor)
    assert forgetting.forget_referrals_from(["R-OTHER"], reason="asked") == 0
    assert forgetting.forget_referrals_from(["R-7QH2"], reason="asked") == 1
    assert filled(Referral) == []


def test_what_is_handed_out_of_a_case_ends_with_it(full: Case, supervisor: User) -> None:
    export = vault.export_file(b"words", name="c.json", by_code=supervisor.code, things=[full.reference])
    services.erase_case(full, reason="asked", by=supervisor)
    with pytest.raises(vault.ExportRefusedError):
        vault.read_export(export.code, supervisor.code)
