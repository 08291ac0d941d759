"""A lesson is written: one form a language, a card for each step, every button keeps what was typed. Works without a
script. And a look at it as the street would read it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to
from panoh.ground.ui.opening import let_play

from .. import drafting, policy, services
from ..errors import LessonRefusedError
from ..forms.lessons import KIND_NAMES, AddStepForm, HeadForm, StepForm
from ..lesson_files import KINDS, MOST
from ..models import LessonDraft, Module
from ..queries import drafts as queries
from ..queries import mine
from . import heads
from .street import whole_rows

MOVES = {"up": -1, "down": 1}


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*policy.LESSON_WRITERS)
def write_lesson(request: StaffRequest, course: str, module: str, lesson: str, language: str) -> HttpResponse:
    """Looking begins no draft; the first button that is pressed does."""
    held = queries.module_for(request.user, course, module)
    draft = queries.draft_for(request.user, course, module, lesson)
    if language not in held.edition.written:
        raise Http404
    if request.method == "POST":
        return _save(request, held, draft or services.begin_draft(held, lesson, by=request.user), language)
    content = draft.content if draft else drafting.draft_of(queries.published_lesson(held.edition, module, lesson))
    head = HeadForm(initial=_initial(content, language, draft.version if draft else 1))
    steps = [StepForm(one, language, queries.practice_choices(held, language)) for one in content["steps"]]
    return _form(request, held, lesson, content, language, head, steps)


def _initial(content: drafting.Draft, language: str, version: int) -> dict[str, Any]:
    return {**content["head"][language], "minutes": content["minutes"] or None, "version": version}


def _save(request: StaffRequest, module: Module, draft: LessonDraft, language: str) -> HttpResponse:
    choices = queries.practice_choices(module, language)
    head = HeadForm(request.POST)
    steps = [StepForm(one, language, choices, request.POST) for one in draft.content["steps"]]
    if not all([head.is_valid(), *(one.is_valid() for one in steps)]):
        return _form(request, module, draft.code, draft.content, language, head, steps, status=422)
    said = {one.step["key"]: one.said for one in steps}
    content = drafting.told(draft.content, language, head.cleaned_data, said)
    content, anchor = _rearranged(content, request.POST.get("do", ""), request.POST.get("add", ""))
    try:
        services.save_draft(draft, content, version=head.cleaned_data["version"], by=request.user)
    except LessonRefusedError as refused:
        head.add_error(None, list(refused.sentences))
        return _form(request, module, draft.code, draft.content, language, head, steps, status=409)
    return _onward(request, module, draft, language, anchor)


def _rearranged(content: drafting.Draft, button: str, kind: str) -> tuple[drafting.Draft, str]:
    """What the pressed button does to the steps, and where on the page the person goes on."""
    verb, _colon, key = button.partition(":")
    if verb in MOVES:
        return drafting.moved_step(content, key, MOVES[verb]), key
    if verb == "drop":
        return drafting.without_step(content, key), "steps"
    if verb == "add" and kind in KINDS:
        made = drafting.with_step(content, kind)
        return made, made["steps"][-1]["key"]
    return content, ""


def _onward(request: StaffRequest, module: Module, draft: LessonDraft, language: str, anchor: str) -> HttpResponse:
    place = [module.edition.course.code, module.code, draft.code]
    go = request.POST.get("go", "")
    if go in module.edition.written:
        return redirect("lesson_desk:write_lesson", *place, go)
    if go == "lesson":
        return redirect("lesson_desk:lesson", *place)
    if go == "preview":
        return redirect("lesson_desk:preview_lesson", *place, language)
    messages.success(request, _("Saved."))
    address = reverse("lesson_desk:write_lesson", args=[*place, language])
    return redirect(f"{address}#{anchor}" if anchor else address)


def _form(
    request: StaffRequest, module: Module, lesson: str, content: drafting.Draft, language: str, head: HeadForm,
    steps: list[StepForm], status: int = 200,
) -> HttpResponse:  # fmt: skip
    known, written = dict(settings.LANGUAGES), module.edition.written
    source = written[0] if language != written[0] else ""
    said = {
        "module": module,
        "course": module.edition.course,
        "code": lesson,
        "language": language,
        "language_name": known[language],
        "languages": [(one, known[one], one == language) for one in written],
        "title": content["head"][language]["title"] or lesson,
        "head": head,
        "steps": [(one, one.step["words"][source] if source else None) for one in steps],
        "source_head": content["head"][source] if source else None,
        "source": source,
        "source_name": known.get(source, ""),
        "add": AddStepForm() if len(steps) < MOST else None,
        "kinds": KIND_NAMES,
    }
    return render(request, "academy/desk/write_lesson.html", said, status=status)


@require_safe
@opens_to(*policy.LESSON_WRITERS)
def preview_lesson(request: StaffRequest, course: str, module: str, lesson: str, language: str) -> HttpResponse:
    """The public page itself, with the whole lesson on it, in a language or in a script of it."""
    held = queries.module_for(request.user, course, module)
    draft = queries.draft_for(request.user, course, module, lesson)
    if draft is None or language not in queries.forms_of(draft):
        raise Http404
    text, edition = services.drafted_text(draft, held, language), held.edition
    with override(language):
        request.path = request.path_info = reverse("academy:module", args=[course, module])
        request.quiet = True  # type: ignore[attr-defined]  # a mark for the middleware
        rows = whole_rows(text)
        said = {
            "course": edition.course,
            "edition": edition,
            "course_words": mine.words_in(edition, language),
            "module": next(one for one in edition.outline if one["code"] == module),
            "module_code": module,
            "text": text,
            "rows": rows,
            "is_preview": True,
            "head": heads.of_page(request.path, edition, text.title, text.summary),
        }
        response = render(request, "academy/preview.html", said)
    let_play(response, [media for _step, _practice, media in rows if media])
    add_never_cache_headers(response)
    return response
