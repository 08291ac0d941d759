"""What is chosen and typed in practice talks."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from panoh.ground.accounts.public import User

from .talk import WordsForm

Choices = list[tuple[str, str]]


class PractiseForm(forms.Form):
    """A practice talk for oneself."""

    scenario = forms.ChoiceField(label=_("Who writes"))
    language = forms.ChoiceField(label=_("In which language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, scenarios: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scenario"].choices = scenarios  # type: ignore[attr-defined]


class SetDrillsForm(forms.Form):
    """Practice talks that a supervisor sets for others."""

    trainees = forms.MultipleChoiceField(label=_("For whom"), widget=forms.CheckboxSelectMultiple)
    scenarios = forms.MultipleChoiceField(label=_("Who writes"), widget=forms.CheckboxSelectMultiple)
    language = forms.ChoiceField(label=_("In which language"), choices=settings.LANGUAGES)
    minutes = forms.IntegerField(
        label=_("Minutes between one child and the next"), min_value=0, max_value=120, initial=5
    )

    def __init__(self, *args: Any, people: list[User], scenarios: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {user.code: user for user in people}
        self.fields["trainees"].choices = [(code, user.name) for code, user in self.people.items()]  # type: ignore[attr-defined]
        self.fields["scenarios"].choices = scenarios  # type: ignore[attr-defined]

    def clean_trainees(self) -> list[User]:
        return [self.people[code] for code in self.cleaned_data["trainees"]]


class DrillWordsForm(WordsForm):
    """Words for the synthetic child."""


class EndDrillForm(forms.Form):
    """The judgement that ends a practice talk."""

    urgency = forms.TypedChoiceField(
        label=_("How urgent was it?"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[
            (1, _("U1: immediate danger")),
            (2, _("U2: serious")),
            (3, _("U3: soon")),
            (4, _("U4: advice")),
        ],
    )


class DebriefForm(forms.Form):
    """What supervisor and trainee take from it."""

    note = forms.CharField(label=_("What you take from it together"), widget=forms.Textarea, max_length=4000)
