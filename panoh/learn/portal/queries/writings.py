"""What editors read about a page: what the checks find, and how it is called in the ledger."""

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ..checking import SENTENCES, Finding, findings, of_recordings
from ..models import EditableKind, Writing


def findings_of(writing: Writing) -> list[Finding]:
    """Errors first."""
    leaf = writing.leaf
    return [*of_recordings(leaf.data, settings.CONTENT_DIR), *findings(leaf, known_pages())]


def known_pages() -> set[str]:
    """What a link may lead to: pages that are or will be."""
    return set(Writing.objects.filter(kind=EditableKind.GUIDANCE).values_list("code", flat=True))


def said(finding: Finding) -> str:
    """A finding as a sentence in the editor's language, with its place."""
    sentence = _(SENTENCES[finding.rule]).format(**finding.told)
    name = str(getattr(Writing._meta.get_field(finding.place), "verbose_name", finding.place))
    if finding.line:
        return _("{name}, line {line}: {sentence}").format(name=name, line=finding.line, sentence=sentence)
    return _("{name}: {sentence}").format(name=name, sentence=sentence)


def writing_for(pk: int) -> Writing:
    """The gate to one writing; whoever may edit may edit all."""
    return get_object_or_404(Writing.objects.select_related("locale", "latest_revision"), pk=pk)


def is_name_taken(writing: Writing) -> bool:
    """Whether another page of this language has its name."""
    named = Writing.objects.filter(kind=writing.kind, code=writing.code, locale_id=writing.locale_id)
    return named.exclude(pk=writing.pk).exists()


def thing_of_writing(writing: Writing) -> str:
    return f"{writing.language}:{writing.kind}:{writing.code}"
