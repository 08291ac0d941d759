"""The playroom's pages. Plain links only: no form, no cookie, nothing to lose when somebody leaves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from panoh.ground.ui.opening import hushed, language, open_page

from .. import leaves, policy, queries, recorded, services, shapes
from .files import guide_sheet, lesson_sheet, piece_file

__all__ = ["guide", "guide_sheet", "home", "item", "lesson", "lesson_sheet", "piece", "piece_file", "scene"]


@open_page
def home(request: HttpRequest) -> HttpResponse:
    """By age, the smallest children first."""
    found = queries.told(language())
    ages = [(age, [one for one in found if one.piece.age == age]) for age in shapes.AGES]
    anyone = [one for one in found if one.piece.age not in shapes.AGES]
    return render(request, "playroom/home.html", {"ages": [row for row in [*ages, ("", anyone)] if row[1]]})


@open_page
def piece(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    if kind not in shapes.KINDS:
        raise Http404
    told = queries.told_for(kind, slug, language())
    said = {"film": recorded.film(told)} if kind == "episodes" else {}
    return _shown(request, told, f"playroom/{kind}.html", forms=policy.forms_of(told.piece), **said)


@open_page
def scene(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One scene of a story. Its first and its last are counted, so the front keeps neither."""
    story = queries.told_for("stories", slug, language())
    try:
        row = story.row(code)
    except KeyError:
        raise Http404 from None
    response = _shown(request, story, "playroom/scene.html", scene=row)
    if code == story.piece.structure["start"] or row.get("ending"):
        _count(request, story, "finished" if row.get("ending") else "begun")
    return response


@open_page
def item(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """One question of a quiz; with ``?a=`` what was chosen and why it is so. Nobody is told a score."""
    quiz = queries.told_for("quizzes", slug, language())
    said = leaves.question(quiz, n, request.GET.get("a", ""))
    response = _shown(request, quiz, "playroom/item.html", **said)
    if said["chosen"] and n in {1, said["many"]}:
        _count(request, quiz, "begun" if n == 1 else "finished")
    return response


@open_page
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """The teacher's page beside each page of the workbook."""
    return _shown(request, queries.told_for("workbook", slug, language()), "playroom/guide.html")


@open_page
def lesson(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A lesson of a class path, for who leads it: no pupil has an account."""
    course = queries.told_for("paths", slug, language())
    return _shown(request, course, "playroom/lesson.html", **leaves.lesson(course, code))


def _shown(request: HttpRequest, told: queries.Told, template: str, **said: object) -> HttpResponse:
    request.quiet = policy.is_quiet(told.piece)  # type: ignore[attr-defined]  # a mark for the middleware
    rows = [said["scene"]] if "scene" in said else told.rows if told.kind == "episodes" else []
    spoken = recorded.is_spoken(told, rows)  # type: ignore[arg-type]  # a row of the piece
    response = render(request, template, {"told": told, "is_spoken": spoken, **said})
    return hushed(request, response) if policy.is_quiet(told.piece) else response


def _count(request: HttpRequest, told: queries.Told, what: str) -> None:
    request.is_counted = True  # type: ignore[attr-defined]  # a mark for ``open_page``: the front keeps no such page
    services.count_play(f"{told.kind}/{told.slug}", told.language, what)
