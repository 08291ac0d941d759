"""Lessons at the editors' desk: which there are, how one stands, who reads it, and what becomes of it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import policy, services
from ..errors import LessonRefusedError
from ..forms.lessons import AddLessonForm, ReturnForm
from ..models import LessonDraft
from ..queries import drafts as queries


@require_safe
@opens_to(*policy.LESSON_WRITERS)
def lessons(request: StaffRequest) -> HttpResponse:
    return render(request, "academy/desk/lessons.html", {"courses": queries.writable_courses(request.user)})


@opens_to(*policy.LESSON_WRITERS)
def add_lesson(request: StaffRequest, course: str, module: str) -> HttpResponse:
    held, form = queries.module_for(request.user, course, module), AddLessonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = services.add_lesson(held, form.cleaned_data["code"], by=request.user)
        except LessonRefusedError as refused:
            form.add_error("code", list(refused.sentences))
        else:
            return redirect("lesson_desk:write_lesson", course, module, draft.code, draft.languages[0])
    said = {"form": form, "module": held}
    return render(request, "academy/desk/add_lesson.html", said, status=422 if form.errors else 200)


@require_safe
@opens_to(*policy.LESSON_WRITERS)
def lesson(request: StaffRequest, course: str, module: str, lesson: str) -> HttpResponse:
    return _page(request, course, module, lesson, ReturnForm())


def _page(
    request: StaffRequest, course: str, module: str, lesson: str, form: ReturnForm, status: int = 200
) -> HttpResponse:
    held = queries.module_for(request.user, course, module)
    draft = queries.draft_for(request.user, course, module, lesson)
    older = queries.older_words(held.edition.course, module, lesson)
    said: dict[str, Any] = {
        "module": held, "course": held.edition.course, "code": lesson, "draft": draft, "older": older, "form": form,
        "title": queries.title_of(held.edition, module, lesson, request.user.language),
        "languages": [(one, dict(settings.LANGUAGES)[one]) for one in held.edition.written],
    }  # fmt: skip
    if draft:
        said |= _of_draft(request, draft)
    codes = {one.made_by for one in older} | ({draft.changed_by, draft.asked_by, draft.returned_by} if draft else set())
    said["names"] = queries.names_of(codes)
    return render(request, "academy/desk/lesson.html", said, status=status)


def _of_draft(request: StaffRequest, draft: LessonDraft) -> dict[str, Any]:
    known = dict(settings.LANGUAGES)
    held = queries.module_for(request.user, draft.course.code, draft.module)
    return {
        "title": next((head["title"] for head in draft.content["head"].values() if head["title"]), draft.code),
        "findings": [(known[one.language], one) for one in queries.findings(draft, held)],
        "forms": [(one, known[one]) for one in queries.forms_of(draft)],
        "changed": [known[one] for one in queries.changed_languages(draft)],
        "is_overtaken": queries.is_overtaken(draft),
        "may_approve": policy.can_approve_lesson(request.user, written_by=draft.changed_by),
    }


def _deed(act: Callable[[StaffRequest, LessonDraft], str]) -> Callable[..., HttpResponseBase]:
    """Something done to a draft: what it says stands on the lesson's page, as does why it was refused."""

    @require_POST
    @opens_to(*policy.LESSON_WRITERS)
    def done(request: StaffRequest, course: str, module: str, lesson: str) -> HttpResponse:
        draft = queries.draft_for(request.user, course, module, lesson)
        if draft is not None:
            try:
                messages.success(request, act(request, draft))
            except LessonRefusedError as refused:
                for sentence in refused.sentences:
                    messages.error(request, sentence)
        return _back(request, course, module, lesson)

    return done


def _back(request: StaffRequest, course: str, module: str, lesson: str) -> HttpResponse:
    """To the lesson, or to the list when a draft was all there was of it."""
    held = queries.module_for(request.user, course, module)
    is_there = held.lessons.filter(code=lesson).exists()
    if not is_there and not queries.is_being_written(held.edition.course, module, lesson):
        return redirect("lesson_desk:lessons")
    return redirect("lesson_desk:lesson", course, module, lesson)


@_deed
def ask_reading(request: StaffRequest, draft: LessonDraft) -> str:
    services.ask_reading(draft, by=request.user)
    return _("Asked. Whoever is first reads it.")


@_deed
def publish_lesson(request: StaffRequest, draft: LessonDraft) -> str:
    """The words that the page showed, and no others."""
    version = request.POST.get("version", "")
    services.approve_draft(draft, version=int(version) if version.isdigit() else 0, by=request.user)
    return _("Published as a new edition. Whoever is in the course stays in the edition they began.")


@_deed
def keep_words(request: StaffRequest, draft: LessonDraft) -> str:
    services.keep_my_words(draft, by=request.user)
    return _("The words of this draft stand.")


@_deed
def discard_lesson(request: StaffRequest, draft: LessonDraft) -> str:
    services.discard_draft(draft, by=request.user)
    return _("The draft is gone. What is published stayed as it is.")


@require_POST
@opens_to(*policy.LESSON_WRITERS)
def return_lesson(request: StaffRequest, course: str, module: str, lesson: str) -> HttpResponse:
    draft, form = queries.draft_for(request.user, course, module, lesson), ReturnForm(request.POST)
    if draft is None:
        return redirect("lesson_desk:lesson", course, module, lesson)
    if form.is_valid():
        try:
            services.return_draft(draft, word=form.cleaned_data["word"], by=request.user)
        except LessonRefusedError as refused:
            form.add_error("word", list(refused.sentences))
    if form.errors:
        return _page(request, course, module, lesson, form, status=422)
    messages.success(request, _("Sent back with your word."))
    return redirect("lesson_desk:lesson", course, module, lesson)


@require_POST
@opens_to(*policy.LESSON_WRITERS)
def restore_lesson(request: StaffRequest, course: str, module: str, lesson: str, number: int) -> HttpResponse:
    held = queries.module_for(request.user, course, module)
    queries.draft_for(request.user, course, module, lesson)
    try:
        services.restore_words(held, lesson, number, by=request.user)
        messages.success(request, _("The words of that edition are in the draft now. Look at them, then publish."))
    except LessonRefusedError as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
    return _back(request, course, module, lesson)
