"""What editors read about a page: what the checks find, and how it is called in the ledger."""

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.models import Locale

from ..checking import SENTENCES, Finding, findings, of_recordings
from ..models import EditableKind, Writing
from ..models.facts import FACT_NAMES
from ..post_rules import of_post
from ..posts import POSTS
from .board import SOURCE


def findings_of(writing: Writing) -> list[Finding]:
    """Errors first."""
    leaf = writing.leaf
    found = [*of_recordings(leaf.data, settings.CONTENT_DIR), *findings(leaf, known_pages())]
    if leaf.kind in POSTS:
        found += of_post(leaf, known_resources())
    return sorted(found, key=lambda one: one.level != "error")


def known_pages() -> set[str]:
    """What a link may lead to: pages that are or will be."""
    return set(Writing.objects.filter(kind=EditableKind.GUIDANCE).values_list("code", flat=True))


def known_resources() -> dict[str, str]:
    """What a kit may name: materials that are or will be, with their titles, in their order."""
    rows = Writing.objects.filter(kind=EditableKind.RESOURCE).order_by("position", "pk")
    told = list(rows.values_list("code", "title", "locale__language_code"))
    titles = {code: title for code, title, _language in told}
    return titles | {code: title for code, title, language in told if language == SOURCE}


def said(finding: Finding) -> str:
    """A finding as a sentence in the editor's language, with its place."""
    sentence = _(SENTENCES[finding.rule]).format(**finding.told)
    name = str(FACT_NAMES.get(finding.place) or Writing._meta.get_field(finding.place).verbose_name)  # type: ignore[union-attr]  # no relation
    if finding.line:
        return _("{name}, line {line}: {sentence}").format(name=name, line=finding.line, sentence=sentence)
    return _("{name}: {sentence}").format(name=name, sentence=sentence)


def writing_for(pk: int) -> Writing:
    """The gate to one writing; whoever may edit may edit all."""
    return get_object_or_404(Writing.objects.select_related("locale", "latest_revision"), pk=pk)


def locale_for(language: str) -> Locale:
    """Of a written language; of the source for any other."""
    return Locale.objects.filter(language_code=language).first() or Locale.objects.get(language_code=SOURCE)


def is_name_taken(writing: Writing) -> bool:
    """Whether another page of this language has its name."""
    named = Writing.objects.filter(kind=writing.kind, code=writing.code, locale_id=writing.locale_id)
    return named.exclude(pk=writing.pk).exists()


def thing_of_writing(writing: Writing) -> str:
    return f"{writing.language}:{writing.kind}:{writing.code}"
