"""The head of a public page: where it stands in every language, and what it is. Quiet pages have none of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.html import strip_tags

from panoh.ground.common.centre import centre
from panoh.ground.languages import public as languages
from panoh.ground.ui import paths

from .. import queries, structured
from ..models import Kind, Sheet
from ..queries import Listed
from .opening import language

# Open Graph knows a language with a country only, and no script.
LOCALES = {"uz": "uz_UZ", "uz-cyrl": "uz_UZ", "ru": "ru_RU", "en": "en_GB", "kaa": "kaa_UZ"}


@dataclass(frozen=True)
class Head:
    """Every address is whole. ``data`` is JSON-LD; None where a page is nothing that schema.org has a word for."""

    title: str
    said: str
    url: str
    kind: str = "website"
    alternates: list[tuple[str, str]] = field(default_factory=list)
    data: dict[str, Any] | None = None

    @property
    def locale(self) -> str:
        return LOCALES[language()]

    @property
    def site(self) -> str:
        return str(centre("name", default="Panoh"))


def whole(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def head(path: str, title: str, said: str, readable: Sequence[str], **more: Any) -> Head:
    """``readable`` are the languages the page stands in."""
    return Head(title, said, whole(path), alternates=alternates(path, readable), **more)


def alternates(path: str, readable: Sequence[str]) -> list[tuple[str, str]]:
    """``hreflang`` and address of every language; ``x-default`` last, the front's is where a language is chosen."""
    known = dict(settings.LANGUAGES)
    addresses = {code: whole(paths.in_language(path, code, known)) for code in readable}
    if path.strip("/") in known:
        return [*languages.alternates(addresses, ""), ("x-default", whole("/"))]
    default = settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in addresses else next(iter(addresses), "")
    return languages.alternates(addresses, default)


def _page(kind: str, path: str, title: str, said: str) -> structured.Data:
    return structured.page(kind, name=title, said=said, language=languages.lang_tag(language()), url=whole(path))


def of_list(path: str, title: str, said: str, readable: Sequence[str], kind: str = "CollectionPage") -> Head:
    return head(path, title, said, readable, data=_page(kind, path, title, said))


def of_home(path: str, title: str, said: str) -> Head:
    return of_list(path, title, said, list(dict(settings.LANGUAGES)), "WebSite")


def of_sheet(path: str, sheet: Sheet, now: str) -> Head | None:
    """None for a page about trouble: nobody is led there by a machine, and nothing in it is named twice."""
    if sheet.quiet:
        return None
    readable = queries.languages_with(now, sheet.kind, sheet.code)
    maker = {Kind.GUIDANCE: _article, Kind.TOOL: _tool, Kind.CHECKLIST: _checklist}.get(Kind(sheet.kind))
    data = maker(path, sheet) if maker else _page("WebPage", path, sheet.title, sheet.summary)
    return head(path, sheet.title, sheet.summary, readable, kind="article", data=data)


def _article(path: str, sheet: Sheet) -> structured.Data:
    return structured.article(
        _page("Article", path, sheet.title, sheet.summary),
        audience=sheet.audience,
        ages=sheet.data.get("ages", []),
        changed=timezone.localdate(sheet.published_at).isoformat(),
        publisher={"name": str(centre("name", default="Panoh")), "url": whole("/")},
    )


def _tool(path: str, sheet: Sheet) -> structured.Data:
    told = _page("SoftwareApplication", path, sheet.title, sheet.summary)
    platforms = sheet.data.get("platforms", [])
    told["operatingSystem"] = platforms if isinstance(platforms, str) else ", ".join(map(str, platforms))
    return told | {"applicationCategory": "SecurityApplication"}


def _checklist(path: str, sheet: Sheet) -> structured.Data:
    areas = [(area["title"], [item["text"] for item in area["items"]]) for area in sheet.data.get("areas", [])]
    return structured.how_to(_page("HowTo", path, sheet.title, sheet.summary), areas)


def of_questions(path: str, title: str, said: str, readable: Sequence[str], held: Sequence[Listed]) -> Head:
    """A question about trouble is on the page, but not in what machines show elsewhere."""
    answers = [(one.title, str(one.data.get("answer", ""))) for one in held if not one.quiet]
    return head(path, title, said, readable, data=structured.questions(_page("FAQPage", path, title, said), answers))


def of_terms(path: str, title: str, readable: Sequence[str], held: Sequence[Listed]) -> Head:
    meanings = [(one.title, str(one.data.get("meaning", "")), f"{whole(path)}#{one.code}") for one in held]
    return head(path, title, "", readable, data=structured.terms(_page("DefinedTermSet", path, title, ""), meanings))


def of_laws(path: str, title: str, said: str, readable: Sequence[str], held: Sequence[Listed]) -> Head:
    told = [
        {
            "name": one.title,
            "legislationIdentifier": str(one.data.get("number", "")),
            "legislationDate": str(one.data.get("date", "")),
            "description": strip_tags(str(one.data.get("what_it_says", ""))),
            "url": str(one.data.get("official_url", "")),
        }
        for one in held
    ]
    return head(path, title, said, readable, data=structured.laws(_page("CollectionPage", path, title, said), told))
