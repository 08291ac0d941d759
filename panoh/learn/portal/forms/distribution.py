"""Forms of the distribution log: an entry, what to show, and which column of a file is what."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panoh.ground.places import public as places

from ..models import Audience, Format, Handout
from ..queries.distribution_files import MOST_COPIES, labels_of
from ..spreadsheets import Table, decoded, table_of

BIGGEST_FILE = 400_000  # bytes


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}))


def place_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every region with its districts in one list; the first of a region is the region as a whole."""
    language = get_language() or settings.LANGUAGE_CODE
    whole = _("%(region)s: district not known")
    return [
        (name, [(code, whole % {"region": name}), *places.district_choices(code, language)])
        for code, name in places.regions(language)
    ]


class HandoutForm(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    resource = forms.CharField(
        label=_("What was handed out"), max_length=120, help_text=_("The title of the material, as on its cover.")
    )
    format = forms.ChoiceField(label=_("Format"), choices=Format.choices)
    audience = forms.ChoiceField(label=_("For whom"), choices=Audience.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    copies = forms.IntegerField(
        label=_("Copies"),
        min_value=1,
        max_value=MOST_COPIES,
        help_text=_("For a broadcast or a lesson: how often it was given."),
    )
    given_on = day_field(_("Date"))
    organisation = forms.CharField(
        label=_("By which organisation"), max_length=120, help_text=_("Only the organisation: no name of a person.")
    )
    is_another = forms.BooleanField(
        label=_("It happened a second time"),
        help_text=_("Tick this only if the log says the very same already and both are right."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *place_choices()]
        self.fields["place"] = forms.ChoiceField(label=_("Region and district"), choices=choices)
        self.order_fields(["key", "resource", "format", "audience", "language", "copies", "place", "given_on"])

    def clean_given_on(self) -> Any:
        day = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def facts(self) -> dict[str, Any]:
        data, place = self.cleaned_data, self.cleaned_data["place"]
        region = places.district_region(place)
        where = {"region": region, "district": place} if region else {"region": place, "district": ""}
        return {**{fact: data[fact] for fact in Handout.FACTS if fact not in where}, **where}


class ShowForm(forms.Form):
    """What of the log to look at. Codes and days only: they stand in the address."""

    since = day_field(_("From"), required=False)
    until = day_field(_("Until"), required=False)
    format = forms.ChoiceField(label=_("Format"), choices=[("", _("Any")), *Format.choices], required=False)
    audience = forms.ChoiceField(label=_("For whom"), choices=[("", _("Any")), *Audience.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = places.regions(get_language() or settings.LANGUAGE_CODE)
        self.fields["region"] = forms.ChoiceField(label=_("Region"), choices=[("", _("Any")), *regions], required=False)

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked rightly; a wrong word in an address asks nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class FileForm(forms.Form):
    """A file; or, at the second step, its text as it was read, so that nothing is kept between the steps."""

    file = forms.FileField(
        label=_("CSV file"),
        required=False,
        help_text=_("The first line names the columns. At most 2,000 rows. No names of people."),
    )
    text = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if file is not None and file.size > BIGGEST_FILE:
            raise forms.ValidationError(_("The file is too big. Send it in parts."))
        try:
            text = decoded(file.read() if file is not None else data.get("text", "").encode())
            data |= {"text": text, "table": table_of(text)}
        except ValueError:
            raise forms.ValidationError(_("This is no table we can read. Save it as CSV and try again.")) from None
        return data


class ColumnsForm(forms.Form):
    """Which column of the file holds which fact."""

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [("", "—"), *((str(at), name or str(at + 1)) for at, name in enumerate(table.head))]
        for fact, label in zip(Handout.FACTS, labels_of(list(Handout.FACTS)), strict=True):
            self.fields[fact] = forms.ChoiceField(label=label, choices=columns, required=False)
