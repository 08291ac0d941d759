"""Forms of lists."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..queries import desk

BIGGEST_FILE = 4_000_000


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


class RosterForm(forms.Form):
    achievement = forms.ChoiceField(label=_("Given for"))
    language = forms.ChoiceField(label=_("Language of the paper"), choices=settings.LANGUAGES)
    start = _day(_("First day"))
    end = _day(_("Last day"))
    place = forms.CharField(label=_("Place"), max_length=80, required=False)
    role = forms.CharField(label=_("Role"), max_length=80, required=False)
    file = forms.FileField(
        label=_("List of names (CSV or XLSX)"),
        help_text=_("One line names the columns: name, cyrillic, id. At most 2,000 rows."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    names = forms.CharField(
        label=_("Or names, one in a line"),
        help_text=_("In Latin or in Cyrillic letters. A list of one is a list too."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or settings.LANGUAGE_CODE
        field = self.fields["achievement"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (narrows the type)
        field.choices = [(one.code, desk.title_of(one, language)) for one in desk.achievements()]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > BIGGEST_FILE:
            raise forms.ValidationError(_("The file is too big. Send it in parts."))
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("start") and data.get("end") and data["start"] > data["end"]:
            self.add_error("end", _("The last day is before the first one."))
        if "file" in data and not data["file"] and not data.get("names", "").strip():
            self.add_error("file", _("Send a file, or type the names."))
        return data

    def sent_by(self) -> str:
        """The field that the rows came from."""
        return "file" if self.cleaned_data["file"] else "names"

    def data_sent(self) -> bytes:
        """The file, or what was typed as a file with one column."""
        if file := self.cleaned_data["file"]:
            return bytes(file.read())
        typed = [" ".join(line.replace('"', "").split()) for line in self.cleaned_data["names"].splitlines()]
        return "\n".join(["name", *(f'"{line}"' for line in typed)]).encode()

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        days = {"from": data["start"], "until": data["end"]}
        said = {name: one.isoformat() for name, one in days.items() if one}
        return said | {"place": data["place"], "role": data["role"]}


class RowForm(forms.Form):
    latin = forms.CharField(label=_("Name in Latin letters"), max_length=64)
    cyrillic = forms.CharField(
        label=_("Name in Cyrillic letters"), max_length=64, required=False, help_text=_("Left empty, it is derived.")
    )
