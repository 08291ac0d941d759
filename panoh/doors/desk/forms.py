"""What is typed into the search across the rooms."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    words = forms.CharField(
        label=_("Search in all rooms"),
        max_length=200,
        help_text=_("A number such as C-… or T-…, a name in any script, or words of your own notes."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
