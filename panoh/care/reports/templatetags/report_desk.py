"""Names of codes on the desk's pages about reports."""

from collections.abc import Iterable, Mapping

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.ground.languages.public import lang_tag, word
from panoh.ground.organisations.public import Organisation
from panoh.ground.places.public import region_name

from ..desk_rules import named as named_here
from ..desk_rules import reader
from ..forms.labels import label as label_of
from ..models import Classification
from ..policy import reads_for_a_case
from ..queries.one_report import label_of as label_of_class

register = template.Library()


@register.simple_tag(takes_context=True)
def way_back(context: Context) -> dict[str, object]:
    """Where the page was come from: the list of reports, or the cases of whoever reads a report for one of theirs."""
    if reads_for_a_case(context["request"].user):
        return {"address": reverse("cases:cases"), "name": _("Cases"), "is_list": False}
    return {"address": reverse("reports:list"), "name": _("Reports"), "is_list": True}


@register.filter
def label(code: object, of: str) -> str:
    """``{{ report.status|label:"status" }}``"""
    return label_of(code, of)


@register.filter
def labels(codes: str, of: str) -> list[str]:
    """``{{ report.lexicon_classes|labels:"class" }}``: the names of codes that stand in one text."""
    return [label_of(code, of) for code in codes.split()]


@register.filter
def region(code: str) -> str:
    return region_name(code, reader()) if code else ""


@register.filter
def u(urgency: int) -> str:
    """The code of an urgency, as the badge wants it."""
    return f"u{urgency}"


@register.filter
def tag(language: str) -> str:
    """The language tag that browsers and screen readers know."""
    return lang_tag(language)


@register.filter
def own_name(language: str) -> str:
    """A language in its own script."""
    return dict(settings.LANGUAGES).get(language, language)


@register.filter
def named(names: Mapping[str, str]) -> str:
    """A name out of ``centre/`` in the reader's language."""
    return named_here(names)


@register.filter
def organisation(one: Organisation) -> str:
    """An agency by its name in the reader's language."""
    return one.name_in(reader())


@register.filter
def asked(code: str) -> str:
    """The words of a question."""
    return word(code, reader())


@register.filter
def class_name(classification: Classification) -> str:
    """A label under the version it was given by."""
    found = label_of_class(classification)
    return named_here(found.names) if found else classification.label


@register.filter
def answered(said: Iterable[object]) -> list[object]:
    """Without the questions that were left out."""
    return [one for one in said if getattr(one, "text", "")]
