"""By hand: a call, a visit or a letter; a number to call back; a file of missed calls."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .labels import LABELS, choices

BY_HAND = ("phone", "walk_in", "letter")
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
BIGGEST_FILE = 5_000_000


class LogForm(forms.Form):
    channel = forms.ChoiceField(choices=[(code, LABELS["channel"][code]) for code in BY_HAND])
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)


class CallBackForm(forms.Form):
    number = forms.CharField(
        label=_("Telephone number"),
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
        help_text=_("Kept sealed. Only the one who calls reads it."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    urgency = forms.TypedChoiceField(label=_("Urgency"), coerce=int, initial="3")
    safe_from = forms.TimeField(label=_("Safe from"), required=False, widget=CLOCK)
    safe_until = forms.TimeField(
        label=_("Safe until"),
        required=False,
        widget=CLOCK,
        help_text=_("The hours in which the person can talk freely. Leave both open when it does not matter."),
    )
    note = forms.CharField(
        label=_("What to know before calling"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: ask for “the library” when somebody else answers."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["urgency"].choices = choices("urgency")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("safe_from")) != bool(data.get("safe_until")):
            self.add_error("safe_until", _("Give both hours, or neither."))
        return data


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Call records (CSV)"),
        help_text=_("First line: id, started_at, caller, answered, waited_seconds. The numbers are not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> str:
        """The text of the file; telephone systems write UTF-8, with or without a mark in front."""
        file = self.cleaned_data["file"]
        if file.size > BIGGEST_FILE:
            raise forms.ValidationError(_("The file is bigger than 5 MB. Please split it; nothing was imported."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as unreadable:
            raise forms.ValidationError(_("This is not a text file in UTF-8; nothing was imported.")) from unreadable
