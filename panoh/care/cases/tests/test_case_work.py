"""A case from its first day to its last: assessed, planned, approved by a second person, closed, reopened."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from panoh.care.cases import queries, services
from panoh.care.cases.errors import CaseRefusedError
from panoh.care.cases.models import Action, Approval, Assessment, Case, ClosingCell, FollowUp
from panoh.care.cases.services.referral import revoke_referral
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify

from .case_cast import a_case, a_talk, answers, at, browser, fresh, planned
from .referral_cast import a_draft, a_yes, agency, go

pytestmark = pytest.mark.django_db


def test_the_whole_way_through_the_pages(case: Case, worker: User, supervisor: User) -> None:
    mine, theirs = browser(worker), browser(supervisor)
    theirs.post(at("give_purpose", case), {"purpose": "approval", "reason": "I was asked"})
    mine.post(at("save_assessment", case), {**answers(at_home="yes", hurt="yes"), "submit": "1"})
    asked = Approval.objects.get(of="assessment")
    theirs.post(at("decide_approval", case, asked.pk), {"decision": "approved"})
    assert (fresh(case).status, fresh(case).risk) == ("plan", "medium")

    due = (timezone.localdate() + timedelta(days=2)).isoformat()
    mine.post(at("set_goal", case), {"goal": "U maktabga qaytadi"})
    mine.post(at("plan_action", case), {"title": "Uyga tashrif", "who": f"user:{worker.code}", "due_on": due})
    mine.post(at("submit_plan", case), {"words": "Iltimos"})
    theirs.post(at("decide_approval", case, Approval.objects.get(of="plan").pk), {"decision": "approved"})
    mine.post(at("start_service", case))
    assert fresh(case).status == "in_service"
    assert fresh(case).next_due_at is not None

    mine.post(at("finish_action", case, Action.objects.get().pk))
    assert fresh(case).next_due_at is None
    mine.post(at("ask_closing", case), {"reason": "child_safe", "words": "Hammasi yaxshi"})
    theirs.post(at("decide_approval", case, Approval.objects.get(of="closing").pk), {"decision": "approved"})
    assert (fresh(case).status, fresh(case).closure_reason) == ("closed", "child_safe")
    assert fresh(case).closed_at is not None
    assert ClosingCell.objects.filter(status="closed", reason="child_safe").exists()

    mine.post(at("reopen_case", case), {"reason": "U yana yozdi"})
    assert (fresh(case).status, fresh(case).times_reopened, fresh(case).closed_at) == ("assessment", 1, None)
    verbs = [entry.verb for entry in audit.trail(case.reference)]
    for verb in ("assessment.approved", "plan.approved", "case.in_service", "closing.approved", "case.reopened"):
        assert verb in verbs


def test_points_from_a_browser_are_not_read(case: Case, worker: User) -> None:
    browser(worker).post(at("save_assessment", case), {**answers("no"), "score": "99", "risk": "high"})
    assert (Assessment.objects.get().score, Assessment.objects.get().risk) == (0, "low")


def test_an_unfinished_assessment_is_kept_and_not_sent(case: Case, worker: User) -> None:
    mine = browser(worker)
    mine.post(at("save_assessment", case), {"again": "yes"})
    answer = mine.post(at("save_assessment", case), {"again": "yes", "submit": "1"})
    assert answer.status_code == 422
    assert "Not answered yet: 9" in answer.content.decode()
    assert (Assessment.objects.get().status, Approval.objects.count()) == ("draft", 0)


def test_answers_stay_readable_under_their_own_version(case: Case, worker: User) -> None:
    browser(worker).post(at("save_assessment", case), answers("no"))
    Assessment.objects.update(version="2019-1")
    page = browser(worker).get(at("case", case) + "?part=notes")
    assert page.status_code == 200
    assert queries.assessments_of(case)[0].given["again"] == "no"


# --- a second person -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", ["assessment", "plan", "closing"])
def test_nobody_approves_what_they_asked_for(supervisor: User, second_supervisor: User, of: str) -> None:
    case = a_case(supervisor, owner=supervisor)
    asked = services.submit_assessment(case, answers=answers("yes"), by=supervisor)
    if of != "assessment":
        services.decide_approval(asked, approve=True, by=second_supervisor)
    if of == "plan":
        due = timezone.localdate() + timedelta(days=1)
        services.plan_action(case, title="x", owner=supervisor, due_on=due, by=supervisor)
        asked = services.submit_plan(case, by=supervisor)
    if of == "closing":
        asked = services.ask_closing(case, reason="no_contact", words="", by=supervisor)
    answer = browser(supervisor).post(at("decide_approval", case, asked.pk), {"decision": "approved"})
    assert answer.status_code == 422
    asked.refresh_from_db()
    assert asked.decided_at is None
    services.decide_approval(asked, approve=True, by=second_supervisor)


def test_the_database_itself_refuses_one_person_in_both_places(case: Case, worker: User) -> None:
    asked = services.submit_assessment(case, answers=answers("no"), by=worker)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=asked.pk).update(decided_by=worker, decision="approved", decided_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.update(approver=worker, status="approved", approved_at=timezone.now())


def test_a_caseworker_approves_nothing(case: Case, worker: User, second_worker: User) -> None:
    asked = services.submit_assessment(case, answers=answers("no"), by=worker)
    assert browser(worker).post(at("decide_approval", case, asked.pk), {"decision": "approved"}).status_code == 403
    with pytest.raises(CaseRefusedError):
        services.decide_approval(asked, approve=True, by=second_worker)


def test_returned_with_a_note_it_is_written_on(case: Case, worker: User, supervisor: User) -> None:
    asked = services.submit_assessment(case, answers=answers("no"), by=worker)
    theirs = browser(supervisor)
    theirs.post(at("give_purpose", case), {"purpose": "approval", "reason": "I was asked"})
    assert theirs.post(at("decide_approval", case, asked.pk), {"decision": "returned"}).status_code == 422
    theirs.post(at("decide_approval", case, asked.pk), {"decision": "returned", "note": "Maktab bilan gaplashing"})
    assert (fresh(case).status, Assessment.objects.get().status) == ("assessment", "draft")
    assert "Maktab bilan gaplashing" in browser(worker).get(at("case", case) + "?part=assessment").content.decode()
    services.submit_assessment(case, answers=answers("yes"), by=worker)


def test_what_a_supervisor_looks_at_cannot_be_changed_meanwhile(case: Case, worker: User) -> None:
    services.submit_assessment(case, answers=answers("no"), by=worker)
    assert browser(worker).post(at("save_assessment", case), answers("yes")).status_code == 422
    with pytest.raises(CaseRefusedError):
        services.submit_assessment(case, answers=answers("no"), by=worker)


# --- the workflow refuses --------------------------------------------------------------------------------------------


def test_no_plan_before_the_risk_is_judged_and_no_service_before_the_plan(case: Case, worker: User) -> None:
    due = timezone.localdate() + timedelta(days=1)
    services.plan_action(case, title="x", owner=worker, due_on=due, by=worker)
    with pytest.raises(CaseRefusedError, match="First the assessment"):
        services.submit_plan(case, by=worker)
    with pytest.raises(CaseRefusedError, match="approves the plan"):
        services.start_service(case, by=worker)


def test_a_case_with_something_open_does_not_close(case: Case, worker: User, supervisor: User) -> None:
    planned(case, worker=worker, supervisor=supervisor)
    answer = browser(worker).post(at("ask_closing", case), {"reason": "child_safe", "words": ""})
    assert answer.status_code == 422
    assert "Finish or drop them first" in answer.content.decode()


def test_a_case_with_a_running_referral_does_not_close(case: Case, worker: User, supervisor: User) -> None:
    to = agency()
    a_yes(case, to.code, by=worker)
    sent = go(a_draft(case, to, worker), by=supervisor).referral
    answer = browser(worker).post(at("ask_closing", case), {"reason": "child_safe", "words": ""})
    assert answer.status_code == 422
    assert sent.reference in answer.content.decode()
    revoke_referral(sent, code="no_longer_needed", by=worker)
    services.ask_closing(case, reason="child_safe", words="", by=worker)


def test_a_referral_that_began_after_the_question_stands_in_the_way_of_the_answer(
    case: Case, worker: User, supervisor: User
) -> None:
    asked = services.ask_closing(case, reason="child_safe", words="", by=worker)
    to = agency()
    a_yes(case, to.code, by=worker)
    draft = a_draft(case, to, worker)
    with pytest.raises(CaseRefusedError, match=draft.reference):
        services.decide_approval(asked, approve=True, by=supervisor)
    assert fresh(case).closed_at is None


def test_led_elsewhere_ends_as_transferred(case: Case, worker: User, supervisor: User) -> None:
    services.submit_assessment(case, answers=answers("no"), by=worker)
    asked = services.ask_closing(case, reason="led_elsewhere", words="", by=worker)
    services.decide_approval(asked, approve=True, by=supervisor)
    assert fresh(case).status == "transferred"


def test_nothing_is_added_to_an_ended_case(case: Case, worker: User, supervisor: User) -> None:
    asked = services.ask_closing(case, reason="opened_in_error", words="", by=worker)
    services.decide_approval(asked, approve=True, by=supervisor)
    mine = browser(worker)
    assert mine.post(at("add_note", case), {"body": "One more"}).status_code == 422
    assert mine.post(at("add_person", case), {"role": "friend"}).status_code == 422


# --- who leads -------------------------------------------------------------------------------------------------------


def test_a_case_is_given_taken_and_handed_over(
    counsellor: User, worker: User, second_worker: User, supervisor: User
) -> None:
    case = a_case(counsellor)
    assert browser(worker).post(at("take_case", case)).status_code == 404  # not to be seen before it is given
    browser(supervisor).post(at("assign_case", case), {"to": worker.code})
    assert (fresh(case).owner, fresh(case).status) == (worker, "assessment")
    browser(worker).post(at("transfer_case", case), {"to": second_worker.code, "reason": "Ketyapman"})
    assert fresh(case).owner == second_worker
    assert browser(worker).get(at("case", case)).status_code == 404
    assert "Ketyapman" not in repr(list(audit.Entry.objects.values_list("codes", flat=True)))


def test_a_case_that_is_given_begins_as_one_that_is_taken(counsellor: User, worker: User, supervisor: User) -> None:
    case = a_case(counsellor)
    assert case.status == "new"
    assert services.assign_case(case, to=worker, by=supervisor).status == "assessment"


def test_giving_a_case_on_leaves_it_where_it_stands(
    case: Case, worker: User, second_worker: User, supervisor: User
) -> None:
    before = planned(case, worker=worker, supervisor=supervisor).status
    assert services.assign_case(case, to=second_worker, by=supervisor).status == before == "in_service"


def test_a_case_goes_to_nobody_who_cannot_lead_one(case: Case, counsellor: User, supervisor: User) -> None:
    with pytest.raises(CaseRefusedError):
        services.assign_case(case, to=counsellor, by=supervisor)
    assert browser(supervisor).post(at("assign_case", case), {"to": counsellor.code}).status_code == 422


def test_a_duplicate_gives_what_was_tied_to_it_to_the_case_that_goes_on(
    case: Case, worker: User, supervisor: User
) -> None:
    other = a_case(worker, owner=worker)
    conversation = a_talk(case, by=worker)
    theirs = browser(supervisor)
    theirs.post(at("give_purpose", case), {"purpose": "supervision", "reason": "Double"})
    assert theirs.post(at("mark_duplicate", case), {"of": case.reference}).status_code == 422
    assert theirs.post(at("mark_duplicate", case), {"of": "C-ZZZZZZZZ"}).status_code == 422
    theirs.post(at("mark_duplicate", case), {"of": other.reference})
    assert (fresh(case).status, fresh(case).duplicate_of) == ("duplicate", other)
    assert [link.reference for link in other.links.all()] == [conversation.reference]
    assert not case.links.exists()


# --- due -------------------------------------------------------------------------------------------------------------


def test_the_earliest_open_moment_is_when_the_case_is_due(case: Case, worker: User, supervisor: User) -> None:
    planned(case, worker=worker, supervisor=supervisor)
    soon = timezone.now() + timedelta(hours=5)
    row = services.plan_follow_up(case, what="Qoʻngʻiroq qilish", due_at=soon, by=worker)
    assert fresh(case).next_due_at == FollowUp.objects.get().due_at
    browser(worker).post(at("finish_follow_up", case, row.pk))
    later = fresh(case).next_due_at
    assert later is not None
    assert timezone.localtime(later).hour == 0


def test_an_action_belongs_to_one_colleague_or_one_agency(case: Case, worker: User, second_worker: User) -> None:
    due = timezone.localdate()
    for wrong in ({}, {"owner": worker, "organisation": "inson"}, {"owner": second_worker}):
        with pytest.raises(CaseRefusedError):
            services.plan_action(case, title="x", due_on=due, by=worker, **wrong)
    assert services.plan_action(case, title="x", organisation="inson", due_on=due, by=worker).organisation == "inson"


def test_those_with_something_due_get_one_letter_without_a_name(case: Case, worker: User) -> None:
    services.plan_action(case, title="Uyga tashrif", owner=worker, due_on=timezone.localdate(), by=worker)
    assert services.remind_due() == 1
    notify.deliver_due()
    [letter] = mail.outbox
    assert letter.to == [worker.email]
    assert "Uyga" not in letter.body
    assert "Karimova" not in letter.body


def test_words_to_the_child_lead_nowhere_outside_the_centre(case: Case, worker: User) -> None:
    conversation = a_talk(case, by=worker)
    for away in ("Menga yozing: +998 90 123-45-67", "t.me/gulnora_yordam"):
        with pytest.raises(CaseRefusedError):
            services.tell_child(case, conversation, words=away, by=worker)
    assert not conversation.messages.filter(direction="out").exists()
    services.tell_child(case, conversation, words="112 ga qoʻngʻiroq qiling.", by=worker)
    assert conversation.messages.filter(direction="out").count() == 1
