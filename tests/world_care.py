"""One of everything that a URL of the rooms of reports, cases and organisations can name."""

import io
import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone
from PIL import Image

from panoh.care.cases import services as casework
from panoh.care.cases.models import Case
from panoh.care.cases.models import SavedView as CaseView
from panoh.care.cases.public import approve_referral, case_sections, draft_referral, send_referral
from panoh.care.cases.rules import tool
from panoh.care.reports import services as reporting
from panoh.care.reports.models import Report
from panoh.care.reports.models import SavedView as ReportView
from panoh.care.reports.services import files, notices, triage
from panoh.care.reports.services.classifying import classify
from panoh.care.talks import public as talks
from panoh.ground.accounts.models import User
from panoh.ground.organisations import public as organisations
from panoh.ground.organisations.public import Organisation

Things = dict[str, Any]
WHY = "The child wrote that he is going to jump tonight."
TOLD = {"danger": "no", "about": "self", "kind": "cyberbullying", "addresses": "https://example.test/a"}
FOUND = {"danger": "no", "about": "seen", "kind": "abuse_material", "addresses": "https://example.test/b"}


def of_report(worker: User, analyst: User) -> Things:
    """A report that ``worker`` works on, and a classification of another one that waits for a second person."""
    report = a_report(worker)
    notice = notices.draft_notice(report, contact="telegram", template="remove", language="uz", by=worker)
    triage.say(report, text="+998 90 123 45 67", key=uuid.uuid4(), by=worker)
    return {
        "report": report.reference,
        "notice": notice.pk,
        "position": 1,
        "report_held": report.conversation.held_words.get().pk,
        "report_view": ReportView.objects.create(user=worker, name="mine", query="status=received").pk,
        "classification": a_found_one(analyst),
    }


def of_tied_report(case: str, worker: User, analyst: User) -> Things:
    """A report that ``worker`` works on, tied to somebody else's case."""
    things = of_report(worker, analyst)
    report, found = Report.objects.get(reference=things["report"]), Case.objects.get(reference=case)
    casework.link_to_case(
        found,
        kind="report",
        reference=report.reference,
        conversation=report.conversation,
        by=found.opened_by,
    )
    return things


def a_report(worker: User) -> Report:
    """Sent with a picture and an address, and taken."""
    report = reporting.start_report(channel=talks.Channel.WEB, language="uz", key=uuid.uuid4())
    for code, value in TOLD.items():
        report = reporting.answer_question(report, code, value)
    files.keep_file(report, content=_picture())
    return triage.take_report(reporting.send_report(report), by=worker)


def _picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (32, 32), "white").save(made, "PNG")
    return made.getvalue()


def a_found_one(analyst: User) -> int:
    report = reporting.file_report(channel=talks.Channel.WEB, language="uz", key=uuid.uuid4(), answers=FOUND)
    report = triage.take_report(report, by=analyst)
    return classify(report, label="young_child_abused", minutes=2, by=analyst).pk


def of_case(holder: User, lead: User, guest: User) -> Things:
    """A case that ``holder`` opened and leads, with one of everything in it; ``lead`` fills in what needs a lead."""
    case = casework.open_case(alias="Humo-1", language="uz", by=holder, owner=holder, urgency=1)
    child = casework.add_person(case, role="child", alias="", details={"full_name": "Oʻgʻiloy"}, by=lead)
    conversation = _talk_on(case, lead)
    tomorrow = timezone.now() + timedelta(days=1)
    consent = casework.record_consent(case, given_by="child", scopes=["referral"], recipients=["any"], by=lead)
    casework.break_glass(case, conversation=conversation, reason=WHY, by=lead)
    return {
        "case": case.reference,
        "child": child.pk,
        "detail": child.details.get().pk,
        "consent": consent.pk,
        "action": casework.plan_action(case, title="Uyga", owner=lead, due_on=timezone.localdate(), by=lead).pk,
        "follow_up": casework.plan_follow_up(case, what="Soʻrash", due_at=tomorrow, by=lead).pk,
        "note": casework.add_note(case, body="Eslatma", by=holder).pk,
        "document": casework.add_document(case, title="Qogʻoz", content=b"matn", by=holder).pk,
        "approval": casework.submit_assessment(case, answers=dict.fromkeys(tool().items, "no"), by=lead).pk,
        "access": casework.grant_access(case, to=guest, reason="u ham ishlaydi", until=tomorrow, by=lead).pk,
        "reveal": casework.ask_reveal(case, conversation=conversation, reason=WHY, by=holder).pk,
        "glass": case.glass.get().pk,
        "case_view": CaseView.objects.create(user=holder, filters="tab=mine").pk,
        "referral": a_referral(case, an_agency(lead), lead),
    }


def _talk_on(case: Case, by: User) -> talks.Conversation:
    """A talk in Telegram tied to the case."""
    identity = talks.identity_for("telegram", uuid.uuid4().hex)
    conversation = talks.open_conversation(channel="telegram", language="uz", identity=identity)
    casework.link_to_case(case, kind="talk", reference=conversation.reference, conversation=conversation, by=by)
    return conversation


def a_referral(case: Case, to: Organisation, by: User) -> str:
    drafted = draft_referral(
        case=case, source=case.reference, sections=case_sections(case), to=to, urgency=2, reason=WHY, by=by
    )
    return drafted.reference


def an_agency(lead: User, **facts: Any) -> Organisation:
    code = f"agency-{uuid.uuid4().hex[:8]}"
    told = {"names": {"uz": code, "en": code}, "kind": "police", "route": "account", **facts}
    return organisations.add_organisation(code, by=lead, **told)


def of_agency(officer: User, lead: User) -> Things:
    """An organisation with one of everything, where ``officer`` works, and a referral that was sent to it."""
    agency = an_agency(lead)
    organisations.add_member(agency, officer, by=lead)
    focal = organisations.add_focal_point(
        agency, name="Botir", email="botir@example.test", valid_from=timezone.localdate(), by=lead
    )
    made = organisations.add_client(agency, by=lead)
    case = casework.open_case(alias="Humo-2", language="uz", by=lead, owner=lead, urgency=2)
    casework.add_person(case, role="child", alias="", details={"full_name": "Oʻgʻiloy"}, by=lead)
    casework.record_consent(case, given_by="child", scopes=["referral"], recipients=["any"], by=lead)
    return {
        "organisation": agency.code,
        "service": organisations.add_service(agency, code="cyber_investigation", by=lead).pk,
        "focal_point": focal.pk,
        "officer": officer.code,
        "client": made.client.key_id,
        "to_agency": _sent(case, agency, lead),
    }


def _sent(case: Case, to: Organisation, lead: User) -> str:
    """A referral that lies on the partner desk of the agency."""
    drafted = draft_referral(
        case=case, source=case.reference, sections=case_sections(case), to=to, urgency=2, reason=WHY, by=lead
    )
    return send_referral(approve_referral(drafted, by=lead), by=lead).referral.reference
