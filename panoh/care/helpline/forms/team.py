"""The rota, hand-overs, and what a supervisor writes down about people."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panoh.ground.accounts.public import User

from .. import rules
from .labels import choices

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def clock() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time", "step": 900}, format="%H:%M")


class ShiftForm(forms.Form):
    """A shift by the local clock; one that ends before it begins ends the next day."""

    who = forms.ChoiceField(label=_("Who"))
    day = forms.DateField(label=_("Day"), widget=DAY)
    begins = forms.TimeField(label=_("From"), widget=clock())
    ends = forms.TimeField(label=_("Until"), widget=clock(), help_text=_("00:00 is midnight at the end of the day."))
    on_call = forms.BooleanField(label=_("On call by telephone, not at the desk"), required=False)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {user.code: user for user in people}
        self.fields["who"].choices = [(code, user.name) for code, user in self.people.items()]  # type: ignore[attr-defined]

    def clean_who(self) -> User:
        return self.people[self.cleaned_data["who"]]

    @property
    def stretch(self) -> tuple[datetime, datetime]:
        """From and until as moments."""
        day, begins, ends = (self.cleaned_data[name] for name in ("day", "begins", "ends"))
        last = day + timedelta(days=1) if ends <= begins else day
        return _moment(day, begins), _moment(last, ends)


def _moment(day: Any, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


class HandOverForm(forms.Form):
    note = forms.CharField(
        label=_("What the next shift must know"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Who may come back, what is promised, what is broken. Aliases only, no names."),
    )


class SkillsForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.MultipleChoiceField(label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)
    capacity = forms.IntegerField(label=_("Talks at once"), min_value=1)
    phone = forms.CharField(
        label=_("Telephone when on call"),
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text=_("Kept sealed; supervisors and the alarm use it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = choices("topic")  # type: ignore[attr-defined]
        most = rules.number("queue", "max_capacity", default=6)
        self.fields["capacity"].max_value = most  # type: ignore[attr-defined]
        self.fields["capacity"].widget.attrs["max"] = most

    def clean_capacity(self) -> int:
        most = rules.number("queue", "max_capacity", default=6)
        capacity = int(self.cleaned_data["capacity"])
        if capacity > most:
            raise forms.ValidationError(_("At most %(most)d talks at once."), params={"most": most})
        return capacity


class VettingForm(forms.Form):
    vetted_on = forms.DateField(label=_("Checked on"), widget=DAY)
    expires_on = forms.DateField(label=_("Valid until"), widget=DAY)
