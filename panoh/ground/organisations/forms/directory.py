"""Forms of the directory: looking for somebody, an entry, its services, and the record of a check."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panoh.ground.places.public import regions

from .. import queries
from ..models import Kind, Organisation, Route
from .texts import OLDEST, TextsForm, languages_field, reader_language, region_field

STATES = {
    "": _("Any"),
    "trusted": _("Trusted"),
    "due": _("To be checked soon"),
    "stale": _("Too old: hidden"),
    "never": _("Never checked"),
    "off": _("Switched off"),
}


class SearchForm(forms.Form):
    """What is looked for travels in the body: no word stands in an address."""

    text = forms.CharField(label=_("Name"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Any")), *Kind.choices], required=False)
    state = forms.ChoiceField(label=_("Last check"), choices=list(STATES.items()), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = reader_language()
        services = [("", _("Any")), *queries.service_choices(language)]
        self.fields["service"] = forms.ChoiceField(label=_("Service"), choices=services, required=False)
        self.fields["region"] = region_field(_("Any"))


class OrganisationForm(TextsForm):
    TEXTS: ClassVar[Mapping[str, Any]] = {"names": _("Name"), "about": _("What they do"), "hours": _("Hours")}
    NEEDED = ("names",)
    FACTS = ("kind", "route", "region", "regions", "languages", "age_from", "age_to", "accepts")

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    route = forms.ChoiceField(label=_("How a referral reaches them"), choices=Route.choices)
    languages = languages_field()
    age_from = forms.IntegerField(label=_("Ages from"), min_value=0, max_value=OLDEST, required=False)
    age_to = forms.IntegerField(label=_("Ages to"), min_value=0, max_value=OLDEST, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = reader_language()
        self.fields["region"] = region_field(_("The whole country"), help_text=_("Where it sits."))
        self.fields["regions"] = forms.MultipleChoiceField(
            label=_("Regions it serves"),
            help_text=_("Choose none for the region it sits in."),
            choices=regions(language),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["accepts"] = forms.MultipleChoiceField(
            label=_("What it accepts"),
            choices=queries.service_choices(language),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        names, about = self.texts_of("names"), self.texts_of("about")
        self.order_fields([*names, "kind", "route", *about, "region", "regions", "accepts"])


class ServiceForm(TextsForm):
    TEXTS: ClassVar[Mapping[str, Any]] = {"hours": _("Hours")}
    FACTS = ("code", "region", "languages", "age_from", "age_to", "accepts")

    languages = languages_field()
    age_from = forms.IntegerField(label=_("Ages from"), min_value=0, max_value=OLDEST, required=False)
    age_to = forms.IntegerField(label=_("Ages to"), min_value=0, max_value=OLDEST, required=False)
    accepts = forms.BooleanField(label=_("They take new referrals at present"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.ChoiceField(label=_("Service"), choices=queries.service_choices(reader_language()))
        self.fields["region"] = region_field(_("Everywhere the organisation works"))
        self.order_fields(["code", "region"])


class OrganisationCheckForm(forms.Form):
    """Recording that somebody asked them, and which of the services they confirmed."""

    on = forms.DateField(label=_("Day of the check"), widget=forms.DateInput(attrs={"type": "date"}))
    evidence = forms.CharField(
        label=_("How you know"),
        help_text=_("For example: called at 10:20, answered by the duty officer. No personal data of callers."),
        max_length=300,
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate().isoformat()
        lines = queries.service_lines(organisation, reader_language())
        if lines:
            self.fields["services"] = forms.TypedMultipleChoiceField(
                label=_("Services they confirmed"),
                choices=[(line.service.pk, line.label) for line in lines],
                coerce=int,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
