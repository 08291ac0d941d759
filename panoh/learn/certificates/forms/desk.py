"""Forms about one certificate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..labels import REASONS, REISSUE_REASONS


class RevokeForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why"), choices=[(code, said) for code, said in REASONS.items() if code != "roster_undone"]
    )


class ReissueForm(forms.Form):
    latin = forms.CharField(label=_("Name in Latin letters"), max_length=64)
    cyrillic = forms.CharField(label=_("Name in Cyrillic letters"), max_length=64, required=False)
    reason = forms.ChoiceField(label=_("Why"), choices=list(REISSUE_REASONS.items()))
