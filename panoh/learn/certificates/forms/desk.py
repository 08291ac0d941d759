"""Forms of the desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..designs import ACCENTS, PARTS, PLAIN
from ..labels import REASONS, REISSUE_REASONS
from ..models import Kind
from ..queries import desk
from ..queries.reading import named

BIGGEST_FILE = 900_000


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


class RosterForm(forms.Form):
    achievement = forms.ChoiceField(label=_("Given for"))
    language = forms.ChoiceField(label=_("Language of the paper"), choices=settings.LANGUAGES)
    start = _day(_("First day"))
    end = _day(_("Last day"))
    place = forms.CharField(label=_("Place"), max_length=80, required=False)
    file = forms.FileField(
        label=_("List of names (CSV or XLSX)"),
        help_text=_("The first line names the columns: name, cyrillic, id. At most 2,000 rows."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or settings.LANGUAGE_CODE
        field = self.fields["achievement"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (narrows the type)
        field.choices = [(one.code, named(one.names, language)) for one in desk.achievements()]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > BIGGEST_FILE:
            raise forms.ValidationError(_("The file is too big. Send it in parts."))
        return file

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        days = {"from": data["start"], "until": data["end"]}
        return {name: one.isoformat() for name, one in days.items() if one} | {"place": data["place"]}


class RevokeForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why"), choices=[(code, said) for code, said in REASONS.items() if code != "roster_undone"]
    )


class ReissueForm(forms.Form):
    latin = forms.CharField(label=_("Name in Latin letters"), max_length=64)
    cyrillic = forms.CharField(label=_("Name in Cyrillic letters"), max_length=64, required=False)
    reason = forms.ChoiceField(label=_("Why"), choices=list(REISSUE_REASONS.items()))


class AchievementForm(forms.Form):
    code = forms.SlugField(label=_("Code"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=2000, required=False)
    valid_months = forms.IntegerField(label=_("Months it holds"), min_value=1, max_value=240, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in PLAIN:
            own = dict(settings.LANGUAGES)[language]
            self.fields[f"name_{language}"] = forms.CharField(label=f"{_('Name')}: {own}", max_length=120)
            self.fields[f"criteria_{language}"] = forms.CharField(
                label=f"{_('What was done')}: {own}", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
            )

    def said(self, what: str) -> dict[str, str]:
        return {language: self.cleaned_data[f"{what}_{language}"] for language in PLAIN}


class DesignForm(forms.Form):
    code = forms.SlugField(label=_("Code"), max_length=40, initial="plain")
    accent = forms.ChoiceField(label=_("Colour"), choices=[(one, one) for one in ACCENTS])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"heading": _("Heading"), "above": _("Above the name"), "below": _("Below the name")}
        for language, words in PLAIN.items():
            for part in PARTS:
                self.fields[f"{part}_{language}"] = forms.CharField(
                    label=f"{labels[part]}: {dict(settings.LANGUAGES)[language]}", max_length=80, initial=words[part]
                )

    def words(self) -> dict[str, dict[str, str]]:
        return {language: {part: self.cleaned_data[f"{part}_{language}"] for part in PARTS} for language in PLAIN}
