"""Forms of who speaks for an organisation, and of its computer system."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panoh.ground.accounts.public import User

from .. import queries

DAY = forms.DateInput(attrs={"type": "date"})


class FocalPointForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Kept sealed, and erased after their time."))
    email = forms.EmailField(label=_("E-mail address"), required=False, max_length=254)
    phone = forms.CharField(
        label=_("Telephone number"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of our letters"), choices=settings.LANGUAGES)
    is_national = forms.BooleanField(label=_("Focal point of the whole country"), required=False)
    valid_from = forms.DateField(label=_("First day"), widget=DAY)
    valid_until = forms.DateField(
        label=_("Last day"), widget=DAY, required=False, help_text=_("Open until it is known.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = timezone.localdate().isoformat()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("email") and not data.get("phone"):
            self.add_error("email", _("Give an e-mail address or a telephone number."))
        return data


class EndForm(forms.Form):
    on = forms.DateField(label=_("Last day"), widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate().isoformat()


class MemberForm(forms.Form):
    """Only officers who work nowhere yet can be chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.code: person for person in queries.officers_without_organisation()}
        choices = [(code, f"{person.name} · {person.email}") for code, person in self.people.items()]
        self.fields["officer"] = forms.ChoiceField(label=_("Partner officer"), choices=choices)

    @property
    def officer(self) -> User:
        return self.people[self.cleaned_data["officer"]]


class WebhookForm(forms.Form):
    webhook = forms.CharField(
        label=_("Web address that is told"),
        help_text=_("Begins with https://. Leave it empty if their system asks by itself."),
        max_length=500,
        required=False,
        widget=forms.URLInput,
    )
