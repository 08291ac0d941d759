"""The form of a writing: what was pasted becomes plain, what the checks find stops a publishing where it is seen."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import pasting, queries, recordings
from ..models import EditableKind, Readers
from ..tree import AGES
from .facts import LINES, FactsForm

RISKS = [
    f"{dimension}/{strand}"
    for dimension in ("content", "contact", "conduct", "contract")
    for strand in ("aggressive", "sexual", "values", "cross")
]
RECORDED = tuple(f"{kind}_transcript" for kind in recordings.PARTS)
PROSE = ("now", "body", "easy", "sources", "confirm", "correction", *LINES, *RECORDED)
# What sends the words on their way; saving a draft asks nothing of them.
LEAVING = ("action-publish", "action-submit", "action-restart-workflow")


def _several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple()
    )


class WritingForm(FactsForm):
    ages = _several(_("ages"), [(age, age) for age in AGES])
    risks = _several(_("risks"), [(risk, risk) for risk in RISKS])
    audiences = _several(_("asked by"), Readers.choices)
    # The browser's own calendar: the library's begins with a script inside the page.
    review_due = forms.DateField(
        label=_("to be read again by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = self.instance.leaf.fingerprint if self.instance.pk else ""
        for name in ("kind", "code") if self.instance.pk else ():
            self.fields[name].disabled = True  # an address never changes
        if not self.instance.pk and self.kind in EditableKind.values:
            self.fields["kind"].choices = [(self.kind, EditableKind(self.kind).label)]  # it was chosen before

    @property
    def changes_words(self) -> bool:
        """Whether a reader would see another page than before."""
        return bool(self.instance.leaf.fingerprint != self.before)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in PROSE:
            text = cleaned.get(name) or ""
            if pasting.has_markup(text):
                try:
                    cleaned[name] = pasting.as_markdown(text).strip()
                except pasting.PastedError as refused:
                    self.add_error(name, gettext("“{tag}” cannot stand in a page.").format(tag=refused))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.instance.locale_id or self.errors:
            return
        if queries.is_name_taken(self.instance):
            self.add_error("code", gettext("There is a page of this name in this language."))
        if any(name in self.data for name in LEAVING):
            self._check_leaving()

    def _check_leaving(self) -> None:
        if "action-publish" in self.data and self.instance.is_to_children:
            self.add_error(None, gettext("Somebody else must read a page to children before it is published."))
        for finding in queries.findings_of(self.instance):
            if finding.level == "error":
                place = finding.place if finding.place in self.fields else None
                self.add_error(place, queries.said(finding))
