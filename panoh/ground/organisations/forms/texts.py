"""Texts are asked for in the four written languages; Cyrillic Uzbek is derived."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panoh.ground.places.public import regions

WRITTEN = {"uz": "Oʻzbekcha", "ru": "Русский", "en": "English", "kaa": "Qaraqalpaqsha"}
OLDEST = 120


def reader_language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def region_field(empty: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Region"), choices=[("", empty), *regions(reader_language())], required=False, **more
    )


def languages_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Languages spoken there"),
        help_text=_("Choose none if every language is answered."),
        choices=list(WRITTEN.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class TextsForm(forms.Form):
    """A form with texts in each written language; ``facts()`` gives what the services take.

    A subclass names its ``TEXTS`` (field: label), which of them must be filled, and its other ``FACTS``.
    """

    TEXTS: ClassVar[Mapping[str, Any]] = {}
    NEEDED: ClassVar[tuple[str, ...]] = ()
    FACTS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, thing: Any = None, **kwargs: Any) -> None:
        if thing is not None:
            kwargs["initial"] = self._initial_of(thing)
        super().__init__(*args, **kwargs)
        for field, label in self.TEXTS.items():
            for code, language_name in WRITTEN.items():
                self.fields[f"{field}_{code}"] = forms.CharField(
                    label=f"{label} · {language_name}", max_length=300, required=field in self.NEEDED
                )

    def texts_of(self, field: str) -> list[str]:
        """The names of the boxes of one text, a language each."""
        return [f"{field}_{code}" for code in WRITTEN]

    def _initial_of(self, thing: Any) -> dict[str, Any]:
        texts = {f"{field}_{code}": getattr(thing, field).get(code, "") for field in self.TEXTS for code in WRITTEN}
        return {**{fact: getattr(thing, fact) for fact in self.FACTS}, **texts}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        youngest, oldest = data.get("age_from"), data.get("age_to")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("age_to", _("This is younger than the age it begins with."))
        return data

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        texts = {
            field: {code: data[f"{field}_{code}"] for code in WRITTEN if data[f"{field}_{code}"]}
            for field in self.TEXTS
        }
        return {**{fact: data[fact] for fact in self.FACTS}, **texts}
