"""A child's words as staff enter them: no field for a name."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panoh.ground.places.public import regions

from ..models import ChildsYes, GuardiansYes
from ..tree import AGES

LANGUAGES = [("uz", "Oʻzbekcha"), ("ru", "Русский"), ("en", "English"), ("kaa", "Qaraqalpaqsha")]
AGE_NAMES = {"under-9": _("Under 9"), "9-12": _("9 to 12"), "13-17": _("13 to 17")}


class VoiceForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    text = forms.CharField(
        label=_("What the child gave us, word for word"), max_length=1500, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("No name, no school, no number, no address."),
    )  # fmt: skip
    letter = forms.RegexField(
        r"^[^\W\d_]ʻ?$", label=_("First letter of the name, or nothing"), max_length=2, required=False
    )
    age_band = forms.ChoiceField(label=_("Age"), choices=[(age, AGE_NAMES[age]) for age in AGES])
    childs_yes = forms.ChoiceField(label=_("The child's yes"), choices=ChildsYes.choices)
    guardians_yes = forms.ChoiceField(label=_("The guardian's yes"), choices=GuardiansYes.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = forms.ChoiceField(label=_("Region"), required=False)
        region.choices = [("", "—"), *regions(get_language() or "uz")]
        self.fields["region"] = region

    def clean_letter(self) -> str:
        letter: str = self.cleaned_data["letter"]
        return letter.upper()
