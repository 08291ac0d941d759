"""What people type on the street pages: cleaned, never scolded, never lost."""

import re
import unicodedata
import uuid

from django import forms
from django.conf import settings
from django.utils.translation import get_language

from panoh.ground.languages.public import word

from ..models import CallerRole, Danger

MOST = 4000
UNSEEN = re.compile(
    r"[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]"
)
MARK = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
PILED = re.compile(f"({MARK}{{3}}){MARK}+")


def cleaned(text: str) -> str:
    """Words as a person can read them: no direction overrides, no control signs, at most three marks on a letter."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return PILED.sub(r"\1", UNSEEN.sub("", text)).strip()


def say_word(code: str, **params: object) -> str:
    return word(code, get_language() or settings.LANGUAGE_CODE, **params)


class StepForm(forms.Form):
    """The taps before a talk; an odd value counts as "somebody"."""

    who = forms.CharField(required=False, max_length=12)
    danger = forms.CharField(required=False, max_length=8)
    key = forms.UUIDField(required=False)
    sum = forms.CharField(required=False)
    stamp = forms.CharField(required=False)

    def clean_who(self) -> str:
        who = self.cleaned_data["who"]
        return who if who in CallerRole.values else CallerRole.UNKNOWN

    def clean_danger(self) -> str:
        danger = self.cleaned_data["danger"]
        return danger if danger in Danger.values else ""

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()


class SayForm(forms.Form):
    text = forms.CharField(required=False, strip=False)
    key = forms.UUIDField(required=False)

    def clean_text(self) -> str:
        text = cleaned(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(say_word("error.empty"))
        if len(text) > MOST:
            raise forms.ValidationError(say_word("error.too_long", limit=MOST))
        return text

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()

    def first_problem(self) -> str:
        """One kind sentence about what to do."""
        return next((str(errors[0]) for errors in self.errors.values()), "")


class ComplaintForm(SayForm):
    pass


class CodeForm(forms.Form):
    code = forms.CharField(required=False, max_length=400)
