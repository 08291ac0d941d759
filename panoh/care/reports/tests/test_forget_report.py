"""A report ends: counted once when it is closed or given up, emptied when its days are over, held while it must be."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import BinaryField
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from panoh.care.cases import public as cases
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.common.cells import Cell
from panoh.ground.vault import public as vault

from .. import desk_rules, facts, services
from ..errors import ReportRefusedError
from ..models import Answer, FileHash, Judgement, Report
from ..models.facts import FACTS, DraftCell, ReportDemandCell
from ..services import counting, ending, forgetting, triage
from ..services.files import keep_file
from ..services.notices import draft_notice
from .file_cast import sent_with_file
from .file_corpus import png
from .form_cast import ALL, filed, new_draft
from .triage_cast import bullying

pytestmark = pytest.mark.django_db
EVER = (date(2020, 1, 1), date(2040, 1, 1))
LATER = timedelta(days=400)


def totals() -> dict[str, list[Any]]:
    return {
        "who": facts.facts(EVER, ("month", "kind", "about", "channel", "region", "age_band", "sex")),
        "work": facts.facts(EVER, ("kind", "outcome", "urgency", "language", "assessed", "closed")),
        "platforms": facts.facts(EVER, ("kind", "platform")),
        "drafts": facts.drafts(EVER, ("month", "last_question", "kind", "channel", "language")),
        "demand": facts.demand(EVER, ("month", "weekday", "hour", "channel")),
    }


def closed(report: Report, *, by: User, outcome: str = "actioned") -> Report:
    triage.take_report(report, by=by)
    ending.decide_report(report, outcome=outcome, reason="tekshirildi", by=by)
    return ending.close_report(report, body="Biz platformaga yozdik.", key=uuid.uuid4(), by=by)


def forgotten(report: Report) -> bool:
    return Report.objects.get(pk=report.pk).forgotten_at is not None


# --- counted ----------------------------------------------------------------------------------------------------------


def test_a_report_is_counted_when_it_is_closed_and_not_before(supervisor: User) -> None:
    report = bullying()
    assert facts.facts(EVER) == [(0,)]
    closed(report, by=supervisor)
    assert facts.facts(EVER, ("kind", "region", "age_band")) == [("cyberbullying", "UZ-TK", "13_15", 1)]
    assert facts.facts(EVER, ("outcome", "assessed", "closed")) == [("actioned", "1h", "1h", 1)]
    assert facts.demand(EVER, ("channel",)) == [("web", 1)]
    before = totals()
    assert counting.count_report(report) is False
    assert totals() == before


def test_what_is_closed_is_counted_with_the_outcome_the_desk_gave_it_last(supervisor: User) -> None:
    report = triage.take_report(bullying(), by=supervisor)
    ending.decide_report(report, outcome="unfounded", reason="x", by=supervisor)
    ending.decide_report(report, outcome="referred", reason="x", by=supervisor)
    ending.close_report(report, body="Yubordik.", key=uuid.uuid4(), by=supervisor)
    assert facts.facts(EVER, ("outcome",)) == [("referred", 1)]


def test_a_report_its_sender_deletes_is_counted_without_an_outcome() -> None:
    services.delete_report(bullying())
    assert facts.facts(EVER, ("kind", "outcome")) == [("cyberbullying", "", 1)]


def test_a_form_that_was_given_up_is_counted_by_its_last_question() -> None:
    for answers in ({"danger": "no"}, {"danger": "no", "about": "self"}, {"danger": "no", "about": "known"}):
        report = new_draft()
        for code, value in answers.items():
            report = services.answer_question(report, code, value)
    assert forgetting.forget_drafts(timezone.now() - timedelta(days=7)) == 0
    assert forgetting.forget_drafts(timezone.now() + timedelta(minutes=1)) == 3
    assert facts.drafts(EVER) == [("about", 2), ("danger", 1)]
    assert forgetting.forget_drafts(timezone.now() + timedelta(minutes=1)) == 0
    assert facts.facts(EVER) == [(0,)]


def test_a_form_somebody_still_answers_is_not_given_up() -> None:
    report = services.answer_question(new_draft(), "danger", "no")
    Report.objects.filter(pk=report.pk).update(started_at=timezone.now() - timedelta(days=9))
    assert forgetting.forget_drafts(timezone.now() - timedelta(days=7)) == 0


@pytest.mark.parametrize("model", [*FACTS, DraftCell, ReportDemandCell])
def test_a_fact_holds_no_id_no_moment_and_no_way_back(model: type[Cell]) -> None:
    assert [field.name for field in model._meta.get_fields() if field.is_relation] == []
    assert {field.name for field in model._meta.concrete_fields} == {"month", "slot", "n", *model.dimensions()}
    assert len(model.dimensions()) <= 6


# --- forgotten --------------------------------------------------------------------------------------------------------


def test_after_the_days_nothing_is_left_but_codes_and_every_total_is_the_same(
    supervisor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    full = sent_with_file()
    triage.add_note(full, text="Onasi Dilbar", key=uuid.uuid4(), by=supervisor)
    draft_notice(
        full,
        contact=desk_rules.contacts().contacts[0].code,
        template=next(iter(desk_rules.templates())),
        language="ru",
        by=supervisor,
    )
    closed(full, by=supervisor)
    closed(filed(kind="fraud"), by=supervisor)
    before = totals()
    key = full.conversation.data_key
    with django_capture_on_commit_callbacks(execute=True):
        assert forgetting.forget(timezone.now() + LATER) == 2
    assert totals() == before
    assert not Answer.objects.exists()
    assert not FileHash.objects.exists()
    assert words_left() == []
    assert talks.all_lines(full.conversation, audience="staff") == []
    with pytest.raises(vault.ErasedError):
        vault.seal(key, "x", where="x")
    after = Report.objects.get(pk=full.pk)
    assert (after.region, after.age_band, after.sex, after.kind) == ("", "", "", "cyberbullying")
    assert forgetting.forget(timezone.now() + LATER) == 0


def words_left() -> list[str]:
    """Every sealed column of the room that still holds a byte."""
    left = []
    for model in apps.get_app_config("reports").get_models():
        for column in [field.name for field in model._meta.concrete_fields if isinstance(field, BinaryField)]:
            filled = model._default_manager.exclude(**{column: None}).exclude(**{column: b""})
            left += [f"{model.__name__}.{column}"] * filled.count()
    return left


def test_a_draft_with_files_leaves_nothing_behind(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    report = new_draft()
    for code in ("danger", "about", "kind"):
        report = services.answer_question(report, code, {**ALL, "kind": "cyberbullying"}[code])
    keep_file(report, content=png())
    with django_capture_on_commit_callbacks(execute=True):
        forgetting.forget_drafts(timezone.now() + LATER)
    assert words_left() == []
    assert forgotten(report)


def test_a_report_on_an_open_case_waits_for_the_end_of_the_case(supervisor: User) -> None:
    report = closed_with_case(supervisor)
    assert forgetting.forget(timezone.now() + LATER) == 0
    vault.lift_holds_of(cases.cases_of(report.conversation).get().reference, by=supervisor.code)
    assert forgetting.forget(timezone.now() + LATER) == 1


def closed_with_case(by: User) -> Report:
    report = triage.take_report(bullying(), by=by)
    ending.open_case_of(report, by=by)
    ending.decide_report(report, outcome="actioned", reason="x", by=by)
    return ending.close_report(report, body="Javob", key=uuid.uuid4(), by=by)


@pytest.mark.parametrize("name", ["report", "conversation"])
def test_a_legal_hold_on_the_report_or_its_words_keeps_both(supervisor: User, name: str) -> None:
    report = closed(bullying(), by=supervisor)
    thing = report.reference if name == "report" else report.conversation.reference
    vault.hold(thing, reason="prokuratura", by=supervisor.code)
    assert forgetting.forget(timezone.now() + LATER) == 0
    assert talks.forget(timezone.now() + LATER) == 0
    assert services.erase_report(report, reason="court", by=supervisor) is False
    assert not forgotten(report)
    assert Judgement.objects.filter(report=report).exclude(reason=None).exclude(reason=b"").exists()
    vault.lift_hold(thing, by=supervisor.code)
    assert forgetting.forget(timezone.now() - timedelta(days=180)) == 1  # it was owed
    assert forgotten(report)


def test_under_a_legal_hold_the_sender_comes_back_to_nothing_and_the_desk_works_on(supervisor: User) -> None:
    report = bullying()
    token = talks.start_visit(report.conversation)
    vault.hold(report.reference, reason="prokuratura", by=supervisor.code)
    assert services.delete_report(report) is False
    assert talks.conversation_by_visit(token) is None
    vault.lift_hold(report.reference, by=supervisor.code)
    assert forgetting.forget(timezone.now()) == 0
    closed(report, by=supervisor)
    assert forgetting.forget(timezone.now() - timedelta(days=180)) == 1
    assert facts.facts(EVER, ("outcome",)) == [("actioned", 1)]


def test_only_a_supervisor_erases_and_only_what_is_closed(supervisor: User, counsellor: User) -> None:
    report = bullying()
    with pytest.raises(ReportRefusedError):
        services.erase_report(report, reason="asked", by=supervisor)
    closed(report, by=supervisor)
    with pytest.raises(ReportRefusedError):
        services.erase_report(report, reason="asked", by=counsellor)
    assert services.erase_report(report, reason="asked", by=supervisor) is True


def test_an_export_of_a_report_ends_with_the_report(supervisor: User) -> None:
    report = closed(bullying(), by=supervisor)
    export = vault.export_file(b"words", name="r.json", by_code=supervisor.code, things=[report.reference])
    services.erase_report(report, reason="asked", by=supervisor)
    with pytest.raises(vault.ExportRefusedError):
        vault.read_export(export.code, supervisor.code)


def test_the_words_of_a_report_have_the_days_of_reports_and_not_of_talks(supervisor: User) -> None:
    closed(bullying(), by=supervisor)
    assert talks.forget(timezone.now() + LATER) == 0


def test_an_urgent_judgement_keeps_the_rules_of_its_table(supervisor: User) -> None:
    report = bullying()
    triage.take_report(report, by=supervisor)
    triage.set_urgency(report, urgency=1, by=supervisor)
    triage.set_urgency(report, urgency=4, reason="xavf yoʻq", by=supervisor)
    ending.decide_report(report, outcome="unfounded", reason="x", by=supervisor)
    ending.close_report(report, body="Javob", key=uuid.uuid4(), by=supervisor)
    assert forgetting.forget(timezone.now() + LATER) == 1
    assert words_left() == []
