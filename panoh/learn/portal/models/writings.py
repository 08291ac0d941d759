"""A page as an editor has it before them: one thing in one written language, with its drafts and its history.

The street never reads this: publishing turns it into sheets (decisions 0009 and 0010).
"""

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from panoh.ground.languages import public as languages

from .. import posts, recordings
from ..leaves import Leaf
from .recordings import Recorded

NAMESPACE = uuid.UUID("5d1f3c52-8e2a-4b6e-9a53-2f1c7f0f9b10")
PREVIEW = "panoh.learn.portal.views.previewing.preview"
# What belongs to a thing as a whole: an old draft that is published must not bring back its own.
OF_THE_ROW = ("reviewed_by", "reviewed_on", "fingerprint", "imported", "changed_at", "is_machine")


class EditableKind(models.TextChoices):
    """What can be written in the browser: words, and posts that have a day or are made to be used.

    Tools, laws and checklists are tables: they stay files.
    """

    GUIDANCE = "guidance", _("Guidance")
    QUESTION = "question", _("Question and answer")
    TERM = "term", _("Word explained")
    PAGE = "page", _("Page about the centre")
    NEWS = "news", _("News")
    ALERT = "alert", _("Warning")
    CAMPAIGN = "campaign", _("Campaign")
    OPPORTUNITY = "opportunity", _("Idea to try")
    RESOURCE = "resource", _("Material to use")


class Readers(models.TextChoices):
    CHILDREN = "children", _("Children")
    PARENTS = "parents", _("Parents")
    EDUCATORS = "educators", _("Teachers")
    INDUSTRY = "industry", _("Companies")
    POLICY = "policy", _("Policy-makers")
    PROFESSIONALS = "professionals", _("Professionals who meet children")


class Writing(
    Recorded, PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin,
    models.Model,
):  # fmt: skip
    """``now``, ``sources`` and ``confirm`` hold one thing a line. ``body`` of a question is its answer, of a term its
    meaning: plain words; elsewhere ``body`` and ``easy`` are Markdown. ``facts`` of a post are those of ``posts.py``.

    ``fingerprint`` is that of the leaf last published from here, ``imported`` that of the file it came from, "" if it
    was born in the browser; the two differ where somebody changed the words in the browser.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=EditableKind, default=EditableKind.GUIDANCE)
    code = models.SlugField(_("name in the address"), max_length=60)
    audience = models.CharField(_("for whom"), max_length=20, choices=Readers, blank=True)
    position = models.PositiveSmallIntegerField(_("place in its list"), default=0)
    ages = models.JSONField(_("ages"), default=list, blank=True)
    risks = models.JSONField(_("risks"), default=list, blank=True)
    audiences = models.JSONField(_("asked by"), default=list, blank=True)
    page = models.CharField(_("page that says more"), max_length=60, blank=True)
    quiet = models.BooleanField(_("quiet: nothing is stored, the tab says nothing"), default=False)
    facts = models.JSONField(_("days and facts"), default=dict, blank=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    now = models.TextField(_("what to do now, a line each"), blank=True)
    body = models.TextField(_("text"), blank=True)
    easy_title = models.CharField(_("title in easy words"), max_length=200, blank=True)
    easy = models.TextField(_("text in easy words"), blank=True)
    sources = models.TextField(_("sources, a line each"), blank=True)
    confirm = models.TextField(_("what an expert must confirm, a line each"), blank=True)
    owner = models.CharField(_("who answers for it"), max_length=120, blank=True)
    review_due = models.DateField(_("to be read again by"), null=True, blank=True)
    reviewed_by = models.CharField(max_length=120, blank=True, editable=False)
    reviewed_on = models.DateField(null=True, blank=True, editable=False)
    is_machine = models.BooleanField(default=False, editable=False)
    fingerprint = models.CharField(max_length=32, blank=True, editable=False)
    imported = models.CharField(max_length=32, blank=True, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "code", "locale"], name="portal_one_writing_a_language"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.translation_key = key_of(self.kind, self.code)
        super().save(*args, **kwargs)

    @property
    def language(self) -> str:
        return str(self.locale.language_code)

    @property
    def is_to_children(self) -> bool:
        """Whether a child reads it as addressed to them."""
        return self.reader == Readers.CHILDREN or Readers.CHILDREN in self.audiences

    @property
    def reader(self) -> str:
        """For whom it is: what was said, or for a post what follows from its kind and its readers."""
        if self.kind not in posts.POSTS:
            return str(self.audience)
        return posts.audience_of(self.kind, self.audience, self.audiences)

    @property
    def was_changed_here(self) -> bool:
        """Whether the browser's words are no longer the file's."""
        return bool(self.fingerprint != self.imported or self.has_unpublished_changes)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.translation_key = key_of(self.kind, self.code)
        self.audience = self.reader
        super().full_clean(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "Writing":
        made: Writing = super().with_content_json(content)
        for name in OF_THE_ROW:
            setattr(made, name, getattr(self, name))
        return made

    # --- its leaf ---------------------------------------------------------------------------------------------------

    @property
    def leaf(self) -> Leaf:
        """What ``tree.py`` would have read from the files of this writing."""
        shown_from, shown_until = posts.days_of(self.kind, self.facts)
        return Leaf(
            self.kind, self.code, self.language, self.title, self.summary, self.reader, self.position,
            LEAVES[self.kind](self), prose(self.body) if self.kind in PROSE else "", prose(self.easy), self.quiet,
            self.reviewed_by, self.reviewed_on.isoformat() if self.reviewed_on else "", shown_from, shown_until,
        )  # fmt: skip

    # --- its preview ------------------------------------------------------------------------------------------------

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Its language, and every script that is made from it."""
        return [(one, one) for one in (self.language, *languages.variants_on(self.language))]

    @property
    def default_preview_mode(self) -> str:
        return self.language

    def serve_preview(self, request: HttpRequest, mode: str) -> HttpResponse:
        """The view stands above this module; like a URL it is named, not imported."""
        show: Callable[..., HttpResponse] = import_string(PREVIEW)
        return show(request, self, mode or self.language)


def key_of(kind: str, code: str) -> uuid.UUID:
    """What joins the languages of one thing."""
    return uuid.uuid5(NAMESPACE, f"{kind}/{code}")


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def prose(text: str) -> str:
    """As a content file ends: one line break, and none of a browser's own."""
    plain = text.replace("\r\n", "\n").strip()
    return f"{plain}\n" if plain else ""


def _post(one: Writing) -> dict[str, Any]:
    shared = {"now": lines(one.now), "sources": lines(one.sources), "ages": one.ages, "audiences": one.audiences}
    told = {**one.facts, **shared}
    return posts.data_of(one.kind, told, told)


PROSE = (EditableKind.GUIDANCE, EditableKind.PAGE, *posts.POSTS)
LEAVES: dict[str, Callable[[Writing], dict[str, Any]]] = {
    EditableKind.GUIDANCE: lambda one: {
        "now": lines(one.now), "sources": lines(one.sources), "ages": one.ages, "risks": one.risks,
        "easy_title": one.easy_title, "confirm": lines(one.confirm),
        **recordings.gathered(lambda field: getattr(one, field)),
    },
    EditableKind.QUESTION: lambda one: {"audiences": one.audiences, "page": one.page, "answer": one.body.strip()},
    EditableKind.TERM: lambda one: {"meaning": one.body.strip()},
    EditableKind.PAGE: lambda one: {},
    **dict.fromkeys(posts.POSTS, _post),
}  # fmt: skip
