"""What a learner fills in: an address, a code, how their name is written."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panoh.ground.places import public as places

EMAIL = "email"


class SignInForm(forms.Form):
    address: forms.CharField = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send a link and a code there. No password is needed."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    agreed = forms.BooleanField(
        label=_("I am an adult, and I have read what you keep about me."),
        error_messages={"required": _("Tick this box to go on: without it we may keep nothing.")},
    )


class ByChatForm(forms.Form):
    agreed = forms.BooleanField(
        label=_("I am an adult, and I have read what you keep about me."),
        error_messages={"required": _("Tick this box to go on: without it we may keep nothing.")},
    )


class PhoneSignInForm(SignInForm):
    """Where text messages can be sent."""

    address = forms.CharField(
        label=_("Your telephone number"),
        help_text=_("We send a code there. For example: 90 123 45 67"),
        max_length=30,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code from the message"),
        help_text=_("Six digits."),
        max_length=12,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


def region_choices() -> list[tuple[str, str]]:
    return [("", str(_("Not said"))), *places.regions(get_language() or settings.LANGUAGE_CODE)]


def district_groups() -> list[tuple[str, object]]:
    """Districts under the name of their region."""
    language = get_language() or settings.LANGUAGE_CODE
    groups = [(name, places.district_choices(code, language)) for code, name in places.regions(language)]
    return [("", str(_("Not said"))), *((name, rows) for name, rows in groups if rows)]


class AccountForm(forms.Form):
    name_latin = forms.CharField(
        label=_("Your name in Latin letters"),
        help_text=_("As it shall stand on a certificate: given name, then family name."),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    name_cyrillic = forms.CharField(
        label=_("Your name in Cyrillic letters"),
        help_text=_("Leave it empty and we propose it from the Latin one; then look whether it is right."),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    region = forms.ChoiceField(label=_("Region"), choices=region_choices, required=False)
    district = forms.ChoiceField(label=_("District or city"), choices=district_groups, required=False)
    language = forms.ChoiceField(label=_("Language of our letters"), choices=lambda: list(settings.LANGUAGES))
    wants_reminders = forms.BooleanField(label=_("Remind me of a course I began"), required=False)
