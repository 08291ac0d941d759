"""Forms of the numbers to call: texts are asked for in the four written languages, Cyrillic Uzbek is derived."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panoh.ground.places.public import regions

from ..models import NumberToCall, Reader
from .texts import WRITTEN

TEXTS = {"names": _("Name"), "hours": _("Hours"), "for_whom": _("For whom")}


class CheckForm(forms.Form):
    """Recording that somebody called the number."""

    on = forms.DateField(label=_("Day of the check"), widget=forms.DateInput(attrs={"type": "date"}))
    evidence = forms.CharField(
        label=_("How you know"),
        help_text=_("For example: called at 10:20, answered by the duty officer. No personal data of callers."),
        max_length=300,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate().isoformat()


class NumberForm(forms.Form):
    """One number; ``facts()`` gives what the services take."""

    number = forms.CharField(
        label=_("Number"),
        max_length=30,
        validators=[RegexValidator(r"^\+?[0-9][0-9 ()\-]{1,28}$", _("Digits, spaces, brackets and a plus only."))],
    )
    is_emergency = forms.BooleanField(label=_("This is an emergency number"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken there"),
        help_text=_("Choose none if every language is answered."),
        choices=list(WRITTEN.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    readers = forms.MultipleChoiceField(
        label=_("Who is shown this number"),
        help_text=_("Choose none if it is for everybody. An emergency number is shown to everybody in any case."),
        choices=Reader.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    position = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=999, initial=100)

    def __init__(self, *args: Any, number: NumberToCall | None = None, **kwargs: Any) -> None:
        if number is not None:
            kwargs["initial"] = initial_of(number)
        super().__init__(*args, **kwargs)
        language = get_language() or settings.LANGUAGE_CODE
        choices = [("", _("The whole country")), *regions(language)]
        self.fields["region"] = forms.ChoiceField(label=_("Region"), choices=choices, required=False)
        for field, label in TEXTS.items():
            for code, language_name in WRITTEN.items():
                self.fields[f"{field}_{code}"] = forms.CharField(
                    label=f"{label} · {language_name}", max_length=200, required=field == "names"
                )

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        texts = {
            field: {code: data[f"{field}_{code}"] for code in WRITTEN if data[f"{field}_{code}"]} for field in TEXTS
        }
        return {
            **texts,
            **{k: data[k] for k in ("number", "is_emergency", "region", "languages", "readers", "position")},
        }


def initial_of(number: NumberToCall) -> dict[str, Any]:
    """What the form shows first; the day of the check belongs to another form."""
    facts = {**number.facts(), "position": number.position}
    texts = {f"{field}_{code}": facts[field].get(code, "") for field in TEXTS for code in WRITTEN}
    return {**facts, **texts}
