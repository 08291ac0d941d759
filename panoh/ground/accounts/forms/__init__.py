"""The forms of the door (the library's, in our words) and of the people pages."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as keys
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from .. import services
from ..models import Role, User

EMAIL, PASSWORD = _("E-mail address"), _("Password")
NEW, AGAIN = _("New password"), _("The same password again")
LABELS = {
    "login": EMAIL,
    "email": EMAIL,
    "password": PASSWORD,
    "oldpassword": _("Present password"),
    "password1": NEW,
    "password2": AGAIN,
    "code": _("Code from your app, or a recovery code"),
    "name": _("Name of this key"),
    "passwordless": _("Sign in with this key alone, without a password"),
}


class OurWords:
    """Puts our labels on a form of the library and takes its placeholders away: a label stays, a placeholder goes."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = self.help_of(name)
            field.widget.attrs.pop("placeholder", None)

    def help_of(self, name: str) -> str:
        if name == "password1":
            return str(_("At least 12 characters. Four unrelated words are easy to remember and hard to guess."))
        if name == "passwordless":
            return str(_("The key then asks for its PIN or your fingerprint."))
        return ""


class LoginForm(OurWords, account.LoginForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(OurWords, account.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(OurWords, account.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(OurWords, account.SetPasswordForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(OurWords, account.ReauthenticateForm):  # type: ignore[misc]
    pass


class CountedCode(OurWords):
    """A wrong code counts like a wrong password: six in a row, and the account rests."""

    user: User

    def clean_code(self) -> str:
        self.user.refresh_from_db(fields=["locked_until"])
        if self.user.is_locked:
            raise get_adapter().validation_error("incorrect_code")
        code: str = super().clean_code()  # type: ignore[misc]
        return code

    def _emit_authentication_failed(self, authenticator: object) -> None:
        services.note_failed_login(self.user.email)


class CodeForm(CountedCode, second.AuthenticateForm):  # type: ignore[misc]
    pass


class CodeAgainForm(CountedCode, second.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTOTPForm(OurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from your app")

    def help_of(self, name: str) -> str:
        return str(_("Six digits that the app shows now."))


class AddKeyForm(OurWords, keys.AddWebAuthnForm):  # type: ignore[misc]
    pass


class EditKeyForm(OurWords, keys.EditWebAuthnForm):  # type: ignore[misc]
    pass


def languages() -> list[tuple[str, str]]:
    return list(settings.LANGUAGES)


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Changing them signs the person out everywhere."),
    )


class InviteForm(forms.Form):
    email = forms.EmailField(label=EMAIL)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    language = forms.ChoiceField(label=_("Language of the letter and of the desk"), choices=languages)


class AcceptInvitationForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language of the desk"), choices=languages)
    password1 = forms.CharField(
        label=PASSWORD,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Four unrelated words are easy to remember and hard to guess."),
    )
    password2 = forms.CharField(label=AGAIN, strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"}))

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        first, second_time = data.get("password1"), data.get("password2")
        if first and second_time and first != second_time:
            self.add_error("password2", _("The two passwords differ. Type the same one twice."))
        if first:
            try:
                password_validation.validate_password(first, User(email=self.email, name=data.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return data


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, help_text=_("Colleagues see it."))
    alias = forms.CharField(
        label=_("Name that children see"),
        max_length=40,
        required=False,
        help_text=_("A first name is enough. Never a surname, a number or an account name."),
    )
    language = forms.ChoiceField(label=_("Language of the desk"), choices=languages)
