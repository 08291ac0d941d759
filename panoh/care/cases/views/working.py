"""What is written on a case: people, consent, assessment, plan, notes, documents, and the words for the child."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts.public import Role, StaffRequest, opens_to

from .. import documents, queries, rules, services
from ..forms import file as forms
from ..policy import DESK, WORKERS
from .acting import calmly, in_memory, to_part
from .file import purpose_of, read, typed

# --- people and consent -----------------------------------------------------------------------------------------------


@require_POST
@opens_to(*DESK)
def add_person(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.PersonForm, found)
    return typed(request, found, form, lambda **told: services.add_person(found, **told), part="people")


@require_POST
@opens_to(*DESK)
def set_detail(request: StaffRequest, reference: str, pk: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    person = queries.person_of(found, pk)
    form = read(request, forms.DetailForm, found)
    return typed(request, found, form, lambda **told: services.set_detail(person, **told), part="people")


@require_POST
@opens_to(*WORKERS)
def withhold_detail(request: StaffRequest, reference: str, pk: str) -> HttpResponse:
    """One press keeps a detail out of every packet; the next lets it in again."""
    found = queries.case_for(request.user, reference)
    detail = queries.detail_of(request.user, found, pk)
    with calmly(request):
        services.withhold_detail(detail, withhold=not detail.is_withheld, by=request.user)
    return to_part(reference, "people")


@require_POST
@opens_to(*WORKERS)
def record_consent(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.ConsentForm, found)
    return typed(request, found, form, lambda **told: services.record_consent(found, **told), part="consent")


@require_POST
@opens_to(Role.SUPERVISOR)
def override_consent(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.OverrideForm, found)
    return typed(request, found, form, lambda **told: services.override_consent(found, **told), part="consent")


@require_POST
@opens_to(*DESK)
def withdraw_consent(request: StaffRequest, reference: str, pk: str) -> HttpResponse:
    """Whoever hears that a yes is taken back writes it down at once."""
    found = queries.case_for(request.user, reference)
    with calmly(request, _("Taken back. What was not accepted yet is called back.")):
        services.withdraw_consent(queries.consent_of(found, pk), by=request.user)
    return to_part(reference, "consent")


# --- assessment and plan ----------------------------------------------------------------------------------------------


@require_POST
@opens_to(*WORKERS)
def save_assessment(request: StaffRequest, reference: str) -> HttpResponse:
    """Keep the answers so far, or with ``submit`` ask a supervisor."""
    found = queries.case_for(request.user, reference)
    draft = next((one.row for one in queries.assessments_of(found) if one.row.status != "approved"), None)
    tool = rules.tool(draft.tool, draft.version) if draft else rules.tool()
    form = forms.AssessmentForm(request.POST, case=found, user=request.user, tool=tool)
    if "submit" in request.POST:
        done = _("A supervisor is asked.")
        act = services.submit_assessment
        return typed(request, found, form, lambda **told: act(found, **told), part="assessment", done=done)
    return typed(request, found, form, lambda **told: services.save_assessment(
        found, answers=told["answers"], by=told["by"]), part="assessment", done=_("Kept."))  # fmt: skip


@require_POST
@opens_to(*WORKERS)
def set_goal(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.GoalForm, found)
    return typed(request, found, form, lambda **told: services.set_goal(found, **told), part="plan")


@require_POST
@opens_to(*WORKERS)
def plan_action(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.ActionForm, found)
    return typed(request, found, form, lambda **told: services.plan_action(found, **told), part="plan")


@require_POST
@opens_to(*DESK)
def finish_action(request: StaffRequest, reference: str, pk: str) -> HttpResponse:
    """Done; with ``drop`` it is taken out of the plan."""
    found = queries.case_for(request.user, reference)
    with calmly(request):
        services.finish_action(queries.action_of(found, pk), is_done="drop" not in request.POST, by=request.user)
    return to_part(reference, "plan")


@require_POST
@opens_to(*WORKERS)
def submit_plan(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.SubmitForm, found)
    done = _("A supervisor is asked.")
    return typed(request, found, form, lambda **told: services.submit_plan(found, **told), part="plan", done=done)


@require_POST
@opens_to(*WORKERS)
def start_service(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    with calmly(request, _("The plan is carried out from here.")):
        services.start_service(found, by=request.user)
    return to_part(reference, "plan")


@require_POST
@opens_to(*WORKERS)
def plan_follow_up(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.FollowUpForm, found)
    return typed(request, found, form, lambda **told: services.plan_follow_up(found, **told), part="plan")


@require_POST
@opens_to(*WORKERS)
def finish_follow_up(request: StaffRequest, reference: str, pk: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    with calmly(request):
        services.finish_follow_up(queries.follow_up_of(found, pk), by=request.user)
    return to_part(reference, "plan")


# --- notes, documents, words for the child ----------------------------------------------------------------------------


@require_POST
@opens_to(*DESK)
def add_note(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.NoteForm, found)
    return typed(request, found, form, lambda **told: services.add_note(found, **told), part="notes")


@require_POST
@opens_to(*DESK)
def change_note(request: StaffRequest, reference: str, pk: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    note = queries.note_of(found, pk)
    form = read(request, forms.ChangeNoteForm, found)
    return typed(request, found, form, lambda **told: services.change_note(note, **told), part="notes")


@in_memory
@require_POST
@opens_to(*DESK)
def add_document(request: StaffRequest, reference: str) -> HttpResponse:
    found = queries.case_for(request.user, reference)
    form = read(request, forms.DocumentForm, found)
    return typed(request, found, form, lambda **told: services.add_document(
        found, title=told["title"], content=told["content"], by=told["by"]), part="documents")  # fmt: skip


@require_safe
@opens_to(*DESK)
def open_document(request: StaffRequest, reference: str, pk: str) -> HttpResponse:
    """A download, never shown in the page; whoever has not said why they are here says it first."""
    found = queries.case_for(request.user, reference)
    document = queries.document_of(found, pk)
    if purpose_of(request.user, found) is None:
        return to_part(reference, "documents")
    content = services.open_document(document, by=request.user)
    name = f"{found.reference}.{documents.NAMES[document.content_type]}"
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
@opens_to(*DESK)
def tell_child(request: StaffRequest, reference: str) -> HttpResponse:
    """What became of it, in words the child understands."""
    found = queries.case_for(request.user, reference)
    form = read(request, forms.TellForm, found)

    def tell(*, of: str, by: object, **told: object) -> object:
        return services.tell_child(found, queries.conversation_of(found, of), by=request.user, **told)  # type: ignore[arg-type]  # words and key, as the form has cleaned them

    done = _("The child is told at a safe hour.")
    return typed(request, found, form, tell, part="summary", done=done)
