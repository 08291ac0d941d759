"""The form of the self-review: a choice of four for each statement; and what a school may send of it."""

import uuid
from typing import Any

from django import forms

from panoh.ground.places import public as places

from ..models import SchoolKind
from ..school_review import LEVELS, Area, Review


class AnswersForm(forms.Form):
    """Its words come from the content files."""

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.review = review
        for item in review.items:
            self.fields[item.code] = forms.TypedChoiceField(
                label=item.text,
                choices=[(level, item.levels[level]) for level in range(LEVELS)],
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": review.words["missing"], "invalid_choice": review.words["missing"]},
            )

    @property
    def areas(self) -> list[tuple[Area, list[forms.BoundField]]]:
        return [(area, [self[item.code] for item in area.items]) for area in self.review.areas]


class SendForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, review: Review, language: str, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        words = review.words
        wrong = {"required": words["choose"], "invalid_choice": words["choose"]}
        whole = [(name, [(code, words["place_whole"].format(region=name)), *places.district_choices(code, language)])
                 for code, name in places.regions(language)]  # fmt: skip
        self.fields["place"] = forms.ChoiceField(
            label=words["place"], choices=[("", "—"), *whole], error_messages=wrong
        )
        kinds = [(kind, words[f"kind_{kind}"]) for kind in SchoolKind.values]
        self.fields["kind"] = forms.ChoiceField(label=words["kind"], choices=[("", "—"), *kinds], error_messages=wrong)

    def facts(self) -> dict[str, Any]:
        place = self.cleaned_data["place"]
        region = places.district_region(place)
        where = {"region": region, "district": place} if region else {"region": place, "district": ""}
        return {"key": self.cleaned_data["key"], "kind": self.cleaned_data["kind"], **where}
