"""What administrators say of a learning system, and which events are wanted."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.learn.academy import public as academy

from ..services import PlatformFacts

MOST_DEPLOYMENTS = 50


class PlatformForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For example: Moodle of the ministry"))
    issuer = forms.CharField(label=_("Platform ID (issuer)"), max_length=200)
    client_id = forms.CharField(label=_("Client ID"), max_length=200)
    auth_url = forms.CharField(label=_("Authentication request URL"), max_length=300)
    token_url = forms.CharField(label=_("Access token URL"), max_length=300)
    keyset_url = forms.CharField(label=_("Public keyset URL"), max_length=300)
    deployments = forms.CharField(
        label=_("Deployment IDs, one on a line"), widget=forms.Textarea({"rows": 3, "cols": 20}), max_length=4000
    )

    def clean_deployments(self) -> list[str]:
        said = [line.strip() for line in self.cleaned_data["deployments"].splitlines() if line.strip()]
        if not said or len(said) > MOST_DEPLOYMENTS or any(len(one) > 255 for one in said):
            raise forms.ValidationError(_("Write at least one, each on a line of its own."))
        return list(dict.fromkeys(said))

    @property
    def facts(self) -> PlatformFacts:
        return PlatformFacts(**self.cleaned_data)


class EventsForm(forms.Form):
    course = forms.ChoiceField(
        label=_("Course"),
        choices=lambda: [(one.code, one.code) for one in academy.shown_courses().order_by("position", "code")],
    )
    since = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}))

    def clean(self) -> dict[str, object]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if isinstance(since, date) and isinstance(until, date) and since > until:
            self.add_error("until", _("The last day is before the first."))
        return self.cleaned_data
