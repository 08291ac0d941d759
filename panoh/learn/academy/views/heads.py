"""The head of a page of a course: where it stands in every language."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from panoh.ground.common.centre import centre
from panoh.ground.languages import public as languages
from panoh.ground.ui import paths

from ..models import CourseEdition
from .opening import language

# Open Graph knows a language with a country only, and no script.
LOCALES = {"uz": "uz_UZ", "uz-cyrl": "uz_UZ", "ru": "ru_RU", "en": "en_GB", "kaa": "kaa_UZ"}


@dataclass(frozen=True)
class Head:
    """Every address is whole. ``data`` is JSON-LD."""

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


def _head(path: str, title: str, said: str, readable: list[str], data: dict[str, Any] | None = None) -> Head:
    known = dict(settings.LANGUAGES)
    addresses = {code: f"{settings.PUBLIC_URL}{paths.in_language(path, code, known)}" for code in readable}
    default = settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in addresses else next(iter(addresses), "")
    alternates = languages.alternates(addresses, default)
    return Head(title, said, f"{settings.PUBLIC_URL}{path}", alternates=alternates, data=data)


def of_courses(path: str) -> Head:
    title = _("Free courses")
    return _head(path, title, _("Courses for teachers, parents and professionals. Free, without an account."),
                 [code for code, _name in settings.LANGUAGES])  # fmt: skip


def of_page(path: str, edition: CourseEdition, title: str, said: str) -> Head:
    return _head(path, title, said, list(edition.languages))


def of_course(path: str, edition: CourseEdition, spoken: str) -> Head:
    words = edition.words[spoken]
    data = {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": words["title"],
        "description": words["summary"],
        "inLanguage": languages.lang_tag(spoken),
        "isAccessibleForFree": True,
        "teaches": list(words["outcomes"]),
        "timeRequired": f"PT{edition.minutes}M",
        "provider": {"@type": "Organization", "name": str(centre("name", default="Panoh"))},
    }
    return _head(path, words["title"], words["summary"], list(edition.languages), data)
