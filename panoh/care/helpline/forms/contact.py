"""The write-up of a talk or a call, its correction, and the search over finished ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.translation import gettext_lazy as _

from panoh.ground.places.public import regions

from .. import rules
from ..models import Contact
from .labels import LABELS, LISTS, choices, reader

ONE = ("contact_type", "age_band", "place", "platform", "outcome")
FEW = ("subject", "sex")
MANY = ("reasons", "harms", "actions")
CODES = ("contact_type", "subject", "age_band", "sex", "region", *MANY, "place", "platform", "outcome")
NOT_YET = "–"


@dataclass(frozen=True, slots=True)
class Group:
    """Some tick-boxes under one heading."""

    name: str
    boxes: list[BoundWidget]
    ticked: int


class WriteUpForm(forms.Form):
    """Everything may stay open while somebody talks; what is needed at the end the service says."""

    contact_type = forms.ChoiceField(required=False)
    subject = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    age_band = forms.ChoiceField(required=False)
    sex = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    region = forms.ChoiceField(required=False)
    reasons = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    harms = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    place = forms.ChoiceField(required=False)
    platform = forms.ChoiceField(required=False)
    actions = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    outcome = forms.ChoiceField(required=False)
    summary = forms.CharField(
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Short, facts first. No names, addresses or numbers."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS["field"].get(name, field.label)
        for name in ONE:
            self._offer(name, _grouped(name) if name == "contact_type" else choices(name, blank=NOT_YET))
        self._offer("subject", choices("subject"))
        self._offer("sex", choices("sex"))
        self._offer("region", [("", NOT_YET), *regions(reader())])
        for name in MANY:
            self._offer(name, choices(name))

    def _offer(self, name: str, offered: Any) -> None:
        self.fields[name].choices = offered  # type: ignore[attr-defined]

    @classmethod
    def of(cls, contact: Contact, summary: str = "", **kwargs: Any) -> "WriteUpForm":
        """The form as far as it is filled in."""
        filled = {name: getattr(contact, name) for name in CODES}
        return cls(initial={**filled, "summary": summary}, **kwargs)

    def grouped(self, name: str) -> Iterator[Group]:
        """The tick-boxes of a long list under the headings of the taxonomy."""
        field: BoundField = self[name]
        boxes = {str(box.data["value"]): box for box in field.subwidgets}
        for heading, codes in rules.taxonomy().grouped(LISTS[name], reader()):
            own = [boxes[code] for code in codes if code in boxes]
            yield Group(heading, own, sum(bool(box.data["selected"]) for box in own))

    @property
    def reason_groups(self) -> list[Group]:
        return list(self.grouped("reasons"))

    @property
    def harm_groups(self) -> list[Group]:
        return list(self.grouped("harms"))


def _grouped(name: str) -> list[tuple[str, Any]]:
    groups = rules.taxonomy().grouped(LISTS[name], reader())
    return [("", NOT_YET), *((heading, list(names.items())) for heading, names in groups)]


class AmendForm(WriteUpForm):
    """A correction: the codes as they should be, and why."""

    why = forms.CharField(label=_("Why do you correct it?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["summary"]


class SearchForm(forms.Form):
    """Over one's own finished contacts."""

    words = forms.CharField(label=_("Words or number"), required=False, max_length=80)
    contact_type = forms.ChoiceField(label=LABELS["field"]["contact_type"], required=False)
    region = forms.ChoiceField(label=LABELS["field"]["region"], required=False)
    channel = forms.ChoiceField(label=_("Came by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = str(_("all"))
        self.fields["words"].widget.attrs.update({"type": "search", "data-key": "/"})
        self.fields["contact_type"].choices = choices("contact_type", blank=every)  # type: ignore[attr-defined]
        self.fields["region"].choices = [("", every), *regions(reader())]  # type: ignore[attr-defined]
        self.fields["channel"].choices = choices("channel", blank=every)  # type: ignore[attr-defined]
