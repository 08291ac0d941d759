"""What a group types after its campaign: numbers, a place, a day, and taps. No field asks for a name."""

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from panoh.ground.languages.public import word
from panoh.ground.places.public import district_choices, regions

from ..campaign_codes import MOST_EACH, WENT_WELL
from ..models.campaigns import COUNTS

OLDEST = timedelta(days=730)


class CampaignReportForm(forms.Form):
    """Its words are public words, so they come from the centre."""

    held_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    place = forms.ChoiceField()
    children_female = forms.IntegerField(min_value=0, max_value=MOST_EACH, required=False)
    children_male = forms.IntegerField(min_value=0, max_value=MOST_EACH, required=False)
    children_unsaid = forms.IntegerField(min_value=0, max_value=MOST_EACH, required=False)
    parents_female = forms.IntegerField(min_value=0, max_value=MOST_EACH, required=False)
    parents_male = forms.IntegerField(min_value=0, max_value=MOST_EACH, required=False)
    parents_unsaid = forms.IntegerField(min_value=0, max_value=MOST_EACH, required=False)
    went_well = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        self.language = language
        for name, field in self.fields.items():
            field.label = "" if name == "key" else self._say(name)
            field.error_messages |= {
                "required": word("error.choose" if name == "place" else "error.empty", language),
                "invalid": self._say("wrong"), "invalid_choice": word("error.choose", language),
                "min_value": self._say("wrong"), "max_value": self._say("too_many", most=MOST_EACH),
            }  # fmt: skip
        for name in COUNTS:
            self.fields[name].widget.attrs |= {"inputmode": "numeric", "min": "0"}
        self._choices("place", [("", "—"), *_places(language)])
        self._choices("went_well", [(code, word(f"campaign.well_{code}", language)) for code in WENT_WELL])

    def _say(self, name: str, **told: object) -> str:
        return word(f"campaign.{name}", self.language, **told)

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (narrows the type)
        field.choices = choices

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        today = timezone.localdate()
        if not today - OLDEST <= day <= today:
            raise ValidationError(self._say("wrong_day"))
        return day

    def facts(self) -> dict[str, Any]:
        """What the service is told."""
        told = dict(self.cleaned_data)
        place = told.pop("place")
        region, _, district = place.partition(".")
        return told | {"region": region, "district": place if district else ""}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for name in COUNTS:
            told[name] = told.get(name) or 0
        if not self.errors and not any(told[name] for name in COUNTS):
            raise ValidationError(self._say("nobody"))
        return told


def _places(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each region with its districts; the region itself for those who do not know or will not say."""
    return [(name, [(code, name), *district_choices(code, language)]) for code, name in regions(language)]
