"""The facts of a post as fields: days, readers, lists of lines. The form of a kind has its own and no others."""

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from panoh.ground.places import public as places

from .. import queries, recordings
from ..models import EditableKind, lines
from ..models.facts import FACT_NAMES, FACT_OF, FACTS_OF, About, Material, Severity
from ..posts import POSTS

LINES = ("steps", "materials", "session", "checklist")
# Fields of a writing that not every kind has, and the kinds that have them.
ONLY: dict[str, set[str]] = {
    "summary": {EditableKind.GUIDANCE, EditableKind.PAGE, *POSTS},
    "now": {EditableKind.GUIDANCE, EditableKind.ALERT, EditableKind.OPPORTUNITY},
    "easy_title": {EditableKind.GUIDANCE},
    "easy": {EditableKind.GUIDANCE},
    "audience": {EditableKind.GUIDANCE, EditableKind.RESOURCE},
    "quiet": {EditableKind.GUIDANCE, EditableKind.QUESTION},
    "ages": {EditableKind.GUIDANCE, EditableKind.OPPORTUNITY, EditableKind.RESOURCE},
    "risks": {EditableKind.GUIDANCE},
    "audiences": {EditableKind.QUESTION, EditableKind.ALERT, EditableKind.CAMPAIGN},
    "page": {EditableKind.QUESTION},
    "sources": {EditableKind.GUIDANCE, *POSTS},
    "confirm": {EditableKind.GUIDANCE},
    **{name: {EditableKind.GUIDANCE} for name in recordings.FIELDS},
}
for _kind, _names in FACTS_OF.items():
    for _name in _names:
        ONLY.setdefault(_name, set()).add(_kind)


def _day(name: str) -> forms.DateField:
    """The browser's own calendar: the library's begins with a script inside the page."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=FACT_NAMES[name], required=False, widget=widget)


def _one(name: str, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=FACT_NAMES[name], required=False, choices=[("", "—"), *choices])


def _lines(name: str) -> forms.CharField:
    return forms.CharField(label=FACT_NAMES[name], required=False, widget=forms.Textarea(attrs={"rows": 6}))


class FactsForm(WagtailAdminModelForm):
    date = _day("date")
    expires = _day("expires")
    valid_to = _day("valid_to")
    starts = _day("starts")
    ends = _day("ends")
    corrected_on = _day("corrected_on")
    correction = forms.CharField(
        label=FACT_NAMES["correction"], required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    severity = _one("severity", Severity.choices)
    about = _one("about", About.choices)
    sort = _one("sort", Material.choices)
    region = _one("region", [])
    tags = forms.CharField(
        label=FACT_NAMES["tags"], required=False, max_length=200, help_text=_("Small Latin letters, a comma between.")
    )
    minutes = forms.IntegerField(label=FACT_NAMES["minutes"], required=False, min_value=1, max_value=600)
    group = forms.CharField(label=FACT_NAMES["group"], required=False, max_length=20, help_text=_("For example 2–6."))
    licence = forms.CharField(
        label=FACT_NAMES["licence"], required=False, max_length=40, help_text=_("Our own work: CC BY 4.0.")
    )
    resources = forms.MultipleChoiceField(
        label=FACT_NAMES["resources"], required=False, widget=forms.CheckboxSelectMultiple()
    )
    steps = _lines("steps")
    materials = _lines("materials")
    session = _lines("session")
    checklist = _lines("checklist")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = self._kind()
        for name in [*self.fields]:
            if self.kind not in ONLY.get(name, {self.kind}):
                del self.fields[name]
        self.fact_names = [name for name in FACTS_OF.get(self.kind, ()) if name in self.fields]
        self._offer()
        for name in self.fact_names:
            self.initial[name] = _shown(name, self.instance.facts.get(FACT_OF.get(name, name), ""))

    def _kind(self) -> str:
        """A new writing says its kind; that of one which is there never changes."""
        said = str(self.data.get("kind", "")) if self.data and not self.instance.pk else ""
        return said if said in EditableKind.values else str(self.instance.kind)

    def _offer(self) -> None:
        """What can be chosen depends on the country and on what there is."""
        if "region" in self.fields:
            self.fields["region"].choices = [("", "—"), *places.regions(get_language() or "uz")]
        if "resources" in self.fields:
            self.fields["resources"].choices = [*queries.known_resources().items()]
        if "audiences" in self.fields and self.kind in POSTS:
            self.fields["audiences"].label = capfirst(gettext("for whom"))

    def clean_tags(self) -> list[str]:
        said = [tag.strip() for tag in self.cleaned_data["tags"].split(",") if tag.strip()]
        for tag in said:
            validate_slug(tag)
        return said

    def clean_resources(self) -> list[str]:
        """In the order in which the kit had them, new ones behind."""
        chosen = self.cleaned_data["resources"]
        held = [code for code in self.instance.facts.get("resources", []) if code in chosen]
        return [*held, *(code for code in chosen if code not in held)]

    def _post_clean(self) -> None:
        if not self.errors:
            told = {FACT_OF.get(name, name): _kept(name, self.cleaned_data.get(name)) for name in self.fact_names}
            held = {**self.instance.facts, **told}
            self.instance.facts = {name: held[name] for name in sorted(held) if held[name]}
        super()._post_clean()


def _shown(name: str, fact: Any) -> Any:
    if name in LINES:
        return "\n".join(fact or [])
    return ", ".join(fact or []) if name == "tags" else fact


def _kept(name: str, value: Any) -> Any:
    """As files say it: a day in ISO form, lines as a list."""
    if name in LINES:
        return lines(value or "")
    return value.isoformat() if hasattr(value, "isoformat") else value
