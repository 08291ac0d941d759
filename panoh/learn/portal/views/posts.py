"""Pages of what has a day or is made to be used: news, alerts, campaigns, opportunities, resources."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from panoh.ground.common.centre import centre
from panoh.ground.languages.public import lang_tag, word

from .. import queries
from ..models import Kind, Sheet
from ..posts import CODES
from ..queries import posts
from ..tree import AGES
from . import heads
from .opening import language, open_page
from .street import elsewhere


def shelf(request: HttpRequest, kind: Kind, name: str, template: str, said: dict[str, Any]) -> HttpResponse:
    """A list of one kind, with its head."""
    now, here = queries.edition(), language()
    title, lead = word(f"portal.{name}", here), word(f"portal.{name}_lead", here)
    page_head = heads.of_list(request.path, title, lead, queries.languages_with(now, kind))
    return render(request, template, {**said, "head": page_head})


def post(request: HttpRequest, slug: str, kind: Kind, template: str, **more: Any) -> HttpResponse:
    """One post; ``more`` are functions of the sheet and the edition, asked only for a sheet that is there."""
    try:
        found: Sheet = queries.sheet_for(slug, language(), kind)
    except Http404:
        return elsewhere(request, queries.languages_of(slug, kind))
    now = queries.edition_at(found)
    said = {name: ask(found, now) for name, ask in more.items()}
    return render(request, template, {"sheet": found, "head": heads.of_sheet(request.path, found, now), **said})


@open_page
def news(request: HttpRequest, year: int = 0) -> HttpResponse:
    """This year's and all others by year; a year without news in any language is not there."""
    held = posts.news(language())
    years = posts.years_of(held)
    if year and year not in years:
        with_it = [code for code, _name in settings.LANGUAGES if year in posts.years_of(posts.news(code))]
        return elsewhere(request, with_it)
    shown = [one for one in held if not year or str(one.data["date"]).startswith(f"{year}-")]
    return shelf(request, Kind.NEWS, "news", "portal/news.html", {"posts": shown, "years": years, "year": year})


@open_page
def news_post(request: HttpRequest, slug: str) -> HttpResponse:
    return post(request, slug, Kind.NEWS, "portal/news_post.html", beside=posts.beside)


@open_page
def feed(request: HttpRequest) -> HttpResponse:
    """Atom, in one language; whole posts, because a line may be gone when they are read."""
    here = language()
    home = heads.whole(f"/{here}/news/")
    made = Atom1Feed(
        title=f"{centre('name', default='Panoh')} · {word('portal.news', here)}",
        link=home, description=word("portal.news_lead", here), language=lang_tag(here),
        feed_url=heads.whole(request.path), author_name=str(centre("name", default="Panoh")),
    )  # fmt: skip
    for sheet in posts.feed_news(here):
        made.add_item(
            title=sheet.title, link=heads.whole(queries.address_of(sheet)), description=sheet.summary,
            content=sheet.body, pubdate=_began(sheet), updateddate=sheet.published_at,
            unique_id=f"tag:{settings.ALLOWED_HOSTS[0]},2026:{here}:{sheet.code}",
        )  # fmt: skip
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _began(sheet: Sheet) -> datetime:
    day = sheet.shown_from or timezone.localdate(sheet.published_at)
    return timezone.make_aware(datetime.combine(day, time(9)))


@open_page
def alert(request: HttpRequest, slug: str) -> HttpResponse:
    return post(request, slug, Kind.ALERT, "portal/alert.html")


@open_page
def opportunities(request: HttpRequest) -> HttpResponse:
    age = request.GET.get("age", "")
    age = age if age in AGES else ""
    said = {"posts": posts.opportunities(language(), age), "age": age, "ages": AGES}
    return shelf(request, Kind.OPPORTUNITY, "opportunities", "portal/opportunities.html", said)


@open_page
def opportunity(request: HttpRequest, slug: str) -> HttpResponse:
    return post(request, slug, Kind.OPPORTUNITY, "portal/opportunity.html")


@open_page
def resources(request: HttpRequest) -> HttpResponse:
    here, sort = language(), request.GET.get("kind", "")
    sort = sort if sort in CODES["kind"] else ""
    kinds = sorted({str(one.data["kind"]) for one in posts.resources(here)})
    said = {"posts": posts.resources(here, sort), "kind": sort, "kinds": kinds}
    return shelf(request, Kind.RESOURCE, "resources", "portal/resources.html", said)


@open_page
def resource(request: HttpRequest, slug: str) -> HttpResponse:
    return post(request, slug, Kind.RESOURCE, "portal/resource.html", written_in=_written_in)


def _written_in(sheet: Sheet, now: str) -> list[tuple[str, str]]:
    names = dict(settings.LANGUAGES)
    return [(code, names[code]) for code in queries.languages_with(now, sheet.kind, sheet.code)]
