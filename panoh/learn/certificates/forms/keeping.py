"""Forms of what certificates are given for, who signs them, and how they look."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..designs import ACCENTS, LAYOUTS, PARTS, PLAIN
from ..labels import ACCENTS as COLOURS
from ..labels import LAYOUTS as SHEETS
from ..models import Achievement, CertificateDesign, Kind, Signatory
from ..queries import keeping

OWN = dict(settings.LANGUAGES)


class AchievementForm(forms.Form):
    code = forms.SlugField(
        label=_("Code"), max_length=60, help_text=_("Short, in Latin letters. An old code changes what it names.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    design = forms.ChoiceField(label=_("Design"), required=False)
    hours = forms.IntegerField(label=_("Hours of study"), min_value=1, max_value=2000, required=False)
    valid_months = forms.IntegerField(label=_("Months it holds"), min_value=1, max_value=240, required=False)

    def __init__(self, *args: Any, kept: Achievement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["design"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (narrows the type)
        field.choices = [("", _("The usual one of its kind")), *keeping.design_choices()]
        for language in PLAIN:
            self.fields[f"name_{language}"] = forms.CharField(label=f"{_('Name')}: {OWN[language]}", max_length=120)
            self.fields[f"criteria_{language}"] = forms.CharField(
                label=f"{_('What was done')}: {OWN[language]}", max_length=300,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
        if kept is not None:
            self.initial = {one: getattr(kept, one) for one in ("code", "kind", "design", "hours", "valid_months")}
            self.initial |= {f"name_{language}": said for language, said in kept.names.items()}
            self.initial |= {f"criteria_{language}": said for language, said in kept.criteria.items()}

    def said(self, what: str) -> dict[str, str]:
        return {language: self.cleaned_data[f"{what}_{language}"] for language in PLAIN}


class SignatoryForm(forms.Form):
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Short, in Latin letters. An old code changes what it names.")
    )

    def __init__(self, *args: Any, kept: Signatory | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in PLAIN:
            self.fields[f"name_{language}"] = forms.CharField(label=f"{_('Name')}: {OWN[language]}", max_length=80)
            self.fields[f"office_{language}"] = forms.CharField(label=f"{_('Office')}: {OWN[language]}", max_length=120)
        if kept is not None:
            self.initial = {"code": kept.code} | {f"name_{one}": said for one, said in kept.names.items()}
            self.initial |= {f"office_{one}": said for one, said in kept.offices.items()}

    def said(self, what: str) -> dict[str, str]:
        return {language: self.cleaned_data[f"{what}_{language}"] for language in PLAIN}


class DesignForm(forms.Form):
    code = forms.SlugField(label=_("Code"), max_length=40, initial="plain")
    layout = forms.ChoiceField(label=_("Sheet"), choices=[(one, SHEETS[one]) for one in LAYOUTS])
    accent = forms.ChoiceField(label=_("Colour"), choices=[(one, COLOURS[one]) for one in ACCENTS])
    signatory = forms.ChoiceField(label=_("Signed by"), required=False)

    def __init__(self, *args: Any, of: CertificateDesign | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["signatory"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (narrows the type)
        field.choices = [("", _("Nobody")), *keeping.signatory_choices()]
        labels = {"heading": _("Heading"), "above": _("Above the name"), "below": _("Below the name")}
        words = of.words if of else PLAIN
        for language in PLAIN:
            for part in PARTS:
                self.fields[f"{part}_{language}"] = forms.CharField(
                    label=f"{labels[part]}: {OWN[language]}", max_length=80, initial=words[language][part]
                )
        if of is not None:
            self.initial = {"code": of.code, "layout": of.layout, "accent": of.accent}
            self.initial |= {"signatory": of.signatory.code if of.signatory else ""}

    def words(self) -> dict[str, dict[str, str]]:
        return {language: {part: self.cleaned_data[f"{part}_{language}"] for part in PARTS} for language in PLAIN}
